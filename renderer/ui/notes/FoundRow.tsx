import type { KeyboardEvent, MouseEvent } from 'react';
import type { ColourNames, FoundNote, NotesHeading, NotesQuery } from '#api';
import { colours, quoteOf } from '#model';
import { useStore, wholeNoteOf } from '../../state/store';
import { formatDay, formatNumber } from '../kit/format';
import { openAndRead } from '../kit/open-and-read';
import type { VirtualPlace } from '../kit/VirtualList';
import { NoteBody } from './NoteBody';
import { NoteCreator, NoteLocator, NoteTags, NoteWords } from './NoteCard';
import { NoteEditor } from './NoteEditor';
import { NoteTime } from './NoteTime';
import { closeLines, colourWithMeaning, edgeOf, kindOf } from './note-names';

const open = (documentId: string, noteId?: string) => openAndRead(documentId, noteId === undefined ? undefined : { type: 'note', noteId });

/** The beginning of what a note is known by. */
const shortName = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** A day, a tag or a colour, with how many notes it has. */
function Heading({ heading, order, count }: { heading: NotesHeading; order: NotesQuery['order']; count: number }) {
  const name = useStore((state) =>
    order === 'tag' ? (state.tags.get(heading)?.name ?? heading) : nameOfHeading(heading, state.settings.colourNames),
  );
  return (
    <h2 className="found-heading" dir="auto">
      {name === '' ? 'Untagged' : name}
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
  order: NotesQuery['order'];
  isChosen: boolean;
  isEdited: boolean;
  /** It was the last that was edited here, or is it now. */
  hasBeenEdited: boolean;
  /** Some are selected: all show that they can be. */
  isChoosing: boolean;
  onChoose(isRange: boolean): void;
  onEdit(): void;
  /** Editing ended by a key. */
  onEdited(): void;
  onKeyDown(event: KeyboardEvent): void;
  onContextMenu(event: MouseEvent): void;
}

/** A note of a list, with what it stands under where it is the first of that. */
export function FoundRow(props: FoundRowProps) {
  const {
    row,
    order,
    count,
    isActive,
    isChosen,
    isChoosing,
    isEdited,
    hasBeenEdited,
    onChoose,
    onEdit,
    onEdited,
    onKeyDown,
    onContextMenu,
  } = props;
  const { ref, index, offset } = props;
  const { documentId, title, inDocument, heading, inHeading } = row;
  // The list comes from the host, which may not have the reader's last words yet.
  const own = useStore(() => (hasBeenEdited ? wholeNoteOf(documentId, row.note.id) : undefined));
  const note = own && own.modifiedAt > row.note.modifiedAt ? own : row.note;
  const Title = heading === undefined ? 'h2' : 'h3';
  const quote = quoteOf(note);
  const tabIndex = isActive ? 0 : -1;
  const handleClick = ({ target }: MouseEvent) => {
    if (
      !(target instanceof Element) ||
      !target.closest('.found-note') ||
      target.closest('button, a, input, .note-words, .note-editor') ||
      document.getSelection()?.isCollapsed === false
    )
      return;
    open(documentId, note.id);
  };
  return (
    <li
      ref={ref}
      className="found-row"
      data-note-id={note.id}
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
        if (!event.target.closest('.found-note') || event.target.closest('a, input, .note-editor')) return;
        event.preventDefault();
        event.stopPropagation();
        onChoose(event.shiftKey);
      }}
      onContextMenu={onContextMenu}
      onKeyDown={onKeyDown}
    >
      {heading !== undefined && inHeading !== undefined && <Heading heading={heading} order={order} count={inHeading} />}
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
        {isEdited ? (
          <NoteEditor documentId={documentId} noteId={note.id} body={note.body} onDone={onEdited} />
        ) : (
          note.body !== '' && (note.creator ? <NoteBody body={note.body} /> : <NoteWords body={note.body} onWrite={onEdit} />)
        )}
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
