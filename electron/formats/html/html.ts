import { readText } from '../decode/read-text';
import type { Format } from '../format';
import { toParts } from '../parts';
import { plainTextSections } from '../plain/plain-text';

export const html: Format = {
  id: 'html',
  revision: 2,
  async *read(source, context) {
    const { text, encoding, notices } = await readText(source, context, 'html');
    yield* toParts(
      { part: 'head', revision: html.revision, encoding, metadata: {}, notices },
      plainTextSections(text, { start: 0, end: 0 }),
      context.signal,
    );
  },
};
