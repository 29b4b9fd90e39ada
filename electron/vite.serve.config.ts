import { defineConfig } from 'vite';
import { nodeBundle } from './vite.shared.ts';

/** The browser host: `.vite/build/serve.mjs`. */
export default defineConfig(nodeBundle({ entries: { serve: 'electron/serve.ts' }, format: 'es', electron: 'less' }));
