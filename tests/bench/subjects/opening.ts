import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bench } from '../harness/bench';
import { upTo, writeHtml, writeMarkdown, writeText } from '../harness/generate';
import { makeLibrary } from '../harness/library';
import { compare, median, ms, type Row } from '../harness/report';
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
      for (const document of documents) document.peer.push(await openByPeer(document));
    }
    return documents.flatMap((document): Row[] => {
      const { title, file, first, again, peer } = document;
      const alone = file.endsWith('.md') ? 'marked and innerHTML' : 'Chromium alone';
      return [
        ...(document === small ? [] : [compare(`${title}: click to first paint`, median(first), ms, 'a small text', median(small.first))]),
        ...(document === small
          ? []
          : [compare(`${title}: the same, opened again`, median(again), ms, 'a small text', median(small.again))]),
        compare(`${title}: click to first paint`, median(first), ms, alone, median(peer)),
      ];
    });
  },
};

async function writeDocuments({ work, paragraphs }: Bench): Promise<Opened[]> {
  const folder = path.join(work, 'to open');
  await mkdir(folder);
  const put = async (title: string, extension: string, write: (title: string, paragraphs: readonly string[]) => string, size: number) => {
    const file = path.join(folder, `${title}${extension}`);
    await writeFile(file, write(title, upTo(paragraphs, size)));
    return { title, file, first: [], again: [], peer: [] };
  };
  return [
    await put(SMALL, '.txt', writeText, 4_000),
    await put('A text of 6 MB', '.txt', writeText, 6_000_000),
    await put('Markdown of 3 MB', '.md', writeMarkdown, 2_900_000),
    await put('HTML of 5 MB', '.html', writeHtml, 4_200_000),
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

async function openByPeer({ file }: Opened): Promise<number> {
  const window = await openWindow();
  try {
    return await (file.endsWith('.md') ? drawMarkdown(window, await readFile(file, 'utf8')) : openInChromium(window, file));
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
