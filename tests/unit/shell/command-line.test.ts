import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { localFolderOf } from '../../../electron/places';
import { CommandLineError, ownArguments, parseCommandLine } from '../../../electron/shell/command-line';
import { chooseFolders } from '../../../electron/shell/folders';

const here = path.resolve('/home/reader');
const parse = (...args: string[]) => parseCommandLine(args, here);

describe('parseCommandLine', () => {
  test('nothing', () => {
    expect(parse()).toEqual({ libraries: [], files: [], links: [] });
  });

  test('folders and files are taken from the working folder', () => {
    expect(parse('--data', 'notes', '--library=texts', '--library', '/srv/texts', 'a.txt', '/b.md')).toEqual({
      data: path.join(here, 'notes'),
      libraries: [path.join(here, 'texts'), path.resolve('/srv/texts')],
      files: [path.join(here, 'a.txt'), path.resolve('/b.md')],
      links: [],
    });
  });

  test("Chromium's and Playwright's switches are passed over", () => {
    expect(parse('--no-sandbox', '--remote-debugging-port=0', '--inspect=0', '-psn_0_1', 'a.txt').files).toEqual([
      path.join(here, 'a.txt'),
    ]);
  });

  test('links of Lectern’s own are no files', () => {
    expect(parse('a.txt', 'Lectern://document/0190?note=1')).toMatchObject({
      files: [path.join(here, 'a.txt')],
      links: ['Lectern://document/0190?note=1'],
    });
  });

  test('files may come as URLs; one of another machine is just not there', () => {
    expect(parse('file:///home/reader/a%20b.txt').files).toEqual([path.resolve('/home/reader/a b.txt')]);
    expect(() => parse('file://server/a.txt')).not.toThrow();
  });

  test.each([['--data'], ['--data='], ['--library']])('%s without a folder is told', (option) => {
    expect(() => parse(option)).toThrow(CommandLineError);
  });
});

describe('ownArguments', () => {
  test('of the packaged application: all but the executable', () => {
    expect(ownArguments(['/usr/bin/lectern', '--data', '/notes'], undefined)).toEqual(['--data', '/notes']);
  });

  test.each([
    [['electron', '.', 'a.txt']],
    [['electron', process.cwd(), 'a.txt']],
    [['electron', '--inspect=0', '-r', '/loader.js', '--no-sandbox', process.cwd(), 'a.txt']],
  ])('in development: what stands behind its folder, in %j', (argv) => {
    expect(ownArguments(argv, process.cwd())).toEqual(['a.txt']);
  });
});

describe('chooseFolders', () => {
  test("DATA is both hosts' own folder, and Chromium's profile lies beside it", () => {
    expect(chooseFolders('/appdata', undefined)).toEqual({
      data: path.join('/appdata', 'Lectern', 'data'),
      local: localFolderOf(path.join('/appdata', 'Lectern', 'data')),
      profile: path.join('/appdata', 'Lectern', 'chromium'),
    });
  });

  test('each chosen DATA has a profile of its own, which is not in it', () => {
    const one = chooseFolders('/appdata', '/one');
    const two = chooseFolders('/appdata', '/two');
    expect(one.data).toBe('/one');
    expect(one.profile).not.toBe(two.profile);
    expect(one.profile).toBe(chooseFolders('/appdata', '/one').profile);
    expect(path.dirname(one.profile)).toBe(path.join('/appdata', 'Lectern'));
  });
});
