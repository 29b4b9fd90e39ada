import { useEffect, useState } from 'react';
import type { DocumentSummary } from '#api';
import { directionOf } from '#model';
import { reportError } from '../../state/actions/notices';
import { call } from '../../state/client';
import { minutesForWords, minutesLeft } from '../../state/reading-time';
import { useStore } from '../../state/store';
import { formatMinutes } from '../kit/format';
import { openAndRead } from '../kit/open-and-read';

const SHOWN = 4;

/** The documents that are being read, the last one first; asked for anew as the library changes. */
function useBegun(): readonly DocumentSummary[] {
  const version = useStore((state) => state.libraryVersion);
  const [begun, setBegun] = useState<readonly DocumentSummary[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is another library.
  useEffect(() => {
    let isGone = false;
    call('library.documents', {
      query: { status: 'reading', sort: 'last-read', ascending: false },
      from: 0,
      count: SHOWN,
      locate: [],
    })
      .then(({ rows }) => !isGone && setBegun(rows.filter(({ missing }) => !missing)))
      .catch(reportError);
    return () => {
      isGone = true;
    };
  }, [version]);
  return begun;
}

/** What the reader has begun, to go on with. */
export function ContinueReading() {
  const begun = useBegun();
  if (begun.length === 0) return null;
  return (
    <section className="start-begun" aria-labelledby="continue-reading">
      <h2 id="continue-reading">Continue reading</h2>
      <ul>
        {begun.map(({ id, title, words, progress }) => (
          <li key={id}>
            <button type="button" dir={directionOf(title)} onClick={() => openAndRead(id)}>
              <span className="start-title">{title}</span>
              {words > 0 && <span className="start-left">{formatMinutes(minutesLeft(minutesForWords(words), progress))} left</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
