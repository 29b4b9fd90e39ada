import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type FileKind, StoredFile } from '../../../electron/storage/stored-file';
import { makeDataFolder, makeShelf } from '../notebook/fixtures';

interface Words {
  words: string[];
}

const kind: FileKind<Words> = {
  label: 'The file',
  validate: (content) => ({ kind: 'good', value: content as Words, remarks: [] }),
  merge: (known, other) => ({ words: [...new Set([...known.words, ...other.words])].sort() }),
  recovery: { subject: 'tags', lost: 'The file', holds: () => 'it', isBack: () => 'It is back', goneOn: '', isLocking: false },
};

it('leaves to others what they write once it is closed', async () => {
  const dataFolder = await makeDataFolder();
  const place = path.join(dataFolder, 'words.json');
  const file = new StoredFile(place, kind, await makeShelf(dataFolder));
  await file.change(() => ({ words: ['ours'] }));
  await file.close();
  await writeFile(place, '{"words":["theirs"]}');
  // As a look that began before, or a retry.
  await file.refresh();
  await file.lookOutside();
  expect(await readFile(place, 'utf8')).toBe('{"words":["theirs"]}');
  expect(file.value).toEqual({ words: ['ours'] });
});
