import type { AppState } from '../../state/store';
import { countOf, formatNumber } from '../kit/format';

/** What is exported, and how far that is: in documents, or in the notes of a single one. */
export function describeExport({ prepared, documents, notes, isCancelled }: NonNullable<AppState['exporting']>): {
  told: string;
  what: string;
} {
  if (isCancelled) return { told: 'Cancelling…', what: 'notes' };
  if (!prepared) return { told: 'Exporting…', what: 'notes' };
  const { documentCount, noteCount } = prepared;
  const [done, what] =
    documentCount > 1 || noteCount === 0 ? [documents, countOf(documentCount, 'document')] : [notes, countOf(noteCount, 'note')];
  return { told: `Exporting: ${formatNumber(done)} of ${what}…`, what };
}
