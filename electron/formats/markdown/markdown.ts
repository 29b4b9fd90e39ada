import type { DocumentSection } from '#model';
import { guessLanguage } from '#model';
import { withinTime } from '../../time-limit';
import { readText } from '../decode/read-text';
import type { Format } from '../format';
import { readHeader } from '../header';
import { drawPage } from '../html/draw-page';
import { readPageFacts } from '../html/page-facts';
import { type HtmlElement, type PageParser, parseHtml, TooManyElements } from '../html/tree';
import { toParts } from '../parts';
import { plainTextSections } from '../plain/plain-text';
import { markdownToHtml } from './markdown-html';

/** ms of the thread's own time that a document's Markdown may take. */
const TIME_LIMIT = 3_000;

/** Markdown, with its front matter unseen before it. */
export const markdown: Format = {
  id: 'markdown',
  revision: 2,
  async *read(source, context) {
    const { text, encoding, notices } = await readText(source, context, 'markdown');
    const { header, metadata, notices: headerNotices } = readHeader(text, 'markdown');
    const body = readBody(text, header);
    yield* toParts(
      {
        part: 'head',
        revision: markdown.revision,
        language: metadata.language ?? guessLanguage(body.sample),
        encoding,
        metadata,
        notices: [...notices, ...headerNotices, ...body.notices],
      },
      body.sections,
      context.signal,
    );
  },
};

interface Body {
  sections: Iterable<DocumentSection | undefined>;
  /** The beginning of the text, by which its language is known. */
  sample: string;
  notices: string[];
}

/** UTF-16 code units of Markdown by which its language is known where it cannot be laid out. */
const SAMPLE = 5_000;

/** What follows the header, laid out, or as it is written where that takes too long. */
function readBody(text: string, header: { start: number; end: number }): Body {
  const laidOut = layOut(text.slice(header.end));
  if (typeof laidOut === 'string') {
    return { sections: plainTextSections(text, header), sample: text.slice(header.end, header.end + SAMPLE), notices: [laidOut] };
  }
  const { parser, body, sample } = laidOut;
  // The break at its end stands between it and the text.
  const frontMatter = text.slice(0, header.end).replace(/\r?\n$/, '');
  return { sections: body ? drawPage(parser, body, { directed: false, header: frontMatter }) : [], sample, notices: [] };
}

const TOO_DEEP = 'This Markdown is nested too deep to lay out, so you see it as it is written.';

/** Quotes and lists within one another, of which each takes room from its lines: in more than this there is none left. */
const MOST_NESTED = 60;

function isTooDeep(html: string): boolean {
  let depth = 0;
  for (const [, closes] of html.matchAll(/<(\/?)(?:blockquote|[ou]l)\b/g)) {
    depth += closes ? -1 : 1;
    if (depth > MOST_NESTED) return true;
  }
  return false;
}

/** The page that Markdown makes, or why there is none, in a sentence for the reader. */
function layOut(source: string): { parser: PageParser; body: HtmlElement | undefined; sample: string } | string {
  try {
    const html = withinTime(TIME_LIMIT, () => markdownToHtml(source))?.value;
    if (html === undefined) return 'This Markdown takes too long to lay out, so you see it as it is written.';
    if (isTooDeep(html)) return TOO_DEEP;
    const parser = parseHtml(`<!doctype html><body>${html}`);
    return { parser, ...readPageFacts(parser.page) };
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TooManyElements)) throw error;
    return TOO_DEEP;
  }
}
