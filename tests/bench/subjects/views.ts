import type { Bench } from '../harness/bench';
import type { Sign } from '../harness/in-page';
import type { Library } from '../harness/library';
import { compare, compareStall, median, ms, type Row } from '../harness/report';
import { type Running, whileReady } from '../harness/running';
import { openStallMeter, type StallMeter, type Stalls } from '../harness/stalls';
import type { Window } from '../harness/window';
import type { Subject } from './subject';

/** Something that a reader opens by a key. */
interface View {
  name: string;
  /** Makes ready for the key. */
  before(window: Window): Promise<unknown>;
  keys: string;
  sign: Sign;
  /** Closes what the key opened. */
  after(window: Window): Promise<unknown>;
}

const dialog = '[role=dialog]';
const list = (window: Window) => window.page.getByRole('listbox', { name: 'Documents' });
const close = (window: Window) => window.page.keyboard.press('Escape');
const nothing = async (): Promise<void> => undefined;

/** Puts what is in the main pane away, for the list of all documents. */
const home = (window: Window) => window.page.keyboard.press('Control+1');
const toList = (window: Window) => list(window).focus();
const toTag = (window: Window) => window.page.getByRole('list', { name: 'Tags' }).getByRole('button').first().focus();

/** A word of hundreds of documents in any English corpus. */
const WORD = 'time';

const views: readonly View[] = [
  { name: 'Ctrl K to the box', before: nothing, keys: 'Control+k', sign: { selector: `${dialog} [role=combobox]` }, after: close },
  {
    name: 'Ctrl Enter to “Search results”',
    before: async ({ page }) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill(WORD);
    },
    keys: 'Control+Enter',
    sign: { selector: '[aria-label="Search results"][aria-busy=false] .results-scroller > *' },
    after: home,
  },
  { name: 'Ctrl , to the settings', before: nothing, keys: 'Control+,', sign: { selector: dialog, text: 'Theme' }, after: close },
  {
    name: 'Ctrl 3 to the trash',
    before: nothing,
    keys: 'Control+3',
    sign: { selector: '[aria-label="Trash"] > *' },
    after: home,
  },
  {
    name: 'Ctrl 5 to what changed',
    before: nothing,
    keys: 'Control+5',
    sign: { selector: '[aria-label="What changed"] > *' },
    after: home,
  },
  {
    name: 'The filter of the list taken away',
    before: async ({ page }) => {
      const filter = page.getByRole('textbox', { name: 'Filter documents' });
      await filter.fill('no title has this');
      await page.getByText('No document matches the filter.').waitFor();
      await filter.selectText();
    },
    keys: 'Delete',
    sign: { selector: '[role=option]' },
    after: nothing,
  },
  { name: 'Ctrl A in the list', before: toList, keys: 'Control+a', sign: { selector: '[aria-label="Selected documents"]' }, after: close },
  { name: 'T on a document', before: toList, keys: 't', sign: { selector: `${dialog} [role=combobox], ${dialog} input` }, after: close },
  { name: 'A menu on a document', before: toList, keys: 'Shift+F10', sign: { selector: '[role=menu]' }, after: close },
  { name: 'F2 on a tag', before: toTag, keys: 'F2', sign: { selector: dialog, text: 'New name' }, after: close },
  {
    name: 'A letter of its new name to what will change',
    before: async (window) => {
      await toTag(window);
      await window.page.keyboard.press('F2');
      await window.page.getByRole('combobox', { name: 'New name' }).fill('');
    },
    keys: 'x',
    sign: { selector: '[aria-label="What will change"]', text: 'change.' },
    after: close,
  },
];

/** What is opened fifty times a day, in the large library beside a small part of it. */
export const viewsOpened: Subject = {
  name: 'views',
  async measure(bench, libraries) {
    const { library: large } = await libraries.large();
    const { library: small } = await libraries.few();
    const meter = await openStallMeter();
    try {
      const inLarge = await openAll(bench, large, meter);
      const inSmall = await openAll(bench, small, meter);
      const beside = `${small.documents} documents`;
      return {
        title: `Views, ${large.documents} documents, ${large.notes} notes, ${large.tags} tags`,
        rows: [
          ...views.map(({ name }, at) => compare(name, median(inLarge.times[at] ?? []), ms, beside, median(inSmall.times[at] ?? []))),
          longest('an idle process', inLarge.stalls, 'host', 'idleProcess'),
          longest('an idle window', inLarge.stalls, 'window', 'idleWindow'),
        ],
      };
    } finally {
      await meter.close();
    }
  },
};

/** What opening the views came to. */
interface Opened {
  /** ms to each view, in the order of `views`. */
  times: number[][];
  /** Of each view. */
  stalls: Stalls[];
}

/** Opens all views, each once before, as whoever has used Lectern for a while has. */
const openAll = (bench: Bench, library: Library, meter: StallMeter): Promise<Opened> =>
  whileReady(library, async (running) => {
    bench.say(`Opening views, ${library.documents} documents`);
    for (const view of views) await openOnce(running, view);
    const opened: Opened = { times: [], stalls: [] };
    for (const view of views) {
      const times: number[] = [];
      await meter.watch(running.host, running.window);
      for (let round = 0; round < 2 * bench.sizes.rounds + 1; round += 1) times.push(await openOnce(running, view));
      opened.stalls.push(await meter.read());
      opened.times.push(times);
    }
    return opened;
  });

/** The longest stall, and at which view it was, beside the longest of what did nothing. */
function longest(of: string, stalls: readonly Stalls[], part: 'host' | 'window', idle: 'idleProcess' | 'idleWindow'): Row {
  const most = Math.max(...stalls.map((each) => each[part]));
  const at = views[stalls.findIndex((each) => each[part] === most)]?.name ?? '';
  return compareStall(`Longest stall of the ${part}, at “${at}”`, most, of, Math.max(...stalls.map((each) => each[idle])));
}

async function openOnce({ window }: Running, { before, keys, sign, after }: View): Promise<number> {
  await before(window);
  const time = await window.press(keys, sign);
  await after(window);
  return time;
}
