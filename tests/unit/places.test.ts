import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultDataFolder, localFolderOf } from '../../electron/places';
import { makeFolder } from './host-fixtures';

describe('defaultDataFolder', () => {
  it.each([
    ['linux', {}, '/home/r/.config/Lectern/data'],
    ['linux', { XDG_CONFIG_HOME: '/conf' }, '/conf/Lectern/data'],
    ['linux', { XDG_CONFIG_HOME: '' }, '/home/r/.config/Lectern/data'],
    ['darwin', {}, '/home/r/Library/Application Support/Lectern/data'],
    ['win32', { APPDATA: '/appdata' }, '/appdata/Lectern/data'],
  ] as const)('is in the application data of %s with %o', (platform, env, expected) => {
    expect(defaultDataFolder(env, platform, '/home/r')).toBe(path.normalize(expected));
  });
});

describe('localFolderOf', () => {
  it.each([
    ['linux', {}, '/home/r/.local/state/Lectern'],
    ['linux', { XDG_STATE_HOME: '/state' }, '/state/Lectern'],
    ['linux', { XDG_STATE_HOME: '' }, '/home/r/.local/state/Lectern'],
    ['darwin', { XDG_STATE_HOME: '/state' }, '/home/r/Library/Application Support/Lectern/local'],
    ['win32', { LOCALAPPDATA: '/local' }, '/local/Lectern-local'],
  ] as const)('is in the local state of %s with %o', (platform, env, expected) => {
    const local = localFolderOf('/home/r/data', env, platform, '/home/r');
    expect(path.dirname(local)).toBe(path.normalize(expected));
    expect(path.basename(local)).toMatch(/^[0-9a-f]{16}$/);
  });

  it('is one for each data folder, however that is written, before and after it is made', async () => {
    const folder = await makeFolder();
    const data = path.join(folder, 'data');
    const before = localFolderOf(data, {}, 'linux', '/home/r');
    await mkdir(data);
    await symlink(data, path.join(folder, 'link'));
    for (const written of [data, `${data}/`, path.join(folder, 'link'), path.join(folder, 'other/../data')]) {
      expect(localFolderOf(written, {}, 'linux', '/home/r')).toBe(before);
    }
    expect(localFolderOf(path.join(folder, 'other'), {}, 'linux', '/home/r')).not.toBe(before);
  });
});
