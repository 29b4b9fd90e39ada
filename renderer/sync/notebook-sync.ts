import type { Bridge } from '#api';
import { createKeptTexts, type KeptTexts } from './kept-texts';
import { createOutbox, type Outbox } from './outbox';
import { createReplica, type Replica } from './replica';

/** How the host is called. */
export type Call = Bridge['call'];

/** This window's copy of the reader's words: what it writes on its way to the disk, and what others wrote. */
export interface NotebookSync extends Outbox, Replica {
  texts: Pick<KeptTexts, 'hold' | 'forget'>;
}

export function createNotebookSync(call: Call): NotebookSync {
  const texts = createKeptTexts(call);
  const outbox = createOutbox({ call, texts, onKept: (...kept) => replica.followOwn(...kept) });
  const replica = createReplica({ call, unsavedOf: outbox.notebookSaving.unsavedOf, onForgotten: texts.forget });
  return { ...outbox, ...replica, texts };
}
