import { expect, test } from 'vitest';
import { filesLinked, isAtAddress } from '../../../electron/library/linked-files';

test.each([
  ['a.md', 'b.md', ['b.md']],
  ['notes/a.md', '../space/moon.md', ['space/moon.md']],
  ['notes/deep/a.md', '../b.html', ['notes/b.html', 'notes/b.md', 'notes/b.markdown']],
  ['notes/a.md', 'Moon', ['notes/Moon', 'notes/Moon.md']],
  ['a.md', 'v1.2 notes', ['v1.2 notes', 'v1.2 notes.md']],
  [
    'notes/a.md',
    '../space',
    ['space', 'space.md', 'space.markdown', 'space.html', 'space/index.md', 'space/_index.md', 'space/README.md', 'space/index.html'],
  ],
])('a link in %j to %j', (document, link, files) => {
  expect(filesLinked(document, link).slice(0, files.length)).toEqual(files);
});

test('a relative link may be meant from the folder that the site makes for the page', () => {
  expect(filesLinked('docs/usage.md', '../themes')).toContain('docs/themes.md');
  expect(filesLinked('docs/usage.md', '../themes').indexOf('themes.md')).toBe(1);
});

test.each([
  ['/docs/usage/', ['.'], 'docs/usage.md'],
  ['/docs/usage.html', ['.'], 'docs/usage.md'],
  ['/docs/usage/', ['site', '.'], 'site/_docs/usage.md'],
  ['/news/2024/01/31/a-release/', ['.'], '_posts/2024-01-31-a-release.md'],
  ['/about', ['content', 'content/en', '.'], 'content/en/about/_index.md'],
  ['/', ['content', '.'], 'content/_index.md'],
  ['/', ['.'], 'README.md'],
])('a link to %j from the top of the site, in %j, may be to %j', (link, tops, file) => {
  const files = filesLinked('notes/deep/a.md', link, tops);
  expect(files).toContain(file);
  for (const each of files) expect(each).not.toMatch(/^(?:\.\.?)?\//);
});

test.each([
  ['/docs/usage/', ['Use', '/docs/usage'], true],
  ['/docs/usage/index.html', ['/Docs/usage.html'], true],
  ['/docs/usage', ['docs/usage', '/docs/usage/more/'], false],
  ['/', ['/'], false],
])('a page is at %j that has the names %j: %j', (link, names, is) => {
  expect(isAtAddress(link, names)).toBe(is);
});

test('leads nowhere out of the library folder', () => {
  for (const link of ['../../b.md', '../..']) expect(filesLinked('a.md', link)).toEqual([]);
  expect(filesLinked('a.md', '../b.md')).not.toContain('../b.md');
});
