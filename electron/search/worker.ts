import { parentPort } from 'node:worker_threads';
import { serveSearch } from './engine';

/** Search's worker thread: it keeps the index and answers from it. */
if (!parentPort) throw new Error('search-worker runs as a worker thread.');
serveSearch(parentPort);
