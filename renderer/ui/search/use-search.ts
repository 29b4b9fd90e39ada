import { useEffect, useState } from 'react';
import type { SearchGroup, SearchResult } from '#api';
import { reportError } from '../../state/actions/notices';
import { call } from '../../state/client';
import { type AppState, useStore } from '../../state/store';
import { countOf } from '../kit/format';

/** ms of quiet before a search is sent. */
const DEBOUNCE = 90;
const GROUPS_SHOWN = 30;

/** What was found for `words`, which may be fewer than there are by now. */
interface Answer {
  words: string;
  groups: readonly SearchGroup[];
  /** How many documents were found, in words; empty where none was. */
  documents: string;
  status: string;
}

const nothing: Answer = { words: '', groups: [], documents: '', status: '' };

export interface Found extends Answer {
  /** The answer to what is written now is still to come; the groups are those of the words before. */
  isPending: boolean;
}

/** What is not found for now since it was not read. */
export function unreadNotice({ scanning, indexProgress: { total, isStopped } }: AppState): string {
  if (scanning || total > 0) return 'Not all documents are read yet.';
  return isStopped ? 'Not all texts are searched, since reading them was stopped.' : '';
}

/** How many documents were found, as far as they were counted. */
export const sayDocuments = ({ documentCount, hasMore }: Pick<SearchResult, 'documentCount' | 'hasMore'>): string =>
  `${hasMore ? 'at least ' : ''}${countOf(documentCount, 'document')}`;

/** What was found, and what was not looked at, in words. */
function describeResult(result: SearchResult, unread: string): string {
  const { documentCount, notice } = result;
  const found = documentCount === 0 ? 'Nothing was found.' : `Found in ${sayDocuments(result)}.`;
  return [found, notice, unread].filter(Boolean).join(' ');
}

/** Searches as the reader types; an answer that comes late is dropped. */
export function useSearch(words: string): Found {
  const [answer, setAnswer] = useState(nothing);
  // What could not be found while documents were being read is found once they are.
  const unread = useStore(unreadNotice);
  useEffect(() => {
    if (words === '') {
      setAnswer(nothing);
      return;
    }
    let isCurrent = true;
    const search = async (): Promise<void> => {
      const result = await call('search.run', { query: words, limit: GROUPS_SHOWN });
      if (!isCurrent) return;
      if (result.ok) {
        const { groups, documentCount } = result.value;
        const documents = documentCount === 0 ? '' : sayDocuments(result.value);
        setAnswer({ words, groups, documents, status: describeResult(result.value, unread) });
      } else if (result.failure.code === 'cancelled') {
        // By one that was sent before and arrived after: this one is the newest.
        await search();
      } else setAnswer({ ...nothing, words, status: result.failure.message });
    };
    const fail = (error: unknown) => {
      reportError(error);
      if (isCurrent) setAnswer({ ...nothing, words, status: 'The search failed.' });
    };
    const timer = setTimeout(() => search().catch(fail), DEBOUNCE);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [words, unread]);
  const isPending = answer.words !== words;
  return { ...answer, status: isPending && words !== '' ? 'Searching…' : answer.status, isPending };
}
