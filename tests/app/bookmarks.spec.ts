import { expect, test } from './fixtures';
import { axeFindingsByDayAndNight } from './fixtures/axe.ts';
import { HARBOUR, harbourLibrary } from './fixtures/harbour';
import { Lectern } from './models/lectern';

test.use({ library: harbourLibrary });

test('a place is bookmarked by a key, named, listed, found, and there after a restart; a second press takes the bookmark away', async ({
  app,
}) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  const messages = page.getByRole('status', { name: 'Last messages' });
  await lectern.article(HARBOUR).focus();
  await page.keyboard.press('b');
  await expect(messages).toContainText('Bookmarked: ');
  const bookmark = lectern.notes.getByRole('listitem', { name: /^Bookmark\./ });
  await expect(bookmark).toBeVisible();
  await expect(page.locator('.bookmark-ribbon')).toBeVisible();
  // It is no highlight, and is given no colour.
  await expect.poll(() => lectern.painted('yellow')).toEqual([]);
  await bookmark.focus();
  await page.keyboard.press('2');
  await expect(messages).toContainText('A bookmark has no highlight');
  await lectern.write(bookmark, 'Where it begins');
  await lectern.allSaved();
  expect(await axeFindingsByDayAndNight(page)).toEqual([]);

  await page.keyboard.press('ControlOrMeta+Shift+L');
  const outline = page.getByRole('navigation', { name: 'Outline' });
  await expect(outline.getByRole('list', { name: 'Bookmarks' }).getByRole('button', { name: 'Where it begins' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+2');
  await page.getByRole('button', { name: 'Only bookmarks' }).click();
  await expect(page.getByRole('list', { name: 'All notes' }).getByRole('listitem')).toHaveCount(1);

  const again = new Lectern(await app.restart());
  await again.open(HARBOUR);
  await expect(again.noteWith('Where it begins')).toBeVisible();
  await again.article(HARBOUR).focus();
  await again.page.keyboard.press('b');
  await expect(again.noteWith('Where it begins')).toHaveCount(0);
  await expect(again.page.getByRole('status', { name: 'Last messages' })).toContainText('The bookmark is in the trash.');
  await again.page.keyboard.press('ControlOrMeta+z');
  await expect(again.noteWith('Where it begins')).toBeVisible();
});
