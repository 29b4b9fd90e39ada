import { useId, useMemo, useState } from 'react';
import { isTagWithin } from '#model';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { formatNumber, formatShortDate } from '../kit/format';
import { openAndRead } from '../kit/open-and-read';

/** So many are listed until the reader asks for all. */
const LISTED = 6;

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The documents that carry a tag themselves, newest first. */
export function TaggedDocuments({ tag }: { tag: string }) {
  const documents = useStore((state) => state.documents);
  const [all, setAll] = useState(false);
  const headingId = useId();
  const tagged = useMemo(
    () =>
      [...documents.values()]
        .filter(({ tags }) => tags.some((name) => isTagWithin(name, tag)))
        .sort((a, b) => (b.date ?? '').localeCompare(a.date ?? '') || collator.compare(a.title, b.title)),
    [documents, tag],
  );
  if (tagged.length === 0) return null;
  return (
    <section className="tagged" aria-labelledby={headingId}>
      <h2 id={headingId}>Documents with this tag</h2>
      <ul aria-labelledby={headingId}>
        {(all ? tagged : tagged.slice(0, LISTED)).map(({ id, title, date }) => (
          <li key={id}>
            <button type="button" className="tagged-open" dir="auto" onClick={() => openAndRead(id)}>
              {title}
            </button>
            {date !== undefined && <time dateTime={date}>{formatShortDate(date)}</time>}
          </li>
        ))}
      </ul>
      {!all && tagged.length > LISTED && (
        <Button kind="quiet" onClick={() => setAll(true)}>
          Show all {formatNumber(tagged.length)}
        </Button>
      )}
    </section>
  );
}
