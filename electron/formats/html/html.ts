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
import { readPageFacts } from './page-facts';
import { parseHtml, TooManyElements } from './tree';

/** HTML: parsed as browsers do, without scripts or style sheets. */
export const html: Format = {
  id: 'html',
  revision: 2,
  async *read(source, context) {
    const { text, encoding, notices } = await readText(source, context, 'html');
    const page = readPage(text);
    const head: DocumentHead = { part: 'head', revision: html.revision, encoding, ...page.head, notices: [...notices, ...page.notices] };
    yield* toParts(head, page.sections, context.signal);
  },
};

interface Page {
  head: Pick<DocumentHead, 'language' | 'direction' | 'metadata'>;
  sections: Iterable<DocumentSection>;
  notices: string[];
}

/** A page, or its markup as it is written when that was made to grow without end. */
function readPage(text: string): Page {
  try {
    const { body, direction: stated, ...facts } = readPageFacts(parseHtml(text));
    const metadata = tidyMetadata(readHtmlMetadata(facts));
    const direction = directionIn(stated);
    return {
      head: {
        language: tidyMetadata({ language: facts.language }).language ?? metadata.language ?? guessLanguage(facts.sample),
        direction: direction === 'auto' ? undefined : direction,
        metadata,
      },
      sections: body ? drawPage(body, { directed: direction !== undefined }) : [],
      notices: [],
    };
  } catch (error) {
    if (!(error instanceof TooManyElements)) throw error;
    return {
      head: { metadata: {} },
      sections: plainTextSections(text, { start: 0, end: 0 }),
      notices: ['The markup of this page grows without end, so you see it as it is written.'],
    };
  }
}
