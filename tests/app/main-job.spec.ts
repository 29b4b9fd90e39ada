import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { FIRST_SEED, Lectern } from './models/lectern';

const QUOTE = 'about 114 thousand soldiers on the border with Ukraine';

test('read, highlight, note, tag, quit, find again, export, all by keyboard alone', async ({ app }) => {
  let lectern = new Lectern(app.page);
  /** Opens what the box finds. */
  const find = async (query: string, found: RegExp) => {
    await app.page.keyboard.press('ControlOrMeta+k');
    await app.page.keyboard.type(query);
    await expect(lectern.palette.getByRole('option', { name: found }).first()).toHaveAttribute('aria-selected', 'true');
    await app.page.keyboard.press('Enter');
  };
  await lectern.option(FIRST_SEED).waitFor();
  await find('European countries', /European countries/);
  const article = lectern.article(FIRST_SEED);
  await expect(article.getByText('3 December 2021')).toBeVisible();
  await expect(article.getByText('000_1f77a48d763ee880.txt')).toBeVisible();
  await expect(app.page.getByText('Paragraph 1 of 8')).toBeVisible();

  // What is found is selected.
  await find(`"${QUOTE}"`, /about 114 thousand soldiers/);
  await expect(lectern.toolbar).toBeVisible();
  await app.page.keyboard.press('2');
  const note = lectern.noteWith(QUOTE);
  await expect(note).toBeVisible();
  await app.page.keyboard.press('j');
  await expect(note).toBeFocused();
  await app.page.keyboard.press('Enter');
  await expect(note.getByRole('textbox', { name: 'Note text' })).toBeFocused();
  await app.page.keyboard.type('Who counted? **One source only**.');
  await app.page.keyboard.press('Escape');
  await expect(note.getByText('One source only')).toHaveCSS('font-weight', /^[67]\d0$/);
  await app.page.keyboard.press('t');
  await app.page.keyboard.type('figures');
  await app.page.keyboard.press('Enter');
  await expect(note.getByText('#figures')).toBeVisible();
  await expect(lectern.library.getByRole('button', { name: 'figures', exact: true })).toBeVisible();
  await lectern.allSaved();
  expect(await mouseOf(app.page)).toBe(0);

  lectern = new Lectern(await app.restart());
  await lectern.article(FIRST_SEED).waitFor();
  const kept = lectern.noteWith(QUOTE);
  await expect(kept.getByText('One source only')).toBeVisible();
  await expect(kept.getByText('#figures')).toBeVisible();
  await expect.poll(() => lectern.painted('green')).toEqual([QUOTE]);
  await find('one source only', /One source only/i);
  await expect(kept).toHaveAttribute('aria-current', 'true');
  await expect(app.page.getByText(QUOTE).last()).toBeInViewport();

  await app.page.keyboard.press('ControlOrMeta+Shift+E');
  const dialog = app.page.getByRole('dialog', { name: 'Export' });
  await expect(dialog.locator(':focus')).toHaveCount(1);
  const format = dialog.getByRole('combobox', { name: 'Format' });
  await app.page.keyboard.press('Tab');
  await expect(format).toBeFocused();
  await app.page.keyboard.type('Markdown');
  await expect(format.locator('option:checked')).toHaveText('Markdown (Obsidian reads its properties)');
  const files = await app.saved(() => app.page.keyboard.press('ControlOrMeta+Enter'));
  expect(Object.keys(files)).toHaveLength(1);
  const [markdown = ''] = Object.values(files);
  expect(markdown).toMatch(/^---\n/);
  expect(markdown).toContain('date: 2021-12-03');
  expect(markdown).toContain(`> ${QUOTE}`);
  expect(markdown).toContain('Who counted? **One source only**.');
  expect(markdown).toContain('figures');
  expect(await mouseOf(app.page)).toBe(0);
});

/** How often the page was pressed with a pointer since it was loaded, as the browser tells it. */
const mouseOf = (page: Page): Promise<number> => page.evaluate(() => performance.eventCounts.get('pointerdown') ?? 0);
