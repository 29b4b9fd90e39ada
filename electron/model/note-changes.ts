import type { NotebookChange } from './changes';
import type { Locator } from './document/locator';
import { isSameContent } from './merge';
import { type Anchor, isBookmark, type Note, type Notebook } from './notebook';
import { idsDeletedWith, idsWithParts, inOrderOfText, passagesOf, recordsOf, type WholeNote } from './passages';
import { tagKey } from './tag-names';

/** Whether a note can have further passages, or become one: the reader's own, with a passage. */
export const canBeJoined = (note: Pick<Note, 'anchor' | 'creator' | 'motivation'>): boolean =>
  note.anchor !== undefined && !note.creator && !isBookmark(note);

/**
 * The changes that make one note of several of a document at `at`: the one that comes first in the text, with the words of all one after the other and
 * the tags of all. Passages that touch become one, and the record that is not needed for it any more goes to the trash.
 */
export function joinNotes(notes: readonly WholeNote[], at: string): NotebookChange[] {
  const [head, ...others] = notes.toSorted(compareByText);
  return head && others.length > 0 ? joinInto(head, others, at) : [];
}

/**
 * The changes that give a note a further passage: `passage` is a highlight without words that is not in the notebook yet. None where the note has all
 * of it already.
 */
export function addPassage(head: WholeNote, passage: Note, at: string): NotebookChange[] {
  const records = new Map(recordsOf(head).map((record) => [record.id, record]));
  const isNew = (change: NotebookChange): boolean => {
    if (change.type !== 'put-note') return change.type !== 'delete-note' || change.noteId !== passage.id;
    const before = records.get(change.note.id);
    return !before || !isSameContent(before, { ...change.note, modifiedAt: before.modifiedAt });
  };
  const changes = joinInto(head, [passage], at);
  return changes.some(isNew) ? changes.filter((change) => change.type === 'put-note' || isNew(change)) : [];
}

/**
 * The changes that give the passage of a note, by its record's id, another place in the text, and the id of the record that has it then. Where it touches
 * other passages of the note there, they become one, and the records that are not needed for it any more go to the trash.
 */
export function movePassage(whole: WholeNote, recordId: string, anchor: Anchor, at: string): { changes: NotebookChange[]; heldBy: string } {
  const before = recordsOf(whole);
  const { kept, absorbed } = uniteRecords(
    whole.id,
    before.map((record) => (record.id === recordId ? { ...record, anchor } : record)),
  );
  const anchors = new Map(before.map((record) => [record.id, record.anchor]));
  const moved = kept.filter((record) => record.anchor !== anchors.get(record.id));
  let heldBy = recordId;
  for (let next = absorbed.get(heldBy); next !== undefined; next = absorbed.get(next)) heldBy = next;
  return {
    changes: [
      ...moved.map((record): NotebookChange => ({ type: 'put-note', note: { ...record, modifiedAt: at } })),
      ...deletions(absorbed, at),
    ],
    heldBy,
  };
}

/** The changes that make a note of its own of each passage of a note; its words stay where they are. */
export const splitNote = ({ colour, parts = [] }: WholeNote, at: string): NotebookChange[] =>
  parts.map(({ partOf: _whole, ...part }) => ({ type: 'put-note', note: { ...part, colour, modifiedAt: at } }));

/** The changes that put notes with all of their passages into the trash. */
export function deleteNotes({ notes }: Pick<Notebook, 'notes'>, noteIds: ReadonlySet<string>, at: string): NotebookChange[] {
  const ids = idsWithParts(notes, noteIds);
  return notes.flatMap(({ id: noteId }) => (ids.has(noteId) ? [{ type: 'delete-note', noteId, at }] : []));
}

/** The changes that take a note out of the trash, with the passages that went there with it. */
export const restoreNotes = (notebook: Pick<Notebook, 'deletedNotes'>, noteId: string): NotebookChange[] =>
  idsDeletedWith(notebook, noteId).map((id) => ({ type: 'restore-note', noteId: id }));

