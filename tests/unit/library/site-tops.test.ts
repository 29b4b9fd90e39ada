import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { siteTops } from '../../../electron/library/site-tops';
import { temporaryFolder } from './support';

test.each([
  ['a vault', ['.obsidian/app.json'], 'notes/a.md', ['.']],
  ['a Jekyll site in a repository', ['docs/_config.yml', 'README.md'], 'docs/_docs/a.md', ['docs', '.']],
  ['a Hugo site', ['hugo.toml', 'content/x.md'], 'content/posts/a.md', ['content', '.']],
  ['one in several languages', ['config.toml', 'content/en/x.md'], 'content/en/posts/a.md', ['content', 'content/en', '.']],
  ['MkDocs', ['manual/mkdocs.yml', 'manual/docs/x.md'], 'manual/docs/deep/a.md', ['manual/docs', '.']],
  ['a book', ['book.toml', 'src/x.md'], 'src/a.md', ['src', '.']],
  ['what only looks like a site', ['config.toml', 'src/x.md'], 'src/a.md', ['.', 'src']],
  ['the nearest of two', ['_config.yml', 'a/.vitepress/x', 'a/b/c.md'], 'a/b/c.md', ['a', '.']],
  ['none', ['a/b.md'], 'a/b.md', ['.', 'a']],
  ['none of several folders', ['site/about.md'], 'site/posts/old/a.md', ['.', 'site', 'site/posts', 'site/posts/old']],
])('the top of %s', async (_, files, document, tops) => {
  const root = await temporaryFolder();
  for (const file of [...files, document]) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), '');
  }
  expect(await siteTops(root, document)).toEqual(tops);
});
