import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FileKind } from '../../../electron/storage/file-kind';
import { StoredFile } from '../../../electron/storage/stored-file';
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
  const file = new StoredFile(place, () => kind, await makeShelf(dataFolder));
  await file.change(() => ({ words: ['ours'] }));
  await file.close();
  await writeFile(place, '{"words":["theirs"]}');
  // As a look that began before, or a retry.
  await file.refresh();
  await file.lookOutside();
  expect(await readFile(place, 'utf8')).toBe('{"words":["theirs"]}');
  expect(file.value).toEqual({ words: ['ours'] });
});

const actions = ['change', 'change elsewhere', 'pack', 'look', 'wait'] as const;

it('loses no word, in whichever order it is changed here and elsewhere, packed and unpacked', async () => {
  // More words than are packed at once.
  const first = Array.from({ length: 1200 }, (_, index) => `w${index}`);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...actions), { maxLength: 12 }), async (order) => {
      const dataFolder = await makeDataFolder();
      const place = path.join(dataFolder, 'words.json');
      const file = new StoredFile(place, () => kind, await makeShelf(dataFolder), { summarise: ({ words }) => words.length });
      await file.change(() => ({ words: first }));
      const expected = new Set(first);
      const changing = new Set<Promise<unknown>>();
      // Packing goes on when what was asked for before it is done, so that much of it comes in between.
      const pause = async () => {
        if (changing.size > 0) await Promise.race(changing);
        await setImmediate();
      };
      const changeElsewhere = async (word: string) => {
        // In the very moment of a write nobody could see it.
        await file.idle();
        const there = JSON.parse(readFileSync(place, 'utf8')) as Words;
        writeFileSync(`${place}.theirs`, JSON.stringify({ words: [...there.words, word] }));
        renameSync(`${place}.theirs`, place);
        await file.lookOutside();
      };
      const work: Promise<unknown>[] = [];
      const change = (changed: Promise<unknown>) => {
        changing.add(changed);
        work.push(changed.finally(() => changing.delete(changed)));
      };
      for (const [index, action] of order.entries()) {
        const word = `${action} ${index}`;
        if (action.startsWith('change')) expected.add(word);
        if (action === 'change') change(file.change((value) => ({ words: [...(value?.words ?? []), word] })));
        else if (action === 'change elsewhere') change(changeElsewhere(word));
        else if (action === 'pack') work.push(file.pack(pause));
        else if (action === 'look') work.push(file.lookOutside());
        else await Promise.race([setImmediate(), ...work]);
      }
      await Promise.all(work);
      await file.pack(pause);
      await file.settle();
      const words = [...expected].sort();
      expect(file.value?.words.toSorted()).toEqual(words);
      expect(file.summary).toBe(words.length);
      expect((JSON.parse(await readFile(place, 'utf8')) as Words).words.toSorted()).toEqual(words);
    }),
    { numRuns: 30 },
  );
});
