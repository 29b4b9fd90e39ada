import type { ActivityPage, ActivityRow } from '#api';
import {
  type Activity,
  activityKey,
  type LastJoining,
  type Notebook,
  type NotebookOutline,
  quotedIn,
  type TagDetails,
  takeBack,
  toldByNotes,
  withoutMarks,
} from '#model';
import { filterInSlices, mergeInSlices, type Pause } from '../../pacing';
import type { JournalContents } from '../journal';
import type { DocumentTitles } from './document-titles';
import { emptyList, type Item, type KeptList, type NotebooksAtHand, type Part, updateList } from './kept-list';

/** Something that was done, with what it is sorted by as a number: comparing moments as text takes most of the time that sorting takes. */
interface Timed {
  activity: Activity;
  /** ms since 1970. */
  time: number;
}

/** What the notes of a notebook tell. */
interface Told extends Timed, Item {}

/** Everything that was done, as far as the notebooks and the journal that it was asked of go. */
export interface Activities {
  documentId: string | undefined;
  told: KeptList<Told>;
  journal: JournalContents;
  /** The newest first. */
  order: readonly Timed[];
}

interface ActivitySource extends NotebooksAtHand {
  titles: DocumentTitles;
  tags(): readonly TagDetails[];
  canUndo(editId: string): boolean;
  /** The joining with this document that can still be taken back. */
  joiningOf(documentId: string): LastJoining | undefined;
}

/** What was done, in one document or in all; `before` is what it was when it was asked for last. */
export async function findActivities(
  documentId: string | undefined,
  before: Activities | undefined,
  { outlines, notebook }: NotebooksAtHand,
  journal: JournalContents,
  pause: Pause,
): Promise<Activities> {
  const read = async (outline: NotebookOutline): Promise<Part<Told>> => {
    const { id, noteCount, deletedCount } = outline;
    const told = noteCount + deletedCount > 0 ? await notebook(id) : undefined;
    return { outline, items: told ? toldByNotes(told).map((activity) => ({ documentId: id, ...timed(activity) })) : [] };
  };
  const told = await updateList<Told, Part<Told>>(before?.told ?? emptyList(), outlines(), { read, compare }, pause);
  if (before?.told === told && before.journal === journal && before.documentId === documentId) return before;
  const all = await mergeInSlices<Timed>(told.order, journal.entries.map(timed), compare, pause);
  const isWanted = ({ activity }: Timed) => 'documentId' in activity && activity.documentId === documentId;
  const order = documentId === undefined ? all : await filterInSlices(all, isWanted, pause);
  return { documentId, told, journal, order };
}

const timed = (activity: Activity): Timed => ({ activity, time: Date.parse(activity.at) });

/** What was done last comes first; of one moment always in the same order. */
function compare(a: Timed, b: Timed): number {
  if (a.time !== b.time) return b.time - a.time;
  const [one, other] = [activityKey(a.activity), activityKey(b.activity)];
  return Number(one > other) - Number(one < other);
}

/** The rows from `from` on, as `pageOf` counts them. */
export async function activitiesPage(
  { order, journal }: Activities,
  { from, count }: { from: number; count: number },
  source: ActivitySource,
): Promise<ActivityPage> {
  const first = Math.min(from, Math.max(0, order.length - count));
  const outlines = new Map<string, NotebookOutline>();
  const wanted = order.slice(first, first + count).map(({ activity }) => activity);
  const ids = new Set(wanted.flatMap((activity) => ('documentId' in activity ? [activity.documentId] : [])));
  for (const outline of source.outlines()) if (ids.has(outline.id)) outlines.set(outline.id, outline);
  const now = new Date().toISOString();
  const rows: ActivityRow[] = [];
  for (const activity of wanted) {
    const id = 'documentId' in activity ? activity.documentId : undefined;
    const notebook = id === undefined ? undefined : await source.notebook(id);
    const outline = id === undefined ? undefined : outlines.get(id);
    const joining = id === undefined ? undefined : source.joiningOf(id);
    const taking = takeBack(activity, { notebook, tags: source.tags(), canUndo: source.canUndo, joining, now });
    rows.push({
      activity,
      ...(outline && { title: source.titles.of(outline) }),
      ...excerptOf(activity, notebook),
      ...('obstacle' in taking && { obstacle: taking.obstacle }),
    });
  }
  const previous = order[first - 1];
  return { total: order.length, from: first, rows, unreadable: journal.unreadable, ...(previous && { previousAt: previous.activity.at }) };
}

/** UTF-16 code units of a note that a row shows. */
const EXCERPT = 300;

/** How a row shows the note that it is about: its words, else its passage. */
function excerptOf(activity: Activity, notebook: Notebook | undefined): Pick<ActivityRow, 'excerpt'> {
  if (!('noteId' in activity)) return {};
  const { noteId } = activity;
  const note = notebook?.notes.find(({ id }) => id === noteId) ?? notebook?.deletedNotes.find((each) => each.note.id === noteId)?.note;
  const text = note && (withoutMarks(note.body) || (note.anchor && quotedIn(note.anchor)));
  return text ? { excerpt: text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text } : {};
}
