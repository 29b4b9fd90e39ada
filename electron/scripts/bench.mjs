import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkNode, root } from './check-node.mjs';

checkNode();
const { build, mergeConfig } = await import('vite');
const { nodeBundle } = await import('../vite.shared.ts');
const outDir = path.join(root, '.vite/bench');
const bundle = nodeBundle({ entries: { bench: 'tests/bench/index.ts' }, format: 'es', electron: 'less' });
// electron-store is bundled, for its alias of `electron`; the rest is found in node_modules.
const config = { configFile: false, ssr: { noExternal: ['electron-store'] }, build: { outDir } };
await build(mergeConfig({ ...bundle, ssr: { target: 'node' } }, config));
await import(pathToFileURL(path.join(outDir, 'bench.mjs')).href);
