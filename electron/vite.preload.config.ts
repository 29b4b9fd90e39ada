import { defineConfig } from 'vite';
import { nodeBundle } from './vite.shared.ts';

/** The preload script of Electron's window: `.vite/build/preload.cjs`. */
export default defineConfig(nodeBundle({ entries: { preload: 'electron/preload.ts' }, format: 'cjs', electron: 'external' }));
