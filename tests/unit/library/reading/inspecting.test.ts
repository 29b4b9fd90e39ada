import { EventEmitter } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sketchOf } from '#model';
import type { FileToRead } from '../../../../electron/library/reading/protocol';
import { openReading } from '../../../../electron/library/reading/reading';
import type { ReadingWorker } from '../../../../electron/library/reading/thread';
import { startReadingHere } from '../../reading-here';
import { temporaryFolder } from '../support';

const log = { error: () => {}, warn: () => {}, info: () => {} };

async function fileOf(name: string, content: string): Promise<FileToRead> {
  const folder = await temporaryFolder();
  await writeFile(path.join(folder, name), content);
  return { path: path.join(folder, name), folder, format: 'text' };
}

/** A thread that ends itself, with all that it was asked before, when it is to inspect `poison.txt`. */
function startMortal(): ReadingWorker {
  const events = new EventEmitter();
  const real = startReadingHere();
  let isDead = false;
  real.on('message', (reply) => {
    if (!isDead) events.emit('message', reply);
  });
  return Object.assign(events, {
    postMessage(request: Parameters<ReadingWorker['postMessage']>[0]) {
      if (isDead) return;
      if (request.type !== 'inspect' || path.basename(request.file.path) !== 'poison.txt') return real.postMessage(request);
      isDead = true;
      setImmediate(() => events.emit('exit'));
    },
    ref() {},
    unref() {},
    terminate: () => real.terminate(),
  });
}

describe('inspecting files', () => {
  it('tells what they say of themselves, or why they hold no text', async () => {
    const reading = openReading({ start: startReadingHere, log });
    onTestFinished(() => reading.close());
    expect(await reading.inspect(await fileOf('a.txt', ' date 2021-12-03 \nA title\n\nThree more words.'))).toEqual({
      ok: true,
      value: {
        metadata: expect.objectContaining({ date: '2021-12-03' }),
        titles: ['A title', 'Three more words.', 'a'],
        words: 5,
        text: expect.anything(),
        sketch: sketchOf(' date 2021-12-03 \nA title\n\nThree more words.'),
      },
    });
    expect(await reading.inspect(await fileOf('b.txt', ''))).toMatchObject({ ok: false, failure: { code: 'document-empty' } });
  });

  it('goes on with the others when one of them breaks the thread', async () => {
    const reading = openReading({ start: startMortal, log });
    onTestFinished(() => reading.close());
    const names = ['a.txt', 'poison.txt', 'b.txt', 'c.txt'];
    const inspected = await Promise.all(names.map(async (name) => reading.inspect(await fileOf(name, `The text ${name}`))));
    expect(inspected.map(({ ok }) => ok)).toEqual([true, false, true, true]);
  });

  it('keeps the process alive until a thread that is ended in the midst of a file has ended', async () => {
    const ended = Promise.withResolvers<void>();
    let keepsAlive = true;
    const silent: ReadingWorker = {
      postMessage() {},
      on() {},
      ref() {
        keepsAlive = true;
      },
      unref() {
        keepsAlive = false;
      },
      terminate: () => ended.promise,
    };
    const reading = openReading({ start: () => silent, log });
    const inspecting = reading.inspect(await fileOf('a.txt', 'A text'));
    const closing = reading.close();
    expect(await inspecting).toMatchObject({ ok: false, failure: { code: 'document-unreadable' } });
    expect(keepsAlive).toBe(true);
    ended.resolve();
    await closing;
  });

  it('ends a thread that has had nothing to do for long, and starts another for the next file', async () => {
    const ended: Promise<void>[] = [];
    const start = (): ReadingWorker => {
      const { promise, resolve } = Promise.withResolvers<void>();
      ended.push(promise);
      const real = startReadingHere();
      return {
        postMessage: (request) => real.postMessage(request),
        on: (event: 'message' | 'error' | 'exit', listener: (value: never) => void) => real.on(event as 'message', listener as () => void),
        ref() {},
        unref() {},
        async terminate() {
          resolve();
          await real.terminate();
        },
      };
    };
    const reading = openReading({ start, log, restLimit: 1 });
    onTestFinished(() => reading.close());
    for (const name of ['a.txt', 'b.txt']) {
      expect(await reading.inspect(await fileOf(name, 'A text'))).toMatchObject({ ok: true });
      await ended.at(-1);
    }
    expect(ended).toHaveLength(2);
  });
});
