import { hash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { appendFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { DocumentLine } from '#api';
import type { Anchor } from '#model';
import type { ReadingRequest } from '../../../../electron/library/reading/protocol';
import { type DocumentLines, openReading, type ReadingOptions } from '../../../../electron/library/reading/reading';
import { bundle } from '../../bundle';
import { temporaryFolder } from '../support';

let tiny: string;
beforeAll(async () => {
  const { script, remove } = await bundle('tests/unit/library/reading/tiny-worker.ts', 'cjs');
  tiny = script;
  return remove;
});

/** A thread and a folder of its own, with a log that is kept. */
async function open(options: Partial<ReadingOptions> = {}) {
  const folder = await temporaryFolder();
  const logged: string[] = [];
  const add = (message: string, cause?: unknown) => void logged.push(`${message} ${cause ?? ''}`);
  const thread = openReading({
    start: () => new Worker(tiny),
    log: { error: add, warn: add, info: add },
    ...options,
  });
  onTestFinished(() => thread.close());
  const write = async (name: string, text: string) => {
    await writeFile(path.join(folder, name), text);
    return { path: path.join(folder, name), folder, format: 'text' as const };
  };
  return { thread, write, folder, logged };
}

const parse = (chunk: Uint8Array): DocumentLine[] =>
  new TextDecoder()
    .decode(chunk)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

async function readAll(lines: DocumentLines): Promise<DocumentLine[]> {
  const all: DocumentLine[] = [];
  for await (const chunk of lines) all.push(...parse(chunk));
  return all;
}

const given = <T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

const kinds = (lines: readonly DocumentLine[]): string[] => lines.map(({ part }) => part);

describe('the thread that reads documents', () => {
  it('gives a head, the sections and an end, whole', async () => {
    const { thread, write } = await open();
    const text = `One\nTwo with an emoji 🙂 and half of one ${'\ud83d'.toWellFormed()}\nThree`;
    const lines = await readAll(given(await thread.read(await write('a.txt', text))));
    expect(kinds(lines)).toEqual(['head', 'section', 'section', 'section', 'end']);
    expect(lines.flatMap((line) => (line.part === 'section' ? [line.text] : [])).join('')).toBe(text);
    expect(lines.at(-1)).toMatchObject({ textHash: hash('sha256', text), length: text.length });
  });

  it('reads no further than what is taken', async () => {
    const { thread, write } = await open();
    const lines = given(await thread.read(await write('a.txt', 'A line of it\n'.repeat(20).concat('!die\n'))));
    // The thread would have died of the last line by now, were it not waiting.
    const other = given(await thread.read(await write('b.txt', 'Another')));
    expect(kinds(await readAll(other))).toEqual(['head', 'section', 'end']);
    expect(kinds(await readAll(lines)).at(-1)).toBe('failure');
  });

  it('reads several at once, and stops one that is not wanted any more', async () => {
    const { thread, write } = await open();
    const file = await write('a.txt', 'A line of it\n'.repeat(50));
    const [one, other] = [given(await thread.read(file)), given(await thread.read(file))];
    await one.next();
    await one.return?.();
    expect((await one.next()).done).toBe(true);
    expect(kinds(await readAll(other)).filter((kind) => kind === 'section')).toHaveLength(50);
  });

  it('fails before the first line for what cannot be opened', async () => {
    const { thread, write, folder } = await open();
    const file = await write('a.txt', 'One');
    expect(await thread.read({ ...file, path: path.join(folder, 'gone.txt') })).toMatchObject({ failure: { code: 'document-not-found' } });
    await symlink('/etc/hostname', path.join(folder, 'link.txt'));
    expect(await thread.read({ ...file, path: path.join(folder, 'link.txt') })).toMatchObject({ failure: { code: 'document-unreadable' } });
  });

  it('reads only the content that was told of', async () => {
    const { thread, write } = await open();
    const file = await write('a.txt', 'One');
    expect(await thread.read({ ...file, rawHash: hash('sha256', 'Another') })).toMatchObject({ failure: { code: 'document-changed' } });
    const lines = given(await thread.read({ ...file, rawHash: hash('sha256', 'One') }));
    expect(kinds(await readAll(lines))).toEqual(['head', 'section', 'end']);
  });

  it('says so when the file is written to in the midst', async () => {
    const { thread, write } = await open();
    const file = await write('a.txt', 'A line of it\n'.repeat(20));
    const lines = given(await thread.read(file));
    await appendFile(file.path, 'One more');
    expect((await readAll(lines)).at(-1)).toMatchObject({ part: 'failure', failure: { code: 'document-changed' } });
  });

  it('gives what a reader says of its file, in the midst too, and a bug as a sentence', async () => {
    const { thread, write } = await open();
    const rejected = await readAll(given(await thread.read(await write('a.txt', 'One\n!reject'))));
    expect(rejected.at(-1)).toEqual({ part: 'failure', failure: { code: 'document-binary', message: 'It is no such document.' } });
    const buggy = await readAll(given(await thread.read(await write('b.txt', 'One\n!bug'))));
    expect(buggy.at(-1)).toMatchObject({ part: 'failure', failure: { message: expect.stringContaining('b.txt') } });
    expect(kinds(await readAll(given(await thread.read(await write('c.txt', 'One')))))).toEqual(['head', 'section', 'end']);
  });

  it('says so when the thread dies, and starts anew', async () => {
    const { thread, write } = await open();
    const lines = await readAll(given(await thread.read(await write('a.txt', 'One\n!die\n'))));
    expect(lines.at(-1)).toMatchObject({ part: 'failure', failure: { message: expect.stringContaining('broke off') } });
    expect(kinds(await readAll(given(await thread.read(await write('b.txt', 'One')))))).toEqual(['head', 'section', 'end']);
  });

  it('reads the next file in another thread while one is busy', async () => {
    const { thread, write } = await open({ threads: 2 });
    const endless = thread.read(await write('endless.txt', '!busy'));
    expect(kinds(await readAll(given(await thread.read(await write('b.txt', 'One')))))).toEqual(['head', 'section', 'end']);
    await thread.close();
    expect(await endless).toMatchObject({ ok: false });
  });

  it('ends a thread that gets no further', async () => {
    let isEnded = false;
    const mute = Object.assign(new EventEmitter(), {
      postMessage() {},
      ref() {},
      unref() {},
      terminate: async () => {
        isEnded = true;
      },
    });
    const { thread, write, logged } = await open({ start: () => mute, timeLimit: 100 });
    expect(await thread.read(await write('a.txt', 'One'))).toMatchObject({ failure: { message: expect.stringContaining('given up') } });
    expect(isEnded).toBe(true);
    expect(logged.join()).toContain('got no further');
  });

  it('waits for a thread that said how long it may be silent, as on a busy machine', async () => {
    const silent = Object.assign(new EventEmitter(), {
      postMessage({ type, id }: ReadingRequest) {
        if (type !== 'read') return;
        silent.emit('message', { type: 'alive', silentFor: 60_000 });
        const failure = { code: 'unreadable', message: 'It was read to its end.' };
        setTimeout(() => silent.emit('message', { type: 'failed', id, failure }), 400);
      },
      ref() {},
      unref() {},
      terminate: async () => {},
    });
    const { thread, write } = await open({ start: () => silent, timeLimit: 100 });
    expect(await thread.read(await write('a.txt', 'One'))).toMatchObject({ failure: { message: 'It was read to its end.' } });
  });

  it('tells what it read before it gives the end, and carries passages of earlier texts over', async () => {
    const { thread, write } = await open();
    const text = 'Alpha\nBeta gamma\nDelta';
    let anchors: (Anchor | null)[][] = [];
    const lines = given(
      await thread.read(await write('a.txt', text), async (read) => {
        expect(read.textHash).toBe(hash('sha256', text));
        const ranges = [
          { start: 5, end: 9 },
          { start: 2, end: 2 },
        ];
        ({ anchors } = await read.carryOver([{ text: 'AlphaBeta gammaDelta', ranges, isUncertain: false }]));
      }),
    );
    expect(kinds(await readAll(lines)).at(-1)).toBe('end');
    expect(anchors).toEqual([
      [{ start: 6, end: 10, exact: 'Beta', prefix: 'Alpha\n', suffix: ' gamma\nDelta', textHash: hash('sha256', text) }, null],
    ]);
  });

  it('gives the end all the same when carrying over fails', async () => {
    const { thread, write, logged } = await open();
    const lines = given(
      await thread.read(await write('a.txt', 'One'), async () => {
        throw new Error('no room');
      }),
    );
    expect(kinds(await readAll(lines)).at(-1)).toBe('end');
    expect(logged.join()).toContain('no room');
  });
});
