import { RotateCcw } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type LocatedDeletedNote, wholePage } from '#api';
import { loadAllDeleted } from '../../state/actions/library';
import { purgeNote, restoreNote, withNotebook } from '../../state/actions/notes';
import { notify, reportError } from '../../state/actions/notices';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { countOf } from '../kit/format';
import { openAndRead } from '../kit/open-and-read';
import { VirtualList, type VirtualPlace } from '../kit/VirtualList';
import './all-notes.css';
import { NoteBody } from './NoteBody';
import { NoteTime } from './NoteTime';
import { closeLines, kindOf, quoteOf } from './note-names';
import './trash.css';

const keyOf = ({ note }: LocatedDeletedNote): string => note.id;

async function bringBack({ documentId, note }: LocatedDeletedNote): Promise<void> {
  await withNotebook(documentId, () => {
    restoreNote(documentId, note.id);
    const show = () => openAndRead(documentId, { type: 'note', noteId: note.id });
    notify('info', 'The note is back.', { action: { label: 'Show', run: show }, about: note.id });
  });
}

/** The notes that were deleted, newest first: each can be restored, or deleted for good. */
export function Trash() {
  const deleted = useStore((state) => state.allDeleted);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [asked, setAsked] = useState<LocatedDeletedNote>();
  // The row whose note is about to go: its place in the list gets the focus.
  const leaving = useRef<number>(undefined);

  useEffect(() => void loadAllDeleted().catch(reportError), []);
  const rows = useMemo(() => deleted?.toSorted((a, b) => (a.deletedAt < b.deletedAt ? 1 : -1)), [deleted]);

  const page = useMemo(() => rows && wholePage(rows), [rows]);

  useLayoutEffect(() => {
    const index = leaving.current;
    if (index === undefined || !rows) return;
    leaving.current = undefined;
    const view = heading.current?.closest('main');
    const row = view?.querySelector(`[data-index="${Math.min(index, rows.length - 1)}"]`);
    (row?.querySelector('button') ?? heading.current)?.focus();
  }, [rows]);

  const take = (row: LocatedDeletedNote, change: () => Promise<void>) => {
    leaving.current = rows?.indexOf(row);
    void change().catch(reportError);
  };

  return (
    <main data-pane="main" className="all-notes">
      <header className="all-notes-head">
        <div className="all-notes-title">
          <h1 ref={heading} tabIndex={-1}>
            Deleted notes
          </h1>
          {rows && rows.length > 0 && <span className="all-notes-count">{countOf(rows.length, 'note')}</span>}
        </div>
      </header>
      <div ref={setScroller} className="all-notes-scroller">
        {!rows && <p className="all-notes-wait">Reading the trash…</p>}
        {rows?.length === 0 && (
          <div className="empty">
            <h2>The trash is empty</h2>
            <p>Notes that you delete are kept here until you delete them for good.</p>
          </div>
        )}
        {rows && page && rows.length > 0 && (
          <VirtualList label="Deleted notes" items={page} keyOf={keyOf} estimate={140} gap={0} scroller={scroller}>
            {(row, place) => (
              <DeletedNoteRow
                key={row.note.id}
                row={row}
                place={place}
                onRestore={() => take(row, () => bringBack(row))}
                onPurge={() => setAsked(row)}
              />
            )}
          </VirtualList>
        )}
      </div>
      {asked && (
        <ConfirmDialog
          title="Delete this note for good?"
          description="The note and its earlier versions are removed from this machine. This cannot be undone."
          keep="Keep it"
          confirm="Delete for good"
          onCancel={() => setAsked(undefined)}
          onConfirm={() => {
            setAsked(undefined);
            take(asked, () => withNotebook(asked.documentId, () => purgeNote(asked.documentId, asked.note.id)));
          }}
        />
      )}
    </main>
  );
}

interface DeletedNoteRowProps {
  row: LocatedDeletedNote;
  place: VirtualPlace;
  onRestore(): void;
  onPurge(): void;
}

function DeletedNoteRow({ row: { documentId, note, deletedAt }, place, onRestore, onPurge }: DeletedNoteRowProps) {
  const title = useStore((state) => state.documents.get(documentId)?.title);
  const quote = quoteOf(note);
  return (
    <li ref={place.ref} className="deleted" data-index={place.index} data-colour={note.colour} style={{ top: place.offset }}>
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
          <span dir="auto">{title ?? 'A document that is no longer here'}</span>
          <NoteTime at={deletedAt} before="deleted " />
        </p>
      </div>
      <div className="deleted-actions">
        <Button onClick={onRestore}>
          <RotateCcw />
          Restore
        </Button>
        <Button kind="quiet" onClick={onPurge}>
          Delete for good…
        </Button>
      </div>
    </li>
  );
}
