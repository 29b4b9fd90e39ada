import { type Emit, ok, type Result, type SavedSearch } from '#api';
import {
  changedDetails,
  justAfter,
  levelsOf,
  type Mover,
  moveDetails,
  moverOf,
  putDetailsBack,
  renameTags,
  type TagDetails,
  type TagMove,
  tagKey,
  takenAway,
  useAgain,
} from '#model';
import type { BulkRecords, RecordLine, SettingsStore, TagStore, TagsRecord } from './notebook';
import type { TagPlans } from './tag-plans';

interface Surroundings {
  tags: TagStore;
  settings: Pick<SettingsStore, 'read' | 'update'>;
  plans: Pick<TagPlans, 'names' | 'unused'>;
  records: Pick<BulkRecords, 'add'>;
  emit: Emit;
}

type Searches = Record<string, SavedSearch>;

/** What moves of tags change beside notebooks: what is kept of tags, and the saved searches that name them. */
export interface BulkTags {
  /** Makes moves at `at`, once they are in the record. */
  move(editId: string, moves: readonly TagMove[], at: string): Promise<Result<null>>;
  /** Takes back what is recorded of them, once the notebooks are as they were; what was changed since stays. */
  putBack(record: TagsRecord, at: string): Promise<Result<null>>;
  /** Those of `names` that nothing carries, as moves that take them away. */
  deletionsOf(names: readonly string[]): Promise<TagMove[]>;
}

export function createBulkTags({ tags, settings, plans, records, emit }: Surroundings): BulkTags {
  const { names, unused } = plans;

  const write = async (nextTags: (present: readonly TagDetails[]) => readonly TagDetails[], searches: Searches): Promise<Result<null>> => {
    const written = await tags.update(nextTags);
    if (!written.ok || Object.keys(searches).length === 0) return written;
    const updated = await settings.update({ savedSearches: searches });
    if (!updated.ok) return updated;
    emit('settings.changed', { settings: updated.value });
    return ok(null);
  };

  return {
    async move(editId, moves, at) {
      const known = names();
      const mover = moverOf(moves, known);
      const before = tags.list();
      const changed = changedDetails(before, moveDetails(before, moves, mover, at));
      const keys = new Set(changed.map(({ name }) => tagKey(name)));
      const searches = renamedSearches(settings.read().savedSearches, mover, known, at);
      const line: RecordLine = {
        tags: {
          moves: [...moves],
          before: before.filter(({ name }) => keys.has(tagKey(name))),
          after: changed,
          came: namesThatCome(known, mover),
          searches,
        },
      };
      const added = await records.add(editId, [line]);
      if (!added.ok) return added;
      return write(
        (present) => moveDetails(present, moves, moverOf(moves, names()), at),
        Object.fromEntries(searches.map(({ id, after }) => [id, after])),
      );
    },
    async putBack({ before, after, came, searches }, at) {
      const left = new Set(came.length > 0 ? (await unused()).map(tagKey) : []);
      const gone = came.filter((name) => left.has(tagKey(name)));
      const used = came.filter((name) => !left.has(tagKey(name)));
      const present = settings.read().savedSearches;
      const back = searches.flatMap((search): [string, SavedSearch][] => {
        const isSame = present[search.id]?.changedAt === search.after.changedAt;
        return isSame ? [[search.id, { ...search.before, changedAt: laterThan(search.after, at) }]] : [];
      });
      return write((each) => {
        const asBefore = takenAway(putDetailsBack(each, { before, after }, at), gone, at);
        return used.reduce((all, name) => useAgain(all, name, at), asBefore);
      }, Object.fromEntries(back));
    },
    async deletionsOf(chosen) {
      const keys = new Set(chosen.map(tagKey));
      return (await unused()).flatMap((from) => (keys.has(tagKey(from)) ? [{ from }] : []));
    },
  };
}

/** The names that nothing had, and that moves give, with those above them. */
function namesThatCome(known: readonly string[], mover: Mover): string[] {
  const there = new Set(known.flatMap(levelsOf).map(tagKey));
  const came = new Map<string, string>();
  for (const name of known) {
    const to = mover(name);
    if (to === undefined || to === name) continue;
    for (const level of levelsOf(to)) if (!there.has(tagKey(level))) came.set(tagKey(level), level);
  }
  return [...came.values()];
}

/** The saved searches in which a tag is named that is moved, as they were and as they become. */
const renamedSearches = (searches: Searches, mover: Mover, known: readonly string[], at: string): TagsRecord['searches'] =>
  Object.entries(searches).flatMap(([id, before]) => {
    const query = before.isRemoved ? before.query : renameTags(before.query, mover, known);
    return query === before.query ? [] : [{ id, before, after: { ...before, query, changedAt: laterThan(before, at) } }];
  });

/** `at`, or a moment after a state, by whichever clock that was told. */
const laterThan = ({ changedAt }: SavedSearch, at: string): string =>
  Date.parse(at) > Date.parse(changedAt) ? at : justAfter(Date.parse(changedAt));
