import { compare, compareStall, megabytes, ms, type Row } from '../harness/report';
import type { Subject } from './subject';

/** Taking in all documents with their notes for the first time, a window open; beside it, the same texts read and indexed by hand on one thread. */
export const intake: Subject = {
  name: 'intake',
  async measure(_bench, libraries) {
    const { library, time, foundAfter, stalls, hostMemory, windowMemory } = await libraries.large();
    const ten = await libraries.ten();
    const { readIn, writtenIn } = await libraries.handIndex();
    const byHand = readIn + writtenIn;
    const rate = (elapsed: number) => `${ms(elapsed)} (${(library.bytes / 1_000 / elapsed).toFixed(1)} MB/s)`;
    const rows: Row[] = [
      compare('Until nothing is read any more', time, rate, 'read and put into FTS5 by hand', byHand),
      compare('Until the last word is found', foundAfter, rate, 'read and put into FTS5 by hand', byHand),
      compareStall('Longest stall of the host until then', stalls.host, 'an idle process', stalls.idleProcess),
      compareStall('Longest stall of the window until then', stalls.window, 'an idle window', stalls.idleWindow),
      compare('Memory of the host after it', hostMemory, megabytes, 'with 10 documents', ten.hostMemory),
    ];
    const { windowMemory: tenWindow } = ten;
    if (windowMemory !== undefined && tenWindow !== undefined)
      rows.push(compare('Memory of the window after it', windowMemory, megabytes, 'with 10 documents', tenWindow));
    return {
      title: `Taking in ${library.documents} documents (${megabytes(library.bytes)}) with ${library.notes} notes, a window open`,
      rows,
    };
  },
};
