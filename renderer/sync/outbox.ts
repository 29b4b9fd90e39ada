import { v7 as uuid } from 'uuid';
import type { Args, Failure } from '#api';
import { applyTagChange, invertTagChange, type NotebookChange, type TagChange, tagKey } from '#model';
import { aboutTag, notifyFailure, withdrawNotices } from '../state/actions/notices';
import { getState, setState } from '../state/store';
import type { KeptTexts } from './kept-texts';
import type { Call } from './notebook-sync';
import { queueChange, queueTagChange } from './pending';
import { type AnySaving, createSaving, joinSavings, type Saving } from './saving';

/** The way of what the reader writes to the disk. */
export interface Outbox {
  /** Of notebooks; a queue for each document. */
  notebookSaving: Saving<NotebookChange>;
  /** Of what is kept of tags; one queue. */
  tagSaving: Saving<TagChange>;
  /** Everything of the reader's. */
  saving: AnySaving;
}

interface OutboxOptions {
  call: Call;
  texts: Pick<KeptTexts, 'keep'>;
  /** Told of changes of this window that are on the disk, with the revision of the notebook that they made. */
  onKept(documentId: string, changes: readonly NotebookChange[], revision: number): void;
}

export function createOutbox({ call, texts, onKept }: OutboxOptions): Outbox {
  const page = uuid();
  /** How many saves of each document this page has begun. */
  const turns = new Map<string, number>();
  const onState = () => setState({ saving: saving.state() });

  const requestOf = (documentId: string, changes: NotebookChange[]): Args<'notebook.apply'> => {
    const number = (turns.get(documentId) ?? 0) + 1;
    turns.set(documentId, number);
    const identity = getState().notebooks.get(documentId)?.identity;
    // The file may go by another name by now; its history is the host's.
    return { documentId, changes, turn: { page, number }, identity: identity && { ...identity, history: [] } };
  };

  const notebookSaving = createSaving<NotebookChange>({
    async save(documentId, changes) {
      // Its turn is taken before anything is waited for: what is sent meanwhile, as the page is left, is newer.
      const request = requestOf(documentId, changes);
      // The text first, so that no anchor is ever without it; but the reader's words are saved whatever becomes of the text.
      const text = await texts.keep(changes).catch(lostText);
      const result = await call('notebook.apply', request);
      if (!result.ok) return result.failure;
      onKept(documentId, changes, result.value.revision);
      return text;
    },
    // Nobody is there any more to hear of a failure.
    send: (documentId, changes) => void call('notebook.apply', requestOf(documentId, changes)).catch(() => undefined),
    queue: queueChange,
    onState,
  });

  const tagSaving = createSaving<TagChange>({
    async save(_file, changes) {
      const result = await call('tags.apply', { changes });
      if (result.ok) return undefined;
      const { failure } = result;
      if (failure.code !== 'notebook-read-only' && failure.code !== 'notebook-quarantined') return failure;
      // No other try would end otherwise.
      notifyFailure(failure);
      await takeBack(call, changes);
      return undefined;
    },
    send: (_file, changes) => void call('tags.apply', { changes }).catch(() => undefined),
    queue: queueTagChange,
    onState,
  });

  const saving = joinSavings(notebookSaving, tagSaving);
  return { notebookSaving, tagSaving, saving };
}

const lostText = (error: unknown): Failure => ({
  code: 'write-failed',
  message: `The text that the last notes are on could not be kept beside them: ${error instanceof Error ? error.message : String(error)} It is tried again.`,
});

/** Gives the tags of `changes`, and no others, back what the host has of them: it refused the changes for good, so undo forgets them too. */
async function takeBack(call: Call, changes: readonly TagChange[]): Promise<void> {
  const kept = await call('tags.list', {});
  const refused = new Set(changes.map(({ name }) => tagKey(name)));
  for (const key of refused) withdrawNotices(aboutTag(key));
  const { tags, history } = getState();
  const before = changes.map((change) => invertTagChange(kept, change));
  const isPossible = (step: (typeof history.past)[number]) =>
    !step.changes.some(
      ({ change: { change } }) => (change.type === 'set-tag-colour' || change.type === 'set-tag-alias') && refused.has(tagKey(change.name)),
    );
  setState({
    tags: new Map(before.reduce(applyTagChange, [...tags.values()]).map((tag) => [tagKey(tag.name), tag])),
    history: { past: history.past.filter(isPossible), future: history.future.filter(isPossible) },
  });
}
