import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { builtInPolicy } from '../electron/site/security.ts';
import { rendererFolder, root } from '../electron/vite.shared.ts';

/** The page that both hosts serve. Nothing is inlined into it: its content security policy loads from its own origin only. */
export default defineConfig({
  root: path.join(root, 'renderer'),
  base: './',
  plugins: [react(), { name: 'policy', transformIndexHtml: (html) => html.replace('__POLICY__', builtInPolicy) }],
  clearScreen: false,
  logLevel: 'warn',
  build: {
    outDir: rendererFolder,
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4096,
  },
  worker: { format: 'es' },
});
