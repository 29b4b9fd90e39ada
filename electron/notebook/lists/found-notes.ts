import type { ChosenNotes, FoundNote, ListedNote, NotesHeading, NotesPage, NotesQuery } from '#api';
import {
  colours,
  compareTitles,
  firstIndex,
  foldText,
  isBookmark,
  lastChangeOf,
  localDay,
  type NotebookOutline,
  passagesOf,
  recordsOf,
  tagKey,
  type WholeNote,
  wholeNotes,
} from '#model';
import { type Pause, slicesOf, sortInSlices } from '../../pacing';
import type { DocumentTitles } from './document-titles';
import { type Composition, emptyList, type Item, type KeptList, type NotebooksAtHand, type Part, updateList } from './kept-list';
import { createQueryFilter, createTagTest, isNarrowed, type WordsOf } from './query-filter';

/** The notes of one document that a query finds, all of them or those under one heading. */
interface Group extends Item {
  outline: NotebookOutline;
  heading?: NotesHeading | undefined;
  /** `undefined`: all of its notes, which are looked up once a page shows them. */
  found: readonly WholeNote[] | undefined;
  count: number;
  /** When the newest of them was changed. */
  newest: string;
  /** Only where it goes by titles. */
  title: string;
  /** `found` in order, once a page shows them. */
  sorted?: readonly WholeNote[];
}

interface NotesPart extends Part<Group> {
  /** Found by these words under this title. */
  title: string | undefined;
  /** Notes before they are narrowed. */
  within: number;
  /** `undefined`: all of them. */
  found: readonly WholeNote[] | undefined;
}

/** What a query finds, as far as the notebooks that it was asked of go. */
export interface FoundNotes {
  query: NotesQuery;
  listing: KeptList<Group, NotesPart>;
  /** For each group the place of its first row. */
  starts: readonly number[];
  /** Rows. */
  total: number;
  /** Notes. */
  found: number;
  within: number;
  /** How many notes stand under each heading. */
  headed: ReadonlyMap<NotesHeading, number>;
}

interface NotesSource extends NotebooksAtHand {
  titles: DocumentTitles;
  wordsOf: WordsOf;
}

/**
 * What `query` finds now. `before` is what was found last, by the same query or another: of the same one only what has changed since is
 * looked at, of one that found more only what that found.
 */
export async function findNotes(query: NotesQuery, before: FoundNotes | undefined, source: NotesSource, pause: Pause): Promise<FoundNotes> {
  const isSame = before !== undefined && JSON.stringify(before.query) === JSON.stringify(query);
  const wider = before && !isSame && isNarrowed(before.query, query) ? before.listing.parts : undefined;
  const composition = compose(query, wider, source, pause);
  const earlier = isSame ? before.listing : emptyList<Group, NotesPart>();
  const listing = await updateList(earlier, source.outlines(), composition, pause);
  if (isSame && listing === before.listing) return before;
  let total = 0;
  let found = 0;
  let within = 0;
  const headed = new Map<NotesHeading, number>();
  for (const { heading, count } of listing.order) if (heading !== undefined) headed.set(heading, (headed.get(heading) ?? 0) + count);
  for (const part of listing.parts.values()) {
    found += part.found?.length ?? part.within;
    within += part.within;
  }
  const starts = listing.order.map(({ count }) => {
    const start = total;
    total += count;
    return start;
  });
  return { query, listing, starts, total, found, within, headed };
}

