import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { IndexProgress, Result, SearchResult } from '#api';
import { encodeText } from '../../../electron/formats/document-text';
import { openSearch, type Search } from '../../../electron/search';
import { buildFolder } from '../../../electron/vite.shared';
import { Documents, type DocumentValues, NOTE } from './fixtures';

let folder: string;
/** The worker that ships. */
const worker = path.join(buildFolder, 'search-worker.cjs');

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-search-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const over = { done: 0, total: 0, isStopped: false };
const stopped = { ...over, isStopped: true };

const newFile = () => path.join(folder, `index-${randomUUID()}.sqlite`);

interface Opening {
  file?: string;
  bundle?: string;
  onProgress?(progress: IndexProgress, search: Search): void;
  /** It is not told yet what is searched. */
  isAlone?: boolean;
}

async function open(documents: Documents, { file = newFile(), bundle = worker, onProgress = () => {}, isAlone = false }: Opening = {}) {
  const warnings: string[] = [];
  const errors: unknown[] = [];
  const progress: IndexProgress[] = [];
  const search: Search = openSearch({
    file,
    start: () => new Worker(bundle),
    log: { warn: (message) => warnings.push(message), error: (_message, cause) => errors.push(cause) },
    onProgress(each) {
      progress.push(each);
      onProgress(each, search);
    },
  });
  onTestFinished(() => search.close());
  if (!isAlone) {
    search.follow(documents);
    search.complete();
  }
  const find = (query: string) => search.run('window', query, 50);
  const idsOf = async (query: string) => ids(await find(query));
  return { search, file, find, idsOf, warnings, errors, progress };
}

function ids(result: Result<SearchResult>): string[] {
  if (!result.ok) throw new Error(result.failure.code);
  return result.value.groups.map(({ documentId }) => documentId);
}

const note = (body: string) => [{ id: NOTE, colour: 'green' as const, quote: '', body, tags: [] }];

