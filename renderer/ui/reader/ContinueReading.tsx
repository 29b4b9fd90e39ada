import { useEffect, useId, useState } from 'react';
import type { DocumentQuery, DocumentSummary } from '#api';
import { directionOf } from '#model';
import { reportError } from '../../state/actions/notices';
import { call } from '../../state/client';
import { minutesForWords, minutesLeft } from '../../state/reading-time';
import { useStore } from '../../state/store';
import { formatMinutes } from '../kit/format';
import { openAndRead } from '../kit/open-and-read';

const SHOWN = 4;

const BEGUN: DocumentQuery = { status: 'reading', sort: 'last-read', ascending: false };
const LATER: DocumentQuery = { later: true, sort: 'later', ascending: true };

/** The first documents of a list whose files are there; asked for anew as the library changes. */
function useFirst(query: DocumentQuery): readonly DocumentSummary[] {
  const version = useStore((state) => state.libraryVersion);
  const [documents, setDocuments] = useState<readonly DocumentSummary[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is another library.
  useEffect(() => {
    let isGone = false;
    call('library.documents', { query, from: 0, count: SHOWN, locate: [] })
      .then(({ rows }) => !isGone && setDocuments(rows.filter(({ missing }) => !missing)))
      .catch(reportError);
    return () => {
      isGone = true;
    };
  }, [query, version]);
  return documents;
}

/** What the reader has begun, to go on with, and what stands first in the reading list. */
export function ContinueReading() {
  const begun = useFirst(BEGUN);
  const later = useFirst(LATER);
  const ids = new Set(begun.map(({ id }) => id));
  return (
    <>
      <StartList heading="Continue reading" documents={begun} />
      <StartList heading="Reading list" documents={later.filter(({ id }) => !ids.has(id))} />
    </>
  );
}

function StartList({ heading, documents }: { heading: string; documents: readonly DocumentSummary[] }) {
  const headingId = useId();
  if (documents.length === 0) return null;
  return (
    <section className="start-begun" aria-labelledby={headingId}>
      <h2 id={headingId}>{heading}</h2>
      <ul>
        {documents.map(({ id, title, words, progress }) => (
          <li key={id}>
            <button type="button" dir={directionOf(title)} onClick={() => openAndRead(id)}>
              <span className="start-title">{title}</span>
              {words > 0 && <bdi className="start-left">{describeLeft(words, progress)}</bdi>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const describeLeft = (words: number, progress: number): string =>
  progress > 0 ? `${formatMinutes(minutesLeft(minutesForWords(words), progress))} left` : formatMinutes(minutesForWords(words));
