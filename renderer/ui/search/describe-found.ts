import type { SearchGroup, SearchResult } from '#api';
import { countOf, formatNumber } from '../kit/format';
import { sayDocuments } from './use-search';

/** How many of a document's hits are notes: its title and its own tags are none. */
const notesOf = ({ total, inText, hits }: SearchGroup): number =>
  total - inText - hits.filter(({ kind, noteId }) => kind === 'title' || (kind === 'tag' && noteId === undefined)).length;

/** How much was found, counted where it is held, and said of how many documents that is. */
export function describeFound(found: Pick<SearchResult, 'groups' | 'documentCount' | 'hasMore'>): string {
  const { groups, documentCount, hasMore } = found;
  if (documentCount === 0) return '';
  const passages = groups.reduce((sum, { inText }) => sum + inText, 0);
  const notes = groups.reduce((sum, group) => sum + notesOf(group), 0);
  const counts = [passages > 0 && countOf(passages, 'passage'), notes > 0 && countOf(notes, 'note')].filter(Boolean).join(' and ');
  const documents = sayDocuments({ documentCount, hasMore });
  if (counts === '') return `${documents}.`.replace(/^a/, 'A');
  if (groups.length >= documentCount && !hasMore) return `${counts} in ${documents}.`;
  return `${counts} in the first ${formatNumber(groups.length)} of ${documents}.`;
}
