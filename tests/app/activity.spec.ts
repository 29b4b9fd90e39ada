import { expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { HARBOUR, harbourLibrary } from './fixtures/harbour';
import { Lectern } from './models/lectern';

test.use({ library: harbourLibrary });

test('what changed is listed by day, gone through by keys, and taken back where that is possible', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await page.clock.setFixedTime(Date.now() - 3 * 86_400_000);
  await lectern.open(HARBOUR);
  const note = await lectern.highlight('from the quarry');
  await lectern.write(note, 'Words of mine');
  // What is saved together is one change.
  await lectern.allSaved();
  await page.clock.setFixedTime(Date.now());
  await lectern.tag(note, 'coast');
  await note.press('Delete');
  await lectern.library.getByRole('button', { name: 'What changed' }).click();
  const list = page.getByRole('list', { name: 'What changed' });
  const items = list.getByRole('listitem');
  await expect(items).toHaveCount(3);
  await expect(items.nth(0)).toContainText('Tags of a note: “coast” put on');
  await expect(items.nth(0)).toContainText('The note is in the trash.');
  await expect(items.nth(1)).toContainText('Note deleted');
  await expect(items.nth(2)).toContainText('Note made');
  await expect(list.getByRole('heading')).toHaveCount(2);
  await expect(list.getByRole('heading').first()).toHaveText('Today');
  expect(await axeFindings(page)).toEqual([]);

  await items.nth(0).getByRole('button').focus();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(items.nth(2).getByRole('button', { name: /^Note made/ })).toBeFocused();
  await page.keyboard.press('k');
  await expect(items.nth(1).getByRole('button', { name: /^Note deleted/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status', { name: 'Last messages' })).toContainText('It was taken back.');
  await expect(items.nth(0)).toContainText('Note brought back from the trash');
  await items
    .filter({ hasText: 'Tags of a note' })
    .getByRole('button', { name: /^Take back/ })
    .click();
  await expect(items.filter({ hasText: '“coast” taken off' })).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(items.filter({ hasText: '“coast” put on' })).toHaveCount(2);

  await page.setViewportSize({ width: 320, height: 700 });
  await page.keyboard.press('ControlOrMeta+5');
  await expect(items.first()).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  expect(await axeFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });

  await items
    .filter({ hasText: 'Note made' })
    .getByRole('button', { name: /^Note made/ })
    .click();
  await expect(lectern.noteWith('from the quarry')).toContainText('Words of mine');
});
