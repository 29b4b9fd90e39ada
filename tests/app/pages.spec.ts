import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Locator } from '@playwright/test';
import { below, makePdf } from '../unit/formats/pdf/make-pdf';
import { picturedPdf } from '../unit/formats/pdf/pictured-pdf';
import { expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { settled } from './fixtures/settled.ts';
import { Lectern } from './models/lectern';

const line = (text: string, y: number) => ({ text, x: 50, y });
const running = (page: number) => [
  { text: 'On Lecterns', x: 180, y: 575, size: 8 },
  { text: String(page), x: 200, y: 25, size: 8 },
];

test.use({
  library: {
    'pictures.pdf': Buffer.concat([...picturedPdf({ pages: 1, picture: [40, 20], linesOf: () => below(50, 500, ['Above a picture.']) })]),
    'lecterns.pdf': makePdf(
      [
        [
          { text: 'A History of Lecterns', x: 50, y: 530, size: 22 },
          ...below(50, 490, [
            'A lectern is a stand with a slop-',
            'ing top on which a book lies open, so',
            'that it can be read while one stands.',
          ]),
          ...below(220, 300, ['Some of them are made of oak.']),
          line('See the end.', 200),
          line('Many are shaped as an eagle that holds the', 60),
          ...running(1),
        ],
        [line('book on its wings, and some as a pelican.', 530), ...below(50, 480, ['Folding ones are carried.']), ...running(2)],
        [...below(50, 530, ['The last page ends here.']), ...running(3)],
      ],
      {
        info: { Title: 'A History of Lecterns' },
        annotations: [
          [
            '/Subtype /Link /Rect [50 200 110 210] /Dest [2 /Fit]',
            // A place on a page, and not its beginning.
            '/Subtype /Link /Rect [220 298 330 310] /Dest [1 /XYZ 50 492 null]',
          ],
        ],
      },
    ),
    'many.pdf': makePdf(
      // Nothing is written on its first page.
      Array.from({ length: 40 }, (_, page) =>
        page === 0 ? [] : below(50, 500, [`These words stand on page ${page + 1}.`, 'They are full of oil.']),
      ),
      { info: { Title: 'Many' } },
    ),
    'slides.pdf': makePdf([below(50, 500, ['Light words on a dark slide.'])], { info: { Title: 'Slides' }, ground: [0.1, 0.1, 0.3] }),
    // One page is a map that is folded out.
    'roads.pdf': makePdf(
      [1, 2, 3].map((page) => below(50, 300, [`Roads of the isle ${page}.`])),
      { info: { Title: 'Roads' }, widths: [400, 1400] },
    ),
    'cave.pdf': makePdf(
      [
        below(50, 500, ['What is in the cave is', 'for nobody to know.']),
        below(50, 500, ['Behind the second door, which is made of', 'iron, stand forty jars of gold.']),
      ],
      { password: 'open, sesame' },
    ),
  },
  // Wide enough for the notes beside the pages.
  viewport: { width: 1440, height: 900 },
});

const OVER_LINES = 'a stand with a sloping top on which a book';
const OVER_PAGES = 'an eagle that holds the book on its wings';

test('what is marked on the pages of a PDF, over the ends of lines and pages, is marked in its text, and the other way round, also after a restart', async ({
  app,
}) => {
  const lectern = new Lectern(app.page);
  const views = app.page.getByRole('group', { name: 'How the document is shown' });
  const article = await lectern.open('A History of Lecterns');
  await expect(views.getByRole('button', { name: 'Pages' })).toHaveAttribute('aria-pressed', 'true');
  await expect(article.locator('canvas').first()).toBeVisible();
  await expect(app.page.getByText('Page 1 of 3', { exact: true })).toBeVisible();
  const note = await lectern.highlight(OVER_LINES);
  await lectern.write(note, 'On what it is');
  await expect(note).toContainText('p. 1');
  // It stands beside its passage.
  const passage = article.locator('.page-run').filter({ hasText: 'A lectern is a stand' });
  await expect
    .poll(async () => Math.abs(((await note.boundingBox())?.y ?? 0) - ((await passage.boundingBox())?.y ?? 1000)))
    .toBeLessThan(40);
  await lectern.highlight(OVER_PAGES, 'green');
  expect(await axeFindings(app.page)).toEqual([]);

  await article.focus();
  await app.page.keyboard.press('a');
  await expect(views.getByRole('button', { name: 'Text' })).toHaveAttribute('aria-pressed', 'true');
  await expect(article.locator('canvas')).toHaveCount(0);
  await expect.poll(() => lectern.painted('yellow')).toEqual([OVER_LINES]);
  await expect.poll(() => lectern.painted('green')).toEqual([OVER_PAGES]);
  await lectern.highlight('Folding ones', 'pink');
  await lectern.allSaved();

  const again = new Lectern(await app.restart());
  const reopened = again.article('A History of Lecterns');
  await expect(reopened.getByText('Folding ones are carried.')).toBeVisible();
  await again.page.getByRole('button', { name: 'Pages', exact: true }).click();
  await expect(reopened.locator('canvas').first()).toBeVisible();
  await expect.poll(() => again.painted('yellow')).toEqual([OVER_LINES]);
  await expect.poll(() => again.painted('green')).toEqual([OVER_PAGES]);
  await expect.poll(() => again.painted('pink')).toEqual(['Folding ones']);
});

test('a picture on a page opens large by a click and by key, and at night neither it nor a dark page is turned round', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open('Pictures');
  await expect(article.locator('.page-picture')).toHaveCount(1);
  // Also when the page is drawn anew, as large as it is wished.
  const picture = article.locator('.page-picture');
  const drawn = await picture.evaluate((canvas: HTMLCanvasElement) => canvas.width);
  await article.focus();
  await page.keyboard.press('ControlOrMeta+=');
  await expect.poll(() => picture.evaluate((canvas: HTMLCanvasElement) => canvas.width)).toBeGreaterThan(drawn);
  const dialog = page.getByRole('dialog', { name: 'Picture: On page 1' });
  await article.focus();
  await page.keyboard.press('End');
  await expect(article.locator('.page-picture')).toBeInViewport();
  await page.keyboard.press('i');
  await expect(dialog.getByRole('img', { name: 'On page 1' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(article).toBeFocused();
  await article.locator('.page-picture').click({ position: { x: 20, y: 20 } });
  await expect(dialog).toBeVisible();
  await expect.poll(() => dialog.getByRole('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(1_000);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Theme' }).click();
  const filterOf = (canvas: Locator) => canvas.evaluate((element) => getComputedStyle(element).filter);
  await expect.poll(() => filterOf(article.locator('canvas').first())).toContain('invert');
  expect(await filterOf(picture)).toBe('none');
  const slide = (await lectern.open('Slides')).locator('canvas');
  await expect(slide).toBeVisible();
  await expect.poll(() => filterOf(slide)).toBe('none');
});

test('another view changes neither the page that is read nor how much was read', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open('Many');
  const canvases = lectern.article('Many').locator('canvas');
  await expect(canvases.first()).toBeVisible();
  const place = page.getByRole('contentinfo');
  await expect(place.getByText('Page 1 of 40', { exact: true })).toBeVisible();
  await page.locator('.reading-scroller').evaluate((scroller) => {
    scroller.scrollTop = scroller.scrollHeight * 0.505;
  });
  const share = place.getByText(/^5\d %$/);
  await expect(place.getByText('Page 21 of 40', { exact: true })).toBeVisible();
  const before = await settled(page, () => share.textContent());
  await page.keyboard.press('a');
  await expect(canvases).toHaveCount(0);
  await expect(place.getByText(/^Page 21/)).toBeVisible();
  await expect(share).toHaveText(before ?? '');
  await page.keyboard.press('a');
  await expect(canvases.first()).toBeVisible();
  await expect(place.getByText('Page 21 of 40', { exact: true })).toBeVisible();
  await expect(share).toHaveText(before ?? '');
});

test('pages are made larger and smaller, gone through, searched and selected in by keyboard', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open('A History of Lecterns');
  await expect(article.locator('canvas').first()).toBeVisible();
  await article.focus();
  await page.keyboard.press('ControlOrMeta+9');
  const size = page.getByRole('button', { name: /^Size of the pages: \d+ %$/ });
  const percent = async () => Number(/\d+/.exec((await size.textContent()) ?? '')?.[0]);
  await expect.poll(percent).toBeLessThan(110);
  await page.keyboard.press('ControlOrMeta+=');
  await expect.poll(percent).toBeGreaterThanOrEqual(100);
  const larger = await percent();
  await page.keyboard.press('ControlOrMeta+-');
  await expect.poll(percent).toBeLessThan(larger);
  // What is wider than there is room for takes the keyboard.
  for (let step = 0; step < 8; step++) await page.keyboard.press('ControlOrMeta+=');
  await expect.poll(percent).toBeGreaterThan(300);
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('ControlOrMeta+9');
  await expect.poll(percent).toBeLessThan(110);
  // A page that is drawn anew keeps the keyboard where it is.
  const link = article.getByRole('link', { name: 'Page 3' });
  await link.focus();
  const drawn = await article.locator('canvas').first().elementHandle();
  await page.keyboard.press('ControlOrMeta+=');
  await expect.poll(() => drawn?.evaluate((canvas) => canvas.isConnected)).toBe(false);
  await expect(link).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByText('Page 3 of 3', { exact: true })).toBeVisible();
  await expect(link).toHaveCount(0);
  await expect(article).toBeFocused();
  await page.keyboard.press('Home');
  const top = () => page.locator('.reading-scroller').evaluate(({ scrollTop }) => scrollTop);
  await expect.poll(top).toBe(0);
  // A link shows what stands where it leads to, also in the midst of a page.
  await article.getByRole('link', { name: 'Page 2' }).focus();
  await expect(page.getByRole('tooltip')).toHaveText('Folding ones are carried.');
  await expect(page.getByRole('tooltip').locator('canvas')).toBeVisible();
  await link.press('Enter');
  await expect(page.getByText('Page 3 of 3', { exact: true })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+f');
  await page
    .getByRole('searchbox')
    .or(page.getByRole('textbox', { name: /Find/ }))
    .first()
    .fill('last page');
  await expect.poll(() => lectern.painted('find-current')).toEqual(['last page']);
  await expect(page.getByText('Page 3 of 3', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await article.focus();
  await page.keyboard.press('Home');
  await expect.poll(top).toBe(0);
  await expect(page.getByText('Page 1 of 3', { exact: true })).toBeVisible();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('1');
  await expect(lectern.noteWith('A lectern is a stand with a sloping top on which a book lies open')).toBeVisible();
});

test('a PDF that a password protects is read with it, each time, and its text is kept nowhere', async ({ app }) => {
  const lectern = new Lectern(app.page);
  await lectern.option('cave').click();
  const password = app.page.getByRole('textbox', { name: 'Password' });
  app.expectTrouble(/status of 409/);
  await password.fill('shut');
  await password.press('Enter');
  await expect(lectern.article('cave').getByRole('alert')).toContainText('does not open with this password');
  await expect(password).toBeFocused();
  await app.page.keyboard.type('open, sesame');
  await password.press('Enter');
  const article = lectern.article('cave');
  await expect(article.locator('canvas').first()).toBeVisible();
  await expect(article.getByText(/Search does not find its text/)).toBeVisible();
  await expect(article).toBeFocused();
  await lectern.highlight('for nobody to know');
  await article.focus();
  await app.page.keyboard.press('a');
  await expect(article.getByText('What is in the cave is for nobody to know.')).toBeVisible();
  await expect.poll(() => lectern.painted('yellow')).toEqual(['for nobody to know']);
  await lectern.allSaved();
  expect(await filesWith([app.dataFolder, app.localFolder], 'jars of gold')).toEqual([]);

  const again = new Lectern(await app.restart());
  await expect(again.page.getByRole('textbox', { name: 'Password' })).toBeVisible();
  await expect(again.noteWith('for nobody to know')).toBeVisible();
});

test('pages of other widths have one middle: the page that is read is in view, also when it is zoomed, and their fonts go with them', async ({
  app,
}) => {
  const lectern = new Lectern(app.page);
  const fonts = () => app.page.evaluate(() => [...document.fonts].length);
  const before = await fonts();
  const article = await lectern.open('Roads');
  const sheets = article.locator('.page-sheet');
  await expect(sheets.first().locator('canvas')).toBeVisible();
  const middles = () =>
    sheets.evaluateAll((all) => all.map((sheet) => sheet.getBoundingClientRect()).map(({ left, width }) => Math.round(left + width / 2)));
  const seen = () =>
    article
      .locator('.reading-pages')
      .evaluate((pages) => pages.getBoundingClientRect())
      .then(({ left, width }) => Math.round(left + width / 2));
  for (const zoom of [undefined, 'ControlOrMeta+0', 'ControlOrMeta+9', 'ControlOrMeta+=']) {
    if (zoom) await app.page.keyboard.press(zoom);
    await expect
      .poll(async () => {
        const middle = await seen();
        return (await middles()).filter((each) => Math.abs(each - middle) >= 3);
      })
      .toEqual([]);
  }
  expect(await axeFindings(app.page)).toEqual([]);
  await expect.poll(fonts).toBeGreaterThan(before);
  await app.page
    .getByRole('navigation', { name: 'Library' })
    .getByRole('button', { name: /^All notes/ })
    .click();
  await expect.poll(fonts).toBe(before);
});

/** The files of folders that hold these words, also packed. */
async function filesWith(folders: readonly string[], words: string): Promise<string[]> {
  const names = await Promise.all(
    folders.map(async (folder) => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile())),
  );
  const files = names.flat().map(({ parentPath, name }) => path.join(parentPath, name));
  const found = await Promise.all(
    files.map(async (file) => {
      // One that is written anew may go between being listed and being read.
      const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return Buffer.alloc(0);
        throw error;
      });
      return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).includes(words);
    }),
  );
  return files.filter((_, index) => found[index]);
}
