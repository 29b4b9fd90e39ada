import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bench } from '../harness/bench';
import { upTo, writeHtml, writeMarkdown, writeText } from '../harness/generate';
import { makeLibrary } from '../harness/library';
import { compare, median, megabytes, ms, type Row } from '../harness/report';
import { whileReady } from '../harness/running';
import { begun, wholeDrawn } from '../harness/signs';
import { openWindow, type Window } from '../harness/window';
import type { Subject } from './subject';

/** A document, and what is measured of it: ms, a value for each round. */
interface Opened {
  title: string;
  file: string;
  first: number[];
  again: number[];
  peer: number[];
}

const SMALL = 'A small text';

/** How much of a document of a kind is its text. */
const TEXT = { '.txt': 1, '.md': 0.97, '.html': 0.84 } as const;

/** From a click to the first paint of a document: beside a small text, and beside Chromium, or marked and innerHTML, alone with the same file. */
export const opening: Subject = {
  name: 'opening',
  async measure(bench) {
    const documents = await writeDocuments(bench);
    const small = documents.filter(({ title }) => title === SMALL)[0];
    if (!small) throw new Error('There is no small text.');
    for (let round = 0; round < bench.sizes.rounds; round += 1) {
      bench.say(`Opening documents, round ${round + 1}`);
      await openInLectern(bench, round, documents);
      await openByPeers(documents);
    }
    const rows = documents.flatMap((document): Row[] => {
      const { title, file, first, again, peer } = document;
      const alone = file.endsWith('.md') ? 'marked and innerHTML' : 'Chromium alone';
      return [
        ...(document === small ? [] : [compare(`${title}, for the first time`, median(first), ms, 'a small text', median(small.first))]),
        ...(document === small ? [] : [compare(`${title}, again`, median(again), ms, 'a small text', median(small.again))]),
        compare(`${title}, for the first time`, median(first), ms, alone, median(peer)),
      ];
    });
    return { title: 'Opening a document: click to first paint', rows };
  },
};

async function writeDocuments({ work, paragraphs, sizes: { long } }: Bench): Promise<Opened[]> {
  const folder = path.join(work, 'to open');
  await mkdir(folder);
  const put = async (
    kind: string,
    extension: keyof typeof TEXT,
    write: (title: string, paragraphs: readonly string[]) => string,
    size: number,
  ) => {
    const title = kind === SMALL ? kind : `${kind} of ${megabytes(size)}`;
    const file = path.join(folder, `${title}${extension}`);
    await writeFile(file, write(title, upTo(paragraphs, size * TEXT[extension])));
    return { title, file, first: [], again: [], peer: [] };
  };
  return [
    await put(SMALL, '.txt', writeText, 4_000),
    await put('A text', '.txt', writeText, long),
    await put('Markdown', '.md', writeMarkdown, long / 2),
    await put('HTML', '.html', writeHtml, (long * 5) / 6),
  ];
}

/** Each round has a data folder of its own, so that each document is opened for the first time in it, and then once more. */
async function openInLectern(bench: Bench, round: number, documents: readonly Opened[]): Promise<void> {
  const other = { title: 'Another text', file: path.join(bench.work, 'Another text.txt') };
  await writeFile(other.file, writeText(other.title, upTo(bench.paragraphs, 4_000)));
  const library = await makeLibrary(
    bench,
    `opening-${round}`,
    [other, ...documents].map(({ file }) => ({ file, notes: 0 })),
  );
  await whileReady(library, async ({ window }) => {
    // What is loaded with the first document of all is no document's.
    await open(window, other.title);
    for (const turn of ['first', 'again'] as const) {
      for (const document of documents) {
        document[turn].push(await open(window, document.title));
        await open(window, other.title);
      }
    }
  });
}

/** ms from the click to the first paint; waits until all is drawn. */
async function open(window: Window, title: string): Promise<number> {
  const option = window.page.getByRole('option', { name: title, exact: true });
  const time = await window.click(option, begun(title));
  await window.waitFor(wholeDrawn(title));
  return time;
}

async function openByPeers(documents: readonly Opened[]): Promise<void> {
  const window = await openWindow();
  try {
    for (const { file, peer } of documents)
      peer.push(await (file.endsWith('.md') ? drawMarkdown(window, await readFile(file, 'utf8')) : openInChromium(window, file)));
  } finally {
    await window.close();
  }
}

async function openInChromium({ page }: Window, file: string): Promise<number> {
  await page.goto(pathToFileURL(file).href, { waitUntil: 'commit' });
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') resolve(startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
}

async function drawMarkdown({ page }: Window, text: string): Promise<number> {
  await page.goto('about:blank');
  await page.setContent('<main></main>');
  await page.addScriptTag({ path: path.resolve('node_modules/marked/lib/marked.umd.js') });
  return page.evaluate(async (markdown) => {
    const { marked } = globalThis as unknown as { marked: { parse(text: string): string } };
    const main = document.querySelector('main');
    const began = performance.now();
    if (main) main.innerHTML = marked.parse(markdown);
    await inPage.whenPainted({ selector: 'main > *' });
    return performance.now() - began;
  }, text);
}
