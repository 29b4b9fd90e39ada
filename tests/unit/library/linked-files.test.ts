import { expect, test } from 'vitest';
import { filesLinked } from '../../../electron/library/linked-files';

test.each([
  ['a.md', 'b.md', ['b.md']],
  ['notes/a.md', '../space/moon.md', ['space/moon.md']],
  ['notes/deep/a.md', '../b.html', ['notes/b.html', 'notes/b.md', 'notes/b.markdown']],
  ['notes/a.md', 'Moon', ['notes/Moon', 'notes/Moon.md']],
  ['a.md', 'v1.2 notes', ['v1.2 notes', 'v1.2 notes.md']],
  [
    'notes/a.md',
    '../space',
    ['space', 'space.md', 'space.markdown', 'space.html', 'space/index.md', 'space/README.md', 'space/index.html'],
  ],
])('a link in %j to %j', (document, link, files) => {
  expect(filesLinked(document, link).slice(0, files.length)).toEqual(files);
});

test('leads nowhere out of the library folder', () => {
  for (const link of ['../b.md', '../../b.md', '..']) expect(filesLinked('a.md', link)).toEqual([]);
});
