import { builtinModules } from 'node:module';
import path from 'node:path';
import type { UserConfig } from 'vite';

/** The repository's root, absolute. */
export const root = path.resolve(import.meta.dirname, '..');

/** Where the bundles for Node and for Electron's main process go, absolute. */
export const buildFolder = path.join(root, '.vite/build');

/** Where the renderer's bundle goes; Forge's Vite plugin puts its renderer `main_window` in the same place. */
export const rendererFolder = path.join(root, '.vite/renderer/main_window');

/** Bundles for plain Node find this in place of the `electron` module. */
export const electronLess = { electron: path.join(root, 'electron/electron-less.ts') };

/** What the worker threads are built of: `reading-worker.cjs` and so on. */
export const workerEntries = {
  'reading-worker': 'electron/library/reading/worker.ts',
  'search-worker': 'electron/search/worker.ts',
  'export-worker': 'electron/interchange/export/worker.ts',
};

interface NodeBundle {
  /** Source files, relative to the root, by the name of what is built of them. */
  entries: Record<string, string>;
  /** `cjs` for what Electron loads (its preload cannot be ESM, and a worker in an asar is safest so). */
  format: 'es' | 'cjs';
  /** `external` for what Electron itself runs. */
  electron: 'external' | 'less';
}

/**
 * The Vite configuration of a bundle for Node: everything in it but Node's own modules. It names its own entries and
 * outputs, so that it is the same when Forge's Vite plugin merges it into its own (hence `lib: false`).
 */
export function nodeBundle({ entries, format, electron }: NodeBundle): UserConfig {
  const extension = format === 'es' ? 'mjs' : 'cjs';
  const builtins = builtinModules.flatMap((name) => [name, `node:${name}`]);
  return {
    root,
    clearScreen: false,
    logLevel: 'warn',
    resolve: { alias: electron === 'less' ? electronLess : {} },
    ssr: { noExternal: true, target: 'node', external: electron === 'external' ? ['electron'] : [] },
    build: {
      ssr: true,
      lib: false,
      target: 'node24',
      outDir: buildFolder,
      emptyOutDir: false,
      copyPublicDir: false,
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        // Else every module's path on the building machine goes into the bundle.
        experimental: { attachDebugInfo: 'none' },
        // Importing one of these does nothing by itself: what a thread does not use of them is not in its bundle, and zod neither.
        treeshake: { moduleSideEffects: [{ test: /[/\\]electron[/\\](?:api|model|formats)[/\\]/, sideEffects: false }] },
        external: electron === 'external' ? [...builtins, 'electron', 'electron/main', 'electron/renderer'] : builtins,
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path.join(root, file)])),
        output: {
          format,
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `[name]-[hash].${extension}`,
        },
      },
    },
  };
}
