import { quotedIn, quoteOfAnchor, topOfArea } from './anchors/area';
import type { Locator } from './document/locator';
import { type Anchor, type DeletedNote, isBookmark, type Note, type Notebook } from './notebook';
import { withoutSoftHyphens } from './text/line-breaks';
import { isBlank } from './versions';

/**
 * A note with its further passages. Each of them is a note record of its own in the notebook (`partOf`), so that it is placed, merged and kept as
 * every other; to its reader all of them are one note, with the words, tags and colour of the record that they belong to.
 */
export type WholeNote = Note & { parts?: readonly Note[] };

/** What stands between two passages of one note. */
const OMISSION = ' […] ';

/** The note that a record says it belongs to, where both can be that: it has no words of its own, and both stand at passages. */
function namedBy(record: Note, byId: ReadonlyMap<string, Note>): Note | undefined {
  if (record.partOf === undefined || !record.anchor || isBookmark(record) || !isBlank(record)) return undefined;
  const named = byId.get(record.partOf);
  return named?.anchor && !isBookmark(named) && named.creator?.name === record.creator?.name ? named : undefined;
}

/** Note records by the note that they are passages of; those that are notes of their own under nothing. */
function byHead(records: readonly Note[]): Map<Note | undefined, Note[]> {
  const byId = new Map(records.map((record) => [record.id, record]));
  return Map.groupBy(records, (record) => {
    const head = namedBy(record, byId);
    // One that belongs to another itself, as in a circle, has no passages but its own.
    return head && !namedBy(head, byId) ? head : undefined;
  });
}

/** What was put together, by the list of records: the same one is asked for again and again. */
const grouped = new WeakMap<readonly Note[], readonly WholeNote[]>();
const lastWholes = new WeakMap<Note, WholeNote>();

/** Note records as their reader sees them, in the order of the records. One whose note is gone, or belongs to another itself, is a note of its own. */
export function wholeNotes(records: readonly Note[]): readonly WholeNote[] {
  // `parts` is no field of a record, whoever wrote it there.
  if (records.every((record) => record.partOf === undefined && !('parts' in record))) return records as readonly WholeNote[];
  const known = grouped.get(records);
  if (known) return known;
  const parts = byHead(records);
  const wholes = (parts.get(undefined) ?? []).map((head) => wholeOf(head, parts.get(head) ?? []));
  grouped.set(records, wholes);
  return wholes;
}

/** A note with its parts; the same object as the last time where they are the same. */
function wholeOf(head: Note, parts: readonly Note[]): WholeNote {
  const last = lastWholes.get(head);
  if (last && (last.parts ?? []).length === parts.length && parts.every((part, index) => last.parts?.[index] === part)) return last;
  const { parts: _stranger, ...own } = head;
  const whole: WholeNote = parts.length > 0 ? { ...own, parts } : own;
  lastWholes.set(head, whole);
  return whole;
}

/** The note that a record is, or is a passage of. */
export const wholeWith = (records: readonly Note[], id: string): WholeNote | undefined =>
  wholeNotes(records).find((whole) => whole.id === id || whole.parts?.some((part) => part.id === id));

/** The records of a note: its own, and those of its further passages. */
export function recordsOf({ parts, ...own }: WholeNote): [Note, ...Note[]] {
  return [own, ...(parts ?? [])];
}

/** When a note, or one of its further passages, was changed last. */
export const lastChangeOf = ({ modifiedAt, parts = [] }: WholeNote): string =>
  parts.reduce((last, part) => (part.modifiedAt > last ? part.modifiedAt : last), modifiedAt);

/** The ids of those records that are further passages of others. */
export const partIds = (records: readonly Note[]): Set<string> =>
  new Set(wholeNotes(records).flatMap(({ parts = [] }) => parts.map(({ id }) => id)));

/** The ids of all records that go when these notes go. */
export function idsWithParts(records: readonly Note[], ids: ReadonlySet<string>): Set<string> {
  const all = wholeNotes(records).filter(({ id }) => ids.has(id));
  return new Set([...ids, ...all.flatMap(({ parts = [] }) => parts.map(({ id }) => id))]);
}

/** A note in the trash, with the passages that went there with it. */
export interface DeletedWhole extends DeletedNote {
  note: WholeNote;
}

/** Deleted notes as their reader sees them. What went by itself is by itself. */
export function wholeDeleted(deleted: readonly DeletedNote[]): DeletedWhole[] {
  const byMoment = Map.groupBy(deleted, ({ deletedAt }) => deletedAt);
  const wholes = new Map([...byMoment.values()].flatMap((all) => wholeNotes(all.map(({ note }) => note)).map((note) => [note.id, note])));
  return deleted.flatMap((each) => {
    const note = wholes.get(each.note.id);
    return note ? [{ ...each, note }] : [];
  });
}

/** The ids of a note in the trash and of the passages that went there with it. */
export const idsDeletedWith = ({ deletedNotes }: Pick<Notebook, 'deletedNotes'>, id: string): string[] => {
  const deletedAt = deletedNotes.find(({ note }) => note.id === id)?.deletedAt;
  const together = deletedNotes.flatMap((each) => (each.deletedAt === deletedAt ? [each.note] : []));
  return deletedAt === undefined ? [] : [...idsWithParts(together, new Set([id]))];
};

/** Passages in the order of the text, as far as one text tells it; areas of one page from its top. */
export const inOrderOfText = (one: Anchor, other: Anchor): number =>
  one.start - other.start ||
  one.end - other.end ||
  (one.area?.page ?? 0) - (other.area?.page ?? 0) ||
  topOfArea(one.area) - topOfArea(other.area);

/** A note as far as its passages go. */
export type WithPassages = Pick<Note, 'anchor'> & { parts?: readonly Pick<Note, 'anchor'>[] };

/** The passages of a note in the order of the text. */
export function passagesOf({ anchor, parts }: WithPassages): Anchor[] {
  const all = [anchor, ...(parts ?? []).map((part) => part.anchor)].filter((each) => each !== undefined);
  return all.sort(inOrderOfText);
}

/** Where the first passage of a note is in print. */
export const locatorOf = (note: WithPassages): Locator | undefined => passagesOf(note)[0]?.locator;

/** The words of a note's passages as they stand in the text but for soft hyphens, “A […] B”; `undefined` where it has none. */
export const exactOf = (note: WithPassages): string | undefined =>
  note.parts
    ? passagesOf(note)
        .map((anchor) => withoutSoftHyphens(quotedIn(anchor)).trim())
        .join(OMISSION)
    : note.anchor && withoutSoftHyphens(quotedIn(note.anchor));

/** The same as they are quoted: paragraphs parted by blank lines. */
export const quoteOf = (note: WithPassages): string | undefined => note.anchor && passagesOf(note).map(quoteOfAnchor).join(OMISSION);
