import { chmod, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLog } from '../../electron/log';
import { makePrivateFolder } from '../../electron/private-folder';
import { keepLog, makeFolder } from './host-fixtures';

const modeOf = async (folder: string) => (await stat(folder)).mode & 0o777;

describe.skipIf(process.platform === 'win32')('a private folder', () => {
  it('is made so, with its parents, whoever makes it first', async () => {
    const folder = await makeFolder();
    const log = keepLog();
    await makePrivateFolder(path.join(folder, 'a/data'), log);
    openLog({ folder: path.join(folder, 'b/logs') });
    for (const made of ['a/data', 'b', 'b/logs']) expect([made, await modeOf(path.join(folder, made))]).toEqual([made, 0o700]);
    expect(log.lines).toEqual([]);
  });

  it('becomes so when it is not, which the log tells once', async () => {
    const folder = path.join(await makeFolder(), 'data');
    await mkdir(folder);
    await chmod(folder, 0o755);
    const log = keepLog();
    await makePrivateFolder(folder, log);
    await makePrivateFolder(folder, log);
    expect(await modeOf(folder)).toBe(0o700);
    expect(log.lines).toEqual([expect.stringContaining('mode 755')]);
  });
});
