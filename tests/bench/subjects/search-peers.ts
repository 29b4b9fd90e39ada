import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import MiniSearch from 'minisearch';
import type { Bench } from '../harness/bench';
import { type HandFound, type HandIndex, type HandQuery, LIMIT, pairsOf } from '../harness/hand-index';
import { readText } from '../harness/library';
import { createPoster } from '../harness/poster';
import type { BenchQuery } from './queries';

/** What Lectern is asked: a phrase in quotation marks; a word is found by its beginning too. */
export const asLectern = ({ words }: BenchQuery): string => (words.length > 1 ? `"${words.join(' ')}"` : words.join(''));

/** The same for FTS5. */
export function asFts5({ kind, words }: BenchQuery): HandQuery {
  const word = words.join(' ');
  if (kind === 'Chinese') return { match: `"${[...pairsOf(word)].join(' ')}"`, isPairs: true, word };
  return { match: words.length > 1 ? `"${word}"` : `"${word}"*`, isPairs: false, word };
}

/** The index by hand where a window reaches it as it reaches Lectern: over HTTP, in a process of its own. */
export async function serveByHand({
  file,
}: Pick<HandIndex, 'file'>): Promise<{ search(query: HandQuery): Promise<HandFound>; close(): void }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'hand-server.mjs'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await once(child.stdout, 'data');
  const poster = createPoster(`http://127.0.0.1:${String(port).trim()}`);
  return {
    search: async (query) => JSON.parse((await poster.post('/search', query)).answer),
    close() {
      poster.close();
      child.kill();
    },
  };
}

/** The same by ripgrep, over the files; returns ms. Throws when it fails. */
export function searchByRipgrep({ kind, words }: BenchQuery, folder: string): number {
  const word = words.join(' ');
  const pattern = kind === 'Chinese' ? word : `\\b${word}`;
  const began = performance.now();
  const options = ['--ignore-case', '--max-count', '1', '--max-columns', '300', '--no-config'];
  const { status, stderr } = spawnSync('rg', [...options, '-e', pattern, folder], { maxBuffer: 1e9, encoding: 'utf8' });
  if (status !== 0 && status !== 1) throw new Error(`ripgrep failed: ${stderr}`);
  return performance.now() - began;
}

export const hasRipgrep = (): boolean => spawnSync('rg', ['--version']).status === 0;

/** MiniSearch over the same texts: everything is in memory; it has no phrases, no passages, and no words without spaces around them. */
export async function openMiniSearch(bench: Bench): Promise<{ indexedIn: number; search(query: BenchQuery): number }> {
  const index = new MiniSearch<{ id: number; title: string; text: string }>({ fields: ['title', 'text'], storeFields: ['title'] });
  let indexedIn = 0;
  for (const [id, file] of bench.files.entries()) {
    const read = await readText(bench, file);
    if (!read) continue;
    const began = performance.now();
    index.add({ id, title: file, text: read.text });
    indexedIn += performance.now() - began;
  }
  return {
    indexedIn,
    search({ words }) {
      const results = index.search(words.join(' '), { prefix: words.length === 1, combineWith: 'AND' });
      return results.slice(0, LIMIT).length;
    },
  };
}
