import type { Library } from '../harness/library';
import { compare, median, megabytes, ms, type Row } from '../harness/report';
import { rest, whileRunning } from '../harness/running';
import { listed, wholeRead } from '../harness/signs';
import type { Subject } from './subject';

interface Starts {
  /** ms: the process until its address, the window until the list is painted. */
  host: number[];
  window: number[];
  /** The process until the host opens a document, asked once the list is painted. */
  opened: number[];
  /** Bytes, all of them at rest. */
  received: number[];
  hostMemory: number[];
  windowMemory: number[];
}

/** From the start of the process to a list that can be used, of a library that was taken in before; what is sent and held then. */
export const start: Subject = {
  name: 'start',
  async measure(bench, libraries) {
    const { library: large } = await libraries.large();
    const { library: ten } = await libraries.ten();
    const starts = { large: noStarts(), ten: noStarts() };
    for (let round = 0; round < bench.sizes.rounds; round += 1) {
      bench.say(`Starting, round ${round + 1}`);
      await startOnce(large, starts.large, bench.sizes.settling);
      await startOnce(ten, starts.ten, bench.sizes.settling);
    }
    const beside = `with ${ten.documents} documents`;
    const row = (what: string, values: (starts: Starts) => readonly number[], unit: (value: number) => string): Row[] => {
      const [ours, theirs] = [median(values(starts.large)), median(values(starts.ten))];
      return Number.isNaN(ours) ? [] : [compare(what, ours, unit, beside, theirs)];
    };
    const rows = [
      ...row('Process start to the list', ({ host, window }) => host.map((time, round) => time + (window[round] ?? 0)), ms),
      ...row('  of these, the host', ({ host }) => host, ms),
      ...row('  of these, the window', ({ window }) => window, ms),
      ...row('Process start to an opened document', ({ opened }) => opened, ms),
      ...row('Bytes sent to the window at the start', ({ received }) => received, megabytes),
      ...row('Memory of the host at rest', ({ hostMemory }) => hostMemory, megabytes),
      ...row('Memory of the window at rest', ({ windowMemory }) => windowMemory, megabytes),
    ];
    return { title: `Starting with ${large.documents} documents and ${large.notes} notes`, rows };
  },
};

const noStarts = (): Starts => ({ host: [], window: [], opened: [], received: [], hostMemory: [], windowMemory: [] });

const startOnce = (library: Library, starts: Starts, settling: number): Promise<void> =>
  whileRunning(library, listed(library), async ({ host, window, drawnIn }) => {
    starts.host.push(host.startedIn);
    starts.window.push(drawnIn);
    const began = performance.now();
    const { rows } = await host.call('library.documents', { query: { sort: 'date', ascending: false }, from: 0, count: 1, locate: [] });
    await host.call('library.open', { documentId: rows[0]?.id ?? '' });
    starts.opened.push(host.startedIn + drawnIn + performance.now() - began);
    await window.waitFor(wholeRead(library));
    await rest(settling);
    starts.received.push(window.received());
    starts.hostMemory.push((await host.report()).memory);
    const memory = await window.memory();
    if (memory !== undefined) starts.windowMemory.push(memory);
  });
