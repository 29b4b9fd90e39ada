import { expect, it } from 'vitest';
import { documentFormats, revisions } from '#formats/list';
import { contentOf, type FileFacts } from '../../../electron/library/facts';

const facts: FileFacts = {
  path: '/library/a.txt',
  folderId: 'library',
  size: 1,
  changedAt: 0,
  addedAt: 0,
  format: 'text',
  rawHash: 'a'.repeat(64),
  title: 'A',
  words: 1,
};

it('names a content by what the file holds, and by the reader, its revision and the encoding that it is read with', () => {
  const names = documentFormats.flatMap((format) =>
    [undefined, 'koi8-r'].map((chosen) => {
      const name = contentOf({ ...facts, format, chosen });
      expect(name).toContain(`${facts.rawHash} ${format}-${revisions[format]}`);
      return name;
    }),
  );
  expect(new Set(names).size).toBe(names.length);
  expect(contentOf({ ...facts, path: '/elsewhere', title: 'B' })).toBe(contentOf(facts));
});

it('has no name for the content of what cannot be read', () => {
  expect(contentOf({ ...facts, rawHash: undefined })).toBeUndefined();
  expect(contentOf({ ...facts, problem: { code: 'document-unreadable', message: '' } })).toBeUndefined();
});
