import { parentPort } from 'node:worker_threads';
import { readerOf } from '../../formats/registry';
import { serveReading } from './serve-reading';

/** The worker thread that reads the documents which are opened, so that neither a host's thread nor the page parses one. */
if (!parentPort) throw new Error('reading-worker runs as a worker thread.');
serveReading(parentPort, readerOf);
