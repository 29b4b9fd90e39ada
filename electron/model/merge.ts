import { canonical, compare, inOrder, largerOfEach, mergeUnreadable, timeOf } from './canonical';
import { mergeMemberships } from './collections';
import { mergeComings } from './comings';
import { keepWrittenSince } from './forget';
import {
  type DeletedNote,
  emptyNotebook,
  type Identity,
  type Note,
  type Notebook,
  type NoteVersion,
  noteClock,
  type PurgedNote,
  recordFields,
} from './notebook';
import { tagKey } from './tag-names';
import { isBlank, isMoved, isSameVersion, versionOf } from './versions';

/**
 * Two states of one notebook as one, as a second machine, another program or a backup has them. Notes are merged one by one: the state that
 * came last is shown, the words of the other stay in the note's history. A note that is deleted on one side stays so unless
 * the other side has a later state of it. Of a document that one side forgot, what the other wrote later stays, with its
 * history. Which of two comes first does not matter and merging again changes nothing: each part is the larger of two by a fixed order (a
 * state-based CRDT, Shapiro et al. 2011). Of three or more the order does not matter either, but for one thing: of a note that was written in
 * after it was removed for good, or its document forgotten, versions from before that may be missing where the removal was met before
 * them. Whoever has them gives them to the others with the next merge, so that machines come to rest at the same.
 */
export function mergeNotebooks(one: Notebook, other: Notebook): Notebook {
  if (one.id !== other.id) throw new Error(`${one.id} and ${other.id} are notebooks of two documents`);
  const [forgotten, forgottenLater] = inOrder(one, other, ({ forgottenAt }) => [timeOf(forgottenAt)]);
  if (timeOf(forgotten.forgottenAt) < timeOf(forgottenLater.forgottenAt))
    return mergeNotebooks(forgottenLater, keepWrittenSince(forgotten, forgottenLater));
  const { notes, deletedNotes, purgedNotes } = mergeNotes(one, other);
  const { tags, tagCounts } = mergeTags(one, other);
  const [, last] = inOrder(one, other, ({ lastReadAt, position }) => [timeOf(lastReadAt), canonical(position)]);
  const unreadable = mergeUnreadable(one['unreadable'], other['unreadable']);
  const merged: Notebook = {
    ...largerOfEach(one, other),
    identity: mergeIdentities(one.identity, other.identity),
    status: one.status,
    tags,
    notes,
    deletedNotes,
  };
  for (const field of [...recordFields, 'sameAs'] as const) {
    const [, later] = inOrder(one, other, (each) => [timeOf(each.fieldTimes?.[field]), canonical(each[field])]);
    put(merged, field, later[field]);
  }
  put(merged, 'collections', mergeMemberships(one.collections, other.collections));
  put(merged, 'editions', mergeComings(one.editions, other.editions));
  put(merged, 'position', last.position);
  put(merged, 'lastReadAt', last.lastReadAt);
  put(merged, 'purgedNotes', purgedNotes.length > 0 ? purgedNotes : undefined);
  put(merged, 'tagCounts', Object.keys(tagCounts).length > 0 ? tagCounts : undefined);
  put(merged, 'unreadable', unreadable.length > 0 ? unreadable : undefined);
  put(merged, 'fieldTimes', one.fieldTimes || other.fieldTimes ? largerOfEach(one.fieldTimes ?? {}, other.fieldTimes ?? {}) : undefined);
  return merged;
}

/** Whether two values are the same JSON, whatever the order of their fields. */
export const isSameContent = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);

/** Whether a notebook holds nothing but what its document is, and no trace of anything that it held. */
export const holdsNothing = (notebook: Notebook): boolean => isSameContent(notebook, emptyNotebook(notebook.id, notebook.identity));

/** A note with where it lies. */
interface Placed {
  note: Note;
  /** In the trash since then. */
  deletedAt?: string;
  /** All that is known of its deletion. */
  deleted?: DeletedNote;
}

function mergeNotes(one: Notebook, other: Notebook): Pick<Notebook, 'notes' | 'deletedNotes'> & { purgedNotes: PurgedNote[] } {
  const placed = new Map<string, Placed>();
  for (const each of [...placedNotes(one), ...placedNotes(other)]) {
    const before = placed.get(each.note.id);
    placed.set(each.note.id, mergePlaced(before ?? each, each));
  }
  const purged = new Map<string, PurgedNote>();
  for (const each of [...(one.purgedNotes ?? []), ...(other.purgedNotes ?? [])]) {
    const before = purged.get(each.noteId);
    if (!before || timeOf(before.clock) < timeOf(each.clock)) purged.set(each.noteId, each);
  }
  const standing = [...placed.values()].filter(({ note }) => {
    const tombstone = purged.get(note.id);
    return !tombstone || timeOf(noteClock(note)) > timeOf(tombstone.clock);
  });
  standing.sort((a, b) => compare([timeOf(a.note.createdAt), a.note.id], [timeOf(b.note.createdAt), b.note.id]));
  return {
    notes: standing.filter(({ deletedAt }) => deletedAt === undefined).map(({ note }) => note),
    deletedNotes: standing.flatMap(({ note, deletedAt, deleted }): DeletedNote[] =>
      deletedAt === undefined ? [] : [{ ...deleted, note, deletedAt }],
    ),
    purgedNotes: [...purged.values()].sort((a, b) => compare([a.noteId], [b.noteId])),
  };
}

