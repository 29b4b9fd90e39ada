import path from 'node:path';
import { build } from 'vite';
import { root } from '../vite.shared.ts';

/** Builds the renderer at every change. Resolves when it watches. */
export async function watchRenderer(): Promise<void> {
  // Old files stay: a page that is being loaded may still ask for them.
  await build({ configFile: path.join(root, 'renderer/vite.config.ts'), build: { watch: {}, emptyOutDir: false } });
}
