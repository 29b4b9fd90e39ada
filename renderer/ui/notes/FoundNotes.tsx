import { type KeyboardEvent, type MouseEvent, useLayoutEffect, useState } from 'react';
import { type ColourNames, type FoundNote, type NotesHeading, type NotesPage, type NotesQuery, rowAt } from '#api';
import { colours } from '#model';
import { deleteNotes, notesMeantBy } from '../../state/actions/choosing';
import { focusView } from '../../state/actions/focus';
import { reportError } from '../../state/actions/notices';
import { showDialog } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { type MenuPlace, menuPlaceOf } from '../kit/ContextMenu';
import { formatDay, formatNumber } from '../kit/format';
import { nextIndex } from '../kit/list-keys';
import { openAndRead } from '../kit/open-and-read';
import { useRowKeys } from '../kit/use-row-keys';
import { VirtualList, type VirtualPlace } from '../kit/VirtualList';
import { ChosenNotes, FoundNoteMenu } from './ChosenNotes';
import { NoteBody } from './NoteBody';
import { NoteCreator, NoteLocator, NoteTags } from './NoteCard';
import { NoteTime } from './NoteTime';
import { closeLines, colourWithMeaning, edgeOf, kindOf, quoteOf } from './note-names';
import { useChosenNotes } from './use-chosen-notes';
import './found-notes.css';

const open = (documentId: string, noteId?: string) => openAndRead(documentId, noteId === undefined ? undefined : { type: 'note', noteId });

const keyOf = ({ note }: FoundNote): string => note.id;

interface FoundNotesProps {
  page: NotesPage;
  /** What the page answers. */
  query: NotesQuery;
  want(first: number, last: number): void;
  scroller: HTMLElement | null;
}

/**
 * Notes of many documents, from the first one; the keys of a list go from one to another, Enter opens the document at it. Another list is
 * another component (`key`).
 */
export function FoundNotes({ page, query, want, scroller }: FoundNotesProps) {
  const { chosen, isChoosing, toggle, extend, chooseAll, drop, clear } = useChosenNotes(page, query);
  const { focus, active, goTo, onRange, step } = useRowKeys<FoundNote, HTMLDivElement>({
    page,
    keyOf,
    target: '.found-open',
    want,
    onGone: focusView,
    chooseAll: () => void chooseAll().catch(reportError),
  });
  const [menu, setMenu] = useState<{ row: FoundNote; place: MenuPlace }>();
  const meant = (): ReadonlyMap<string, string> => {
    const row = rowAt(page, active);
    return row ? notesMeantBy(chosen, row) : new Map();
  };
  const remove = async (notes: ReadonlyMap<string, string>) => {
    const isDone = notes.size > 0 && (await deleteNotes(notes));
    if (isDone) drop(notes);
    return isDone;
  };

  const handleKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof Element) || !event.target.matches('.found-open')) return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    const key = event.key.toLowerCase();
    const next = event.shiftKey ? nextIndex(event.key, { active, count: page.total, page: 10 }) : undefined;
    if (isPlain && key === 'x') toggle(active);
    else if (next !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      void extend(active, next).catch(reportError);
      goTo(next);
    } else if (isPlain && key === 'escape' && chosen.size > 0) clear();
    else if (isPlain && key === 't' && meant().size > 0) showDialog({ type: 'tag-many', target: { type: 'notes', notes: meant() } });
    else if (isPlain && (key === 'delete' || key === 'backspace')) void remove(meant()).catch(reportError);
    else {
      step(event);
      return;
    }
    event.preventDefault();
  };

  const handleContextMenu = (event: MouseEvent, row: FoundNote) => {
    const item = event.currentTarget;
    const from = item.querySelector<HTMLElement>('.found-open');
    if (!(item instanceof HTMLElement) || !from) return;
    const place = menuPlaceOf(event, item, from);
    if (place) setMenu({ row, place });
  };

  return (
    <div {...focus}>
      <ScrollToTop scroller={scroller} />
      <VirtualList label="All notes" items={page} keyOf={keyOf} estimate={130} gap={0} scroller={scroller} keep={active} onRange={onRange}>
        {(row, place) => (
          <FoundRow
            key={row.note.id}
            row={row}
            count={page.total}
            isActive={place.index === active}
            isHeaded={query.order === 'day' || query.order === 'colour'}
            isChosen={chosen.has(row.note.id)}
            isChoosing={isChoosing}
            onChoose={(isRange) => (isRange ? void extend(active, place.index).catch(reportError) : toggle(place.index))}
            onKeyDown={handleKeyDown}
            onContextMenu={(event) => handleContextMenu(event, row)}
            {...place}
          />
        )}
      </VirtualList>
      {menu && (
        <FoundNoteMenu
          row={menu.row}
          chosen={chosen}
          place={menu.place}
          onDelete={(notes) => void remove(notes).catch(reportError)}
          onClose={() => setMenu(undefined)}
        />
      )}
      <ChosenNotes
        chosen={chosen}
        onDelete={() =>
          void remove(chosen)
            .then((isDone) => isDone && goTo(active))
            .catch(reportError)
        }
        onClear={() => {
          clear();
          goTo(active);
        }}
      />
    </div>
  );
}

