import type { Failure } from '#api';
import type { NotebookChange } from '#model';
import { reportError } from '../state/actions/notices';
import { readerHandle } from '../state/reader-handle';
import { getState } from '../state/store';
import type { Call } from './notebook-sync';

/** The way of texts, on which anchors count, to the disk. */
export interface KeptTexts {
  /** Holds on to the text that the anchor of a change counts on: when it is saved, another document may be on the screen. */
  hold(documentId: string, change: NotebookChange): void;
  /** Has the host keep the texts that changes count on; the failure of those that it could not keep and that are worth another try. */
  keep(changes: readonly NotebookChange[]): Promise<Failure | undefined>;
  /** The data folder was made anew, or a document forgotten: a text that it kept is sent again when a note counts on it. */
  forget(): void;
}

export function createKeptTexts(call: Call): KeptTexts {
  /** Text layers that new anchors count on and that the host has not confirmed to keep yet, by hash. */
  const wanted = new Map<string, { documentId: string; text: string }>();
  /** Hashes of those that it has. */
  const kept = new Set<string>();
  return {
    hold(documentId, change) {
      const { open } = getState();
      const handle = readerHandle();
      for (const textHash of hashesOf([change])) {
        if (kept.has(textHash) || wanted.has(textHash)) continue;
        const isOnScreen = handle?.documentId === documentId && open?.documentId === documentId && open.textHash === textHash;
        // What a password protects is not kept beside the reader's own words.
        if (isOnScreen && !open.isLocked) wanted.set(textHash, { documentId, text: handle.text() });
      }
    },
    async keep(changes) {
      let failure: Failure | undefined;
      for (const textHash of hashesOf(changes)) {
        const text = wanted.get(textHash);
        if (!text) continue;
        const result = await call('notebook.keep-text', { ...text, textHash });
        if (!result.ok && result.failure.code !== 'text-hash-mismatch') {
          failure = result.failure;
          continue;
        }
        if (result.ok) kept.add(textHash);
        // No other try would end otherwise.
        else reportError(new Error(result.failure.message));
        wanted.delete(textHash);
      }
      return failure;
    },
    forget: () => kept.clear(),
  };
}

const hashesOf = (changes: readonly NotebookChange[]): Set<string> =>
  new Set(changes.flatMap((change) => (change.type === 'put-note' ? (change.note.anchor?.textHash ?? []) : [])));
