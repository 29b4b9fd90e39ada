import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../electron/vite.shared.ts';
import { listImports } from './boundaries.ts';

/** The window's one store: what lies around it remembers what was done, and cannot be made anew. */
const STORE = 'renderer/state/store.ts';

/** Tests of what reads with pdf.js, which puts names of its own among the globals. */
const PDF_READER = /\/formats\/pdf\//;

/** What replaces Electron’s module alone is taken back before the next file (`fresh-modules.ts`). */
const electronPattern = /\bvi\.doMock\('electron'/;
const mockPattern = /\bvi\.(?:mock|hoisted|doMock(?!\('electron'))\(/;

const endings = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];

/** The test files that do not share modules with all others, which spares those a process and most imports; as paths from the root. */
export interface Apart {
  /** They replace modules other than Electron’s: each has a thread of its own. */
  isolated: string[];
  /** They replace Electron’s, or reach the window’s store, themselves or through what they import, or read PDFs: they share threads, in which each makes its modules anew. */
  fresh: string[];
}

export function listApart(): Apart {
  const files = globSync(['{electron,renderer}/**/*.{ts,tsx}', 'tests/**/*.{ts,tsx}'], { cwd: root }).map(toPosix);
  const known = new Set(files);
  const sources = new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
  const find = (file: string, specifier: string): string[] => {
    if (!specifier.startsWith('.')) return [];
    const place = path.posix.join(path.posix.dirname(file), specifier);
    return endings.map((ending) => place + ending).filter((candidate) => known.has(candidate));
  };
  const reachedFrom = (first: string): Set<string> => {
    const reached = new Set([first]);
    for (const file of reached)
      for (const target of listImports(sources.get(file) ?? '').flatMap((specifier) => find(file, specifier))) reached.add(target);
    return reached;
  };
  const apart: Apart = { isolated: [], fresh: [] };
  for (const test of files.filter((file) => /^tests\/unit\/.*\.test\.tsx?$/.test(file))) {
    const reached = reachedFrom(test);
    const readsPdfs = listImports(sources.get(test) ?? '').some((specifier) => PDF_READER.test(specifier));
    const holds = (pattern: RegExp) => [...reached].some((file) => pattern.test(sources.get(file) ?? ''));
    if (holds(mockPattern)) apart.isolated.push(test);
    else if (readsPdfs || reached.has(STORE) || holds(electronPattern)) apart.fresh.push(test);
  }
  return apart;
}

const toPosix = (file: string): string => file.split(path.sep).join('/');
