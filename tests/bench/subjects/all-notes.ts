import type { Bench } from '../harness/bench';
import type { Library } from '../harness/library';
import { compare, compareStall, median, ms, type Row } from '../harness/report';
import { whileReady } from '../harness/running';
import { openStallMeter, type StallMeter, type Stalls } from '../harness/stalls';
import type { Subject } from './subject';

const LIST = '[aria-label="All notes"]';

/** ms; a frame that takes longer was left out by the screen. */
const LATE = 33;

/** All notes of the large library opened and scrolled, beside those of a small part of it. */
export const allNotes: Subject = {
  name: 'all-notes',
  async measure(bench, libraries) {
    const { library: large } = await libraries.large();
    const { library: small } = await libraries.few();
    const opened = { large: [] as number[], small: [] as number[] };
    const frames = { large: [] as number[], small: [] as number[] };
    const stalls: Stalls[] = [];
    const meter = await openStallMeter();
    for (let round = 0; round < bench.sizes.rounds; round += 1) {
      bench.say(`Opening All notes, round ${round + 1}`);
      for (const [name, library] of [
        ['large', large],
        ['small', small],
      ] as const) {
        const once = await openOnce(bench, library, meter);
        opened[name].push(once.opened);
        frames[name].push(...once.frames);
        if (name === 'large') stalls.push(once.stalls);
      }
    }
    await meter.close();
    const longest = (of: keyof Stalls) => Math.max(...stalls.map((each) => each[of]));
    const late = (times: readonly number[]) => times.filter((time) => time > LATE).length;
    const share = (times: readonly number[]) => `${late(times)} of ${times.length}`;
    const beside = `${small.notes} notes`;
    const scrolled: Row = {
      what: `Frames over ${LATE} ms while it is scrolled`,
      lectern: share(frames.large),
      beside,
      peer: share(frames.small),
      ratio: `${((100 * late(frames.large)) / frames.large.length).toFixed(1)} % / ${((100 * late(frames.small)) / frames.small.length).toFixed(1)} %`,
    };
    return {
      title: `All notes, ${large.notes} of them`,
      rows: [
        compare('Click to the list', median(opened.large), ms, beside, median(opened.small)),
        scrolled,
        compareStall('Longest stall of the host meanwhile', longest('host'), 'an idle process', longest('idleProcess')),
        compareStall('Longest stall of the window meanwhile', longest('window'), 'an idle window', longest('idleWindow')),
      ],
    };
  },
};

const openOnce = (bench: Bench, library: Library, meter: StallMeter): Promise<{ opened: number; frames: number[]; stalls: Stalls }> =>
  whileReady(library, async ({ host, window }) => {
    const count = `${new Intl.NumberFormat('en').format(library.notes)} notes`;
    const button = window.page.getByRole('navigation', { name: 'Library' }).getByRole('button', { name: /^All notes/ });
    await meter.watch(host, window);
    const opened = await window.click(button, { selector: 'main [role=status]', text: count, beside: `main ${LIST} > *` });
    const frames = await window.page.evaluate(([selector, duration]) => inPage.scroll(selector, duration), [
      `main ${LIST}`,
      bench.sizes.scrolling,
    ] as const);
    return { opened, frames, stalls: await meter.read() };
  });
