import { parentPort } from 'node:worker_threads';
import { serveExport } from './serve-export';

/** The worker thread of one export, so that no host's thread renders one. */
if (!parentPort) throw new Error('export-worker runs as a worker thread.');
const port = parentPort;
// pdf.js leaves promises behind where a file is damaged: a copy of another one must not end with it.
process.on('unhandledRejection', (reason) =>
  port.postMessage({ type: 'warning', message: `A promise failed and nothing waited for it: ${String(reason)}` }),
);
serveExport(port);
