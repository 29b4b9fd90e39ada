import type { DocumentQuery } from '#api';
import { compareTitles } from '#model';
import { mergeInSlices, type Pause, sortInSlices } from '../../pacing';
import type { Entry } from './entry';

type Compare = (a: Entry, b: Entry) => number;
type Value = (entry: Entry) => string | undefined;

const byId: Compare = (a, b) => (a.row.id < b.row.id ? -1 : 1);
const byTitle: Compare = (a, b) => compareTitles(a.row.title, b.row.title) || byId(a, b);

/** Length of an ISO moment as far as its minute. */
const MINUTE = '2026-11-26T20:15'.length;

/** By what a list is sorted; moments and dates in ISO 8601 sort as text. */
const values: Record<Exclude<DocumentQuery['sort'], 'title'>, Value> = {
  // Without one, and in the inbox, by when it was added: what has just come is on top. Files of one minute came together, and go by their titles.
  date: ({ row }) => (row.inInbox ? undefined : row.date) ?? row.addedAt?.slice(0, MINUTE),
  added: ({ row }) => row.addedAt,
  'last-read': ({ row }) => row.lastReadAt,
  later: ({ row }) => row.later,
  volume: ({ row }) => row.volume && volumeKey(row.volume),
};

/** Numbers of a series so that they compare as text, those with a part behind the point too; before what is no number. */
function volumeKey(volume: string): string {
  const number = Number.parseFloat(volume);
  return Number.isFinite(number) && number >= 0 ? number.toFixed(2).padStart(16, '0') : `~${volume}`;
}

/**
 * The order of a list: documents without the value come last either way, and those of one value by their titles. In the
 * reading list these go by their ids, which are the same on every machine.
 */
function compareBy({ sort, ascending }: Pick<DocumentQuery, 'sort' | 'ascending'>): Compare {
  const direction = ascending ? 1 : -1;
  if (sort === 'title') return (a, b) => direction * byTitle(a, b);
  const of = values[sort];
  const ofOneValue = sort === 'later' ? byId : byTitle;
  return (a, b) => {
    const [first, second] = [of(a), of(b)];
    if (first === second) return ofOneValue(a, b);
    if (first === undefined) return 1;
    if (second === undefined) return -1;
    return first < second ? -direction : direction;
  };
}

/** One order of all documents. Of those that changed each is put where it belongs; the others are not sorted again. */
export class Order {
  readonly #compare: Compare;
  #sorted: readonly Entry[] = [];
  #changed = new Set<string>();

  constructor(order: Pick<DocumentQuery, 'sort' | 'ascending'>, ids: Iterable<string>) {
    this.#compare = compareBy(order);
    this.#changed = new Set(ids);
  }

  touch(id: string): void {
    this.#changed.add(id);
  }

  /** All of `entries` in order. Must not be called again before it has answered. */
  async sort(entries: ReadonlyMap<string, Entry>, pause: Pause): Promise<readonly Entry[]> {
    if (this.#changed.size === 0) return this.#sorted;
    const changed = this.#changed;
    this.#changed = new Set();
    const fresh = await sortInSlices(
      [...changed].flatMap((id) => entries.get(id) ?? []),
      this.#compare,
      pause,
    );
    const kept = this.#sorted.filter(({ row }) => !changed.has(row.id));
    this.#sorted = await mergeInSlices(kept, fresh, this.#compare, pause);
    return this.#sorted;
  }
}
