import { setImmediate } from 'node:timers/promises';
import { largestDocument, revisions } from '#formats/list';
import type { DocumentHead, DocumentSection } from '#model';
import { guessLanguage } from '#model';
import { withinTime } from '../../time-limit';
import { readText } from '../decode/read-text';
import type { DocumentBytes, Format } from '../format';
import { documentBytes } from '../format';
import { tidyMetadata } from '../header';
import { toParts } from '../parts';
import { plainTextSections } from '../plain/plain-text';
import { type Article, findArticle } from './article/find-article';
import { findHeading } from './article/page-heading';
import { type PageSays, readPageSays } from './article/page-says';
import { drawPage, type PageOptions } from './draw-page';
import { directionIn } from './elements';
import { resolveLinks } from './links';
import { readHtmlMetadata } from './metadata';
import { readWebArchive, type WebArchive } from './mhtml';
import { type PageFacts, parseFacts, sampleOf } from './page-facts';
import { drawTex } from './tex';
import { restoreFormulas } from './tex-formulas';
import { createPageParser, type HtmlElement, markupOf, type PageParser } from './tree';
import { uncover } from './uncover';
import { restoreWordStructure } from './word';
import { isXhtml, xhtmlAsHtml } from './xhtml';

/** HTML: parsed as browsers do, without scripts or style sheets. */
export const html: Format = {
  id: 'html',
  async *read(source, context) {
    const archive = await openArchive(source);
    const file = archive ? documentBytes(archive.html, source.fileName) : source;
    const chosen = context.encoding ?? archive?.charset;
    const { text, encoding, notices } = await readText(file, { ...context, ...(chosen !== undefined && { encoding: chosen }) }, 'html');
    const page = await readPage(isXhtml(text) ? xhtmlAsHtml(text) : text, archive, context.signal);
    const head: DocumentHead = { part: 'head', revision: revisions.html, encoding, ...page.head, notices: [...notices, ...page.notices] };
    yield* toParts(head, page.sections, context.signal, page.endNotices);
  },
};

/** Bytes by which a web archive is known. */
const BEGINNING = 4_096;

/** A file as a web archive; `undefined` for a page that is by itself. */
async function openArchive(source: DocumentBytes): Promise<WebArchive | undefined> {
  if (source.size > largestDocument('html')) return undefined;
  const beginning = Buffer.from(await source.read(0, Math.min(source.size, BEGINNING))).toString('latin1');
  return /^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*content-type:\s*multipart\/related\b/i.test(beginning)
    ? readWebArchive(await source.read(0, source.size))
    : undefined;
}

interface Page {
  head: Pick<DocumentHead, 'language' | 'direction' | 'metadata' | 'hasArticle'>;
  sections: Iterable<DocumentSection | undefined>;
  notices: readonly string[];
  /** Filled as the sections come. */
  endNotices: readonly string[];
}

/** A page, or its markup as it is written when that was made to grow without end. */
async function readPage(text: string, archive: WebArchive | undefined, signal: AbortSignal): Promise<Page> {
  const parser = createPageParser(markupOf(text));
  const { body, direction: stated, ...facts } = parseFacts(parser, text, archive?.address);
  if (parser.isOvergrown) {
    return {
      head: { metadata: {} },
      sections: plainTextSections(text, { start: 0, end: 0 }),
      notices: ['The markup of this page grows without end, so you see it as it is written.'],
      endNotices: [],
    };
  }
  const isWhole = await parseWhole(parser, signal);
  const isUncovered = body !== undefined && isWhole && uncover(body);
  if (body && isWhole) {
    restoreWordStructure(body);
    restoreFormulas(parser.page);
    resolveLinks(body, facts);
  }
  const { article, says } = (body && isWhole && understand(body, facts)) || {};
  const endNotices: string[] = [];
  const metadata = tidyMetadata(readHtmlMetadata(facts, says));
  const direction = directionIn(stated);
  return {
    head: {
      language:
        tidyMetadata({ language: facts.language }).language ??
        metadata.language ??
        guessLanguage(isUncovered ? sampleOf(body) : facts.sample),
      direction: direction === 'auto' ? undefined : direction,
      metadata,
      ...(article && { hasArticle: true }),
    },
    sections: body
      ? drawAsFarAsItGoes(
          parser,
          body,
          { directed: direction !== undefined, outside: article?.outside, pictureAt: archive?.pictureAt, drawTex },
          endNotices,
        )
      : [],
    notices: [],
    endNotices,
  };
}

/** A longer page is shown as it comes, as the whole that it is: elements, and UTF-16 code units of text. */
const LONGEST = { elements: 60_000, units: 1_500_000 };
/** Of a page that seems to be this many times as long, this share of the longest is parsed before the first is shown. */
const FAR_LONGER = 2;
const TELLING = 1 / 4;
/** ms of the thread's own time in which an article is found, or all is shown. */
const TIME_LIMIT = 500;

/** The article of a page and what a reader sees said there of it; `undefined` where that takes too long. */
const understand = (
  body: HtmlElement,
  { title, language }: Pick<PageFacts, 'title' | 'language'>,
): { article?: Article | undefined; says?: PageSays } =>
  withinTime(TIME_LIMIT, () => {
    const heading = findHeading(body, title);
    const article = findArticle(body, heading);
    return { article, says: readPageSays(body, article?.title ?? heading, language) };
  })?.value ?? {};

/** Parses a page to its end; `false` for one that is too long for that. Other work of the thread has its turn between two pieces. */
async function parseWhole(parser: PageParser, signal: AbortSignal): Promise<boolean> {
  while (!parser.isDone) {
    if (isTooLong(parser)) return false;
    parser.feed();
    await setImmediate();
    signal.throwIfAborted();
  }
  return !parser.isOvergrown;
}

/** It is longer than is parsed as a whole, or by what there is of it will be so by far. */
function isTooLong({ elements, units, length, parsed }: PageParser): boolean {
  const share = Math.max(elements / LONGEST.elements, units / LONGEST.units);
  return share > 1 || (share > TELLING && (share * length) / parsed > FAR_LONGER);
}

/** The sections until the page grows without end. */
function* drawAsFarAsItGoes(
  parser: PageParser,
  body: HtmlElement,
  options: PageOptions,
  notices: string[],
): Generator<DocumentSection | undefined> {
  yield* drawPage(parser, body, options);
  if (parser.isOvergrown) notices.push('The markup of this page grows without end, so you see only its beginning.');
}
