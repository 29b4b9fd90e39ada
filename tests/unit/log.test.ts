import { EventEmitter } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { logUncaught, openLog } from '../../electron/log';
import { keepLog, makeFolder } from './host-fixtures';
import { asElectron } from './shell/electron-stand-in';

describe('the log', () => {
  it('keeps everything in its file, and prints errors and warnings', async () => {
    const folder = path.join(await makeFolder(), 'logs');
    const printed: string[] = [];
    const log = openLog({ folder, print: (line) => printed.push(line) });
    log.info('started');
    log.warn('odd', 'a reason');
    log.error('broken', new Error('the cause'));
    const file = await readFile(path.join(folder, 'lectern.log'), 'utf8');
    expect(file).toMatch(/^\S+Z info started\n\S+Z warn odd: a reason\n\S+Z error broken: Error: the cause\n/);
    expect(printed.join('')).toBe(file.slice(file.indexOf('\n') + 1));
  });

  it('puts a long file aside', async () => {
    const folder = await makeFolder();
    await writeFile(path.join(folder, 'lectern.log'), 'x'.repeat(1_000_001));
    openLog({ folder }).info('anew');
    expect(await readFile(path.join(folder, 'lectern.log'), 'utf8')).toMatch(/info anew\n$/);
    expect(await readFile(path.join(folder, 'lectern.old.log'), 'utf8')).toHaveLength(1_000_001);
  });

  it('goes on where nothing can be written', async () => {
    const folder = await makeFolder();
    await writeFile(path.join(folder, 'file'), '');
    await mkdir(path.join(folder, 'logs', 'lectern.log'), { recursive: true });
    for (const place of ['file', 'logs']) {
      const printed: string[] = [];
      const log = openLog({ folder: path.join(folder, place), print: (line) => printed.push(line) });
      log.info('still said');
      expect(printed.at(-1)).toContain('still said');
    }
  });
});

describe('a log that is flooded', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const open = async () => {
    const folder = await makeFolder();
    const printed: string[] = [];
    const log = openLog({ folder, print: (line) => printed.push(line.slice(line.indexOf(' ') + 1)) });
    return { folder, printed, log };
  };

  it('writes what is said again and again once, and then how often', async () => {
    const { printed, log } = await open();
    for (let time = 0; time < 1_000; time++) log.warn('The disk is full', 'no room');
    expect(printed).toEqual(['warn The disk is full: no room\n']);
    vi.advanceTimersByTime(60_000);
    expect(printed.slice(1)).toEqual(['warn The disk is full: said 999 more times\n']);
    log.warn('The disk is full', 'no room');
    expect(printed.slice(2)).toEqual(['warn The disk is full: no room\n']);
  });

  it('writes a few of a kind in a minute, whatever else each says, and keeps none of the other kinds out', async () => {
    const { printed, log } = await open();
    for (let number = 0; number < 1_000; number++) log.error('The page reports', `error ${number}`);
    log.warn('something else');
    expect(printed).toHaveLength(21);
    expect(printed.at(-1)).toBe('warn something else\n');
    vi.advanceTimersByTime(60_000);
    expect(printed.slice(21)).toEqual(['error The page reports: said 980 more times\n']);
  });

  it('cuts what is long, and never keeps more than two files of a bounded size', async () => {
    const { folder, log } = await open();
    for (let minute = 0; minute < 20; minute++) {
      for (let number = 0; number < 25; number++) log.error('The page reports', `${minute} ${number} ${'x'.repeat(50_000)}`);
      vi.advanceTimersByTime(60_000);
    }
    expect((await readdir(folder)).sort()).toEqual(['lectern.log', 'lectern.old.log']);
    for (const name of await readdir(folder)) expect((await stat(path.join(folder, name))).size).toBeLessThan(1_010_000);
    expect(await readFile(path.join(folder, 'lectern.log'), 'utf8')).toContain('19 19 x');
  });
});

it('errors that nothing catches are logged, and exceptions left to Electron and Node, which show them', () => {
  const process = new EventEmitter();
  const log = keepLog();
  logUncaught(asElectron<NodeJS.Process>(process), log);
  process.emit('uncaughtExceptionMonitor', new Error('out of order'), 'uncaughtException');
  process.emit('unhandledRejection', new Error('not awaited'), Promise.resolve());
  expect(log.lines).toEqual([
    'An error was not caught: Error: out of order',
    'A promise failed and nothing waited for it: Error: not awaited',
  ]);
  // A listener here would keep Electron from telling the reader.
  expect(process.listenerCount('uncaughtException')).toBe(0);
});