/** The beginning of what a note is known by. */
const shortName = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

function ScrollToTop({ scroller }: { scroller: HTMLElement | null }) {
  useLayoutEffect(() => void scroller?.scrollTo({ top: 0 }), [scroller]);
  return null;
}

/** A day or a colour, with how many notes it has. */
function Heading({ heading, count }: NonNullable<FoundNote['under']>) {
  const names = useStore((state) => state.settings.colourNames);
  return (
    <h2 className="found-heading">
      {nameOfHeading(heading, names)}
      <span className="found-count">{formatNumber(count)}</span>
    </h2>
  );
}

const asTitle = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function nameOfHeading(heading: NotesHeading, names: ColourNames): string {
  if (heading === 'bookmarks') return 'Bookmarks';
  const colour = colours.find((each) => each === heading);
  return colour ? asTitle(colourWithMeaning(colour, names)) : formatDay(`${heading}T00:00:00`);
}

interface FoundRowProps extends VirtualPlace {
  row: FoundNote;
  count: number;
  isActive: boolean;
  isChosen: boolean;
  /** Documents stand under days or colours. */
  isHeaded: boolean;
  /** Some are selected: all show that they can be. */
  isChoosing: boolean;
  onChoose(isRange: boolean): void;
  onKeyDown(event: KeyboardEvent): void;
  onContextMenu(event: MouseEvent): void;
}

function FoundRow(props: FoundRowProps) {
  const { row, count, isActive, isHeaded, isChosen, isChoosing, onChoose, onKeyDown, onContextMenu, ref, index, offset } = props;
  const { documentId, title, note, inDocument, under } = row;
  const Title = isHeaded ? 'h3' : 'h2';
  const quote = quoteOf(note);
  const tabIndex = isActive ? 0 : -1;
  const handleClick = ({ target }: MouseEvent) => {
    if (
      !(target instanceof Element) ||
      !target.closest('.found-note') ||
      target.closest('button, a, input') ||
      document.getSelection()?.isCollapsed === false
    )
      return;
    open(documentId, note.id);
  };
  return (
    <li
      ref={ref}
      className="found-row"
      data-index={index}
      style={{ top: offset }}
      aria-posinset={index + 1}
      aria-setsize={count}
      onClick={handleClick}
      data-chosen={isChosen || undefined}
      data-choosing={isChoosing || undefined}
      // A click with Ctrl or Shift selects; it must not open what it is on.
      onClickCapture={(event) => {
        if (!(event.ctrlKey || event.metaKey || event.shiftKey) || !(event.target instanceof Element)) return;
        if (!event.target.closest('.found-note') || event.target.closest('a, input')) return;
        event.preventDefault();
        event.stopPropagation();
        onChoose(event.shiftKey);
      }}
      onContextMenu={onContextMenu}
      onKeyDown={onKeyDown}
    >
      {under && <Heading {...under} />}
      {inDocument !== undefined && (
        <Title className="found-document" dir="auto">
          <button type="button" tabIndex={tabIndex} onClick={() => open(documentId)}>
            {title}
          </button>
          <span className="found-count">{formatNumber(inDocument)}</span>
        </Title>
      )}
      <div className="found-note" data-colour={edgeOf(note)}>
        <input
          type="checkbox"
          className="found-choose"
          aria-label={`Select the note ${shortName(quote ?? note.body)}`}
          tabIndex={tabIndex}
          checked={isChosen}
          onChange={() => onChoose(false)}
        />
        <span className="visually-hidden">{kindOf(note)}. </span>
        <button
          type="button"
          className="found-open"
          data-quote={quote !== undefined || undefined}
          dir="auto"
          tabIndex={tabIndex}
          onClick={() => open(documentId, note.id)}
        >
          {quote === undefined ? 'Note on the document' : closeLines(quote)}
        </button>
        {note.body !== '' && <NoteBody body={note.body} />}
        <div className="note-foot">
          <NoteCreator creator={note.creator} />
          <NoteTags tags={note.tags} tabIndex={tabIndex} />
          <span className="note-end">
            <NoteLocator documentId={documentId} note={note} title={title} />
            <NoteTime at={note.modifiedAt} />
          </span>
        </div>
      </div>
    </li>
  );
}
