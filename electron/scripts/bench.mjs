import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { checkNode, root } from './check-node.mjs';

checkNode();
const { build, mergeConfig } = await import('vite');
const { nodeBundle } = await import('../vite.shared.ts');
const outDir = path.join(root, '.vite/bench');
const entriesOf = {
  faults: { faults: 'tests/bench/faults/index.ts', 'faults-child': 'tests/bench/faults/child.ts' },
  anchors: { anchors: 'tests/bench/anchors/index.ts' },
  changed: { changed: 'tests/bench/anchors/changed.ts' },
  revisions: { revisions: 'tests/bench/anchors/revisions.ts' },
  articles: { articles: 'tests/bench/articles/index.ts' },
  pdf: { pdf: 'tests/bench/pdf/index.ts' },
  epub: { epub: 'tests/bench/epub/index.ts' },
  formats: { formats: 'tests/bench/formats/index.ts' },
  hits: { hits: 'tests/bench/hits/index.ts' },
  acts: { acts: 'tests/bench/acts/index.ts' },
  bench: { bench: 'tests/bench/index.ts', 'hand-server': 'tests/bench/subjects/hand-server.ts' },
};
const named = ['faults', 'anchors', 'changed', 'revisions', 'articles', 'pdf', 'epub', 'formats', 'hits', 'acts'];
const chosen = named.find((name) => process.argv.includes(`--${name}`)) ?? 'bench';
const entries = entriesOf[chosen];
const { browserHost, buildStale } = await import('./build-stale.ts');
await buildStale(browserHost);
const bundle = nodeBundle({ entries, format: 'es', electron: 'less' });
// electron-store is bundled, for its alias of `electron`; the rest is found in node_modules.
const config = { configFile: false, ssr: { noExternal: ['electron-store'] }, build: { outDir } };
await build(mergeConfig({ ...bundle, ssr: { target: 'node' } }, config));
await import(pathToFileURL(path.join(outDir, `${chosen}.mjs`)).href);