function compareByText(one: WholeNote, other: WholeNote): number {
  const [first, second] = [passagesOf(one)[0], passagesOf(other)[0]];
  return first && second ? inOrderOfText(first, second) : 0;
}

function joinInto(head: WholeNote, others: readonly WholeNote[], at: string): NotebookChange[] {
  const { kept, absorbed } = uniteRecords(head.id, [head, ...others].flatMap(recordsOf));
  const words = [head, ...others].map(({ body }) => body).filter((body) => body.trim() !== '');
  const tags = new Map<string, string>();
  for (const tag of [head, ...others].flatMap((note) => note.tags)) if (!tags.has(tagKey(tag))) tags.set(tagKey(tag), tag);
  // The note that gets the words of all is written first: wherever that breaks off, they are there.
  const headFirst = kept.toSorted((one, other) => Number(other.id === head.id) - Number(one.id === head.id));
  const puts = headFirst.map((record): NotebookChange => {
    const own =
      record.id === head.id
        ? { body: words.length > 1 ? words.map((body) => body.trim()).join('\n\n') : (words[0] ?? head.body), tags: [...tags.values()] }
        : { partOf: head.id, colour: head.colour, body: '', tags: [] };
    return { type: 'put-note', note: { ...record, ...own, modifiedAt: at } };
  });
  return [...puts, ...deletions(absorbed, at)];
}

const deletions = (absorbed: ReadonlyMap<string, string>, at: string): NotebookChange[] =>
  [...absorbed.keys()].map((noteId) => ({ type: 'delete-note', noteId, at }));

/** Records with passages that touch as one, that of the note `headId` where it is among them, and by the ids of the others the ids of those. */
function uniteRecords(headId: string, records: readonly Note[]): { kept: Note[]; absorbed: Map<string, string> } {
  const kept: Note[] = [];
  const absorbed = new Map<string, string>();
  const sorted = records.flatMap((record) => (record.anchor ? [{ record, anchor: record.anchor }] : []));
  for (const { record, anchor } of sorted.sort((one, other) => inOrderOfText(one.anchor, other.anchor))) {
    const last = kept.at(-1);
    const united = last?.anchor && uniteAnchors(last.anchor, anchor);
    if (!last || !united) {
      kept.push(record);
      continue;
    }
    const [stays, goes] = record.id === headId ? [record, last] : [last, record];
    kept[kept.length - 1] = { ...stays, anchor: united };
    absorbed.set(goes.id, stays.id);
  }
  return { kept, absorbed };
}

/**
 * One passage of two of the same text, of which `second` begins no earlier, where nothing but white space is between them. Blocks and lines are parted by
 * a line feed, cells of a table by a tab: passages on both sides of one stay apart.
 */
export function uniteAnchors(first: Anchor, second: Anchor): Anchor | undefined {
  // Areas stay apart, wherever they are on their pages.
  const isWhole = ({ start, end, exact, area }: Anchor) => !area && end - start === exact.length;
  if (first.textHash !== second.textHash || !isWhole(first) || !isWhole(second)) return undefined;
  const gap = second.start - first.end;
  const between = gap > 0 ? first.suffix.slice(0, gap) : '';
  if (gap > 0 && (between.length < gap || !/^[^\S\n\t]*$/.test(between))) return undefined;
  if (second.end <= first.end) return first;
  const { locator, ...rest } = first;
  const united = uniteLocators(locator, second.locator);
  return {
    ...rest,
    end: second.end,
    exact: first.exact + between + second.exact.slice(Math.max(0, -gap)),
    suffix: second.suffix,
    ...(united && { locator: united }),
  };
}

function uniteLocators(first: Locator | undefined, second: Locator | undefined): Locator | undefined {
  const last = second?.lastPage ?? second?.page;
  const { lastPage: _before, ...rest } = first ?? {};
  return first && { ...rest, ...(last !== undefined && last !== first.page && { lastPage: last }) };
}
