import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { emptyNotebook, type Note } from '#model';
import { Lectern } from '../../app/models/lectern';
import { type Folders, startHost } from '../harness/host';
import { openWindow, type Window } from '../harness/window';

/** The application as a reader who has used it for a while finds it, and what they did to it. */
export interface Desk {
  window: Window;
  lectern: Lectern;
  /** Types words; they are counted apart from keys. */
  write(words: string): Promise<void>;
  press(...keys: string[]): Promise<void>;
}

/** What the window received from mouse and keyboard: clicks (a drag is one), keys (with what is held down, one), letters of words. */
export interface Counts {
  clicks: number;
  keys: number;
  letters: number;
}

export const HARBOUR = 'The harbour at night';
export const QUAY = 'The winter quay';

const paragraphs = Array.from(
  { length: 40 },
  (_, index) => `Paragraph ${index + 1} tells of ropes and of stones that lie along the water.`,
);

const documents = {
  'harbour.md': [
    `# ${HARBOUR}`,
    'The lamps along the wall are lit at six.[^1] Every boat has its own lantern.',
    'Nobody counts the boats that come home late.',
    ...paragraphs,
    '## The second watch',
    'At two the watch is changed, and the bell is rung twice.',
    '[^1]: In summer at eight.',
  ].join('\n\n'),
  'quay.md': [`# ${QUAY}`, 'Ice holds the boats from January on.', 'The lanterns stay in the shed until the thaw.', ...paragraphs].join(
    '\n\n',
  ),
};

interface Seed {
  file: keyof typeof documents;
  quote: string;
  body: string;
  tags: string[];
  /** Days before now. */
  days: number;
}

const seeds: readonly Seed[] = [
  { file: 'harbour.md', quote: 'lit at six', body: 'When exactly?', tags: ['times'], days: 1 },
  { file: 'harbour.md', quote: 'come home late', body: '', tags: [], days: 3 },
  { file: 'quay.md', quote: 'from January on', body: 'See the ice tables.', tags: ['ice'], days: 8 },
];

const DAY = 24 * 60 * 60 * 1_000;

/** Writes the library and the notes that are there at the beginning. */
export async function furnish({ data, library }: Folders): Promise<void> {
  const notebooks = path.join(data, 'notebooks');
  for (const folder of [library, notebooks]) await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(documents)) {
    await writeFile(path.join(library, file), text);
    const rawHash = createHash('sha256').update(text).digest('hex');
    const id = rawHash.slice(0, 32);
    const notes = seeds.flatMap((seed, index) => (seed.file === file ? makeNote(seed, text, index) : []));
    const notebook = { ...emptyNotebook(id, { paths: [], fileName: file, rawHash, history: [] }), notes };
    await writeFile(path.join(notebooks, `${id}.json`), JSON.stringify(notebook));
  }
}

/** Its anchor is of another reading of the file: the passage is found by its words. */
function makeNote({ quote, body, tags, days }: Seed, text: string, index: number): Note {
  const start = text.indexOf(quote);
  const at = new Date(Date.now() - days * DAY).toISOString();
  const end = start + quote.length;
  const context = { prefix: text.slice(Math.max(0, start - 20), start), suffix: text.slice(end, end + 6) };
  return {
    id: `01890000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    anchor: { start, end, exact: quote, ...context, textHash: '0'.repeat(64) },
    colour: 'yellow',
    body,
    tags,
    createdAt: at,
    modifiedAt: at,
    history: [],
  };
}

/** Runs `act` in the application on these folders; what the window received while `counted` was at work. */
export async function atDesk(
  folders: Folders,
  act: (desk: Desk, counted: (work: () => Promise<unknown>) => Promise<void>) => Promise<void>,
): Promise<Counts> {
  const window = await openWindow();
  const { page } = window;
  page.setDefaultTimeout(15_000);
  const host = await startHost(folders);
  let counts: Counts | undefined;
  try {
    await page.addInitScript(countInputs);
    await window.admit(host);
    await page.goto(host.address);
    const lectern = new Lectern(page);
    await lectern.option(HARBOUR).waitFor();
    await lectern.option(QUAY).waitFor();
    const tell = (isWriting: boolean) => page.evaluate((given) => void Object.assign(inputs, { isWriting: given }), isWriting);
    const desk: Desk = {
      window,
      lectern,
      async write(words) {
        await tell(true);
        await page.keyboard.type(words);
        await tell(false);
      },
      async press(...keys) {
        for (const key of keys) await page.keyboard.press(key);
      },
    };
    await act(desk, async (work) => {
      await page.evaluate(() => inputs.reset());
      await work();
      counts = await page.evaluate(() => inputs.read());
    });
  } finally {
    await window.close();
    await host.stop();
  }
  if (!counts) throw new Error('Nothing of this act was counted.');
  return counts;
}

declare const inputs: { reset(): void; read(): Counts };

/** In the page: counts what comes from mouse and keyboard, as the browser tells it. */
function countInputs(): void {
  const held = ['Shift', 'Control', 'Alt', 'Meta'];
  let counts = { clicks: 0, keys: 0, letters: 0 };
  const counter = {
    isWriting: false,
    reset() {
      counts = { clicks: 0, keys: 0, letters: 0 };
    },
    read: () => counts,
  };
  Object.assign(globalThis, { inputs: counter });
  addEventListener(
    'pointerdown',
    ({ isTrusted }) => {
      counts.clicks += Number(isTrusted);
    },
    { capture: true },
  );
  addEventListener(
    'keydown',
    ({ isTrusted, key }) => {
      if (!isTrusted || held.includes(key)) return;
      if (counter.isWriting) counts.letters += 1;
      else counts.keys += 1;
    },
    { capture: true },
  );
}
