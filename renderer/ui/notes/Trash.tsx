import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { DeletedNotesPage, LocatedDeletedNote } from '#api';
import { type Note, quoteOf } from '#model';
import { focusView } from '../../state/actions/focus';
import { readDeletedNote } from '../../state/actions/note-versions';
import { purgeNote, restoreNote, withDeletedNote } from '../../state/actions/notes';
import { notify, reportError } from '../../state/actions/notices';
import { showDialog } from '../../state/actions/view';
import { afterSaving, askDeleted } from '../../state/listed-notes';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { countOf } from '../kit/format';
import { openAndRead } from '../kit/open-and-read';
import { usePages } from '../kit/use-pages';
import { useRowFocus } from '../kit/use-row-focus';
import { VirtualList, type VirtualPlace } from '../kit/VirtualList';
import './all-notes.css';
import { NoteBody } from './NoteBody';
import { NoteHistory } from './NoteHistory';
import { NoteTime } from './NoteTime';
import { closeLines, edgeOf, kindOf } from './note-names';
import './trash.css';
import { UnsavedHint } from './UnsavedHint';

const keyOf = ({ note }: LocatedDeletedNote): string => note.id;

function bringBack({ documentId, note }: LocatedDeletedNote): void {
  restoreNote(documentId, note.id);
  tellBack(documentId, note.id);
}

function tellBack(documentId: string, noteId: string): void {
  const show = () => openAndRead(documentId, { type: 'note', noteId });
  notify('info', 'The note is back.', { action: { label: 'Show', run: show }, about: noteId });
}

/** The notes that were deleted, newest first: each can be restored, or deleted for good. */
export function Trash() {
  const version = useStore((state) => state.libraryVersion);
  const [ask] = useState(() => afterSaving(askDeleted));
  const { page, want } = usePages(ask, null, version);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  return (
    <main data-pane="main" className="all-notes">
      <header className="all-notes-head">
        <div className="all-notes-title">
          <h1 tabIndex={-1}>Trash</h1>
          {page && page.total > 0 && (
            <>
              <span className="all-notes-count">{countOf(page.total, 'note')}</span>
              <Button onClick={() => showDialog({ type: 'empty-trash' })}>Empty what is older than…</Button>
            </>
          )}
        </div>
      </header>
      <div ref={setScroller} className="all-notes-scroller">
        <UnsavedHint />
        {!page && <p className="all-notes-wait">Reading the trash…</p>}
        {page?.total === 0 && (
          <div className="empty">
            <h2>The trash is empty</h2>
            <p>
              Notes that you delete are kept here until you delete them for good. What tags and titles were before is under “What changed”.
            </p>
          </div>
        )}
        {page && page.total > 0 && <DeletedList page={page} want={want} scroller={scroller} />}
      </div>
    </main>
  );
}

interface DeletedListProps {
  page: DeletedNotesPage;
  want(first: number, last: number): void;
  scroller: HTMLElement | null;
}

function DeletedList({ page, want, scroller }: DeletedListProps) {
  const [asked, setAsked] = useState<LocatedDeletedNote>();
  const [history, setHistory] = useState<{ documentId: string; note: Note }>();
  const {
    ref,
    active,
    goTo: _goTo,
    ...focusHandlers
  } = useRowFocus<LocatedDeletedNote, HTMLDivElement>({
    page,
    keyOf,
    target: 'button',
    want,
    onGone: focusView,
  });

  const take = (row: LocatedDeletedNote, change: (row: LocatedDeletedNote) => void): void =>
    void withDeletedNote(row.documentId, row.note.id, () => change(row)).catch(reportError);

  // The dialog stands beside it: React tells of the focus in it to what it stands in.
  return (
    <>
      <div ref={ref} {...focusHandlers}>
        <VirtualList label="Trash" items={page} keyOf={keyOf} estimate={140} gap={0} scroller={scroller} keep={active} onRange={want}>
          {(row, place) => (
            <DeletedRow
              key={row.note.id}
              row={row}
              place={place}
              count={page.total}
              onRestore={() => take(row, bringBack)}
              onHistory={() => {
                const { documentId } = row;
                void readDeletedNote(documentId, row.note.id, (note) => setHistory({ documentId, note })).catch(reportError);
              }}
              onPurge={() => setAsked(row)}
            />
          )}
        </VirtualList>
      </div>
      {history && (
        <NoteHistory
          {...history}
          isDeleted
          onRestored={() => tellBack(history.documentId, history.note.id)}
          onClose={() => setHistory(undefined)}
        />
      )}
      {asked && (
        <ConfirmDialog
          title="Delete this note for good?"
          description="It leaves the trash with its versions, here and on other machines that share this data. This cannot be undone. Backups that were made before still hold it, until newer ones take their place."
          keep="Keep it"
          confirm="Delete for good"
          onCancel={() => setAsked(undefined)}
          onConfirm={() => {
            setAsked(undefined);
            take(asked, ({ documentId, note }) => purgeNote(documentId, note.id));
          }}
        />
      )}
    </>
  );
}

interface DeletedRowProps {
  row: LocatedDeletedNote;
  place: VirtualPlace;
  count: number;
  onRestore(): void;
  onHistory(): void;
  onPurge(): void;
}

function DeletedRow({ row: { title, note, deletedAt, hasVersions }, place, count, onRestore, onHistory, onPurge }: DeletedRowProps) {
  const quote = quoteOf(note);
  return (
    <li
      ref={place.ref}
      className="deleted"
      data-index={place.index}
      data-colour={edgeOf(note)}
      style={{ top: place.offset }}
      aria-posinset={place.index + 1}
      aria-setsize={count}
    >
      <div className="deleted-text">
        <span className="visually-hidden">{kindOf(note)}.</span>
        {quote !== undefined && (
          <blockquote className="deleted-quote" dir="auto">
            {closeLines(quote)}
          </blockquote>
        )}
        {note.body !== '' && <NoteBody body={note.body} />}
        {quote === undefined && note.body === '' && <p className="note-empty">A note without text</p>}
        <p className="deleted-from">
          <span dir="auto">{title}</span>
          <NoteTime at={deletedAt} before="deleted " />
        </p>
      </div>
      <div className="deleted-actions">
        <Button onClick={onRestore}>
          <RotateCcw />
          Restore
        </Button>
        {hasVersions && (
          <Button kind="quiet" onClick={onHistory}>
            Earlier versions…
          </Button>
        )}
        <Button kind="quiet" onClick={onPurge}>
          Delete for good…
        </Button>
      </div>
    </li>
  );
}
