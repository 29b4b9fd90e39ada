import { type KeyboardEvent, type MouseEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { type FoundNote, type NotesPage, type NotesQuery, rowAt } from '#api';
import { deleteNotes, notesMeantBy } from '../../state/actions/choosing';
import { focusView } from '../../state/actions/focus';
import { editListedNote, stopEditing } from '../../state/actions/notes';
import { reportError } from '../../state/actions/notices';
import { joinChosen } from '../../state/actions/passages';
import { showDialog } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { type MenuPlace, menuPlaceOf } from '../kit/ContextMenu';
import { nextIndex } from '../kit/list-keys';
import { useRowKeys } from '../kit/use-row-keys';
import { VirtualList } from '../kit/VirtualList';
import { ChosenNotes, FoundNoteMenu } from './ChosenNotes';
import { FoundRow } from './FoundRow';
import { useChosenNotes } from './use-chosen-notes';
import './found-notes.css';

/** Where notes go by tag, one note may be several rows. */
const keyOf = ({ note, heading = '' }: FoundNote): string => `${note.id} ${heading}`;

/** CSS pixels of a row that was not drawn yet. */
const ESTIMATE = 130;

interface FoundNotesProps {
  page: NotesPage;
  /** What the page answers. */
  query: NotesQuery;
  want(first: number, last: number): void;
  scroller: HTMLElement | null;
  /** Where that stands which can be done with the chosen notes, below what is scrolled. */
  foot: HTMLElement | null;
  /** The row that it begins with, and from then on the first one on the screen. */
  firstShown: RefObject<number>;
  /** Whether the keyboard went to the view’s heading as the last row went: the next list takes it back. */
  wasLeft: RefObject<boolean>;
}

/**
 * Notes of many documents, from the first one; the keys of a list go from one to another, Enter opens the document at it. Another list is
 * another component (`key`).
 */
export function FoundNotes({ page, query, want, scroller, foot, firstShown, wasLeft }: FoundNotesProps) {
  const { chosen, isChoosing, toggle, extend, chooseAll, drop, clear } = useChosenNotes(page, query);
  const { focus, active, goTo, onRange, step } = useRowKeys<FoundNote, HTMLDivElement>({
    page,
    keyOf,
    target: '.found-open',
    want,
    onGone: () => {
      focusView();
      wasLeft.current = true;
    },
    chooseAll: () => void chooseAll().catch(reportError),
  });
  useEffect(() => {
    if (wasLeft.current && document.activeElement?.matches('[data-pane="main"] h1')) goTo(0);
    wasLeft.current = false;
  }, [wasLeft, goTo]);
  const see = useCallback(
    (first: number, last: number) => {
      firstShown.current = first;
      onRange(first, last);
    },
    [firstShown, onRange],
  );
  const [menu, setMenu] = useState<{ row: FoundNote; place: MenuPlace }>();
  const editingId = useStore((state) => state.editingNoteId);
  const [edited, setEdited] = useState<string>();
  const edit = async (row: FoundNote) => {
    if (await editListedNote(row.documentId, row.note.id)) setEdited(keyOf(row));
  };
  const meant = (): ReadonlyMap<string, string> => {
    const row = rowAt(page, active);
    return row ? notesMeantBy(chosen, row) : new Map();
  };
  const remove = async (notes: ReadonlyMap<string, string>) => {
    const isDone = notes.size > 0 && (await deleteNotes(notes));
    if (isDone) drop(notes);
    return isDone;
  };

  const join = (notes: ReadonlyMap<string, string>) =>
    void joinChosen(notes)
      .then((isDone) => {
        if (!isDone) return;
        drop(notes);
        goTo(active);
      })
      .catch(reportError);

  const handleKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof Element) || !event.target.matches('.found-open')) return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    const key = event.key.toLowerCase();
    const next = event.shiftKey ? nextIndex(event.key, { active, count: page.total, page: 10 }) : undefined;
    const row = rowAt(page, active);
    if (isPlain && key === 'x') toggle(active);
    else if (isPlain && key === 'e' && row) void edit(row).catch(reportError);
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
      <VirtualList label="All notes" items={page} keyOf={keyOf} estimate={ESTIMATE} gap={0} scroller={scroller} keep={active} onRange={see}>
        {(row, place) => (
          <FoundRow
            key={keyOf(row)}
            row={row}
            order={query.order}
            count={page.total}
            isActive={place.index === active}
            hasBeenEdited={edited === keyOf(row)}
            isEdited={editingId === row.note.id && edited === keyOf(row)}
            isChosen={chosen.has(row.note.id)}
            isChoosing={isChoosing}
            onChoose={(isRange) => (isRange ? void extend(active, place.index).catch(reportError) : toggle(place.index))}
            onEdit={() => void edit(row).catch(reportError)}
            onEdited={() => {
              stopEditing();
              goTo(place.index);
            }}
            onKeyDown={handleKeyDown}
            onContextMenu={(event) => handleContextMenu(event, row)}
            {...place}
          />
        )}
      </VirtualList>
      {/* Behind the list, which scrolls to its own beginning as it comes. */}
      <ScrollTo row={firstShown} scroller={scroller} />
      {menu && (
        <FoundNoteMenu
          row={menu.row}
          chosen={chosen}
          place={menu.place}
          onEdit={() => void edit(menu.row).catch(reportError)}
          onJoin={join}
          onDelete={(notes) => void remove(notes).catch(reportError)}
          onClose={() => setMenu(undefined)}
        />
      )}
      {foot &&
        createPortal(
          <ChosenNotes
            chosen={chosen}
            onJoin={() => join(chosen)}
            onDelete={() =>
              void remove(chosen)
                .then((isDone) => isDone && goTo(active))
                .catch(reportError)
            }
            onClear={() => {
              clear();
              goTo(active);
            }}
          />,
          foot,
        )}
    </div>
  );
}

function ScrollTo({ row, scroller }: { row: RefObject<number>; scroller: HTMLElement | null }) {
  useLayoutEffect(() => {
    scroller?.scrollTo({ top: row.current * ESTIMATE });
    // Another list is another component, and begins at its top.
    return () => {
      row.current = 0;
    };
  }, [scroller, row]);
  return null;
}
