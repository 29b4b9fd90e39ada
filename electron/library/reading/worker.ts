import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { readerOf } from '../../formats/registry';
import { tellSilence } from '../../time-limit';
import { openModels } from './models';
import { serveReading } from './serve-reading';

/**
 * The worker thread that reads the documents which are opened, so that neither a host's thread nor the page parses one. `workerData` is where
 * their models are kept.
 */
if (!parentPort) throw new Error('reading-worker runs as a worker thread.');
const port = parentPort;
const models = openModels({
  folder: String(workerData),
  // This bundle names its other parts by hashes of what is in them.
  version: hash('sha256', readFileSync(import.meta.filename)),
  warn: (message) => port.postMessage({ type: 'warning', message }),
});
// pdf.js leaves promises behind where a file is damaged: what else the thread reads must not end with it.
process.on('unhandledRejection', (reason) =>
  port.postMessage({ type: 'warning', message: `A promise failed and nothing waited for it: ${String(reason)}` }),
);
// On a busy machine it may be long until work has had its time, and the thread is not stuck meanwhile.
tellSilence((silentFor) => port.postMessage({ type: 'alive', silentFor }));
serveReading(port, readerOf, models);
