import { z } from 'zod';
import { type Anchor, anchorSchema, type Note, type Notebook } from '../notebook';
import { anchorKey } from './placement';

/** An anchor of an earlier text, by its place in it, and what it is in the new one. */
export const carriedAnchorSchema = z.object({
  from: anchorSchema.pick({ textHash: true, start: true, end: true, area: true }).strip(),
  to: anchorSchema,
});
export type CarriedAnchor = z.infer<typeof carriedAnchorSchema>;

/** The anchors of a notebook that count on one earlier text. */
export interface AnchorsOfText {
  textHash: string;
  /** Each place once. */
  anchors: Anchor[];
  /**
   * It is not known that this text was one of the same content: only passages of which nothing changed but white space go along, so that
   * no quote is made to say what its reader never saw.
   */
  isUncertain: boolean;
}

/**
 * The anchors that are to go along when a document's file is still the same and only its text is read otherwise than before (`textHash`).
 * Those that were made on another content of the file stay: where they belong in this one is for the reader to say.
 */
export function anchorsToCarry(notebook: Notebook, rawHash: string, textHash: string): AnchorsOfText[] {
  const { identity } = notebook;
  if (identity.rawHash !== rawHash) return [];
  const others = new Set(identity.history.flatMap((earlier) => (earlier.rawHash === rawHash ? [] : (earlier.textHash ?? []))));
  const byText = Map.groupBy(anchorsOf(notebook), (anchor) => anchor.textHash);
  return [...byText]
    .filter(([hash]) => hash !== textHash && !others.has(hash))
    .map(([hash, anchors]) => ({
      textHash: hash,
      anchors: [...new Map(anchors.map((anchor) => [anchorKey(anchor), anchor])).values()],
      isUncertain: hash !== identity.textHash,
    }));
}

/** The notebook with anchors carried over, in notes, in the trash and in versions; nothing else of it changes, nor does what is not named. */
export function withCarriedAnchors(notebook: Notebook, carried: readonly CarriedAnchor[]): Notebook {
  const next = new Map(carried.map(({ from, to }) => [anchorKey(from), to]));
  if (!anchorsOf(notebook).some((anchor) => next.has(anchorKey(anchor)))) return notebook;
  const carry = <T extends { anchor?: Anchor | undefined }>(holder: T): T => {
    const to = holder.anchor && next.get(anchorKey(holder.anchor));
    return holder.anchor && to ? { ...holder, anchor: anchorMovedTo(holder.anchor, to) } : holder;
  };
  const carryNote = (note: Note): Note => ({ ...carry(note), history: note.history.map(carry) });
  return {
    ...notebook,
    notes: notebook.notes.map(carryNote),
    deletedNotes: notebook.deletedNotes.map((deleted) => ({ ...deleted, note: carryNote(deleted.note) })),
  };
}

/** An anchor at another place: what is known of it beside that stays, but for the locator, which is of the place. */
export function anchorMovedTo({ locator: _locator, ...anchor }: Anchor, to: Anchor): Anchor {
  return { ...anchor, ...to };
}

/** Every anchor of a notebook: of notes, of the trash, and of versions. */
export function anchorsOf({ notes, deletedNotes }: Notebook): Anchor[] {
  const all = [...notes, ...deletedNotes.map(({ note }) => note)];
  return all.flatMap((note) => [note.anchor, ...note.history.map(({ anchor }) => anchor)]).filter((anchor) => anchor !== undefined);
}
