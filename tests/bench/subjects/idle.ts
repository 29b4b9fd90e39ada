import type { Library } from '../harness/library';
import { compare, ms } from '../harness/report';
import { rest, whileReady } from '../harness/running';
import type { Subject } from './subject';

/** ms after which what a start leaves for later is done. */
const SETTLING = 5_000;

/** Processor time of host and window together while nothing is done, beside an empty library at the same time. */
export const idle: Subject = {
  name: 'idle',
  async measure(bench, libraries) {
    const { library: large } = await libraries.large();
    const { library: empty } = await libraries.empty();
    const { idle: duration } = bench.sizes;
    bench.say(`Doing nothing for ${duration / 1_000} s`);
    const [ours, theirs] = await Promise.all([large, empty].map((library) => measureIdle(library, duration)));
    const what = `Processor time over ${duration / 1_000} s of doing nothing, ${large.documents} documents`;
    return [compare(what, ours ?? Number.NaN, ms, 'an empty library', theirs ?? Number.NaN)];
  },
};

const measureIdle = (library: Library, duration: number): Promise<number> =>
  whileReady(library, async ({ host, window }) => {
    await rest(SETTLING);
    const used = async () => (await host.report()).processorTime + (await window.processorTime());
    const before = await used();
    await rest(duration);
    return (await used()) - before;
  });
