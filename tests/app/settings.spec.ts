import path from 'node:path';
import { expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { Lectern } from './models/lectern';

test('settings are found by words, set by key, reached from the palette, and kept; they tell where the data is', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await page.keyboard.press('ControlOrMeta+,');
  await expect(settings.getByRole('textbox', { name: 'Search settings' })).toBeFocused();
  await expect(settings.getByText(app.dataFolder, { exact: true })).toBeAttached();
  await expect(settings.getByText(path.join(app.dataFolder, 'backups'), { exact: true })).toBeAttached();
  await page.keyboard.type('last document');
  await expect(settings.getByRole('switch')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(settings.getByRole('switch', { name: 'Open the last document at the start' })).not.toBeChecked();
  await page.setViewportSize({ width: 320, height: 640 });
  await settings.getByRole('textbox', { name: 'Search settings' }).fill('');
  expect(await axeFindings(page)).toEqual([]);
  expect(
    await settings.evaluate(
      (dialog) => dialog.querySelector('.dialog-body')?.scrollWidth === dialog.querySelector('.dialog-body')?.clientWidth,
    ),
  ).toBe(true);
  await page.setViewportSize({ width: 1440, height: 900 });
  // What is on is told from what is off by its ground, also where the system sets the colours.
  const groundOf = (name: string) =>
    settings.getByRole('switch', { name }).evaluate((element) => getComputedStyle(element).backgroundColor);
  await page.emulateMedia({ forcedColors: 'active' });
  await expect.poll(async () => (await groundOf('Show the library')) !== (await groundOf('Show the outline'))).toBe(true);
  await page.emulateMedia({ forcedColors: 'none' });
  await page.keyboard.press('Escape');

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('order of the doc');
  await page.keyboard.press('Enter');
  await expect(settings.getByRole('combobox', { name: 'Order of the documents' })).toBeFocused();
  await page.keyboard.press('t');
  await page.keyboard.press('Escape');
  await expect(lectern.library.getByRole('heading', { name: /A to Z/ })).toBeVisible();
  await lectern.library.getByRole('option').first().click();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('justify');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Justify the lines: on.')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('being read');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Reading status: Reading' })).toBeVisible();
  await lectern.allSaved();
  await app.restart();
  await expect(app.page.getByRole('heading', { name: 'Choose a document to read' })).toBeVisible();
  await app.page.getByRole('region', { name: 'Continue reading' }).getByRole('button').first().press('Enter');
  await expect(app.page.getByRole('article')).toBeFocused();
});
