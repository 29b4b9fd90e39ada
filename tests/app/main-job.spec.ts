import { expect, test } from './fixtures';
import { FIRST_SEED, Lectern } from './models/lectern';

const QUOTE = 'about 114 thousand soldiers on the border with Ukraine';

test('read, highlight, note, tag, quit, find again, export', async ({ app }) => {
  let lectern = new Lectern(app.page);
  const article = await lectern.open(FIRST_SEED);
  await expect(article.getByText('3 December 2021')).toBeVisible();
  await expect(article.getByText('000_1f77a48d763ee880.txt')).toBeVisible();
  await expect(app.page.getByText('Paragraph 1 of 8')).toBeVisible();

  await lectern.select(QUOTE);
  await lectern.toolbar.getByRole('button', { name: 'Highlight green' }).click();
  const note = lectern.noteWith(QUOTE);
  await expect(note).toBeVisible();
  await note.click();
  await app.page.keyboard.press('Enter');
  await note.getByRole('textbox', { name: 'Note text' }).fill('Who counted? **One source only**.');
  await app.page.keyboard.press('Escape');
  await expect(note.getByText('One source only')).toHaveCSS('font-weight', /^[67]\d0$/);
  await app.page.keyboard.press('t');
  await app.page.keyboard.type('figures');
  await app.page.keyboard.press('Enter');
  await app.page.keyboard.press('Escape');
  await expect(note.getByText('#figures')).toBeVisible();
  await expect(lectern.library.getByRole('button', { name: /^figures/ })).toBeVisible();
  await lectern.allSaved();

  lectern = new Lectern(await app.restart());
  await lectern.article(FIRST_SEED).waitFor();
  const kept = lectern.noteWith(QUOTE);
  await expect(kept.getByText('One source only')).toBeVisible();
  await expect(kept.getByText('#figures')).toBeVisible();
  const colours = await app.page.evaluate(() => [...CSS.highlights].map(([name, highlight]) => [name, highlight.size]));
  expect(colours).toContainEqual(['lectern-green', 1]);
  await kept.click();
  await expect(app.page.getByText(QUOTE).last()).toBeInViewport();

  await app.page.keyboard.press('ControlOrMeta+Shift+E');
  const dialog = app.page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption({ label: 'Markdown (Obsidian reads its properties)' });
  const files = await app.saved(() => dialog.getByRole('button', { name: 'Export' }).click());
  expect(Object.keys(files)).toHaveLength(1);
  const [markdown = ''] = Object.values(files);
  expect(markdown).toMatch(/^---\n/);
  expect(markdown).toContain('date: 2021-12-03');
  expect(markdown).toContain(`> ${QUOTE}`);
  expect(markdown).toContain('Who counted? **One source only**.');
  expect(markdown).toContain('figures');
});
