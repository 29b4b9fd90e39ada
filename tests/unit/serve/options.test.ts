import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { OptionsError, parseOptions } from '../../../electron/serve/options';
import { makeFolder } from '../host-fixtures';

describe('parseOptions', () => {
  it('reads folders from where the reader is', async () => {
    const folder = await makeFolder();
    expect(parseOptions([], folder)).toEqual({ libraries: [], open: false, watch: false });
    expect(parseOptions(['--data', 'd', '--library', '.', '--library', folder, '--port=8080', '--open'], folder)).toEqual({
      data: path.join(folder, 'd'),
      libraries: [folder, folder],
      port: 8080,
      open: true,
      watch: false,
    });
  });

  it.each([
    ['an unknown option', ['--colour'], '--colour'],
    ['a word of its own', ['serve'], 'serve'],
    ['an option without its value', ['--data'], '--data'],
    ['a folder without a name', ['--data', ''], '--data needs a folder'],
    ['a library folder that is not there', ['--library', 'none'], 'There is no folder'],
    ['a library folder that is a file', ['--library', 'file'], 'There is no folder'],
    ['a port that is no number', ['--port', 'http'], '--port needs a number'],
    ['a port that is too high', ['--port', '65536'], '--port needs a number'],
  ])('refuses %s in a sentence', async (_, args, sentence) => {
    const folder = await makeFolder();
    await writeFile(path.join(folder, 'file'), '');
    const parse = () => parseOptions(args, folder);
    expect(parse).toThrow(OptionsError);
    expect(parse).toThrow(sentence);
  });
});
