import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { Lectern } from './models/lectern';

const about = (word: string) => `<p>The ${word} stood at the river, as the press office said.</p>`;

test.use({
  library: {
    'front.html': `<title>Front</title><meta name="date" content="2022-05-01"><h1>Front</h1>${about('grenadiers')}${about('ships')}${about('grenadiers')}`,
    'quay.html': `<title>Quay</title><meta name="date" content="2019-05-01"><h1>Quay</h1>${about('grenadiers')}`,
    'harbour.md': `# Harbour\n\nNothing of that.\n`,
  },
});

test('results stand beside the passages, are walked by keyboard, narrowed, and kept', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const box = lectern.palette.getByRole('combobox', { name: 'Search' });
  const results = page.getByRole('region', { name: 'Search results' });
  const passage = (title: string) => results.getByRole('region', { name: title }).getByRole('button');
  await lectern.open('Harbour');
  await expect(lectern.option('Quay')).toBeVisible();

  await page.keyboard.press('ControlOrMeta+k');
  await box.pressSequentially('river -ti');
  await page.keyboard.press('Tab');
  await expect(box).toHaveValue('river -title:');
  await box.pressSequentially('quay af');
  await expect(lectern.palette.getByRole('option', { name: 'after:' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(lectern.palette.getByRole('option', { name: 'after:last month' })).toBeVisible();
  await box.fill('grenadiers after:2018 kind:tex');
  await expect(
    lectern.palette.getByText('Plain text documents dated after 2018, that contain “grenadiers”.', { exact: true }),
  ).toBeVisible();
  await box.fill('grenadiers after:2018 shape:x');
  await expect(lectern.palette.getByText('“shape:” is no filter, so it is looked for as it is written.').last()).toBeVisible();
  await box.fill('grenadiers after:2018');
  await expect(lectern.palette.getByRole('option', { name: 'Show all in 2 documents' })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('ControlOrMeta+Enter');

  await expect(results.getByRole('heading', { level: 1 })).toHaveText('grenadiers after:2018');
  await expect(results.getByRole('status')).toHaveText('3 passages in 2 documents.');
  await expect(passage('Front').first()).toBeFocused();
  await page.keyboard.press('j');
  await expect(passage('Front').nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(lectern.article('Front')).toBeFocused();
  await expect(lectern.article('Front').getByText('hit 2 of 2')).toBeVisible();
  await expect.poll(() => lectern.painted('find')).toEqual(['grenadiers', 'grenadiers']);
  await expect.poll(() => lectern.painted('find-current')).toEqual(['grenadiers']);
  await page.keyboard.press('F3');
  await expect(lectern.article('Quay').getByText('hit 1 of 1')).toBeVisible();
  await expect(passage('Quay')).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('Shift+F3');
  await expect(lectern.article('Front').getByText('hit 2 of 2')).toBeVisible();
  await expect.poll(() => page.evaluate(() => String(document.getSelection()))).toBe('grenadiers');

  await page.keyboard.press('Escape');
  await expect(passage('Front').nth(1)).toBeFocused();
  await results.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(results.getByRole('button', { name: 'Saved' })).toBeFocused();
  await expect(lectern.library.getByRole('button', { name: 'grenadiers after:2018', exact: true })).toHaveAccessibleDescription(
    '2 documents',
  );
  await results.getByRole('button', { name: 'Newest first' }).press('Enter');
  await results.getByRole('button', { name: 'Notes' }).press('Enter');
  await expect(results.getByText('Nothing was found.')).toBeVisible();
  await results.getByRole('button', { name: 'Notes' }).press('Enter');
  await expect(results.getByRole('heading', { level: 2 })).toHaveText([/Front/, /Quay/]);
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await axeFindings(page)).toEqual([]);
  }
  await page.keyboard.press('Escape');
  await expect(results).toBeHidden();
  await expect(lectern.library.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(lectern.article('Harbour')).toBeVisible();
  await expect(results).toBeVisible();

  // What a row is of is deleted, written on and tagged as in other lists; a passage has nothing of that.
  const told = page.getByRole('region', { name: 'Messages' });
  await passage('Front').nth(1).press('Delete');
  await expect(told.getByText('This passage has no note that could be deleted.')).toBeVisible();
  await page.keyboard.press('e');
  await expect(told.getByText('This passage has no note that could be edited.')).toBeVisible();
  await page.keyboard.press('t');
  await expect(page.getByRole('dialog', { name: 'Tag 1 document' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(passage('Front').nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => String(document.getSelection()))).toBe('grenadiers');
  await page.keyboard.press('1');
  const quote = passage('Front').filter({ has: page.getByLabel('Highlight') });
  await expect(quote).toBeVisible();
  await quote.press('e');
  await expect(page.getByRole('textbox', { name: 'Note text' })).toBeFocused();
  await page.keyboard.type('Tall hats');
  await page.keyboard.press('Escape');
  await expect(lectern.noteWith('Tall hats')).toBeVisible();
  await quote.press('t');
  await page.keyboard.type('hats,');
  await page.keyboard.press('Enter');
  await expect(lectern.noteWith('Tall hats')).toContainText('hats');
  await expect(quote).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(quote).toBeHidden();
  await expect(results.locator(':focus')).toHaveText(/grenadiers/);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(quote).toBeVisible();
});

test('a search that is kept is renamed, found after a restart, and removed with undo; in a narrow window a passage lies over the list', async ({
  app,
}) => {
  let lectern = new Lectern(app.page);
  const kept = (name: string) => lectern.library.getByRole('button', { name, exact: true });
  const choose = async (name: string, item: string) => {
    await lectern.library.getByRole('button', { name: `Options for ${name}` }).press('Enter');
    await app.page.getByRole('menuitem', { name: item }).press('Enter');
  };
  await expect(lectern.option('Quay')).toBeVisible();
  await app.page.keyboard.press('ControlOrMeta+k');
  await lectern.palette.getByRole('combobox', { name: 'Search' }).fill('grenadiers');
  await app.page.keyboard.press('ControlOrMeta+Enter');
  await app.page.getByRole('button', { name: 'Save' }).press('Enter');
  await choose('grenadiers', 'Rename…');
  const name = lectern.library.getByRole('textbox', { name: 'Name of the saved search' });
  await name.fill('Soldiers');
  await lectern.library.getByRole('heading', { name: 'Saved searches' }).click();
  await expect(name).toBeHidden();
  await choose('Soldiers', 'Rename…');
  await name.fill('Armies');
  await app.page.keyboard.press('Enter');
  await expect(kept('Armies')).toBeFocused();

  lectern = new Lectern(await app.restart());
  await expect(kept('Armies')).toHaveAccessibleDescription('2 documents');
  await choose('Armies', 'Remove');
  await expect(kept('Armies')).toBeHidden();
  await expect(lectern.library.locator(':focus')).toHaveCount(1);
  await app.page.keyboard.press('ControlOrMeta+z');
  await kept('Armies').press('Enter');

  const results = app.page.getByRole('region', { name: 'Search results' });
  await expect(results.getByRole('region', { name: 'Front' }).getByRole('button').first()).toBeFocused();
  await rm(path.join(app.libraryFolder, 'front.html'));
  await expect(results.getByRole('region', { name: 'Front' })).toBeHidden();
  await expect(results.getByRole('region', { name: 'Quay' }).getByRole('button')).toBeFocused();
  await app.page.setViewportSize({ width: 320, height: 640 });
  await results.getByRole('region', { name: 'Quay' }).getByRole('button').press('Enter');
  await expect(lectern.article('Quay')).toBeVisible();
  await expect(results).toBeHidden();
  await expect(lectern.article('Quay').getByText('hit 1 of 1')).toBeVisible();
  await app.page.keyboard.press('Escape');
  await expect(results).toBeVisible();
  await expect(results.locator(':focus')).toHaveText(/grenadiers/);
});
