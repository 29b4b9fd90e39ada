import { type KeyboardEvent, type MouseEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { wholePage } from '#api';
import type { Note } from '#model';
import type { NoteGroup } from '../../state/note-lists';
import { formatNumber } from '../kit/format';
import { openAndRead } from '../kit/open-and-read';
import { VirtualList, type VirtualPlace } from '../kit/VirtualList';
import { NoteBody } from './NoteBody';
import { NoteTags } from './NoteCard';
import { NoteTime } from './NoteTime';
import { closeLines, kindOf, quoteOf } from './note-names';
import './found-notes.css';

const open = (documentId: string, noteId?: string) => openAndRead(documentId, noteId === undefined ? undefined : { type: 'note', noteId });

/** One note of the list; the first one of a document carries its title. */
interface Row {
  documentId: string;
  note: Note;
  heading?: { title: string; count: number };
}

const keyOf = ({ note }: Row): string => note.id;

const rowsOf = (groups: readonly NoteGroup[]): Row[] =>
  groups.flatMap(({ documentId, title, notes }) =>
    notes.map((note, index) => ({ documentId, note, ...(index === 0 && { heading: { title, count: notes.length } }) })),
  );

/** Notes of many documents; the arrow keys go from one to the next, Enter opens the document at it. */
export function FoundNotes({ groups, scroller }: { groups: readonly NoteGroup[]; scroller: HTMLElement | null }) {
  const rows = useMemo(() => rowsOf(groups), [groups]);
  const page = useMemo(() => wholePage(rows), [rows]);
  const [chosen, setChosen] = useState(0);
  const active = Math.min(chosen, rows.length - 1);
  const moved = useRef(false);

  useLayoutEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    scroller?.querySelector<HTMLElement>(`[data-index="${active}"] .found-open`)?.focus();
  }, [active, scroller]);

  const handleKeyDown = (event: KeyboardEvent) => {
    const isOnRow = event.target instanceof Element && event.target.matches('.found-open');
    if (!isOnRow || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const steps: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: rows.length - 1 };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    if (next < 0 || next >= rows.length) return;
    moved.current = true;
    setChosen(next);
  };

  return (
    <VirtualList label="All notes" items={page} keyOf={keyOf} estimate={130} gap={0} scroller={scroller} keep={active}>
      {(row, place) => (
        <FoundNote
          key={row.note.id}
          row={row}
          count={rows.length}
          isActive={place.index === active}
          onChoose={setChosen}
          onKeyDown={handleKeyDown}
          {...place}
        />
      )}
    </VirtualList>
  );
}

interface FoundNoteProps extends VirtualPlace {
  row: Row;
  count: number;
  isActive: boolean;
  onChoose(index: number): void;
  onKeyDown(event: KeyboardEvent): void;
}

function FoundNote({ row: { documentId, note, heading }, count, isActive, onChoose, onKeyDown, ref, index, offset }: FoundNoteProps) {
  const quote = quoteOf(note);
  const tabIndex = isActive ? 0 : -1;
  const handleClick = ({ target }: MouseEvent) => {
    if (
      !(target instanceof Element) ||
      !target.closest('.found-note') ||
      target.closest('button, a') ||
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
      onFocus={() => onChoose(index)}
      onClick={handleClick}
      onKeyDown={onKeyDown}
    >
      {heading && (
        <h2 className="found-document" dir="auto">
          <button type="button" tabIndex={tabIndex} onClick={() => open(documentId)}>
            {heading.title}
          </button>
          <span className="found-count">{formatNumber(heading.count)}</span>
        </h2>
      )}
      <div className="found-note" data-colour={note.colour}>
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
          <NoteTags tags={note.tags} tabIndex={tabIndex} />
          <NoteTime at={note.modifiedAt} />
        </div>
      </div>
    </li>
  );
}
