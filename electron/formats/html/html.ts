import { revisions } from '#formats/list';
import type { DocumentHead, DocumentSection } from '#model';
import { guessLanguage } from '#model';
import { readText } from '../decode/read-text';
import type { Format } from '../format';
import { tidyMetadata } from '../header';
import { toParts } from '../parts';
import { plainTextSections } from '../plain/plain-text';
import { drawPage } from './draw-page';
import { directionIn } from './elements';
import { readHtmlMetadata } from './metadata';
import { parseFacts } from './page-facts';
import { createPageParser, type HtmlElement, markupOf, type PageParser } from './tree';

/** HTML: parsed as browsers do, without scripts or style sheets. */
export const html: Format = {
  id: 'html',
  async *read(source, context) {
    const { text, encoding, notices } = await readText(source, context, 'html');
    const page = readPage(text);
    const head: DocumentHead = { part: 'head', revision: revisions.html, encoding, ...page.head, notices: [...notices, ...page.notices] };
    yield* toParts(head, page.sections, context.signal, page.endNotices);
  },
};

interface Page {
  head: Pick<DocumentHead, 'language' | 'direction' | 'metadata'>;
  sections: Iterable<DocumentSection | undefined>;
  notices: readonly string[];
  /** Filled as the sections come. */
  endNotices: readonly string[];
}

/** A page, or its markup as it is written when that was made to grow without end. */
function readPage(text: string): Page {
  const parser = createPageParser(markupOf(text));
  const { body, direction: stated, ...facts } = parseFacts(parser, text);
  if (parser.isOvergrown) {
    return {
      head: { metadata: {} },
      sections: plainTextSections(text, { start: 0, end: 0 }),
      notices: ['The markup of this page grows without end, so you see it as it is written.'],
      endNotices: [],
    };
  }
  const endNotices: string[] = [];
  const metadata = tidyMetadata(readHtmlMetadata(facts));
  const direction = directionIn(stated);
  return {
    head: {
      language: tidyMetadata({ language: facts.language }).language ?? metadata.language ?? guessLanguage(facts.sample),
      direction: direction === 'auto' ? undefined : direction,
      metadata,
    },
    sections: body ? drawAsFarAsItGoes(parser, body, direction !== undefined, endNotices) : [],
    notices: [],
    endNotices,
  };
}

/** The sections until the page grows without end. */
function* drawAsFarAsItGoes(
  parser: PageParser,
  body: HtmlElement,
  directed: boolean,
  notices: string[],
): Generator<DocumentSection | undefined> {
  yield* drawPage(parser, body, { directed });
  if (parser.isOvergrown) notices.push('The markup of this page grows without end, so you see only its beginning.');
}
