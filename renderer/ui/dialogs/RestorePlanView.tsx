import type { PlannedDocument, RestorePlan } from '#api';
import { countOf, formatMoment } from '../kit/format';
import { DryRunRemarks } from './DryRunStep';

/** More rows than anyone reads through. */
const SHOWN = 200;

interface RestorePlanViewProps {
  plan: RestorePlan;
  /** Of the zip. */
  name: string;
  undelete: boolean;
  onUndelete(undelete: boolean): void;
}

/** What a restore would do, in all and document by document. */
export function RestorePlanView({ plan, name, undelete, onUndelete }: RestorePlanViewProps) {
  const { madeAt, documents, tagCount, fileCount, versionCount, notices } = plan;
  const sum = (field: 'added' | 'changed' | 'inTrash' | 'deleted') => documents.reduce((total, each) => total + each[field], 0);
  const deleted = sum('deleted');
  const affected = documents.filter(({ state, deleted: gone }) => state !== 'same' || (undelete && gone > 0));
  const untouched = documents.length - affected.length;
  const changes = [
    count(sum('added') + (undelete ? deleted : 0), 'note', 'would come back'),
    count(sum('changed'), 'note', 'would keep both texts'),
    undelete ? undefined : count(sum('inTrash'), 'note', 'in the trash would have the words of the backup, too'),
    count(versionCount, 'old version', 'would come back'),
    count(fileCount, 'dropped file', 'would come back'),
    count(tagCount, 'tag', 'would come back'),
  ].filter((each) => each !== undefined);
  return (
    <>
      <p className="restore-summary">
        <b dir="auto">{madeAt === undefined ? name : `The backup of ${formatMoment(madeAt)}`}</b>{' '}
        {affected.length === 0 && changes.length === 0
          ? 'holds nothing that is not here already.'
          : `would change ${affected.length === 0 ? 'no notes' : countOf(affected.length, 'document')}${changes.length > 0 ? `: ${changes.join(', ')}` : ''}.`}
      </p>
      <DryRunRemarks notices={notices} deleted={deleted} undelete={undelete} onUndelete={onUndelete} />
      {affected.length > 0 && (
        <ul className="restore-documents" aria-label="Documents that would change">
          {affected.slice(0, SHOWN).map((document) => (
            <li key={document.documentId}>
              <b dir="auto">{document.title}</b>
              <span>{describe(document, undelete)}</span>
            </li>
          ))}
        </ul>
      )}
      {affected.length > SHOWN && <p className="restore-more">And {countOf(affected.length - SHOWN, 'more document')}.</p>}
      {untouched > 0 && (
        <p className="restore-more">
          {countOf(untouched, 'document')} would stay as {untouched === 1 ? 'it is' : 'they are'}.
        </p>
      )}
    </>
  );
}

const count = (number: number, noun: string, what: string): string | undefined =>
  number > 0 ? `${countOf(number, noun)} ${what}` : undefined;

function describe({ state, added, changed, inTrash, kept, deleted, problem }: PlannedDocument, undelete: boolean): string {
  if (state === 'locked') return `Left out. ${problem ?? ''}`;
  const parts = [
    // Nothing else of it would change.
    state === 'changed' && added + changed + inTrash === 0 ? 'Tags, title or place' : undefined,
    count(added + (undelete ? deleted : 0), 'note', 'added'),
    count(changed, 'note', 'with both texts'),
    undelete ? undefined : count(inTrash, 'note', 'in the trash with the words of the backup, too'),
    count(kept, 'note', 'kept'),
    undelete ? undefined : count(deleted, 'note', 'deleted since, left out'),
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(', ') : 'Tags, title or place';
}
