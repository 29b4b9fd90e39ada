import { useEffect, useState } from 'react';
import type { LikelySame } from '#api';
import { focusPane } from '../../state/actions/focus';
import { askLikely, joinDocuments, keepApart } from '../../state/actions/joining';
import { announce, reportError } from '../../state/actions/notices';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { countOf } from '../kit/format';
import { Remark } from './Remark';
import { type Turns, useTurn } from './use-turn';

/** Offers the document that the open one seems to be another file of, or what seems to be its file where that is gone; the likest first. */
export function LikelySameRemark({ documentId, turns }: { documentId: string; turns: Turns }) {
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
  const read = useStore((state) => state.readNotices.get(documentId));
  const [first] = likely.filter((each) => !read?.includes(keyOf(each)));
  const isAsking = useTurn(turns, 'document', first !== undefined);
  const sentence = first && isAsking ? sentenceOf(first, documentId) : undefined;
  useEffect(() => {
    if (sentence !== undefined) announce(sentence);
  }, [sentence]);
  if (!first || sentence === undefined) return null;
  const refuse = async (): Promise<void> => {
    if (await keepApart(first)) setLikely((before) => before.filter((each) => each !== first));
  };
  const act = (work: Promise<void>) => {
    // The remark goes with its answer.
    focusPane('main');
    void work.catch(reportError);
  };
  return (
    <section aria-label="Another document’s file?">
      <Remark documentId={documentId} sentence={sentence} dismissal={keyOf(first)}>
        <Button onClick={() => act(joinDocuments(first))}>It is the same</Button>
        <Button onClick={() => act(refuse())}>Not the same</Button>
      </Remark>
    </section>
  );
}

const sentenceOf = ({ intoId, title, noteCount }: LikelySame, documentId: string): string =>
  intoId === documentId
    ? `“${title}” looks like this document’s file, renamed and edited.`
    : `This looks like “${title}”, with its ${countOf(noteCount, 'note')}.`;

const keyOf = ({ fromId, intoId }: LikelySame): string => `likely ${fromId} ${intoId}`;
