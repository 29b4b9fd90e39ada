import { type KeyboardEvent, type MouseEvent, useLayoutEffect } from 'react';
import type { FoundNote, NotesPage } from '#api';
import { focusView } from '../../state/actions/focus';
import { formatNumber } from '../kit/format';
import { openAndRead } from '../kit/open-and-read';
import { useRowKeys } from '../kit/use-row-keys';
import { VirtualList, type VirtualPlace } from '../kit/VirtualList';
import { NoteBody } from './NoteBody';
import { NoteCreator, NoteTags } from './NoteCard';
import { NoteTime } from './NoteTime';
import { closeLines, kindOf, quoteOf } from './note-names';
import './found-notes.css';

const open = (documentId: string, noteId?: string) => openAndRead(documentId, noteId === undefined ? undefined : { type: 'note', noteId });

const keyOf = ({ note }: FoundNote): string => note.id;

interface FoundNotesProps {
  page: NotesPage;
  want(first: number, last: number): void;
  scroller: HTMLElement | null;
}

/**
 * Notes of many documents, from the first one; the keys of a list go from one to another, Enter opens the document at it. Another list is
 * another component (`key`).
 */
export function FoundNotes({ page, want, scroller }: FoundNotesProps) {
  const { focus, active, onRange, step } = useRowKeys<FoundNote, HTMLDivElement>({
    page,
    keyOf,
    target: '.found-open',
    want,
    onGone: focusView,
  });

  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.matches('.found-open')) step(event);
  };

  return (
    <div {...focus}>
      <ScrollToTop scroller={scroller} />
      <VirtualList label="All notes" items={page} keyOf={keyOf} estimate={130} gap={0} scroller={scroller} keep={active} onRange={onRange}>
        {(row, place) => (
          <FoundRow key={row.note.id} row={row} count={page.total} isActive={place.index === active} onKeyDown={handleKeyDown} {...place} />
        )}
      </VirtualList>
    </div>
  );
}

/** A component of its own before the list, so that the list is drawn only after it. */
function ScrollToTop({ scroller }: { scroller: HTMLElement | null }) {
  useLayoutEffect(() => void scroller?.scrollTo({ top: 0 }), [scroller]);
  return null;
}

interface FoundRowProps extends VirtualPlace {
  row: FoundNote;
  count: number;
  isActive: boolean;
  onKeyDown(event: KeyboardEvent): void;
}

function FoundRow({ row: { documentId, title, note, inDocument }, count, isActive, onKeyDown, ref, index, offset }: FoundRowProps) {
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
      onClick={handleClick}
      onKeyDown={onKeyDown}
    >
      {inDocument !== undefined && (
        <h2 className="found-document" dir="auto">
          <button type="button" tabIndex={tabIndex} onClick={() => open(documentId)}>
            {title}
          </button>
          <span className="found-count">{formatNumber(inDocument)}</span>
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
          <NoteCreator creator={note.creator} />
          <NoteTags tags={note.tags} tabIndex={tabIndex} />
          <NoteTime at={note.modifiedAt} />
        </div>
      </div>
    </li>
  );
}