const placedNotes = ({ notes, deletedNotes }: Notebook): Placed[] => [
  ...notes.map((note) => ({ note })),
  ...deletedNotes.map((deleted) => ({ note: deleted.note, deletedAt: deleted.deletedAt, deleted })),
];

/** A deletion counts against the state that it knew: a later one was written by someone who did not know of it. */
function mergePlaced(one: Placed, other: Placed): Placed {
  const [earlier, later] = inOrder(one, other, ({ note: { history: _history, ...state }, deletedAt }) => [
    timeOf(noteClock(state)),
    deletedAt === undefined ? 0 : 1,
    timeOf(deletedAt),
    timeOf(state.retaggedAt),
    // Of what is otherwise the same, the one that knows more.
    state.anchor?.locator ? 1 : 0,
    canonical(state),
  ]);
  const versions: NoteVersion[] = [];
  const add = (version: NoteVersion) => {
    const same = versions.findIndex((each) => isSameVersion(each, version));
    const known = versions[same];
    if (!known) versions.push(version);
    else versions[same] = inOrder(known, version, (each) => [each.provisional ? 0 : 1, canonical(each)])[1];
  };
  for (const version of [...one.note.history, ...other.note.history]) add(version);
  if (!isBlank(earlier.note) || isMoved(earlier.note, later.note)) add(versionOf(earlier.note));
  const present = versionOf(later.note);
  const history = versions.filter((each) => !isSameVersion(each, present));
  history.sort((a, b) => compare([timeOf(a.at), canonical(a)], [timeOf(b.at), canonical(b)]));
  return { ...later, note: { ...later.note, history } };
}

/** Tags as a causal-length set: a tag is there when the number of times that it came and went is odd; the larger number wins. */
function mergeTags(one: Notebook, other: Notebook): { tags: string[]; tagCounts: Record<string, number> } {
  const names = new Map<string, string>();
  for (const name of [...one.tags, ...other.tags]) {
    const key = tagKey(name);
    const before = names.get(key);
    names.set(key, before === undefined || name < before ? name : before);
  }
  const countIn = ({ tagCounts = {}, tags }: Notebook, key: string) =>
    Object.hasOwn(tagCounts, key) ? (tagCounts[key] ?? 0) : tags.some((tag) => tagKey(tag) === key) ? 1 : 0;
  const keys = new Set([...names.keys(), ...Object.keys(one.tagCounts ?? {}), ...Object.keys(other.tagCounts ?? {})]);
  const counts = [...keys].sort().map((key) => [key, Math.max(countIn(one, key), countIn(other, key))] as const);
  return {
    tags: counts.flatMap(([key, count]) => (count % 2 === 1 ? [names.get(key) ?? key] : [])),
    tagCounts: Object.fromEntries(counts.filter(([, count]) => count > 1)),
  };
}

/** For a state of a file of which it is not known how long it stood. */
const UNKNOWN_MOMENT = '1970-01-01T00:00:00.000Z';

function mergeIdentities(one: Identity, other: Identity): Identity {
  const [earlier, later] = inOrder(one, other, ({ history, paths: _paths, ...rest }) => [
    Math.max(0, ...history.map(({ until }) => timeOf(until))),
    canonical(rest),
  ]);
  const isPresent = (state: { rawHash: string; textHash?: string }) => state.rawHash === later.rawHash && state.textHash === later.textHash;
  const { rawHash, textHash } = earlier;
  const states = [
    ...one.history,
    ...other.history,
    { path: earlier.paths[0] ?? '', rawHash, ...(textHash !== undefined && { textHash }), until: UNKNOWN_MOMENT },
  ].filter((state) => state.until !== UNKNOWN_MOMENT || !isPresent(state));
  const unique = new Map<string, Identity['history'][number]>();
  for (const state of states) {
    const key = canonical([state.rawHash, state.textHash, state.until]);
    const known = unique.get(key);
    unique.set(key, known ? inOrder(known, state, (each) => [canonical(each)])[1] : state);
  }
  const [first] = later.paths;
  const paths = [...new Set([...one.paths, ...other.paths])].filter((each) => each !== first).sort();
  return {
    ...later,
    paths: first === undefined ? paths : [first, ...paths],
    history: [...unique.values()].sort((a, b) => compare([timeOf(a.until), canonical(a)], [timeOf(b.until), canonical(b)])),
  };
}

function put<K extends keyof Notebook>(notebook: Notebook, field: K, value: Notebook[K] | undefined): void {
  if (value === undefined) delete notebook[field];
  else notebook[field] = value;
}
