import { mkdir, readdir, readFile, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { browserCommand, offerFolder, offerPage, redirectPage } from '../../../electron/serve/open-browser';
import { makeFolder } from '../host-fixtures';

const address = 'http://127.0.0.1:25327/#the-key';

it('puts the address into a page that only the reader can read, until it is withdrawn', async () => {
  const folder = await makeFolder();
  const left = path.join(folder, 'lectern-opens-killed');
  await mkdir(left);
  await utimes(left, new Date(0), new Date(0));
  const { file, withdraw } = await offerPage(address, folder);
  expect(await readFile(file, 'utf8')).toContain(`location.replace("${address}")`);
  if (process.platform !== 'win32') {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
  }
  await withdraw();
  await withdraw();
  expect(await readdir(folder)).toEqual([]);
});

it('makes a page that loads nothing but the address', () => {
  expect(redirectPage(address)).not.toMatch(/\b(?:src|href|url)\b/i);
  expect(redirectPage(address).match(/https?:/g)).toHaveLength(1);
});

it.each(['linux', 'darwin', 'win32'] as const)('names a file to the system, never the key (%s)', (platform) => {
  const file = platform === 'win32' ? 'C:\\data\\open-1\\Lectern.html' : '/data/open-1/Lectern.html';
  const [, args] = browserCommand(platform, file);
  expect(args.at(-1)).toMatch(/Lectern\.html$/);
});

it('lies where a browser from a snap can read it too: in no hidden folder, and not in /tmp', () => {
  expect(offerFolder('/home/me/.config/Lectern/data', 'linux', '/home/me')).toBe('/home/me');
  expect(offerFolder('/Users/me/Library/Lectern/data', 'darwin', '/Users/me')).toBe('/Users/me/Library/Lectern/data');
});
