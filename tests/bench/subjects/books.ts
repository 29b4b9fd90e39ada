import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makeBook } from '../../unit/formats/epub/make-book';
import { makePdf } from '../../unit/formats/pdf/make-pdf';
import { picturedPdf } from '../../unit/formats/pdf/pictured-pdf';
import type { Bench } from '../harness/bench';
import { upTo } from '../harness/generate';
import type { Sign } from '../harness/in-page';
import { makeLibrary } from '../harness/library';
import { compare, median, megabytes, ms, type Row, state } from '../harness/report';
import { whileReady } from '../harness/running';
import { begun } from '../harness/signs';
import type { Window } from '../harness/window';
import { drawByFoliate, drawByPdfjs } from './book-peers';
import type { Subject } from './subject';

const CHAPTER = 100_000;
const CHAPTERS = 50;
const PAGES = 1_000;
const FEW_PAGES = 10;
/** Pixels of the picture on each page of papers with pictures: a thousand of them have 200 MB. */
const PICTURE = [280, 250] as const;
const FEW_PICTURES = 5;
const LINES = 48;
/** Characters of a line. */
const LINE = 80;
/** ms; a frame that takes longer was left out by the screen. */
const LATE = 33;

/** A page that is drawn, with text over it; and the text alone. */
const PAGE: Sign = { selector: '.page-sheet canvas', beside: '.page-text span' };
const PRINTED: Sign = { selector: '.page-text span' };

interface Opened {
  title: string;
  file: string;
  sign: Sign;
  times: number[];
  /** ms from the click until there is text. */
  textTimes: number[];
}

/** Books and papers: click to the first screen of a long one beside a short one, and beside pdf.js and foliate-js alone; a long one scrolled. One of 200 MB beside one of 1 MB. */
export const books: Subject = {
  name: 'books',
  async measure(bench) {
    const { book, chapter, long, short, large, small } = await writeAll(bench);
    const byPdfjs: number[] = [];
    const byFoliate: number[] = [];
    const frames: number[] = [];
    const memory: { before: number[]; after: number[] } = { before: [], after: [] };
    const ofLarge: typeof memory = { before: [], after: [] };
    for (let round = 0; round < bench.sizes.rounds; round += 1) {
      bench.say(`Opening books and papers, round ${round + 1}`);
      const files = [chapter, book, short, long, small, large].map(({ file }) => ({ file, notes: 0 }));
      const library = await makeLibrary(bench, `books-${round}`, files);
      await whileReady(library, async ({ window }) => {
        // What is loaded with the first of its kind is no document's.
        for (const document of [chapter, short, small]) await openAndLeave(window, document);
        for (const document of [book, chapter, long, short, large, small]) document.times.push(await openAndLeave(window, document));
        // Their lines are kept now, and the text comes from these.
        for (const document of [large, small]) document.textTimes.push(await openAndLeave(window, document, PRINTED));
        await open(window, large);
        ofLarge.before.push((await window.memory()) ?? Number.NaN);
        await window.page.evaluate((time) => inPage.scroll('.page-sheet', time), bench.sizes.scrolling);
        ofLarge.after.push((await window.memory()) ?? Number.NaN);
        await leave(window);
        await open(window, long);
        memory.before.push((await window.memory()) ?? Number.NaN);
        const duration = bench.sizes.scrolling;
        frames.push(...(await window.page.evaluate((time) => inPage.scroll('.page-sheet', time), duration)));
        memory.after.push((await window.memory()) ?? Number.NaN);
      });
      byPdfjs.push(await drawByPdfjs(long.file));
      byFoliate.push(await drawByFoliate(book.file));
    }
    const late = frames.filter((time) => time > LATE).length;
    const rows: Row[] = [
      compare(`${book.title}, click to its first chapter`, median(book.times), ms, 'its first chapter alone', median(chapter.times)),
      compare(
        `${book.title}, click to its first chapter`,
        median(book.times),
        ms,
        'foliate-js alone, from bytes to the chapter',
        median(byFoliate),
      ),
      compare(`${long.title}, click to its first page`, median(long.times), ms, `one of ${FEW_PAGES} pages`, median(short.times)),
      compare(`${long.title}, click to its first page`, median(long.times), ms, 'pdf.js alone, from bytes to the page', median(byPdfjs)),
      state(`Frames over ${LATE} ms while its pages are scrolled`, `${late} of ${frames.length}`),
      compare(`${large.title}, click to its first page`, median(large.times), ms, `one of ${FEW_PICTURES} pages`, median(small.times)),
      compare(
        `${large.title}, click to its first text`,
        median(large.textTimes),
        ms,
        `one of ${FEW_PICTURES} pages`,
        median(small.textTimes),
      ),
      compare(`Memory of the window after ${large.title} was scrolled`, median(ofLarge.after), megabytes, 'before', median(ofLarge.before)),
      compare('Memory of the window after it was scrolled', median(memory.after), megabytes, 'before', median(memory.before)),
    ];
    return { title: 'Books and papers', rows };
  },
};

