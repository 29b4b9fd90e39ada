import { createContext, useEffect, useState } from 'react';
import type { LinkedHerePage } from '#api';
import { reportError } from '../../state/actions/notices';
import { call } from '../../state/client';
import { useStore } from '../../state/store';

/** How many notes lead to each note of the open document that others lead to. */
export const LinkedNotes = createContext<ReadonlyMap<string, number>>(new Map());

/** The first `count` documents whose notes lead to a document, or to one note of it, as they are now; `undefined` until they are known. */
export function useLinkedHere(documentId: string | undefined, noteId: string | undefined, count: number): LinkedHerePage | undefined {
  const version = useStore((state) => state.libraryVersion);
  const [answer, setAnswer] = useState<{ documentId: string; page: LinkedHerePage }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version may have other links.
  useEffect(() => {
    if (documentId === undefined) return;
    let isWanted = true;
    call('links.here', { documentId, noteId, from: 0, count }).then((page) => isWanted && setAnswer({ documentId, page }), reportError);
    return () => {
      isWanted = false;
    };
  }, [documentId, noteId, count, version]);
  return answer?.documentId === documentId ? answer?.page : undefined;
}
