import { hash } from 'node:crypto';
import { appendFile, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DocumentPart, describe as describeAnchor } from '#model';
import { openModels } from '../../../../electron/library/reading/models';
import type { FileToRead } from '../../../../electron/library/reading/protocol';
import { type BeforeEnd, openReading } from '../../../../electron/library/reading/reading';
import { serveReading } from '../../../../electron/library/reading/serve-reading';
import { buildFolder } from '../../../../electron/vite.shared';
import { threadHere } from '../../reading-here';
import { temporaryFolder } from '../support';

/** A thread with a reader that makes a section of each line and counts how often it reads; `models` says otherwise than usual. */
async function open(models: Partial<Parameters<typeof openModels>[0]> = {}) {
  const folder = await temporaryFolder();
  const kept = models.folder ?? path.join(folder, 'models');
  const logged: string[] = [];
  const add = (message: string, cause?: unknown) => void logged.push(`${message} ${cause ?? ''}`);
  let reads = 0;
  const keeping: Promise<void>[] = [];
  const noteKeeping = (kept: Promise<void>) => {
    keeping.push(kept);
    return kept;
  };
  // Nothing is written into a folder that is being removed.
  onTestFinished(() => Promise.all(keeping).then(() => undefined));
  async function* read(source: { size: number; read(start: number, end: number): Promise<Uint8Array> }): AsyncGenerator<DocumentPart> {
    reads++;
    const text = new TextDecoder().decode(await source.read(0, source.size));
    yield { part: 'head', revision: 1, metadata: {}, notices: [] };
    let length = 0;
    for (const row of text.split(/(?<=\n)/)) {
      const pages = [[String(length), length] as const];
      length += row.length;
      yield { part: 'section', text: row, nodes: [row.length], blocks: [], headings: [], targets: [], pages, progress: 0.5 };
    }
    yield { part: 'end', textHash: hash('sha256', text), length: text.length, notices: [] };
  }
  const start = () =>
    threadHere((port) => {
      const warn = (message: string) => port.postMessage({ type: 'warning', message });
      const cache = openModels({ folder: kept, version: '1', smallest: 10, warn, ...models });
      const of: typeof cache.of = (file, size) => {
        const model = cache.of(file, size);
        return model && { ...model, keep: (lines) => noteKeeping(model.keep(lines)) };
      };
      serveReading(port, async () => ({ id: 'text', revision: 1, read }), { of });
    });
  const reading = openReading({ start, log: { error: add, warn: add, info: add } });
  onTestFinished(() => reading.close());

  const write = async (name: string, text: string): Promise<FileToRead> => {
    await writeFile(path.join(folder, name), text);
    return { path: path.join(folder, name), folder, format: 'text', rawHash: hash('sha256', text) };
  };
  const take = async (file: FileToRead, beforeEnd?: BeforeEnd): Promise<string> => {
    const lines = await reading.read(file, beforeEnd);
    if (!lines.ok) throw new Error(lines.failure.message);
    let all = '';
    for await (const chunk of lines.value) all += new TextDecoder().decode(chunk);
    return all;
  };
  /** The models that are there, when there are `count`. */
  const whenKept = async (count: number) => {
    await expect.poll(async () => (await readdir(kept).catch(() => [])).filter((name) => !name.includes('.tmp')).length).toBe(count);
    return (await readdir(kept)).map((name) => path.join(kept, name));
  };
  return { write, take, whenKept, kept, logged, reading, reads: () => reads };
}

const LONG = 'A line of it\n'.repeat(2_000);

