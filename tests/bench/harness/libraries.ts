import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Bench } from './bench';
import { createHandIndex, type HandIndex } from './hand-index';
import type { Host } from './host';
import { type Library, makeLibrary } from './library';
import { rest, whileRunning } from './running';
import { wholeRead } from './signs';
import { openStallMeter, type Stalls } from './stalls';

/** How a library was taken in for the first time. */
export interface Intake {
  library: Library;
  /** ms from the start of the process until everything was read, and until the last document was found by a word of it. */
  time: number;
  foundAfter: number;
  stalls: Stalls;
  /** Bytes at rest after it; of the window where the system tells. */
  hostMemory: number;
  windowMemory: number | undefined;
}

/** Libraries that several measurements share; each is made and taken in when it is first asked for. */
export interface Libraries {
  /** All documents of the corpus, each with notes. */
  large(): Promise<Intake>;
  /** A part of them with few notes, and ten. */
  few(): Promise<Intake>;
  ten(): Promise<Intake>;
  empty(): Promise<Intake>;
  /** The same texts as those of the large one, indexed by hand. */
  handIndex(): Promise<HandIndex>;
}

export function createLibraries(bench: Bench): Libraries {
  const known = new Map<number, Promise<Intake>>();
  const provide = (wanted: number) => () => {
    const count = Math.min(wanted, bench.files.length);
    const intake = known.get(count) ?? takeIn(bench, count);
    known.set(count, intake);
    return intake;
  };
  let handIndex: Promise<HandIndex> | undefined;
  return {
    large: provide(bench.files.length),
    few: provide(bench.sizes.fewDocuments),
    ten: provide(10),
    empty: provide(0),
    handIndex() {
      bench.say('Indexing by hand');
      handIndex ??= createHandIndex(bench);
      return handIndex;
    },
  };
}

const LAST_WORD = 'zzyzxqua';

async function takeIn(bench: Bench, count: number): Promise<Intake> {
  bench.say(`Making a library of ${count} documents`);
  const files = bench.files.slice(0, count).map((file) => ({ file, notes: bench.sizes.notesPerDocument }));
  const last = path.join(bench.work, 'zzzzz.txt');
  await writeFile(last, `The last one\n\nIts only word is ${LAST_WORD}.\n`);
  const library = await makeLibrary(
    bench,
    `${count} documents`,
    count > 0 ? [...files, { file: last, notes: 0 }] : [],
    count === bench.files.length ? bench.sizes.tags : undefined,
  );
  bench.say(`Taking in ${count} documents`);
  const meter = await openStallMeter();
  try {
    const began = performance.now();
    return await whileRunning(library, { selector: '#root > *' }, async ({ host, window }) => {
      await meter.watch(host, window);
      await window.waitFor(wholeRead(library));
      const time = performance.now() - began;
      while (count > 0 && !(await hasLastWord(host))) await rest(100);
      const foundAfter = performance.now() - began;
      const stalls = await meter.read();
      await rest(bench.sizes.settling);
      const { memory } = await host.report();
      return { library, time, foundAfter, stalls, hostMemory: memory, windowMemory: await window.memory() };
    });
  } finally {
    await meter.close();
  }
}

async function hasLastWord(host: Host): Promise<boolean> {
  const found = await host.call('search.run', { query: LAST_WORD, limit: 1 });
  return found.ok && found.value.documentCount > 0;
}
