import { compare, compareStall, megabytes, ms, type Row, state } from '../harness/report';
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
    const what = `Taking in ${library.documents} documents, ${library.notes} notes`;
    const rows: Row[] = [
      compare(`${what}: until nothing is read any more`, time, rate, 'read and put into FTS5 by hand', byHand),
      compare(`${what}: until the last word is found`, foundAfter, rate, 'read and put into FTS5 by hand', byHand),
      compareStall(`${what}: longest stall of the host`, stalls.host, 'an idle process', stalls.idleProcess),
      compareStall(`${what}: longest stall of the window`, stalls.window, 'an idle window', stalls.idleWindow),
      compare(`${what}: memory of the host after it`, hostMemory, megabytes, 'with 10 documents', ten.hostMemory),
    ];
    const { windowMemory: tenWindow } = ten;
    if (windowMemory !== undefined && tenWindow !== undefined)
      rows.push(compare(`${what}: memory of the window after it`, windowMemory, megabytes, 'with 10 documents', tenWindow));
    return [state('The documents', megabytes(library.bytes)), ...rows];
  },
};