async function writeAll({ work, paragraphs }: Bench): Promise<Record<'book' | 'chapter' | 'long' | 'short' | 'large' | 'small', Opened>> {
  const folder = path.join(work, 'books');
  await mkdir(folder);
  const put = async (title: string, ending: string, sign: Sign, bytes: Uint8Array): Promise<Opened> => {
    const file = path.join(folder, `${title}${ending}`);
    await writeFile(file, bytes);
    return { title, file, sign, times: [], textTimes: [] };
  };
  const chapters = (count: number, title: string) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `c${String(index).padStart(3, '0')}`,
        `<h1>${index === 0 ? title : `Chapter ${index + 1}`}</h1>${upTo(paragraphs.slice(index * 7), CHAPTER)
          .map((text) => `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`)
          .join('')}`,
      ]),
    );
  const bookOf = (title: string, count: number) =>
    put(title, '.epub', begun(title), makeBook({ chapters: chapters(count, title), metadata: `<dc:title>${title}</dc:title>` }));
  const words = paragraphs.join(' ').replace(/[^ -~]/g, '');
  const paperOf = (title: string, count: number) => {
    const pages = Array.from({ length: count }, (_, page) =>
      Array.from({ length: LINES }, (_, line) => {
        const from = ((page * LINES + line) * LINE) % (words.length - LINE);
        return { text: words.slice(from, from + LINE), x: 30, y: 570 - line * 11.5, size: 8 };
      }),
    );
    return put(title, '.pdf', PAGE, makePdf(pages, { info: { Title: title } }));
  };
  const picturedOf = async (title: string, count: number): Promise<Opened> => {
    const file = path.join(folder, `${title}.pdf`);
    const linesOf = (page: number) =>
      Array.from({ length: LINES / 2 }, (_, line) => {
        const from = ((page * LINES + line) * LINE) % (words.length - LINE);
        return { text: words.slice(from, from + LINE), x: 30, y: 570 - line * 11.5, size: 8 };
      });
    // Never in memory as a whole.
    await pipeline(Readable.from(picturedPdf({ pages: count, picture: PICTURE, linesOf, title })), createWriteStream(file));
    return { title, file, sign: PAGE, times: [], textTimes: [] };
  };
  const book = await bookOf(`A book of ${megabytes(CHAPTER * CHAPTERS)}`, CHAPTERS);
  return {
    book,
    chapter: await bookOf('A book of one chapter', 1),
    long: await paperOf(`A paper of ${PAGES} pages`, PAGES),
    short: await paperOf(`A paper of ${FEW_PAGES} pages`, FEW_PAGES),
    large: await picturedOf(`Pictures on ${PAGES} pages`, PAGES),
    small: await picturedOf(`Pictures on ${FEW_PICTURES} pages`, FEW_PICTURES),
  };
}

/** ms from the click to the first paint that has the sign; waits until all is drawn. */
async function open(window: Window, { title, sign: usual }: Opened, sign = usual): Promise<number> {
  const time = await window.click(window.page.getByRole('option', { name: title, exact: true }), sign);
  await window.waitFor({ gone: '[role=progressbar][aria-label="Opening the document"]' });
  return time;
}

/** The same; leaves it, so that its pages are not taken for those of the next one. */
async function openAndLeave(window: Window, document: Opened, sign?: Sign): Promise<number> {
  const time = await open(window, document, sign);
  await leave(window);
  return time;
}

async function leave(window: Window): Promise<void> {
  await window.page.keyboard.press('Control+2');
  await window.waitFor({ gone: '.reading-text' });
}
