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
import { createPageParser, TooManyElements } from './tree';

/** HTML: parsed as browsers do, without scripts or style sheets. */
export const html: Format = {
  id: 'html',
  revision: 2,
  async *read(source, context) {
    const { text, encoding, notices } = await readText(source, context, 'html');
    const page = readPage(text);
    const head: DocumentHead = { part: 'head', revision: html.revision, encoding, ...page.head, notices: [...notices, ...page.notices] };
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
  try {
    const parser = createPageParser(text);
    const { body, direction: stated, ...facts } = parseFacts(parser, text);
    const endNotices: string[] = [];
    const metadata = tidyMetadata(readHtmlMetadata(facts));
    const direction = directionIn(stated);
    return {
      head: {
        language: tidyMetadata({ language: facts.language }).language ?? metadata.language ?? guessLanguage(facts.sample),
        direction: direction === 'auto' ? undefined : direction,
        metadata,
      },
      sections: body ? drawAsFarAsItGoes(drawPage(parser, body, { directed: direction !== undefined }), endNotices) : [],
      notices: [],
      endNotices,
    };
  } catch (error) {
    if (!(error instanceof TooManyElements)) throw error;
    return {
      head: { metadata: {} },
      sections: plainTextSections(text, { start: 0, end: 0 }),
      notices: ['The markup of this page grows without end, so you see it as it is written.'],
      endNotices: [],
    };
  }
}

/** The sections until the page grows without end. */
function* drawAsFarAsItGoes(sections: Iterable<DocumentSection | undefined>, notices: string[]): Generator<DocumentSection | undefined> {
  try {
    yield* sections;
  } catch (error) {
    if (!(error instanceof TooManyElements)) throw error;
    notices.push('The markup of this page grows without end, so you see only its beginning.');
  }
}