describe('the models of documents that were opened', () => {
  it('are read in place of the documents', async () => {
    const { write, take, whenKept, reads } = await open();
    const file = await write('a.txt', LONG);
    const first = await take(file);
    await whenKept(1);
    expect(await take(file)).toBe(first);
    expect(await take(await write('same.txt', LONG))).toBe(first);
    expect(reads()).toBe(1);
    await take({ ...file, encoding: 'utf-8' });
    await take(await write('a.txt', `${LONG}!`));
    expect(reads()).toBe(3);
  });

  it('carry passages of earlier texts over as well', async () => {
    const { write, take, whenKept } = await open();
    const text = `${LONG}Beta gamma`;
    const file = await write('a.txt', text);
    await take(file);
    await whenKept(1);
    let carried: unknown;
    await take(file, async (read) => {
      expect(read.textHash).toBe(hash('sha256', text));
      carried = await read.carryOver([{ text: 'Betagamma', ranges: [{ start: 0, end: 4 }], isUncertain: false }]);
      return undefined;
    });
    expect(carried).toMatchObject({ text, anchors: [[{ start: LONG.length, exact: 'Beta' }]] });
  });

  it('tell on which pages passages are, as the document itself does', async () => {
    const { write, take, whenKept } = await open();
    const file = await write('a.txt', LONG);
    for (const _ of ['parsed', 'kept']) {
      let located: unknown;
      await take(file, async (read) => {
        located = await read.locate([{ start: 15, end: 27 }]);
        return undefined;
      });
      expect(located).toEqual([{ page: '13', lastPage: '26' }]);
      await whenKept(1);
    }
  });

  it('tell before their end where passages of changed texts are', async () => {
    const { write, take, whenKept } = await open();
    const now = `${LONG}The harbour master keeps the old books of the town in a chest.`;
    const file = await write('a.txt', now);
    await take(file);
    await whenKept(1);
    const earlier = `${LONG}The harbour master keeps the books of the town in a chest.`;
    const start = earlier.indexOf('keeps the books');
    const anchor = describeAnchor(earlier, start, start + 'keeps the books'.length, 'a'.repeat(64));
    const lines = await take(file, async (read) => {
      const placements = await read.place([{ text: earlier, anchors: [anchor] }, { anchors: [] }]);
      expect(placements).toEqual([[{ state: 'moved', start, end: start + 'keeps the old books'.length }], []]);
      return { here: { state: 'unplaced' } };
    });
    const parts = lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(parts.at(-2)).toEqual({ part: 'placements', placements: { here: { state: 'unplaced' } } });
    expect(parts.at(-1).part).toBe('end');
  });

  it('are not kept of short documents, nor of what nobody told the hash of', async () => {
    const { write, take, whenKept, reads } = await open();
    const short = await write('short.txt', 'One');
    const { rawHash: _, ...unknown } = await write('unknown.txt', `${LONG}?`);
    for (const file of [short, unknown, short, unknown]) await take(file);
    expect(reads()).toBe(4);
    await take(await write('a.txt', LONG));
    await whenKept(1);
  });

  it('are made anew when they are damaged or of another version', async () => {
    const { write, take, whenKept, reads, kept } = await open();
    const file = await write('a.txt', LONG);
    const first = await take(file);
    const [model = ''] = await whenKept(1);
    const whole = await readFile(model);
    for (const damaged of [whole.subarray(0, 1_000), Buffer.alloc(0), Buffer.from(whole).fill('x', 5_000, 5_001)]) {
      await writeFile(model, damaged);
      const before = reads();
      expect(await take(file)).toBe(first);
      expect(reads()).toBe(before + 1);
      await expect.poll(async () => (await readFile(model)).equals(whole)).toBe(true);
    }
    const newer = await open({ folder: kept, version: '2' });
    expect(await newer.take(file)).toBe(first);
    expect(newer.reads()).toBe(1);
  });

  it('make place for others, the one that was not read for longest first', async () => {
    const { write, take, whenKept, reads } = await open({ most: 600_000 });
    const files = await Promise.all(['a', 'b', 'c', 'd'].map((name) => write(name, `${LONG}${name}`)));
    const [a, b, c, d] = files as [FileToRead, FileToRead, FileToRead, FileToRead];
    await take(a);
    const [modelOfA = ''] = await whenKept(1);
    const { size } = await stat(modelOfA);
    expect(600_000 / size).toBeGreaterThan(2);
    expect(600_000 / size).toBeLessThan(3);
    await take(b);
    const modelOfB = (await whenKept(2)).find((model) => model !== modelOfA) ?? '';
    await utimes(modelOfA, 1_000, 1_000);
    await utimes(modelOfB, 2_000, 2_000);
    await take(a);
    await take(c);
    await expect.poll(() => stat(modelOfB).catch(() => 'gone')).toBe('gone');
    expect(reads()).toBe(3);
    await take(a);
    expect(reads()).toBe(3);
    await take(b);
    await take(d);
    expect(reads()).toBe(5);
  });

  it('are done without, and that is logged once, where there is no place for them', async () => {
    const { write, take, logged, kept, reads } = await open();
    await writeFile(kept, 'a file in the place of the folder');
    const [a, b] = [await write('a.txt', LONG), await write('b.txt', `${LONG}b`)];
    for (const file of [a, b, a]) expect(await take(file)).toContain('A line of it');
    expect(reads()).toBe(3);
    await expect.poll(() => logged.length).toBe(1);
    expect(logged[0]).toContain('kept');
  });

  it('end with a failure too when the document is written to in the midst', async () => {
    const { write, take, whenKept, reading, reads } = await open();
    const file = await write('a.txt', LONG);
    await take(file);
    await whenKept(1);
    const lines = await reading.read(file);
    if (!lines.ok) throw new Error(lines.failure.message);
    await lines.value.next();
    await appendFile(file.path, 'x');
    let last = '';
    for await (const chunk of lines.value) last = new TextDecoder().decode(chunk);
    expect(JSON.parse(last)).toMatchObject({ part: 'failure', failure: { code: 'document-changed' } });
    expect(reads()).toBe(1);
  });

  it('are kept by the bundled thread, of a Markdown file that comes section by section', async () => {
    const { write, kept, whenKept, logged } = await open();
    const log = { error: (message: string) => void logged.push(message), warn: (message: string) => void logged.push(message), info() {} };
    const start = () => new Worker(path.join(buildFolder, 'reading-worker.cjs'), { workerData: kept });
    const reading = openReading({ start, log });
    onTestFinished(() => reading.close());
    const file = { ...(await write('a.md', '## Head\n\nSome words.\n\n'.repeat(15_000))), format: 'markdown' as const };
    const take = async () => {
      const lines = await reading.read(file);
      if (!lines.ok) throw new Error(lines.failure.message);
      return (await Array.fromAsync(lines.value)).map((chunk) => new TextDecoder().decode(chunk));
    };
    const first = await take();
    expect(first.length).toBeGreaterThan(100);
    await whenKept(1);
    const again = await take();
    expect(again.length).toBeLessThan(first.length);
    expect(again.join('')).toBe(first.join(''));
    expect(logged).toEqual([]);
  });
});
