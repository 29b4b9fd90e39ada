import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result, SearchResult } from '#api';
import { emptyNotebook, type Notebook } from '#model';
import { openSearch, type Search, type SearchSource } from '../../../electron/search';
import { nodeBundle } from '../../../electron/vite.shared';
import { NOTE } from './fixtures';

let folder: string;
let worker: string;
const opened: Search[] = [];

/** The worker that ships, bundled as it ships. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-search-'));
  const config = nodeBundle({ entries: { worker: 'electron/search/worker.ts' }, format: 'cjs', electron: 'less' });
  await build({ ...config, configFile: false, build: { ...config.build, outDir: folder } });
  worker = path.join(folder, 'worker.cjs');
}, 60_000);

afterAll(async () => {
  await Promise.all(opened.map((search) => search.close()));
  await rm(folder, { recursive: true });
});

type Row = ReturnType<SearchSource['documents']>[number];

async function write(name: string, text: string | Uint8Array, values: Partial<Row> = {}): Promise<Row> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return {
    id: name.replace('.', '-'),
    title: name,
    path: file,
    format: 'text',
    size: text.length,
    changedAt: '2026-01-01T00:00:00.000Z',
    tags: [],
    ...values,
  };
}

function open(documents: Row[], notebooks: Notebook[] = []) {
  const warnings: string[] = [];
  const errors: unknown[] = [];
  const source = { documents: () => documents, notebooks: () => notebooks };
  const search = openSearch({
    source,
    worker,
    log: { warn: (message) => warnings.push(message), error: (_message, cause) => errors.push(cause) },
  });
  opened.push(search);
  return { search, documents, notebooks, warnings, errors };
}

function ids(result: Result<SearchResult>): string[] {
  if (!result.ok) throw new Error(result.failure.code);
  return result.value.groups.map(({ documentId }) => documentId);
}

const notebook = (id: string, body: string): Notebook => ({
  ...emptyNotebook(id, { paths: [`/gone/${id}.txt`], rawHash: 'a'.repeat(64), history: [] }),
  notes: [
    {
      id: NOTE,
      colour: 'green',
      body,
      tags: [],
      createdAt: '2026-01-01T00:00:00.000Z',
      modifiedAt: '2026-01-01T00:00:00.000Z',
      history: [],
    },
  ],
});

describe('search in its worker', () => {
  it('reads every format and encoding, ranks, limits, and counts', async () => {
    const { search } = open([
      await write('plain.txt', 'The border, and the border again'),
      await write('page.html', '<html><head><title>x</title><script>border()</script></head><body><p>A <b>bor</b>der</p></body></html>', {
        format: 'html',
      }),
      await write('latin.txt', Buffer.from('frontière: fa\xe7ade', 'latin1'), { encoding: 'windows-1252' }),
      await write('title.txt', 'nothing', { title: 'Border' }),
    ]);
    const result = await search.run('window', 'border', 2);
    expect(result).toMatchObject({
      ok: true,
      value: { documentCount: 3, groups: [{ documentId: 'title-txt' }, { documentId: 'plain-txt', total: 2 }] },
    });
    expect(await search.run('window', 'facade', 9)).toMatchObject({ ok: true, value: { groups: [{ hits: [{ match: 'façade' }] }] } });
  });

  it('finds nothing for an empty query', async () => {
    const { search } = open([await write('some.txt', 'text')]);
    for (const query of ['', '  ', '-text', '"', 'tag:'])
      expect(await search.run('window', query, 9)).toMatchObject({ ok: true, value: { groups: [], documentCount: 0 } });
  });

  it('follows changes of files, titles and notes, and documents that come and go', async () => {
    const { search, documents, notebooks } = open([await write('one.txt', 'apples')]);
    expect(ids(await search.run('window', 'apples', 9))).toEqual(['one-txt']);
    documents[0] = await write('one.txt', 'oranges');
    expect(ids(await search.run('window', 'oranges', 9))).toEqual(['one-txt']);
    expect(ids(await search.run('window', 'apples', 9))).toEqual([]);
    notebooks.push(notebook('one-txt', 'apples in a note'));
    expect(ids(await search.run('window', 'apples', 9))).toEqual(['one-txt']);
    documents.push(await write('two.txt', 'apples'));
    expect(ids(await search.run('window', 'apples', 9))).toEqual(['one-txt', 'two-txt']);
    // A document whose file is gone is listed as long as there are notes on it.
    documents.splice(0, 2, { ...(await write('one.txt', 'oranges')), path: undefined });
    expect(ids(await search.run('window', 'apples', 9))).toEqual(['one-txt']);
    documents.length = 0;
    expect(ids(await search.run('window', 'apples', 9))).toEqual([]);
  });

  it('leaves out a text that cannot be read, says so once, and still finds its notes', async () => {
    const gone: Row = { ...(await write('gone.txt', 'x')), path: path.join(folder, 'not-there.txt') };
    const { search, warnings } = open([gone, await write('here.txt', 'a word')], [notebook(gone.id, 'a word on it')]);
    expect(ids(await search.run('window', 'word', 9))).toEqual(['gone-txt', 'here-txt']);
    await search.run('window', 'word', 9);
    expect(warnings).toEqual([expect.stringContaining('not-there.txt')]);
  });

  it('reads ahead when its box is opened with nothing in it', async () => {
    const { search, warnings } = open([{ ...(await write('ahead.txt', 'x')), path: path.join(folder, 'nowhere.txt') }]);
    expect(await search.run('window', '', 9)).toMatchObject({ ok: true, value: { groups: [] } });
    await expect.poll(() => warnings).toEqual([expect.stringContaining('nowhere.txt')]);
  });

  it('ends a search that a newer one overtakes, and answers the newer one', async () => {
    const documents = await Promise.all(
      Array.from({ length: 40 }, (_, index) => write(`long-${index}.txt`, 'many words here '.repeat(20_000))),
    );
    const { search } = open(documents);
    const [first, second] = await Promise.all([search.run('window', 'words', 50), search.run('window', 'many', 50)]);
    expect(first).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(second).toMatchObject({ ok: true, value: { documentCount: 40 } });
  });

  it('answers each window: a search ends none of another window', async () => {
    const documents = await Promise.all(
      Array.from({ length: 20 }, (_, index) => write(`both-${index}.txt`, 'many words here '.repeat(20_000))),
    );
    const { search } = open(documents);
    const [overtaken, other, newer] = await Promise.all([
      search.run('one', 'words', 50),
      search.run('another', 'here', 50),
      search.run('one', 'many', 50),
    ]);
    expect(overtaken).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    for (const result of [other, newer]) expect(result).toMatchObject({ ok: true, value: { documentCount: 20 } });
  });

  it('answers after it was closed', async () => {
    const { search } = open([await write('last.txt', 'text')]);
    const running = search.run('window', 'text', 9);
    await search.close();
    for (const result of [await running, await search.run('window', 'text', 9)])
      expect(result).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  });

  it('reports a worker that breaks down, and starts another', async () => {
    const broken = path.join(folder, 'broken.cjs');
    await writeFile(broken, "require('node:worker_threads').parentPort.on('message', () => { throw new Error('out of order'); });");
    const errors: unknown[] = [];
    const search = openSearch({
      source: { documents: () => [], notebooks: () => [] },
      worker: broken,
      log: { warn: () => {}, error: (_message, cause) => errors.push(cause) },
    });
    opened.push(search);
    await expect(search.run('window', 'x', 9)).rejects.toThrow('out of order');
    await expect(search.run('window', 'x', 9)).rejects.toThrow('out of order');
    expect(errors).toHaveLength(2);
  });
});
