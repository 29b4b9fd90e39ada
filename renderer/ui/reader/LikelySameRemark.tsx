import { useEffect, useState } from 'react';
import type { LikelySame } from '#api';
import { focusPane } from '../../state/actions/focus';
import { askLikely, joinDocuments, keepApart } from '../../state/actions/joining';
import { reportError } from '../../state/actions/notices';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { countOf } from '../kit/format';
import { Remark } from './Remark';

/** Offers the document that the open one seems to be another file of, or what seems to be its file where that is gone; the likest first. */
export function LikelySameRemark({ documentId, isRead }: { documentId: string; isRead(key: string): boolean }) {
  const opening = useStore(({ open }) =>
    open?.documentId === documentId && (open.phase === 'ready' || open.phase === 'failed') ? open.opening : undefined,
  );
  // Before every file was seen, it is not known what is gone.
  const scanning = useStore((state) => state.scanning);
  const [likely, setLikely] = useState<readonly LikelySame[]>([]);
  useEffect(() => {
    if (opening === undefined || scanning) return;
    let isOver = false;
    askLikely(documentId)
      .then((found) => !isOver && setLikely(found))
      .catch(reportError);
    return () => {
      isOver = true;
    };
  }, [documentId, opening, scanning]);
  const [first] = likely.filter((each) => !isRead(keyOf(each)));
  if (!first) return null;
  const { intoId, title, noteCount } = first;
  const sentence =
    intoId === documentId
      ? `“${title}” looks like this document’s file, renamed and edited.`
      : `This looks like “${title}”, with its ${countOf(noteCount, 'note')}.`;
  const refuse = async (): Promise<void> => {
    if (await keepApart(first)) setLikely((before) => before.filter((each) => each !== first));
  };
  const act = (work: Promise<void>) => {
    // The remark goes with its answer.
    focusPane('main');
    void work.catch(reportError);
  };
  return (
    <Remark documentId={documentId} sentence={sentence} dismissal={keyOf(first)}>
      <Button onClick={() => act(joinDocuments(first))}>It is the same</Button>
      <Button onClick={() => act(refuse())}>Not the same</Button>
    </Remark>
  );
}

const keyOf = ({ fromId, intoId }: LikelySame): string => `likely ${fromId} ${intoId}`;
