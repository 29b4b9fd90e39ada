import { Readability } from '@mozilla/readability';
import { Defuddle } from 'defuddle/node';
import { parseHTML } from 'linkedom';
import type { DocumentPart } from '#model';
import { readDate } from '../../../electron/formats/dates';
import { decodeBytes } from '../../../electron/formats/decode/decode';
import { readFacts } from '../../../electron/formats/facts';
import { documentBytes } from '../../../electron/formats/format';
import { readerOf } from '../../../electron/formats/registry';
import type { Article } from './evaluation';

/** Makes an article of a page, and tells how many ms that took. */
export type ReadArticle = (bytes: Uint8Array, name: string) => Promise<{ article: Article; time: number }>;

/** Lectern, readability and defuddle; the libraries with the DOM that defuddle brings, their articles read as the page they are. */
export const readers: readonly (readonly [string, ReadArticle])[] = [
  ['Lectern', readWithLectern],
  ['@mozilla/readability', readWithReadability],
  ['defuddle', readWithDefuddle],
];

async function readWithLectern(bytes: Uint8Array, name: string): Promise<{ article: Article; time: number }> {
  const began = performance.now();
  const { article, title, author = '', date = '' } = await readPage(bytes, name);
  return { article: { text: article, title, author, date }, time: performance.now() - began };
}

interface ReadPage {
  /** The text that is shown at first, and all of it. */
  article: string;
  whole: string;
  title: string;
  author?: string | undefined;
  date?: string | undefined;
}

async function readPage(bytes: Uint8Array, name: string): Promise<ReadPage> {
  const reader = await readerOf('html');
  const shown: string[] = [];
  let start = 0;
  const see = (part: DocumentPart): void => {
    if (part.part !== 'section') return;
    let from = start;
    for (const [outside, end] of part.outside ?? []) {
      shown.push(part.text.slice(from - start, outside - start), '\n');
      from = end;
    }
    shown.push(part.text.slice(from - start));
    start += part.text.length;
  };
  const parts = reader.read(documentBytes(bytes, name), { signal: new AbortController().signal });
  const { head, titles, text } = await readFacts(parts, { format: 'html', fileName: name }, see);
  return {
    article: shown.join(''),
    whole: text,
    title: head.metadata.title ?? titles[0],
    author: head.metadata.author,
    date: head.metadata.date,
  };
}

/** The text of what a library gives as HTML, its blocks apart as in a page. */
async function textOf(html: string): Promise<string> {
  // All of it: what a library leaves in its article is not taken out of it here.
  const { whole } = await readPage(new TextEncoder().encode(html === '' ? ' &nbsp; ' : html), 'article');
  return whole;
}

async function readWithReadability(bytes: Uint8Array): Promise<{ article: Article; time: number }> {
  const began = performance.now();
  const { document } = parseHTML(decodeBytes(bytes, undefined, 'html').text);
  const found = new Readability(document).parse();
  const time = performance.now() - began;
  const { content, title, byline, publishedTime } = found ?? {};
  return {
    article: { text: await textOf(content ?? ''), title: title ?? '', author: byline ?? '', date: readDate(publishedTime) ?? '' },
    time,
  };
}

async function readWithDefuddle(bytes: Uint8Array): Promise<{ article: Article; time: number }> {
  const began = performance.now();
  const { document } = parseHTML(decodeBytes(bytes, undefined, 'html').text);
  const { content, title, author, published } = await Defuddle(document, undefined, { useAsync: false });
  const time = performance.now() - began;
  return { article: { text: await textOf(content), title, author, date: readDate(published) ?? '' }, time };
}
