import { type Anchor, anchorsToCarry, type CarriedAnchor, type Notebook, type NotebookChange } from '#model';
import type { Log } from '../log';
import type { NotebookStore } from './notebooks';

/** A document's text that was just read, and what tells where passages of earlier texts are in it; `null` where that cannot be told. */
interface ReadText {
  textHash: string;
  carryOver(
    earlier: readonly { text: string; ranges: readonly { start: number; end: number }[]; isUncertain: boolean }[],
  ): Promise<{ text: string; anchors: (Anchor | null)[][] }>;
}

/** What was read: a content, in the encoding that the reader had chosen then. */
interface ReadFile {
  rawHash: string;
  encoding: string | undefined;
}

interface Carrying {
  notebooks: NotebookStore;
  log: Log;
  /** Tells the windows of what was changed. */
  tell(documentId: string, changes: NotebookChange[], revision: number): void;
}

/**
 * Makes notes go along when a document whose file is as it was (its `rawHash`) is read into another text than they were made on: for the
 * reader nothing has changed. What cannot be carried over is found by its quote, as in a changed file.
 */
export async function carryAnchors(
  documentId: string,
  { rawHash, encoding }: ReadFile,
  read: ReadText,
  { notebooks, log, tell }: Carrying,
): Promise<void> {
  const notebook = notebooks.get(documentId);
  if (!notebook || notebooks.lockedBecause(documentId)) return;
  /** The reader may choose another encoding meanwhile: what was read is then no text to go along to. */
  const isStillRead = (now: Notebook | undefined): boolean => now?.encoding === encoding && now?.identity.rawHash === rawHash;
  const earlier: { text: string; anchors: Anchor[]; isUncertain: boolean }[] = [];
  for (const { textHash, ...anchored } of anchorsToCarry(notebook, rawHash, read.textHash)) {
    const kept = await notebooks.readText(textHash);
    if (kept.ok) earlier.push({ text: kept.value, ...anchored });
  }
  if (earlier.length === 0) return;
  const { text, anchors: found } = await read.carryOver(
    earlier.map(({ text: each, anchors, isUncertain }) => ({ text: each, ranges: anchors.map(rangeOf), isUncertain })),
  );
  const carried = earlier.flatMap(({ anchors }, at) => anchors.flatMap((from, index) => pair(from, found[at]?.[index])));
  if (carried.length === 0 || !isStillRead(notebooks.get(documentId))) return;
  // Kept before anything counts on it.
  const kept = await notebooks.keepText(read.textHash, text);
  if (!kept.ok)
    return log.warn(`The new text of ${documentId} could not be kept, so its notes stay with the old one`, kept.failure.message);
  const changes: NotebookChange[] = [{ type: 'carry-anchors', carried }];
  const applied = await notebooks.apply(documentId, changes, () => notebook);
  if (!applied.ok) return log.warn(`The notes on ${documentId} could not be carried over`, applied.failure.message);
  tell(documentId, changes, applied.value.revision);
  const noted = await notebooks.changeIdentity(documentId, (identity) =>
    identity.rawHash === rawHash ? { ...identity, textHash: read.textHash } : identity,
  );
  if (!noted.ok) log.warn(`The new text of ${documentId} could not be noted`, noted.failure.message);
}

const rangeOf = ({ start, end }: Anchor) => ({ start, end });

const pair = ({ textHash, start, end }: Anchor, to: Anchor | null | undefined): CarriedAnchor[] =>
  to ? [{ from: { textHash, start, end }, to }] : [];
