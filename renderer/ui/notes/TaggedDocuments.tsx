import { useId, useState } from 'react';
import type { DocumentPage, DocumentQuery } from '#api';
import { call } from '../../state/client';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { formatNumber, formatShortDate } from '../kit/format';
import { openAndRead } from '../kit/open-and-read';
import { usePages } from '../kit/use-pages';

/** So many are listed until the reader asks for all, and so many then: the list of documents has them all. */
const LISTED = 6;
const LISTED_AT_MOST = 500;

const ask = (query: DocumentQuery, from: number, count: number) => call('library.documents', { query, from, count, locate: [] });

/** The documents that carry a tag themselves, newest first. */
export function TaggedDocuments({ tag }: { tag: string }) {
  const version = useStore((state) => state.libraryVersion);
  const { page, want } = usePages<DocumentQuery, DocumentPage>(ask, { ownTag: tag, sort: 'date', ascending: false }, version);
  const [all, setAll] = useState(false);
  const headingId = useId();
  if (!page || page.total === 0) return null;
  const { total, rows } = page;
  const showAll = () => {
    setAll(true);
    want(0, Math.min(total, LISTED_AT_MOST) - 1);
  };
  return (
    <section className="tagged" aria-labelledby={headingId}>
      <h2 id={headingId}>Documents with this tag</h2>
      <ul aria-labelledby={headingId}>
        {rows.slice(0, all ? LISTED_AT_MOST : LISTED).map(({ id, title, date }) => (
          <li key={id}>
            <button type="button" className="tagged-open" dir="auto" onClick={() => openAndRead(id)}>
              {title}
            </button>
            {date !== undefined && <time dateTime={date}>{formatShortDate(date)}</time>}
          </li>
        ))}
      </ul>
      {!all && total > LISTED && (
        <Button kind="quiet" onClick={showAll}>
          Show {total > LISTED_AT_MOST ? `the first ${LISTED_AT_MOST} of` : 'all'} {formatNumber(total)}
        </Button>
      )}
    </section>
  );
}
