import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { documentText } from '../formats/document-text';
import { readerOf } from '../formats/registry';
import { serveSearch } from './engine';

/** Search's worker thread: it searches the text that is shown, as the readers of the formats give it. */
if (!parentPort) throw new Error('search-worker runs as a worker thread.');
const { signal } = new AbortController();
serveSearch(parentPort, async ({ path: file, format, encoding }) => {
  const bytes = await readFile(file);
  const source = {
    size: bytes.length,
    fileName: path.basename(file),
    read: async (start: number, end: number) => bytes.subarray(start, end),
  };
  return documentText(await readerOf(format), source, { encoding, signal });
});
