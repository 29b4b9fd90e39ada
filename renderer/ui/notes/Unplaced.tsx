import { Copy, Ellipsis, FileText, Search, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { UnplacedNote, UnplacedNotesPage } from '#api';
import { quoteOf } from '#model';
import { focusView } from '../../state/actions/focus';
import { reportError } from '../../state/actions/notices';
import { copyQuoteOf } from '../../state/actions/quoting';
import { deleteUnplaced, keepAsPageNote, placeWhenRead, reviewWhenRead, searchQuote } from '../../state/actions/unplaced';
import { afterSaving, askUnplaced } from '../../state/listed-notes';
import { useStore } from '../../state/store';
import { Button, IconButton } from '../kit/Button';
import { countOf, formatNumber } from '../kit/format';
import { Menu, MenuItem, MenuSeparator } from '../kit/Menu';
import { openAndRead } from '../kit/open-and-read';
import { usePages } from '../kit/use-pages';
import { useRowKeys } from '../kit/use-row-keys';
import { VirtualList, type VirtualPlace } from '../kit/VirtualList';
import './all-notes.css';
import './found-notes.css';
import { NoteBody } from './NoteBody';
import { NoteTags } from './NoteCard';
import { NoteTime } from './NoteTime';
import { closeLines, edgeOf, kindOf, shortQuote } from './note-names';
import { UnsavedHint } from './UnsavedHint';
import './unplaced.css';

const keyOf = ({ note }: UnplacedNote): string => note.id;

/** The notes of all documents whose passages were not found in the present texts, with what can be done about them. */
export function Unplaced() {
  const version = useStore((state) => state.libraryVersion);
  const [ask] = useState(() => afterSaving(askUnplaced));
  const { page, want } = usePages(ask, null, version);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  return (
    <main data-pane="main" className="all-notes">
      <header className="all-notes-head">
        <div className="all-notes-title">
          <h1 tabIndex={-1}>Without a place</h1>
          {page && page.total > 0 && (
            <span className="all-notes-count" role="status">
              {countOf(page.total, 'note')}
            </span>
          )}
        </div>
        {page && page.total > 0 && (
          <p className="unplaced-explained">
            These documents have changed, and the passages were not found again. Nothing of the notes is lost.
          </p>
        )}
      </header>
      <div ref={setScroller} className="all-notes-scroller">
        <UnsavedHint />
        {!page && <p className="all-notes-wait">Reading your notes…</p>}
        {page?.total === 0 && (
          <div className="empty">
            <h2>Every note has its place</h2>
            <p>When a document changes and the passage of a note is not found in it any more, the note is listed here.</p>
          </div>
        )}
        {page && page.total > 0 && <UnplacedList page={page} want={want} scroller={scroller} />}
      </div>
    </main>
  );
}

interface UnplacedListProps {
  page: UnplacedNotesPage;
  want(first: number, last: number): void;
  scroller: HTMLElement | null;
}

function UnplacedList({ page, want, scroller }: UnplacedListProps) {
  const { focus, active, onRange, step } = useRowKeys<UnplacedNote, HTMLDivElement>({
    page,
    keyOf,
    target: '.found-open',
    want,
    onGone: focusView,
  });
  const handleKeyDown = (event: KeyboardEvent, row: UnplacedNote) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (!(event.target instanceof Element && event.target.matches('.found-open'))) return;
    if (step(event)) return;
    const key = event.key.toLowerCase();
    if (key === 'e' && !row.isMissing) place(row);
    else if (key === 'c') copyQuote(row);
    else if (key === 'delete' || key === 'backspace') remove(row);
    else return;
    event.preventDefault();
  };

  return (
    <div {...focus}>
      <VirtualList
        label="Notes without a place"
        items={page}
        keyOf={keyOf}
        estimate={150}
        gap={0}
        scroller={scroller}
        keep={active}
        onRange={onRange}
      >
        {(row, at) => (
          <UnplacedRow
            key={row.note.id}
            row={row}
            at={at}
            count={page.total}
            tabIndex={at.index === active ? 0 : -1}
            onKeyDown={handleKeyDown}
          />
        )}
      </VirtualList>
    </div>
  );
}

