import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLog } from '../../electron/log';
import { makeFolder } from './host-fixtures';

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