function compose(
  query: NotesQuery,
  wider: KeptList<Group, NotesPart>['parts'] | undefined,
  { notebook, titles, wordsOf }: NotesSource,
  pause: Pause,
): Composition<Group, NotesPart> {
  const filter = createQueryFilter(query, wordsOf, pause);
  const needsTitle = filter.hasWords || (query.order !== 'newest' && query.order !== 'day');
  const headingsOf = headingsIn(query);

  const read = async (outline: NotebookOutline): Promise<NotesPart> => {
    const title = needsTitle ? titles.of(outline) : undefined;
    const { found, within } = filter.isOpen && !headingsOf ? { found: undefined, within: outline.noteCount } : await search(outline, title);
    const group = async (notes: readonly WholeNote[] | undefined, heading?: NotesHeading): Promise<Group> => {
      const newest = notes ? await newestOf(notes, pause) : (outline.newestNoteAt ?? '');
      return {
        documentId: outline.id,
        outline,
        heading,
        found: notes,
        count: notes?.length ?? outline.noteCount,
        newest,
        title: title ?? '',
      };
    };
    const items: Group[] = [];
    if (!found || !headingsOf) items.push(await group(found));
    else for (const [heading, notes] of await underHeadings(found, headingsOf, pause)) items.push(await group(notes, heading));
    return { outline, title, within, found, items: items.filter(({ count }) => count > 0) };
  };

  const search = async (outline: NotebookOutline, title: string | undefined): Promise<{ found: readonly WholeNote[]; within: number }> => {
    const { id, noteCount, noteTags } = outline;
    if (noteCount === 0 || !filter.mayBeWithin(noteTags)) return { found: [], within: 0 };
    const mayFind = (query.documentId === undefined || query.documentId === id) && filter.mayFind(noteTags);
    if (!mayFind && query.within === undefined) return { found: [], within: noteCount };
    const before = wider?.get(id);
    const known = before?.outline === outline && (before.title === undefined || before.title === title) ? before : undefined;
    const foldedTitle = filter.hasWords ? foldText(title ?? '') : '';
    const found: WholeNote[] = [];
    let within = 0;
    for (const [index, notes] of slicesOf(known?.found ?? wholeNotes((await notebook(id))?.notes ?? []))) {
      if (index > 0) await pause();
      for (const note of notes) {
        if (!known && !filter.isWithin(note)) continue;
        within += 1;
        const finds = mayFind && filter.finds(note, foldedTitle);
        if (finds === true || (finds !== false && (await finds))) found.push(note);
      }
    }
    return { found, within: known?.within ?? within };
  };

  return {
    read,
    isCurrent: ({ outline, title }) => title === undefined || title === titles.of(outline),
    compare: comparisons[query.order],
  };
}

type HeadingsOf = (note: WholeNote) => readonly NotesHeading[];

/** What each note stands under where a list goes by that: a note of several tags under each of them. */
function headingsIn({ order, within, tag }: NotesQuery): HeadingsOf | undefined {
  if (order === 'day') return ({ modifiedAt }) => [localDay(new Date(modifiedAt))];
  if (order === 'colour') return (note) => [isBookmark(note) ? 'bookmarks' : note.colour];
  if (order !== 'tag') return undefined;
  const narrowed = tag ?? within;
  const isShown = narrowed === undefined ? () => true : createTagTest(narrowed);
  return ({ tags }) => (tags.length === 0 ? [''] : [...new Set(tags.filter((name) => isShown([name])).map(tagKey))]);
}

async function underHeadings(
  notes: readonly WholeNote[],
  headingsOf: HeadingsOf,
  pause: Pause,
): Promise<ReadonlyMap<NotesHeading, readonly WholeNote[]>> {
  const under = new Map<NotesHeading, WholeNote[]>();
  for (const [index, slice] of slicesOf(notes)) {
    if (index > 0) await pause();
    for (const note of slice)
      for (const heading of headingsOf(note)) {
        const known = under.get(heading);
        if (known) known.push(note);
        else under.set(heading, [note]);
      }
  }
  return under;
}

async function newestOf(notes: readonly WholeNote[], pause: Pause): Promise<string> {
  let newest = '';
  for (const [index, slice] of slicesOf(notes)) {
    if (index > 0) await pause();
    for (const note of slice) {
      const changedAt = lastChangeOf(note);
      if (changedAt > newest) newest = changedAt;
    }
  }
  return newest;
}

const compareText = (a: string, b: string): number => Number(a > b) - Number(a < b);
const byNewest = (a: Group, b: Group): number => compareText(b.newest, a.newest) || compareText(a.documentId, b.documentId);
const byTitle = (a: Group, b: Group): number => compareTitles(a.title, b.title) || compareText(a.documentId, b.documentId);

