import { hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { DocumentPart } from '#model';
import type { Format } from '../../../../electron/formats/format';
import { UnreadableDocument } from '../../../../electron/formats/unreadable';
import { serveReading } from '../../../../electron/library/reading/serve-reading';

/**
 * A reading thread with a reader of its own: a section for each line. A line `!die` ends the thread,
 * `!reject` and `!bug` fail, and `!busy` at the beginning holds the thread for good.
 */
const lines: Format = {
  id: 'text',
  async *read(source, { signal }): AsyncGenerator<DocumentPart> {
    if (new TextDecoder().decode(await source.read(0, 5)) === '!busy') for (;;);
    yield { part: 'head', revision: 1, metadata: {}, notices: [] };
    const text = new TextDecoder().decode(await source.read(0, source.size));
    const rows = text.split(/(?<=\n)/);
    for (const row of rows) {
      signal.throwIfAborted();
      if (row.startsWith('!die')) process.exit(7);
      if (row.startsWith('!bug')) throw new Error('a bug');
      if (row.startsWith('!reject')) throw new UnreadableDocument('document-binary', 'It is no such document.');
      yield { part: 'section', text: row, nodes: [row.length], blocks: [], headings: [], targets: [], progress: 0.5 };
    }
    yield { part: 'end', textHash: hash('sha256', text), length: text.length, notices: [] };
  },
};

if (parentPort) serveReading(parentPort, async () => lines);
