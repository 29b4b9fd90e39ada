import { type Anchor, anchorsToCarry, type CarriedAnchor, type Notebook, type NotebookChange } from '#model';
import type { Log } from '../log';
import type { NotebookStore } from './notebook-store';
import { digestAnchors } from './place-anchors';

/** A document's text that was just read, and what tells where passages of earlier texts are in it; `null` where that cannot be told. */
interface ReadText {
  textHash: string;
  carryOver(
    earlier: readonly { text: string; ranges: readonly Pick<Anchor, 'start' | 'end' | 'area'>[]; isUncertain: boolean }[],
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

/** Makes the notes on a document that was just read go along to its text. */
export type CarryAnchors = (documentId: string, file: ReadFile, read: ReadText) => Promise<void>;

/**
 * Makes notes go along when a document whose file is as it was (its `rawHash`) is read into another text than they were made on: for the
 * reader nothing has changed. What cannot be carried over is found by its quote, as in a changed file, and not tried again until
 * there is more of it.
 */
export function createCarryAnchors({ notebooks, log, tell }: Carrying): CarryAnchors {
  /** What could not be carried over, by document: a digest of the anchors and the text. */
  const inVain = new Map<string, string>();

  const toCarry = (documentId: string, { rawHash }: ReadFile, { textHash }: ReadText) => {
    const notebook = notebooks.get(documentId);
    const anchors = notebook ? anchorsToCarry(notebook, rawHash, textHash) : [];
    return { notebook, anchors, digest: digestAnchors(textHash, anchors) };
  };

  return async (documentId, file, read) => {
    const { notebook, anchors: wanted, digest } = toCarry(documentId, file, read);
    if (!notebook || inVain.get(documentId) === digest || notebooks.lockedBecause(documentId)) return;
    const earlier: { text: string; anchors: Anchor[]; isUncertain: boolean }[] = [];
    for (const { textHash, ...anchored } of wanted) {
      const kept = await notebooks.readText(textHash);
      if (kept.ok) earlier.push({ text: kept.value, ...anchored });
    }
    if (earlier.length === 0) return;
    const { text, anchors: found } = await read.carryOver(
      earlier.map(({ text: each, anchors, isUncertain }) => ({ text: each, ranges: anchors.map(rangeOf), isUncertain })),
    );
    const carried = earlier.flatMap(({ anchors }, at) => anchors.flatMap((from, index) => pair(from, found[at]?.[index])));
    // The reader may have chosen another encoding meanwhile: what was read is then no text to go along to.
    const now = notebooks.get(documentId);
    if (now?.encoding !== file.encoding || now?.identity.rawHash !== file.rawHash) return;
    if (carried.length > 0 && !(await apply(documentId, { ...file, ...read, text }, carried, notebook))) return;
    inVain.set(documentId, toCarry(documentId, file, read).digest);
  };

  /** Whether the notes went along. */
  async function apply(
    documentId: string,
    { rawHash, textHash, text }: ReadFile & Pick<ReadText, 'textHash'> & { text: string },
    carried: CarriedAnchor[],
    notebook: Notebook,
  ): Promise<boolean> {
    // Kept before anything counts on it.
    const kept = await notebooks.keepText(textHash, text);
    if (!kept.ok) {
      log.warn(`The new text of ${documentId} could not be kept, so its notes stay with the old one`, kept.failure.message);
      return false;
    }
    const changes: NotebookChange[] = [{ type: 'carry-anchors', carried }];
    const applied = await notebooks.apply(documentId, changes, () => notebook);
    if (!applied.ok) {
      log.warn(`The notes on ${documentId} could not be carried over`, applied.failure.message);
      return false;
    }
    tell(documentId, changes, applied.value.revision);
    const noted = await notebooks.changeIdentity(documentId, (identity) =>
      identity.rawHash === rawHash ? { ...identity, textHash } : identity,
    );
    if (!noted.ok) log.warn(`The new text of ${documentId} could not be noted`, noted.failure.message);
    return true;
  }
}

const rangeOf = ({ start, end, area }: Anchor) => ({ start, end, ...(area && { area }) });

const pair = (from: Anchor, to: Anchor | null | undefined): CarriedAnchor[] =>
  to ? [{ from: { textHash: from.textHash, ...rangeOf(from) }, to }] : [];
