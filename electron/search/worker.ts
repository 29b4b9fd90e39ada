import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { decodeBytes } from '../formats/decode/decode';
import { extractText } from '../formats/extract-text';
import { serveSearch } from './engine';

/** Search's worker thread: what `library` reads, `search` searches. It is composed here, as modules do not import each other. */
if (!parentPort) throw new Error('search-worker runs as a worker thread.');
serveSearch(parentPort, async ({ path, format, encoding }) =>
  extractText(decodeBytes(await readFile(path), encoding, format).text, format),
);
