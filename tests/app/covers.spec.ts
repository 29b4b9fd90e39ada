import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { makeBook } from '../unit/formats/epub/make-book';
import { below, makePdf } from '../unit/formats/pdf/make-pdf';
import { expect, test } from './fixtures';
import { axeFindingsByDayAndNight } from './fixtures/axe.ts';
import { settled } from './fixtures/settled.ts';
import { Lectern } from './models/lectern';

const book = makeBook({
  metadata: '<dc:title>A Book</dc:title><dc:creator>Ann Author</dc:creator>',
  items: '<item id="cover" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/>',
  files: {
    'OPS/cover.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="90"><rect width="60" height="90" fill="#357"/></svg>',
  },
  chapters: { one: '<p>It begins.</p>' },
});

test.use({
  library: {
    'a.epub': book,
    'b.pdf': makePdf([below(50, 500, ['A paper.'], 12)], { info: { Title: 'A Paper' } }),
    'c.md': '# Cedar\n\nA tree.',
    'd.md': '# شجرة الأرز\n\nنص.',
    'e.md': '# Elm\n\nA tree.',
  },
  viewport: { width: 1440, height: 900 },
});

test('documents stand by their covers: pictures of books and first pages, else titles; keys, pointer and menus do what they do in the list', async ({
  app,
}) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const list = lectern.library.getByRole('listbox', { name: 'Documents' });
  const selected = lectern.library.getByRole('option', { selected: true });
  await expect(lectern.library.getByRole('button', { name: 'All documents', exact: true })).toHaveAccessibleDescription('6 documents');
  await lectern.library.getByRole('button', { name: 'Sort documents' }).click();
  await page.getByRole('menu').getByText('Title', { exact: true }).click();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await list.focus();
  await page.keyboard.press('g');
  await expect(lectern.library.getByRole('button', { name: 'Show as a list' })).toBeVisible();
  await expect(lectern.option('A Book').locator('img')).toBeVisible();
  await expect(lectern.option('A Paper').locator('img')).toBeVisible();
  await expect(lectern.option('Cedar').locator('img')).toHaveCount(0);
  await expect(lectern.option('A Book')).toHaveAccessibleDescription(/EPUB.*Ann Author/);
  await expect(lectern.option('A Book')).toHaveAttribute('aria-posinset', '1');
  expect(await axeFindingsByDayAndNight(page)).toEqual([]);
  // It need not be drawn again at the next start.
  await expect.poll(() => readdir(path.join(app.localFolder, 'first-pages')).catch(() => [])).toHaveLength(1);

  // Three stand side by side.
  const active = list.locator('[data-active]');
  await expect(list).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(active).toHaveAccessibleName('A Paper');
  await page.keyboard.press('ArrowDown');
  await expect(active).toHaveAccessibleName(/European/);
  await page.keyboard.press('k');
  await expect(active).toHaveAccessibleName('Elm');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(selected).toHaveCount(2);
  await page.keyboard.press('t');
  await expect(page.getByRole('dialog', { name: 'Tag 2 documents' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('q');
  await expect(active).toHaveAccessibleDescription(/On the reading list/);
  await page.keyboard.press('Enter');
  await expect(lectern.article('A Paper')).toBeVisible();
  // What the keys work on stays in sight, however documents stand.
  await page.setViewportSize({ width: 1440, height: 420 });
  await list.focus();
  await page.keyboard.press('End');
  for (const name of ['Show covers', 'Show as a list']) {
    await page.keyboard.press('g');
    await expect(lectern.library.getByRole('button', { name })).toBeVisible();
    await expect(active).toHaveAttribute('aria-posinset', '6');
    await expect(active).toBeInViewport();
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await lectern.option('Elm').click({ button: 'right' });
  await page.getByRole('menu', { name: 'Elm' }).getByRole('menuitem', { name: 'Read later' }).click();
  await lectern.library.getByRole('button', { name: 'Reading list' }).click();
  const options = lectern.library.getByRole('option');
  await expect(options).toHaveText([/A Paper/, /Elm/]);
  await lectern.option('Elm').dragTo(lectern.option('A Paper'), { targetPosition: { x: 8, y: 60 } });
  await expect(options).toHaveText([/Elm/, /A Paper/]);
  await lectern.allSaved();

  const again = new Lectern(await app.restart());
  await expect(again.option('A Book').locator('img')).toBeVisible();
  await expect(again.option('A Paper').locator('img')).toBeVisible();
  // Where the window is narrow the library comes over the text, two covers side by side.
  await again.page.setViewportSize({ width: 320, height: 640 });
  await again.page.keyboard.press('ControlOrMeta+b');
  const first = again.library.getByRole('option').first();
  await expect(first).toBeVisible();
  const width = async () => (await first.boundingBox())?.width ?? 0;
  const ofTile = await settled(again.page, width);
  expect(ofTile).toBeGreaterThan(110);
  expect(ofTile).toBeLessThan(160);
  await again.library.getByRole('button', { name: 'Show as a list' }).click();
  await expect.poll(width).toBeGreaterThan(200);
});