describe('search in its worker', () => {
  it('reads the texts that its index has not, and tells how far it is', async () => {
    const documents = new Documents();
    documents.set('one', 'The border');
    documents.set('two', 'No such word', { title: 'Border' });
    documents.set('gone', undefined, { notes: note('the border') });
    const { idsOf, progress } = await open(documents);
    await expect.poll(() => idsOf('border')).toEqual(['two', 'gone', 'one']);
    await expect.poll(() => progress.at(-1)).toEqual(over);
    expect(progress[0]).toEqual({ done: 0, total: 2, isStopped: false });
  });

  it('finds what is known also when it is asked before its index is open', async () => {
    const documents = new Documents();
    documents.set('one', undefined, { title: 'Border' });
    const { idsOf } = await open(documents);
    expect(await idsOf('border')).toEqual(['one']);
  });

  it('finds what was just handed over and told', async () => {
    const documents = new Documents();
    const { search, idsOf } = await open(documents);
    documents.set('one', 'apples');
    await search.put('content apples', encodeText('apples', 'hash'));
    search.touch(['one']);
    await expect.poll(() => idsOf('apples')).toEqual(['one']);
    expect(documents.wasRead).toEqual([]);
    documents.set('one', 'apples', { notes: note('oranges') });
    search.touch(['one']);
    expect(await idsOf('oranges')).toEqual(['one']);
    documents.all.delete('one');
    search.touch(['one']);
    expect(await idsOf('apples')).toEqual([]);
  });

  it('has its index at the next start, without what went meanwhile and with what came', async () => {
    const documents = new Documents();
    documents.set('kept', 'apples');
    documents.set('gone', 'apples');
    const first = await open(documents);
    await expect.poll(() => first.idsOf('apples')).toHaveLength(2);
    await first.search.close();
    documents.all.delete('gone');
    documents.set('new', 'apples, too');
    documents.wasRead.length = 0;
    const early = await open(documents, { ...first, isAlone: true });
    expect(await early.idsOf('apples')).toEqual(['gone', 'kept']);
    await early.search.close();
    const second = await open(documents, first);
    await expect.poll(() => second.idsOf('apples')).toEqual(['kept', 'new']);
    expect(documents.wasRead).toEqual(['new']);
  });

  it('reads anew only the texts whose contents have another name, of a newer reader say', async () => {
    const documents = new Documents();
    documents.set('page', 'apples');
    documents.set('letter', 'apples');
    const first = await open(documents);
    await expect.poll(() => first.idsOf('apples')).toHaveLength(2);
    await first.search.close();
    documents.wasRead.length = 0;
    documents.set('page', 'apples and pears');
    const second = await open(documents, first);
    await expect.poll(() => second.idsOf('pears')).toEqual(['page']);
    expect(documents.wasRead).toEqual(['page']);
  });

  it('tries a text that cannot be read once, and finds the notes on it', async () => {
    const documents = new Documents();
    documents.set('one', 'words', { notes: note('a word on it') });
    documents.texts.clear();
    const { idsOf, search } = await open(documents);
    await expect.poll(() => idsOf('word')).toEqual(['one']);
    await expect.poll(() => documents.wasRead).toEqual(['one']);
    documents.set('two', undefined, { title: 'Another word' });
    search.touch(['two']);
    await expect.poll(() => idsOf('another')).toEqual(['two']);
    expect(documents.wasRead).toEqual(['one']);
  });

  it('stops reading texts when it is told to', async () => {
    const documents = new Documents();
    for (let index = 0; index < 400; index++) documents.set(`document-${index}`, `text ${index}`);
    const { search, progress } = await open(documents, { onProgress: (_, each) => each.stopReading() });
    await expect.poll(() => progress.at(-1)).toEqual(stopped);
    expect(documents.wasRead.length).toBeLessThan(400);
    expect(search.progress()).toEqual(stopped);
  });

  it('goes on reading texts when it is told to', async () => {
    const documents = new Documents();
    for (let index = 0; index < 400; index++) documents.set(`document-${index}`, `text ${index}`);
    let isFirst = true;
    const { search, progress, find } = await open(documents, {
      onProgress(_, each) {
        const wasFirst = isFirst;
        isFirst = false;
        if (wasFirst) each.stopReading();
      },
    });
    await expect.poll(() => progress.at(-1)).toEqual(stopped);
    search.goOnReading();
    await expect.poll(() => progress.at(-1)).toEqual(over);
    await expect.poll(() => find('text')).toMatchObject({ value: { documentCount: 400 } });
    expect(new Set(documents.wasRead).size).toBe(400);
  });

  it('makes a damaged index anew while it runs', async () => {
    const documents = new Documents();
    for (let index = 0; index < 50; index++) documents.set(`document-${index}`, `${'some words '.repeat(500)} apples ${index}`);
    const first = await open(documents);
    await expect.poll(() => first.idsOf('apples')).toHaveLength(50);
    await first.search.close();
    await rm(`${first.file}-wal`, { force: true });
    const bytes = await readFile(first.file);
    // What tables there are stands in the first half.
    await writeFile(first.file, bytes.fill(0x5a, Math.floor(bytes.length / 2)));
    const second = await open(documents, first);
    await expect.poll(() => second.idsOf('apples').catch(() => [])).toHaveLength(50);
    expect(second.warnings).toContainEqual(expect.stringContaining('damaged'));
  });

  it('answers the search that comes upon a damaged index', async () => {
    const documents = new Documents();
    for (let index = 0; index < 50; index++) documents.set(`document-${index}`, `${'some words '.repeat(500)} apples ${index}`);
    const first = await open(documents);
    await expect.poll(() => first.idsOf('apples')).toHaveLength(50);
    await first.search.close();
    const database = new DatabaseSync(first.file);
    database.enableDefensive(false);
    database.exec('UPDATE text_words_data SET block = zeroblob(9) WHERE id > 10');
    database.close();
    const { find, warnings } = await open(documents, first);
    expect(await find('apples')).toMatchObject({ ok: true });
    expect(warnings).toEqual([expect.stringContaining('damaged')]);
  });

  it('does without texts where its file cannot be written, and says so', async () => {
    const documents = new Documents();
    documents.set('one', 'apples', { title: 'Oranges', notes: note('apples') });
    documents.set('two', 'apples');
    await writeFile(path.join(folder, 'a file'), '');
    const { find, warnings } = await open(documents, { file: path.join(folder, 'a file', 'index.sqlite') });
    await expect.poll(async () => ids(await find('apples'))).toEqual(['one']);
    expect(await find('oranges')).toMatchObject({ value: { notice: expect.stringContaining('not the texts of documents') } });
    expect(warnings).toEqual([expect.stringContaining('cannot be kept on the disk')]);
    expect(documents.wasRead).toEqual([]);
  });

  it('ends a search that a newer one of the same window overtakes, and none of another window', async () => {
    const documents = new Documents();
    documents.set('one', 'many words here');
    const { search, idsOf } = await open(documents);
    await expect.poll(() => idsOf('many')).toEqual(['one']);
    const [overtaken, other, newer] = await Promise.all([
      search.run('one', 'words', 50),
      search.run('another', 'here', 50),
      search.run('one', 'many', 50),
    ]);
    expect(overtaken).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    for (const result of [other, newer]) expect(result).toMatchObject({ ok: true, value: { documentCount: 1 } });
  });

  it('answers after it was closed', async () => {
    const { search } = await open(new Documents());
    const running = search.run('window', 'text', 9);
    await search.close();
    for (const result of [await running, await search.run('window', 'text', 9)])
      expect(result).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  });

  /** The worker that ships, which ends in the midst of writing a text that has the word “poison” in it; once only where it shall. */
  async function writeDying(isOnce = false): Promise<string> {
    const bundle = path.join(folder, `dying-${randomUUID()}.cjs`);
    await writeFile(
      bundle,
      `const { existsSync, writeFileSync } = require('node:fs');
      const { StatementSync } = require('node:sqlite');
      const { run } = StatementSync.prototype;
      StatementSync.prototype.run = function (...values) {
        const died = ${JSON.stringify(`${bundle}.died`)};
        if (values.some((value) => typeof value === 'string' && value.includes('poison')) && !(${isOnce} && existsSync(died))) {
          writeFileSync(died, '');
          process.exit(1);
        }
        return run.apply(this, values);
      };
      require(${JSON.stringify(worker)});`,
    );
    return bundle;
  }

  /** Twenty documents, of which the eighth has this. */
  function manyWith(text: string, values: DocumentValues = {}): Documents {
    const documents = new Documents();
    for (let index = 0; index < 20; index++) {
      if (index === 7) documents.set('the eighth', text, values);
      else documents.set(`document-${index}`, `apples ${index}`, { notes: note('pears') });
    }
    return documents;
  }

  it('starts anew by itself when it broke down at a text, and takes in this one too where it was once only', async () => {
    const { find, errors, progress } = await open(manyWith('apples with poison'), { bundle: await writeDying(true) });
    await expect.poll(() => errors).toHaveLength(1);
    await expect.poll(() => progress.filter((each) => each.total === 0)).toHaveLength(2);
    await expect.poll(() => find('apples')).toMatchObject({ value: { documentCount: 20 } });
    expect(await find('apples')).toMatchObject({ value: { notice: undefined } });
  });

  it('sets a text aside at which it broke down twice, says so, and takes in the others', async () => {
    const documents = manyWith('apples with poison', { title: 'The Eighth' });
    const { search, find, errors } = await open(documents, { bundle: await writeDying() });
    // Nothing is looked for meanwhile.
    await expect.poll(() => errors).toHaveLength(2);
    await expect
      .poll(() => find('apples'))
      .toMatchObject({
        value: { documentCount: 19, notice: expect.stringContaining('The text of “The Eighth” is not searched') },
      });
    documents.set('the eighth', 'apples without');
    search.touch(['the eighth']);
    await expect.poll(() => find('apples')).toMatchObject({ value: { documentCount: 20 } });
    expect(await find('apples')).toMatchObject({ value: { notice: undefined } });
    expect(errors).toHaveLength(2);
  });

  it('sets notes aside at which it broke down, and finds those of other documents', async () => {
    const documents = manyWith('apples', { title: 'The Eighth', notes: note('poison and pears') });
    const { search, find, errors } = await open(documents, { bundle: await writeDying() });
    await expect
      .poll(() => find('pears'))
      .toMatchObject({
        value: { documentCount: 19, notice: expect.stringContaining('“The Eighth” is not searched') },
      });
    // Whichever document of the first ones it was at, and this one alone.
    expect(errors).toHaveLength(3);
    documents.set('the eighth', 'apples', { notes: note('pears') });
    search.touch(['the eighth']);
    await expect.poll(() => find('pears')).toMatchObject({ value: { documentCount: 20 } });
    expect(await find('pears')).toMatchObject({ value: { notice: undefined } });
  });

  it('answers a search that waits when the worker breaks down at something else', async () => {
    const { find, idsOf, search } = await open(manyWith('plums with poison'), { bundle: await writeDying(true), isAlone: true });
    const documents = manyWith('plums with poison', { title: 'plums' });
    search.follow(documents);
    search.complete();
    await search.put('content plums with poison', encodeText('plums with poison', 'hash'));
    expect(await find('plums')).toMatchObject({ ok: true });
    // What the worker had not written yet is handed over anew, document by document.
    await expect.poll(() => idsOf('plums')).toEqual(['the eighth']);
  });

  it('starts another no more than some times where each breaks down at once, until the next search', async () => {
    const broken = path.join(folder, 'ending.cjs');
    await writeFile(
      broken,
      `const { parentPort } = require('node:worker_threads');
      parentPort.once('message', () => {
        parentPort.postMessage({ type: 'opened', versions: new Map() });
        setImmediate(() => process.exit(1));
      });`,
    );
    const { find, errors } = await open(new Documents(), { bundle: broken });
    await expect.poll(() => errors.length).toBeGreaterThan(5);
    await expect(find('x')).rejects.toThrow('ended');
    const broke = errors.length;
    expect(broke).toBeLessThan(50);
    await expect(find('x')).rejects.toThrow('ended');
    expect(errors.length).toBeGreaterThan(broke);
  });

  it('reports a search at which each worker breaks down', async () => {
    const broken = path.join(folder, 'broken.cjs');
    await writeFile(
      broken,
      `const { parentPort } = require('node:worker_threads');
      parentPort.on('message', ({ type }) => {
        if (type === 'open') parentPort.postMessage({ type: 'opened', versions: new Map() });
        if (type === 'search') throw new Error('out of order');
      });`,
    );
    const { find, errors } = await open(new Documents(), { bundle: broken });
    await expect(find('x')).rejects.toThrow('out of order');
    const broke = errors.length;
    await expect(find('x')).rejects.toThrow('out of order');
    expect(errors).toHaveLength(2 * broke);
  });
});
