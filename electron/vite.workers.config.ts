import { defineConfig } from 'vite';
import { nodeBundle, workerEntries } from './vite.shared.ts';

/** The worker threads of both hosts: `.vite/build/reading-worker.cjs` and so on. */
export default defineConfig(nodeBundle({ entries: workerEntries, format: 'cjs', electron: 'less' }));
