import { defineConfig } from 'vite';
import { nodeBundle, searchWorkerEntry } from './vite.shared.ts';

/** The worker threads of both hosts: `.vite/build/search-worker.cjs`. */
export default defineConfig(nodeBundle({ entries: searchWorkerEntry, format: 'cjs', electron: 'less' }));
