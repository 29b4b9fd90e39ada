import { useEffect, useMemo, useState } from 'react';
import type { TrashCount } from '#api';
import { reportError } from '../../state/actions/notices';
import { countDeleted, emptyTrash } from '../../state/actions/trash';
import { closeDialog } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { Dialog } from '../kit/Dialog';
import { countOf, formatNumber } from '../kit/format';
import './dialogs.css';

const DAY = 86_400_000;
const ages = { month: 30 * DAY, year: 365 * DAY, all: 0 } as const;
type Choice = keyof typeof ages | 'date';

/** The moment before which something must have been deleted; `undefined` while no date is chosen. `now` in ms. */
function momentOf(choice: Choice, date: string, now: number): string | undefined {
  if (choice !== 'date') return new Date(now - ages[choice]).toISOString();
  const chosen = new Date(`${date}T00:00:00`);
  return Number.isNaN(chosen.getTime()) ? undefined : chosen.toISOString();
}

/** Empties the trash of what is older than the reader says: counts it first, then asks, then does it. */
export function EmptyTrashDialog() {
  const [choice, setChoice] = useState<Choice>('month');
  const [date, setDate] = useState('');
  const [now] = useState(Date.now);
  const [isAsking, setAsking] = useState(false);
  const before = useMemo(() => momentOf(choice, date, now), [choice, date, now]);
  const count = useCount(before);
  const notes = count ? count.highlights + count.pageNotes : 0;
  const changes = count?.changes ?? 0;
  return (
    <Dialog
      title="Empty the trash"
      description="The trash never empties itself. What you empty it of is gone for good; the rest stays."
      foot={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="danger" disabled={notes + changes === 0} onClick={() => setAsking(true)}>
            Delete for good…
          </Button>
        </>
      }
    >
      <form className="details-form" onSubmit={(event) => event.preventDefault()}>
        <label htmlFor="trash-age">Deleted</label>
        <select
          id="trash-age"
          className="field"
          value={choice}
          onChange={({ target }) => setChoice(Object.hasOwn(ages, target.value) ? (target.value as Choice) : 'date')}
        >
          <option value="month">more than 30 days ago</option>
          <option value="year">more than a year ago</option>
          <option value="date">before a date</option>
          <option value="all">at any time</option>
        </select>
        {choice === 'date' && (
          <>
            <label htmlFor="trash-date">Date</label>
            <input
              id="trash-date"
              className="field"
              type="date"
              max="9999-12-31"
              value={date}
              onChange={(event) => setDate(event.target.value)}
            />
          </>
        )}
      </form>
      <p className="trash-count" role="status" aria-label="What would be deleted">
        {count && before !== undefined ? describe(count) : ''}
      </p>
      {isAsking && before !== undefined && (
        <ConfirmDialog
          title={notes > 0 ? `Delete ${countOf(notes, 'note')} for good?` : 'Delete for good what tags and titles were before?'}
          description="They leave the trash, here and on other machines that share this data. This cannot be undone. Backups that were made before still hold them, until newer ones take their place."
          keep="Keep them"
          confirm="Delete for good"
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            closeDialog();
            void emptyTrash(before).catch(reportError);
          }}
        />
      )}
    </Dialog>
  );
}

/** What was deleted before a moment, as it is now; `undefined` until it is counted. */
function useCount(before: string | undefined): TrashCount | undefined {
  const version = useStore((state) => state.libraryVersion);
  const [counted, setCounted] = useState<{ before: string; count: TrashCount }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version may have another count.
  useEffect(() => {
    if (before === undefined) return;
    let isCurrent = true;
    countDeleted(before)
      .then((count) => isCurrent && setCounted({ before, count }))
      .catch(reportError);
    return () => {
      isCurrent = false;
    };
  }, [before, version]);
  return counted?.before === before ? counted?.count : undefined;
}

function describe({ highlights, pageNotes, withWords, documents, changes, locked }: TrashCount): string {
  const total = highlights + pageNotes;
  const kinds = [
    ...(highlights > 0 ? [countOf(highlights, 'highlight')] : []),
    ...(pageNotes > 0 ? [countOf(pageNotes, 'page note')] : []),
  ].join(' and ');
  const words = withWords === 0 ? 'none holds' : withWords === 1 ? '1 holds' : `${formatNumber(withWords)} hold`;
  return [
    ...(total > 0 ? [`${kinds} of ${countOf(documents, 'document')}; ${words} words of yours.`] : []),
    ...(changes > 0 ? [`What tags, titles and the like were before ${countOf(changes, 'change')}, kept under “What changed”.`] : []),
    ...(total + changes === 0 ? ['Nothing in the trash is as old as that.'] : []),
    ...(locked > 0 ? [`${countOf(locked, 'note')} cannot be deleted now, since what is kept on the document may not be changed.`] : []),
  ].join(' ');
}
