import { readText } from '../decode/read-text';
import type { Format } from '../format';
import { toParts } from '../parts';
import { plainTextSections } from '../plain/plain-text';

export const markdown: Format = {
  id: 'markdown',
  revision: 2,
  async *read(source, context) {
    const { text, encoding, notices } = await readText(source, context, 'markdown');
    yield* toParts(
      { part: 'head', revision: markdown.revision, encoding, metadata: {}, notices },
      plainTextSections(text, { start: 0, end: 0 }),
      context.signal,
    );
  },
};
