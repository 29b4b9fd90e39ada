import { revisions } from '#formats/list';
import type { DocumentSection } from '#model';
import { guessLanguage } from '#model';
import { readDate } from '../dates';
import { readText } from '../decode/read-text';
import type { Format } from '../format';
import { readHeader, tidyMetadata } from '../header';
import { drawPage } from '../html/draw-page';
import { readPageFacts } from '../html/page-facts';
import { drawTex } from '../html/tex';
import { createPageParser } from '../html/tree';
import { goOn } from '../join-sections';
import { toParts } from '../parts';
import { plainTextSections } from '../plain/plain-text';
import { createGuardedMarkup } from './guarded-markup';
import { drawProperties, type Property, saysMore } from './properties';
import { tagsInText } from './text-tags';

/** Markdown, with its front matter before it: a list of properties. */
export const markdown: Format = {
  id: 'markdown',
  async *read(source, context) {
    const { text, encoding, notices } = await readText(source, context, 'markdown');
    const { header, metadata: stated, properties = [], notices: headerNotices } = readHeader(text, 'markdown');
    const metadata = tidyMetadata({
      ...stated,
      date: stated.date ?? dateInName(source.fileName),
      subjects: [...(stated.subjects ?? []), ...tagsInText(text.slice(header.end))],
    });
    const body = readBody(text, header, properties);
    yield* toParts(
      {
        part: 'head',
        revision: revisions.markdown,
        language: metadata.language ?? guessLanguage(body.sample),
        encoding,
        metadata,
        notices: [...notices, ...headerNotices, ...body.notices],
      },
      body.sections,
      context.signal,
      body.endNotices,
    );
  },
};

/** At the top of its site: where that lies in the library folder is found by the names behind it. */
const withoutTop = (address: string): string => address.replace(/^\/(?!\/)/, '');

/** The day in front of a file’s name, as Jekyll’s posts and daily notes have it. */
const dateInName = (fileName: string): string | undefined => readDate(/^\d{4}-\d{2}-\d{2}(?![\d-]*\d)/.exec(fileName)?.[0]);

interface Body {
  sections: Iterable<DocumentSection | undefined>;
  /** The beginning of the text, by which its language is known. */
  sample: string;
  notices: readonly string[];
  /** Filled as the sections come. */
  endNotices: readonly string[];
}

/** UTF-16 code units of text by which its language is known. */
const SAMPLE = 5_000;

/** What follows the header, laid out as it is needed, or as it is written where its beginning cannot be laid out. */
function readBody(text: string, header: { start: number; end: number }, properties: readonly Property[]): Body {
  const markup = createGuardedMarkup(text.slice(header.end));
  const parser = createPageParser(markup);
  let facts = readPageFacts(parser.page);
  while (!parser.isDone && facts.sample.length < SAMPLE) {
    parser.feed();
    facts = readPageFacts(parser.page);
  }
  if (parser.isOvergrown) markup.giveUp('is nested too deep');
  const { body, sample } = facts;
  if (markup.fault !== undefined) {
    return {
      sections: plainTextSections(text, header),
      sample: text.slice(header.end, header.end + SAMPLE),
      notices: [`This Markdown ${markup.fault} to lay out, so you see it as it is written.`],
      endNotices: [],
    };
  }
  // The break at its end stands between it and the text.
  const frontMatter = text.slice(0, header.end).replace(/\r?\n$/, '');
  const isAlone = text.slice(header.end).trim() === '';
  const headerNodes = saysMore(frontMatter, properties) ? [drawProperties(frontMatter, properties, isAlone)] : undefined;
  const endNotices: string[] = [];
  function* sections(): Generator<DocumentSection | undefined> {
    let drawn = 0;
    for (const section of body
      ? drawPage(parser, body, { directed: false, header: { text: frontMatter, nodes: headerNodes }, drawTex, besideOf: withoutTop })
      : []) {
      drawn += section?.text.length ?? 0;
      yield section;
    }
    if (parser.isOvergrown) markup.giveUp('is nested too deep');
    if (markup.fault === undefined) return;
    endNotices.push(`The rest of this Markdown ${markup.fault} to lay out, so you see it as it is written.`);
    for (const section of goOn(drawn, plainTextSections(markup.rest, { start: 0, end: 0 }))) yield section && { ...section, progress: 1 };
  }
  return { sections: sections(), sample, notices: [], endNotices };
}
