import { makeBook } from '../unit/formats/epub/make-book';
import { expect, test } from './fixtures';
import { Lectern } from './models/lectern';

const book = makeBook({
  metadata: '<dc:title>The Two Chapters</dc:title><dc:creator>Ann Author</dc:creator><dc:language>en</dc:language>',
  items: '<item id="dot" href="dot.svg" media-type="image/svg+xml"/>',
  files: { 'OPS/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4" cx="4" cy="4"/></svg>' },
  chapters: {
    one: `<h1>The first chapter</h1><p><img src="dot.svg" alt="A dot"/></p><p>Here it begins. <a href="two.xhtml#end">See the end</a>.</p>${'<p>It goes on for a while.</p>'.repeat(80)}`,
    two: '<h1>The second chapter</h1><p id="end">A passage to be marked in the second chapter.</p>',
  },
});

test.use({ library: { 'book.epub': book } });

test('a book is read as one text, with its pictures, links over chapters and highlights', async ({ app }) => {
  const lectern = new Lectern(app.page);
  const article = await lectern.open('The Two Chapters');
  await expect(article.getByRole('heading', { name: 'The first chapter' })).toBeVisible();
  await expect(article.getByRole('img', { name: 'A dot' })).toBeVisible();
  await article.getByRole('link', { name: 'See the end' }).click();
  await expect(article.getByText('A passage to be marked')).toBeInViewport();
  await lectern.write(await lectern.highlight('A passage to be marked'), 'Seen in a book');
  await expect(lectern.noteWith('Seen in a book')).toBeVisible();
  await lectern.allSaved();
});
