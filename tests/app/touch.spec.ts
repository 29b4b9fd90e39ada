import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { settled } from './fixtures/settled.ts';
import { Lectern } from './models/lectern';

const paragraph = (index: number): string =>
  `Paragraph ${index} tells of a quay on which nets were dried, of boats that came home late, and of the lamp at the end of it.`;
const LONG_QUAY = `The long quay\n\n${Array.from({ length: 60 }, (_, index) => paragraph(index + 1)).join('\n\n')}\n`;

/** CSS pixels below the last line of a selection in which the system draws its handles. */
const HANDLES = 36;

test.use({ hasTouch: true, viewport: { width: 1024, height: 700 }, library: { 'quay.txt': LONG_QUAY } });

test('a passage selected by touch is highlighted, noted and tagged by tapping', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await openByTap(lectern);

  const passage = await holdAndSelect(page, 'Paragraph 3 tells');
  await expect(lectern.toolbar).toBeVisible();
  const bar = await settled(page, () => boxOf(lectern.toolbar));
  // The handles hang from the passage's last line.
  expect(bar.y + bar.height <= passage.top || bar.y >= passage.bottom + HANDLES).toBe(true);
  expect(bar.x).toBeGreaterThanOrEqual(0);
  expect(bar.x + bar.width).toBeLessThanOrEqual(1024);
  for (const button of await lectern.toolbar.getByRole('button').all()) {
    const { width, height } = await boxOf(button);
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(36);
  }
  await lectern.toolbar.getByRole('button', { name: 'Highlight green' }).tap();
  await expect(lectern.toolbar).toBeHidden();
  await expect.poll(() => lectern.painted('green')).toEqual(['Paragraph 3 tells']);

  await holdAndSelect(page, 'Paragraph 5 tells');
  await lectern.toolbar.getByRole('button', { name: 'Add note' }).tap();
  const note = lectern.noteWith('Paragraph 5 tells');
  await expect(note.getByRole('textbox', { name: 'Note text' })).toBeFocused();
  await page.keyboard.type('by hand');
  await page.keyboard.press('Escape');
  await expect(note).toContainText('by hand');

  await holdAndSelect(page, 'Paragraph 7 tells');
  await lectern.toolbar.getByRole('button', { name: 'Add tag' }).tap();
  await lectern.noteWith('Paragraph 7 tells').getByRole('textbox', { name: 'Add tag to note' }).fill('nets');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(lectern.noteWith('#nets')).toHaveCount(1);
  await lectern.allSaved();
});

test('what is tapped is large enough for a finger, also in a narrow window', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await openByTap(lectern);
  for (const width of [1024, 320]) {
    await page.setViewportSize({ width, height: 640 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const boxes = await settled(page, async () => Promise.all((await page.getByRole('banner').getByRole('button').all()).map(boxOf)));
    expect(boxes.length).toBeGreaterThan(3);
    for (const box of boxes) {
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
    }
  }
});

test('the toolbar goes along while the handles are dragged, and away with the selection', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await openByTap(lectern);
  await holdAndSelect(page, 'Paragraph 3');
  await expect(lectern.toolbar).toBeVisible();
  await select(page, 'Paragraph 3 tells of a quay');
  await lectern.toolbar.getByRole('button', { name: 'Copy quote' }).tap();
  await expect(page.getByText('The quote is on the clipboard.')).toBeVisible();
  await expect(lectern.toolbar).toBeVisible();
  const { x, bottom } = await boxOfPassage(page, 'Paragraph 4 tells');
  await page.touchscreen.tap(x + 2, bottom - 8);
  await expect(lectern.toolbar).toBeHidden();
});

test('a tap on a highlight focuses its note, a tap on a card its passage', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await openByTap(lectern);
  for (const number of [2, 50]) {
    await holdAndSelect(page, `Paragraph ${number} tells`);
    await lectern.toolbar.getByRole('button', { name: 'Highlight yellow' }).tap();
    await expect(lectern.toolbar).toBeHidden();
  }
  // Only after the first tap is over is the second no double tap.
  const first = await boxOfPassage(page, 'Paragraph 2 tells');
  await page.touchscreen.tap(first.x + first.width / 2, (first.top + first.bottom) / 2);
  await expect(lectern.noteWith('Paragraph 2 tells')).toHaveAttribute('aria-current', 'true');
  await expect.poll(() => lectern.painted('focus')).toEqual(['Paragraph 2 tells']);

  await page.getByRole('button', { name: 'List' }).tap();
  await lectern.noteWith('Paragraph 50 tells').locator('blockquote').tap();
  await expect(lectern.article('The long quay').getByText('Paragraph 50 tells')).toBeInViewport();
  await expect.poll(() => lectern.painted('focus')).toEqual(['Paragraph 50 tells']);
});

async function openByTap(lectern: Lectern): Promise<void> {
  await lectern.option('The long quay').tap();
  await expect(lectern.article('The long quay')).toBeVisible();
  await expect(lectern.page.getByRole('progressbar', { name: 'Opening the document' })).toHaveCount(0);
}

/**
 * Selects as a long press does: a finger is held on the passage, the system selects, and takes the touch over for its handles.
 * Chromium without a screen selects nothing by itself then.
 */
async function holdAndSelect(page: Page, quote: string): Promise<{ top: number; bottom: number }> {
  const box = await boxOfPassage(page, quote);
  const session = await page.context().newCDPSession(page);
  const point = { x: box.x + box.width / 2, y: (box.top + box.bottom) / 2 };
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
  await select(page, quote);
  await session.send('Input.dispatchTouchEvent', { type: 'touchCancel', touchPoints: [] });
  await session.detach();
  return boxOfPassage(page, quote, { scroll: false });
}

interface PassageBox {
  x: number;
  width: number;
  top: number;
  bottom: number;
}

/** Where a passage of one text node stands in the window, once it stands still. */
const boxOfPassage = (page: Page, quote: string, { scroll = true } = {}): Promise<PassageBox> =>
  settled(page, () =>
    page.evaluate(
      ([text, scrolls]) => {
        const block = [...document.querySelectorAll('.reading-text p')].find((each) => each.textContent.includes(text));
        const node = block?.firstChild;
        if (!(node instanceof Text)) throw new Error(`No paragraph holds “${text}”.`);
        if (scrolls) block?.scrollIntoView({ block: 'center' });
        const range = document.createRange();
        range.setStart(node, node.data.indexOf(text));
        range.setEnd(node, node.data.indexOf(text) + text.length);
        const { x, width, top, bottom } = range.getBoundingClientRect();
        return { x, width, top, bottom };
      },
      [quote, scroll] as const,
    ),
  );

/** Selects a passage of one text node, as the system does. */
const select = (page: Page, quote: string): Promise<void> =>
  page.evaluate((text) => {
    for (const block of document.querySelectorAll('.reading-text p')) {
      const node = block.firstChild;
      const at = node instanceof Text ? node.data.indexOf(text) : -1;
      if (!node || at < 0) continue;
      document.getSelection()?.setBaseAndExtent(node, at, node, at + text.length);
      return;
    }
    throw new Error(`No paragraph holds “${text}”.`);
  }, quote);

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not on the screen.');
  return box;
}
