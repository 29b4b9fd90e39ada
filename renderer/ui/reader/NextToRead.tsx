import { ArrowRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { reportError } from '../../state/actions/notices';
import { nextToRead, toggleReadLater } from '../../state/actions/shelf';
import { selectNotebook, useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { openAndRead } from '../kit/open-and-read';
import './next-to-read.css';

/** Below the end of a document: the one that comes next in the reading list, while there is one. */
export function NextToRead({ documentId }: { documentId: string }) {
  const next = useNext(documentId);
  const isReady = useStore((state) => state.open?.phase === 'ready');
  const isListed = useStore((state) => selectNotebook(state)?.later !== undefined);
  if (!next || !isReady) return null;
  return (
    <section className="next-to-read" aria-labelledby="next-to-read">
      <h2 id="next-to-read">{isListed ? 'Next in your reading list' : 'First in your reading list'}</h2>
      <button type="button" className="next-to-read-open" onClick={() => openAndRead(next.id)}>
        <span dir="auto">{next.title}</span>
        <ArrowRight aria-hidden="true" />
      </button>
      {isListed && (
        <Button kind="quiet" onClick={toggleReadLater}>
          Take this one off the list
        </Button>
      )}
    </section>
  );
}

/** What comes after a document in the reading list; asked for anew as the library changes. */
function useNext(documentId: string): { id: string; title: string } | undefined {
  const version = useStore((state) => state.libraryVersion);
  const isEmpty = useStore((state) => state.counts.later === 0);
  const [next, setNext] = useState<Awaited<ReturnType<typeof nextToRead>>>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version of the library has another list.
  useEffect(() => {
    if (isEmpty) return setNext(undefined);
    let isGone = false;
    nextToRead(documentId)
      .then((found) => !isGone && setNext(found))
      .catch(reportError);
    return () => {
      isGone = true;
    };
  }, [documentId, version, isEmpty]);
  return next;
}
