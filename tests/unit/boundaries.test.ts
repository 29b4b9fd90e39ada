import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../electron/vite.shared';
import { changesStore, explainCrossing, inCircles, listImports } from './boundaries';

const files = await Array.fromAsync(glob('{electron,renderer}/**/*.{ts,tsx,mts}', { cwd: root }), (file) => file.split(path.sep).join('/'));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

describe('the boundaries between modules', () => {
  it('are crossed by no import', () => {
    expect(files.length).toBeGreaterThan(50);
    const crossings = files.flatMap((file) => listImports(read(file)).flatMap((specifier) => explainCrossing(file, specifier) ?? []));
    expect(crossings).toEqual([]);
  });

  it('keep window.lectern to the bridge', () => {
    const readers = files.filter((file) => /window\.lectern\b/.test(read(file)));
    expect(readers).toEqual(['renderer/bridge.ts']);
  });

  it('lead no module back to itself', () => {
    expect(inCircles(new Map(files.map((file) => [file, read(file)])))).toEqual([]);
    const circle = [
      ['electron/model/index.ts', "export * from './a';"],
      ['electron/model/a.ts', "import { b } from './b';"],
      ['electron/model/b.ts', "import { a } from '#model';"],
      ['electron/model/c.ts', "import { a } from './a';\nimport type { D } from './d';"],
      ['electron/model/d.ts', "import { c } from './c';"],
    ] as const;
    expect(inCircles(new Map(circle))).toEqual(['electron/model/index.ts', 'electron/model/a.ts', 'electron/model/b.ts']);
  });

  it('have the window’s store changed by actions, the start and sync alone', () => {
    const changers = files.filter((file) => file.startsWith('renderer/') && changesStore(read(file)));
    expect(changers.filter((file) => !/^renderer\/(state|sync)\//.test(file))).toEqual([]);
    expect(changers).toContain('renderer/state/actions/find.ts');
    expect(changesStore("import { getState, setState } from '../../state/store';")).toBe(true);
    expect(changesStore('store.setState({ find: undefined });')).toBe(true);
    expect(changesStore("import { getState } from '../../state/store';\nthis.setState({ broke: true });")).toBe(false);
  });

  it.each([
    ['electron/api/notes.ts', 'node:fs'],
    ['electron/model/notebook.ts', '#api'],
    ['electron/model/notebook.ts', '../formats/registry'],
    ['electron/model/text/fold.ts', 'node:buffer'],
    ['electron/formats/list.ts', '#model'],
    ['electron/formats/html/content.ts', '#api'],
    ['electron/formats/html/content.ts', 'node:fs/promises'],
    ['electron/storage/lock.ts', '../notebook'],
    ['electron/notebook/notebooks.ts', '../interchange'],
    ['electron/api/notes.ts', '../library'],
    ['electron/library/index.ts', 'electron'],
    ['electron/library/index.ts', '../notebook'],
    ['electron/search/index.ts', '../library/catalog'],
    ['electron/interchange/index.ts', '../core'],
    ['electron/site/index.ts', '../core'],
    ['electron/core.ts', 'electron'],
    ['electron/core.ts', '../renderer/state/keys'],
    ['electron/serve/server.ts', 'electron/main'],
    ['electron/shell/window.ts', '../handlers'],
    ['electron/preload.ts', './core'],
    ['renderer/main.tsx', '../electron/core'],
    ['renderer/main.tsx', 'node:path'],
    ['renderer/ui/App.tsx', '../../electron/notebook'],
    ['renderer/ui/App.tsx', 'electron'],
    ['renderer/ui/App.tsx', '../../electron/formats/html/content'],
    ['renderer/sync/outbox.ts', '../ui/App'],
    ['renderer/sync/outbox.ts', 'react'],
    ['renderer/reader/text-layer.ts', 'react-dom/client'],
    ['renderer/reader/text-layer.ts', '../state/store'],
    ['renderer/state/store.ts', '../ui/App'],
    ['renderer/bridge/http.ts', '../state/store'],
  ])('are crossed by %s importing %s', (file, specifier) => {
    expect(explainCrossing(file, specifier)).toContain(`${file} imports`);
  });

  it.each([
    ['electron/api/notes.ts', 'zod'],
    ['electron/api/notes.ts', './result'],
    ['electron/library/index.ts', '../api'],
    ['electron/library/index.ts', 'node:fs'],
    ['electron/notebook/index.ts', 'electron-store'],
    ['electron/notebook/index.ts', '../log'],
    ['electron/core.ts', './library'],
    ['electron/shell/window.ts', 'electron'],
    ['electron/main.ts', './shell/window'],
    ['electron/api/events.ts', '#model'],
    ['electron/search/worker.ts', '../formats/decode/decode'],
    ['electron/notebook/tags.ts', '../storage/stored-file'],
    ['renderer/state/store.ts', '#api'],
    ['electron/model/query/query.ts', '#formats/list'],
    ['renderer/state/store.ts', '#formats/list'],
    ['renderer/reader/text-layer.ts', '#model'],
    ['renderer/workers/markdown.ts', '../../electron/formats/markdown/markdown-html'],
    ['renderer/ui/App.tsx', 'react'],
  ])('let %s import %s', (file, specifier) => {
    expect(explainCrossing(file, specifier)).toBeUndefined();
  });
});

describe('listImports', () => {
  it('finds every form of import', () => {
    const source = `import a from 'a';
import { b,
  type B } from "b";
import type { C } from './c';
import './d.css';
export * from './e';
export { f } from './f';
const g = await import('g');
const text = "nothing from 'h'";`;
    expect(listImports(source)).toEqual(['a', 'b', './c', './d.css', './e', './f', 'g']);
  });
});
