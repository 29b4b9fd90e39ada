import type { Bench } from '../harness/bench';
import { LIMIT, openHandIndex } from '../harness/hand-index';
import { type Folders, type Host, startHost } from '../harness/host';
import type { Libraries } from '../harness/libraries';
import { compare, median, ms, quantile, type Row, type Section, state, times } from '../harness/report';
import { rest, whileReady, whileRunning } from '../harness/running';
import { listed } from '../harness/signs';
import { type BenchQuery, chooseQueries, type QueryKind, queryKinds } from './queries';
import { asFts5, asLectern, hasRipgrep, openMiniSearch, searchByRipgrep, serveByHand } from './search-peers';
import type { Subject } from './subject';

/** Ripgrep starts anew and reads everything for each query: a few tell as much as many. */
const RIPGREP_QUERIES = 10;

/** ms */
const PATIENCE = 300_000;

/** How long a search took, in ms, and in how many documents it found something. */
interface Searched {
  elapsed: number;
  found: number;
}

/** ms for each query of a kind. */
type Times = Map<QueryKind, number[]>;

/** Searches through the host, beside SQLite's FTS5 by hand, ripgrep and MiniSearch over the same texts. */
export const search: Subject = { name: 'search', measure: (bench, libraries) => measureSearch(bench, libraries, hasRipgrep()) };

/** `isPlain`: the files themselves can be searched, by ripgrep. */
export async function measureSearch(bench: Bench, libraries: Libraries, isPlain: boolean): Promise<Section> {
  const { library } = await libraries.large();
  const handIndex = await libraries.handIndex();
  const queries = await chooseQueries(bench);
  const [rare] = queries.get('rare words') ?? [];
  if (!rare) throw new Error('The texts have no rare words.');

  bench.say('Searching by Lectern and by FTS5, in turns');
  const lectern: Times = new Map();
  const fts5: Times = new Map();
  const served: Times = new Map();
  const index = openHandIndex(handIndex);
  const server = await serveByHand(handIndex);
  let tried = 0;
  let agreed = 0;
  const { call, foundLater } = await whileReady(library, async ({ host }) => {
    // That it was started a moment ago is another row.
    const { found: foundLater } = await searchHost(host, rare);
    const empty: number[] = [];
    for (const kind of queryKinds) {
      await tryQueries(bench, queries.get(kind) ?? [], async (query) => {
        const ours = await searchHost(host, query);
        add(lectern, kind, ours.elapsed);
        const began = performance.now();
        const { count } = index.search(asFts5(query));
        add(fts5, kind, performance.now() - began);
        add(served, kind, await timedAsync(() => server.search(asFts5(query))));
        tried += 1;
        if (count === ours.found) agreed += 1;
        empty.push(await timedAsync(() => host.call('settings.read', {})));
      });
    }
    return { call: median(empty), foundLater };
  });
  server.close();
  index.close();

  bench.say('Searching for the first time after a start');
  const first = await searchFirst(library.folders, rare, foundLater);
  const drawn = await whileRunning(library, listed(library), ({ host }) => searchUntil(host, rare, foundLater));
  const handFirst = timed(() => {
    const opened = openHandIndex(handIndex);
    opened.search(asFts5(rare));
    opened.close();
  });

  const later = median(lectern.get('rare words') ?? []);
  const rows: Row[] = [
    compare('First search once the list is drawn, until all is found', drawn, ms, 'later ones', later),
    compare('First search after a start, until all is found', first, ms, 'later ones', later),
    compare('First search after a start, until all is found', first, ms, 'FTS5 by hand, opened anew', handFirst),
    ...compareTimes(lectern, 'FTS5 by hand', fts5),
    ...compareTimes(lectern, 'FTS5 by hand, over HTTP', served),
    state('Queries for which both count the same documents', `${agreed} of ${tried}`),
    state('A call of the host that does nothing, in each of Lectern’s figures', ms(call)),
  ];
  if (isPlain) {
    bench.say('Searching by ripgrep');
    const ripgrep: Times = new Map();
    for (const kind of queryKinds)
      await tryQueries(bench, (queries.get(kind) ?? []).slice(0, RIPGREP_QUERIES), async (query) =>
        add(ripgrep, kind, searchByRipgrep(query, library.folders.library)),
      );
    rows.push(...compareTimes(lectern, 'ripgrep', ripgrep));
  } else rows.push(state('ripgrep is not installed here, or reads no such files, and is left out', ''));

  bench.say('Searching by MiniSearch');
  const miniSearch: Times = new Map();
  const mini = await openMiniSearch(bench);
  for (const kind of queryKinds.filter((each) => each !== 'Chinese'))
    await tryQueries(bench, queries.get(kind) ?? [], async (query) =>
      add(
        miniSearch,
        kind,
        timed(() => mini.search(query)),
      ),
    );
  rows.push(
    ...compareTimes(lectern, 'MiniSearch (no passages)', miniSearch),
    state('MiniSearch’s index, made anew at each start, takes', ms(mini.indexedIn)),
  );
  return { title: `Searching ${library.documents} documents through the host, p50 / p95`, rows };
}

/** ms from the moment when the host has its address, whatever else it is at, until a search finds as much as later ones do. */
async function searchFirst(folders: Folders, query: BenchQuery, wanted: number): Promise<number> {
  const host = await startHost(folders);
  try {
    return await searchUntil(host, query, wanted);
  } finally {
    await host.stop();
  }
}

/** ms until a search finds as much as later ones do. */
async function searchUntil(host: Host, query: BenchQuery, wanted: number): Promise<number> {
  const began = performance.now();
  while ((await searchHost(host, query)).found < wanted) {
    if (performance.now() - began > PATIENCE) throw new Error('The first searches do not find what later ones do.');
    await rest(20);
  }
  return performance.now() - began;
}

async function searchHost(host: Host, query: BenchQuery): Promise<Searched> {
  const began = performance.now();
  const found = await host.call('search.run', { query: asLectern(query), limit: LIMIT });
  const elapsed = performance.now() - began;
  if (!found.ok) throw new Error(found.failure.message);
  return { elapsed, found: found.value.documentCount };
}

/** One query after another, until the time for their kind is over. */
async function tryQueries({ sizes }: Bench, queries: readonly BenchQuery[], attempt: (query: BenchQuery) => Promise<void>): Promise<void> {
  const end = performance.now() + sizes.queryTime;
  for (const query of queries) {
    if (performance.now() > end) return;
    await attempt(query);
  }
}

function compareTimes(lectern: Times, beside: string, peer: Times): Row[] {
  return queryKinds.flatMap((kind): Row[] => {
    const ours = lectern.get(kind) ?? [];
    const theirs = peer.get(kind) ?? [];
    if (ours.length === 0 || theirs.length === 0) return [];
    const figures = (values: readonly number[]) => `${ms(median(values))} / ${ms(quantile(values, 0.95))}`;
    const ratios = [0.5, 0.95].map((part) => times(quantile(ours, part) / quantile(theirs, part)));
    return [
      {
        what: `${kind} (${ours.length})`,
        lectern: figures(ours),
        beside,
        peer: figures(theirs),
        ratio: ratios.join(' / '),
      },
    ];
  });
}

const add = (all: Times, kind: QueryKind, time: number): void => void all.set(kind, [...(all.get(kind) ?? []), time]);

function timed(act: () => unknown): number {
  const began = performance.now();
  act();
  return performance.now() - began;
}

async function timedAsync(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}
