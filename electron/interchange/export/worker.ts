import { parentPort } from 'node:worker_threads';
import { serveExport } from './serve-export';
import { openTexts } from './texts';

/** The worker thread of one export, so that no host's thread renders one. */
if (!parentPort) throw new Error('export-worker runs as a worker thread.');
serveExport(parentPort, openTexts);
