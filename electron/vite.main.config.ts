import { defineConfig } from 'vite';
import { nodeBundle } from './vite.shared.ts';

/** Electron's main process: `.vite/build/main.cjs`. */
export default defineConfig(nodeBundle({ entries: { main: 'electron/main.ts' }, format: 'cjs', electron: 'external' }));
