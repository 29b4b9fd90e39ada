import { fail, ok, type Result, type TagMovePlan } from '#api';
import {
  isTagWithin,
  levelsOf,
  type Mover,
  moveObstacle,
  moverOf,
  type Notebook,
  normalizeTagName,
  type TagDetails,
  type TagMove,
  tagKey,
} from '#model';
import type { NotebookStore } from './notebook';
import { createPause } from './pacing';

interface Surroundings {
  notebooks: Pick<NotebookStore, 'outlines' | 'read' | 'isLost' | 'lockedBecause'>;
  /** The reader's notebook on a document, empty when there is none; `undefined` for an unknown document. */
  find(documentId: string): Notebook | undefined;
  /** The tags that documents and notes carry, and those that are kept. */
  list(): TagDetails[];
}

export type TagPlans = ReturnType<typeof createTagPlans>;

/** What carries tags, and what moving one would change. */
export function createTagPlans({ notebooks, find, list }: Surroundings) {
  const pause = createPause();

  /** The tags that are in use or kept. */
  const names = () =>
    list()
      .filter(({ movedTo }) => movedTo === undefined)
      .map(({ name }) => name);

  /** The documents of which a note or the document itself, also in the trash, may carry a tag that is moved. */
  const carriersOf = async (mover: Mover): Promise<string[]> => {
    const isMoved = testOf(mover);
    const ids: string[] = [];
    for (const { id, tags: own, noteTags, deletedCount } of [...notebooks.outlines()]) {
      if (deletedCount > 0 || own.some(isMoved) || noteTags.some(isMoved)) ids.push(id);
      await pause();
    }
    return ids;
  };

  const isLocked = (id: string) => notebooks.isLost(id) || notebooks.lockedBecause(id) !== undefined;
  const read = async (id: string): Promise<Notebook | undefined> => (await notebooks.read(id)) ?? find(id);

  const planMove = async (move: TagMove): Promise<Result<TagMovePlan>> => {
    const obstacle = moveObstacle(move);
    if (obstacle !== undefined) return fail('tag-not-movable', obstacle);
    const known = names();
    const mover = moverOf([move], known);
    const isMoved = testOf(mover);
    const rows = new Map<string, TagMovePlan['tags'][number]>();
    const there = new Set(known.filter((name) => !isTagWithin(name, move.from)).map(tagKey));
    const rowOf = (from: string) => {
      const key = tagKey(from);
      const to = mover(from);
      const row = rows.get(key) ?? {
        from,
        ...(to !== undefined && { to }),
        isThere: to !== undefined && there.has(tagKey(to)),
        documents: 0,
        notes: 0,
      };
      rows.set(key, row);
      return row;
    };
    // The tag itself is the first row, as it is written where it is.
    rowOf(known.find((name) => tagKey(name) === tagKey(move.from)) ?? normalizeTagName(move.from));
    for (const name of known) if (isTagWithin(name, move.from)) rowOf(name);
    const plan = { documents: 0, notes: 0, othersNotes: 0, locked: 0 };
    for (const id of await carriersOf(mover)) {
      await pause();
      const notebook = await read(id);
      if (!notebook) continue;
      if (isLocked(id)) {
        plan.locked += 1;
        continue;
      }
      const own = notebook.tags.filter(isMoved);
      if (own.length > 0) plan.documents += 1;
      for (const name of own) rowOf(name).documents += 1;
      for (const note of notebook.notes) {
        const moved = note.tags.filter(isMoved);
        if (moved.length === 0) continue;
        if (note.creator) {
          plan.othersNotes += 1;
          continue;
        }
        plan.notes += 1;
        for (const name of moved) rowOf(name).notes += 1;
      }
    }
    return ok({
      tags: [...rows.values()].filter(({ documents, notes, from }) => documents + notes > 0 || tagKey(from) === tagKey(move.from)),
      ...plan,
    });
  };

  /** The tags that are kept, and that nothing carries, also in the trash: neither one itself nor one under it. */
  const unused = async (): Promise<string[]> => {
    const inTrash = new Set<string>();
    for (const { id, deletedCount } of [...notebooks.outlines()]) {
      await pause();
      if (deletedCount === 0) continue;
      for (const { note } of (await read(id))?.deletedNotes ?? []) for (const name of note.tags) inTrash.add(name);
    }
    // Without a pause from here on: what is carried by now is in use.
    const used = new Set([...inTrash].flatMap(levelsOf).map(tagKey));
    for (const { tagUses } of notebooks.outlines()) for (const [name] of tagUses) used.add(tagKey(name));
    return names().filter((name) => !used.has(tagKey(name)));
  };

  return { names, carriersOf, isLocked, read, planMove, unused };
}

/** Whether a name is moved; each is looked at once. */
function testOf(mover: Mover): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const answer = known.get(name) ?? mover(name) !== name;
    known.set(name, answer);
    return answer;
  };
}
