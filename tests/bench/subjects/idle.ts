import type { Sizes } from '../harness/bench';
import type { Library } from '../harness/library';
import { compare, ms } from '../harness/report';
import { rest, whileReady } from '../harness/running';
import type { Subject } from './subject';

/** Processor time of host and window together while nothing is done, beside an empty library at the same time. */
export const idle: Subject = {
  name: 'idle',
  async measure(bench, libraries) {
    const { library: large } = await libraries.large();
    const { library: empty } = await libraries.empty();
    const { idle: duration } = bench.sizes;
    bench.say(`Doing nothing for ${duration / 1_000} s`);
    const [ours, theirs] = await Promise.all([large, empty].map((library) => measureIdle(library, bench.sizes)));
    const row = compare('Processor time of host and window', ours ?? Number.NaN, ms, 'an empty library', theirs ?? Number.NaN);
    return { title: `Doing nothing for ${duration / 1_000} s with ${large.documents} documents`, rows: [row] };
  },
};

const measureIdle = (library: Library, { idle: duration, settling }: Sizes): Promise<number> =>
  whileReady(library, async ({ host, window }) => {
    await rest(settling);
    const used = async () => (await host.report()).processorTime + (await window.processorTime());
    const before = await used();
    await rest(duration);
    return (await used()) - before;
  });
