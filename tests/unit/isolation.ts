import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../electron/vite.shared.ts';
import { listImports } from './boundaries.ts';

/** The window's one store: what lies around it remembers what was done, and cannot be made anew. */
const STORE = 'renderer/state/store.ts';

/** Tests of what reads with pdf.js, which puts names of its own among the globals. */
const PDF_READER = /\/formats\/pdf\//;

const mockPattern = /\bvi\.(?:mock|doMock|hoisted)\(/;

const endings = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];

/**
 * The test files that need modules of their own, as paths from the root: those that replace modules, and those that reach the window's
 * store, themselves or through what they import, and those of the reader of PDFs. All others share one set of modules, which spares each of them a process and most imports.
 */
export function listIsolated(): string[] {
  const files = globSync(['{electron,renderer}/**/*.{ts,tsx}', 'tests/**/*.{ts,tsx}'], { cwd: root }).map(toPosix);
  const known = new Set(files);
  const sources = new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
  const find = (file: string, specifier: string): string[] => {
    if (!specifier.startsWith('.')) return [];
    const place = path.posix.join(path.posix.dirname(file), specifier);
    return endings.map((ending) => place + ending).filter((candidate) => known.has(candidate));
  };
  const isAlone = (first: string): boolean => {
    if (listImports(sources.get(first) ?? '').some((specifier) => PDF_READER.test(specifier))) return true;
    const reached = new Set([first]);
    for (const file of reached) {
      const source = sources.get(file) ?? '';
      if (file === STORE || mockPattern.test(source)) return true;
      for (const target of listImports(source).flatMap((specifier) => find(file, specifier))) reached.add(target);
    }
    return false;
  };
  return files.filter((file) => /^tests\/unit\/.*\.test\.tsx?$/.test(file)).filter(isAlone);
}

const toPosix = (file: string): string => file.split(path.sep).join('/');