const run = (work: Promise<unknown>) => void work.catch(reportError);

function review({ documentId, note, isMissing }: UnplacedNote): void {
  openAndRead(documentId, { type: 'note', noteId: note.id });
  if (!isMissing) run(reviewWhenRead(documentId, note.id));
}

function place({ documentId, note }: UnplacedNote): void {
  openAndRead(documentId);
  run(placeWhenRead(documentId, note.id, shortQuote(note)));
}

const copyQuote = ({ documentId, note, title }: UnplacedNote): void => run(copyQuoteOf(documentId, note, title));
const remove = ({ documentId, note }: UnplacedNote): void => run(deleteUnplaced(documentId, note.id));

interface UnplacedRowProps {
  row: UnplacedNote;
  at: VirtualPlace;
  count: number;
  tabIndex: 0 | -1;
  onKeyDown(event: KeyboardEvent, row: UnplacedNote): void;
}

function UnplacedRow({ row, at, count, tabIndex, onKeyDown }: UnplacedRowProps) {
  const { documentId, title, note, inDocument, isMissing } = row;
  const trigger = useRef<HTMLButtonElement>(null);
  // What takes the row away or opens a dialog does so when the menu has gone, and the focus is on the row.
  const pending = useRef<() => void>(undefined);
  const afterwards = (action: (row: UnplacedNote) => void) => () => {
    pending.current = () => action(row);
  };
  const handleClosed = (event: Event) => {
    const action = pending.current;
    pending.current = undefined;
    if (!action) return;
    event.preventDefault();
    trigger.current?.closest('li')?.querySelector<HTMLElement>('.found-open')?.focus();
    action();
  };
  return (
    <li
      ref={at.ref}
      className="found-row"
      data-index={at.index}
      style={{ top: at.offset }}
      aria-posinset={at.index + 1}
      aria-setsize={count}
      onKeyDown={(event) => onKeyDown(event, row)}
    >
      {inDocument !== undefined && (
        <h2 className="found-document" dir="auto">
          <button type="button" tabIndex={tabIndex} onClick={() => openAndRead(documentId)}>
            {title}
          </button>
          {isMissing && <span className="unplaced-missing">File missing</span>}
          <span className="found-count">{formatNumber(inDocument)}</span>
        </h2>
      )}
      <div className="found-note" data-colour={edgeOf(note)}>
        <span className="visually-hidden">{kindOf(note)}. </span>
        <button type="button" className="found-open" data-quote dir="auto" tabIndex={tabIndex} onClick={() => review(row)}>
          {closeLines(quoteOf(note) ?? '')}
        </button>
        {note.body !== '' && <NoteBody body={note.body} />}
        <div className="note-foot">
          <NoteTags tags={note.tags} tabIndex={tabIndex} />
          <NoteTime at={note.modifiedAt} />
        </div>
        <div className="unplaced-actions">
          {!isMissing && (
            <>
              <Button tabIndex={tabIndex} onClick={() => review(row)}>
                Change review
              </Button>
              <Button tabIndex={tabIndex} title="Place by hand (E)" onClick={() => place(row)}>
                Place by hand
              </Button>
            </>
          )}
          <Menu
            label="Note"
            trigger={
              <IconButton ref={trigger} label="More" small tabIndex={tabIndex}>
                <Ellipsis />
              </IconButton>
            }
            onCloseAutoFocus={handleClosed}
          >
            <MenuItem icon={<FileText />} onSelect={afterwards(() => run(keepAsPageNote(documentId, note.id)))}>
              Keep as a note on the document
            </MenuItem>
            <MenuItem icon={<Copy />} onSelect={afterwards(copyQuote)}>
              Copy quote
            </MenuItem>
            <MenuItem icon={<Search />} onSelect={afterwards(() => searchQuote(quoteOf(note) ?? ''))}>
              Search for the quote
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<Trash2 />} onSelect={afterwards(remove)}>
              Delete
            </MenuItem>
          </Menu>
        </div>
      </div>
    </li>
  );
}
