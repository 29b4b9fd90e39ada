import { ArrowUpLeft, ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { LinkedHerePage, LinkingDocument } from '#api';
import { openNote } from '../../state/actions/links';
import { reportError } from '../../state/actions/notices';
import { Button } from '../kit/Button';
import { countOf, formatNumber } from '../kit/format';
import './linked-here.css';

interface LinkedHereProps {
  page: LinkedHerePage | undefined;
  onMore(): void;
}

/** The documents whose notes lead to the open one. */
export function LinkedHere({ page, onMore }: LinkedHereProps) {
  const headingId = useId();
  if (!page || page.total === 0) return null;
  return (
    <section className="linked-here" aria-labelledby={headingId}>
      <h3 id={headingId}>Linked here</h3>
      <ul aria-labelledby={headingId}>
        {page.rows.map((row) => (
          <LinkingRow key={row.documentId} row={row} />
        ))}
      </ul>
      {page.total > page.rows.length && <Button onClick={onMore}>Show more of {formatNumber(page.total)}</Button>}
    </section>
  );
}

const open = (documentId: string, noteId: string) => void openNote(documentId, noteId).catch(reportError);

/** A document with one note that leads here opens it; one with several shows these first. */
function LinkingRow({ row: { documentId, title, count, notes } }: { row: LinkingDocument }) {
  const [isOpen, setOpen] = useState(false);
  const [first] = notes;
  if (!first) return null;
  const isSingle = count === 1;
  return (
    <li>
      <button
        type="button"
        className="linked-row"
        aria-expanded={isSingle ? undefined : isOpen}
        aria-label={`${title}, ${countOf(count, 'link')}`}
        title={first.words}
        onClick={() => (isSingle ? open(documentId, first.noteId) : setOpen(!isOpen))}
      >
        {isSingle ? <ArrowUpLeft /> : <ChevronRight />}
        <span className="linked-title" dir="auto">
          {title}
        </span>
        <span className="linked-count">{formatNumber(count)}</span>
      </button>
      {isOpen && (
        <ul aria-label={`Notes on ${title}`}>
          {notes.map(({ noteId, words }) => (
            <li key={noteId}>
              <button type="button" className="linked-note" dir="auto" onClick={() => open(documentId, noteId)}>
                {words}
              </button>
            </li>
          ))}
          {count > notes.length && <li className="linked-rest">{countOf(count - notes.length, 'more note')} of it</li>}
        </ul>
      )}
    </li>
  );
}