const inOrderOfColours: readonly (NotesHeading | undefined)[] = [...colours, 'bookmarks'];
const placeOfColour = ({ heading }: Group): number => inOrderOfColours.indexOf(heading);
/** Those without a tag come last. */
const compareTags = (a = '', b = ''): number => Number(a === '') - Number(b === '') || compareTitles(a, b) || compareText(a, b);

const comparisons: Record<NotesQuery['order'], (a: Group, b: Group) => number> = {
  newest: byNewest,
  document: byTitle,
  tag: (a, b) => compareTags(a.heading, b.heading) || byTitle(a, b),
  day: (a, b) => compareText(b.heading ?? '', a.heading ?? '') || byNewest(a, b),
  colour: (a, b) => placeOfColour(a) - placeOfColour(b) || byTitle(a, b),
};

/** A note with what it is sorted by, as numbers: comparing moments as text takes most of the time that sorting takes. */
interface Sortable {
  note: WholeNote;
  at: number;
  start: number;
}
const newestFirst = (a: Sortable, b: Sortable): number => b.at - a.at;
const byPlace = (a: Sortable, b: Sortable): number => a.start - b.start || a.at - b.at;

async function sortNotes(notes: readonly WholeNote[], order: NotesQuery['order'], pause: Pause): Promise<WholeNote[]> {
  const sortable: Sortable[] = [];
  for (const [index, slice] of slicesOf(notes)) {
    if (index > 0) await pause();
    for (const note of slice) sortable.push({ note, at: Date.parse(lastChangeOf(note)), start: passagesOf(note)[0]?.start ?? -1 });
  }
  return (await sortInSlices(sortable, order === 'newest' || order === 'day' ? newestFirst : byPlace, pause)).map(({ note }) => note);
}

/** The rows from `from` on, as `pageOf` counts them. */
export async function notesPage(
  { query, listing: { order }, starts, total, found, within, headed }: FoundNotes,
  { from, count }: { from: number; count: number },
  { notebook, titles }: NotesSource,
  pause: Pause,
): Promise<NotesPage> {
  const first = Math.min(from, Math.max(0, total - count));
  const rows: FoundNote[] = [];
  const firstGroup = firstIndex(starts.length, (index) => (starts[index] ?? 0) > first) - 1;
  for (const [index, group] of order.slice(Math.max(0, firstGroup), firstGroup + 1 + count).entries()) {
    if (rows.length >= count) break;
    group.sorted ??= await sortNotes(group.found ?? wholeNotes((await notebook(group.documentId))?.notes ?? []), query.order, pause);
    const skipped = index === 0 ? first - (starts[firstGroup] ?? 0) : 0;
    const title = titles.of(group.outline);
    const { heading } = group;
    const isHeaded = heading !== undefined && order[firstGroup + index - 1]?.heading !== heading;
    for (const [place, note] of group.sorted.slice(skipped, skipped + count - rows.length).entries())
      rows.push({
        documentId: group.documentId,
        title,
        note: listed(note),
        ...(place + skipped === 0 && { inDocument: group.count }),
        ...(heading !== undefined && { heading }),
        ...(place + skipped === 0 && isHeaded && { inHeading: headed.get(heading) ?? group.count }),
      });
  }
  return { total, from: first, rows, found, within };
}

/** The ids of all that was found, by document. */
export async function noteIdsOf({ listing: { order } }: FoundNotes, { notebook }: NotesSource, pause: Pause): Promise<ChosenNotes> {
  const all: ChosenNotes = [];
  for (const { documentId, found } of order) {
    const notes = found ?? wholeNotes((await notebook(documentId))?.notes ?? []);
    all.push({ documentId, noteIds: notes.map(({ id }) => id) });
    await pause();
  }
  return all;
}

/** A note as lists show it. */
export function listed(note: WholeNote): ListedNote {
  const [{ history: _history, ...own }, ...parts] = recordsOf(note);
  return { ...own, ...(parts.length > 0 && { parts: parts.map(({ history: _ofPart, ...part }) => part) }) };
}
