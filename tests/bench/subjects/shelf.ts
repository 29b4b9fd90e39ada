import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeBook } from '../../unit/formats/epub/make-book';
import { makePdf } from '../../unit/formats/pdf/make-pdf';
import type { Bench } from '../harness/bench';
import { upTo } from '../harness/generate';
import { createLibraries } from '../harness/libraries';
import { intake } from './intake';
import { measureSearch } from './search';
import type { Subject } from './subject';

/** Characters of a chapter, and chapters of a book. */
const CHAPTER = 40_000;
const CHAPTERS = 5;
const PAGES = 12;
const LINES = 48;
const LINE = 80;

/** Books and papers alone, as a shelf of them: taken in for the first time, and searched, as all documents are. */
export const shelf: Subject = {
  name: 'shelf',
  async measure(bench) {
    const work = path.join(bench.work, 'shelf');
    const own: Bench = { ...bench, work, files: await writeShelf(bench, work), texts: new Map() };
    const libraries = createLibraries(own);
    const taken = await intake.measure(own, libraries);
    const searched = await measureSearch(own, libraries, false);
    return {
      title: `${own.files.length} books and papers: taking them in, and searching them, p50 / p95`,
      rows: [...taken.rows, ...searched.rows],
    };
  },
};

/** As many papers as books, each with other words, into a folder that is made for them. */
async function writeShelf({ sizes, paragraphs }: Bench, work: string): Promise<string[]> {
  const folder = path.join(work, 'files');
  await mkdir(folder, { recursive: true });
  const letters = (text: string) =>
    text
      .replace(/[^ -~]/g, '')
      .replaceAll('&', '')
      .replaceAll('<', '');
  const files: string[] = [];
  for (let number = 0; number < sizes.books; number++) {
    const isBook = number % 2 === 0;
    const title = `${isBook ? 'Book' : 'Paper'} ${number + 1}`;
    const beginsAt = (number * 131) % Math.max(1, paragraphs.length - 1_000);
    const words = upTo(paragraphs.slice(beginsAt), CHAPTER * CHAPTERS).map(letters);
    const file = path.join(folder, `${title}${isBook ? '.epub' : '.pdf'}`);
    await writeFile(file, isBook ? bookOf(title, words) : paperOf(title, words.join(' ')));
    files.push(file);
  }
  return files;
}

function bookOf(title: string, paragraphs: readonly string[]): Uint8Array {
  const each = Math.ceil(paragraphs.length / CHAPTERS);
  const chapters = Array.from({ length: CHAPTERS }, (_, chapter) => [
    `c${chapter}`,
    `<h1>${title}, chapter ${chapter + 1}</h1>${paragraphs
      .slice(chapter * each, (chapter + 1) * each)
      .map((text) => `<p>${text}</p>`)
      .join('')}`,
  ]);
  return makeBook({ chapters: Object.fromEntries(chapters), metadata: `<dc:title>${title}</dc:title>` });
}

function paperOf(title: string, words: string): Uint8Array {
  const pages = Array.from({ length: PAGES }, (_, page) =>
    Array.from({ length: LINES }, (_, line) => {
      const from = (page * LINES + line) * LINE;
      return { text: words.slice(from, from + LINE), x: 30, y: 570 - line * 11.5, size: 8 };
    }),
  );
  return makePdf(pages, { info: { Title: title } });
}
