import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { settled } from './fixtures/settled.ts';
import { Lectern } from './models/lectern';

const paragraphs = Array.from({ length: 200 }, (_, index) => `Stage ${index + 1} went down to the river and along it for a day.`);

test.use({ library: { 'walk.txt': `A walk in stages\n\n${paragraphs.join('\n\n')}\n` } });

/** Draws from one place to others with the button held, as a hand does that is not exact, and lets go at the last one. */
async function drag(page: Page, from: { x: number; y: number }, ...to: { x: number; y: number }[]): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (const { x, y } of to) await page.mouse.move(x, y, { steps: 6 });
  await page.mouse.up();
}

test('a selection that is drawn past the text ends in the line beside the pointer', async ({ app }) => {
  const lectern = new Lectern(app.page);
  await lectern.open('A walk in stages');
  await lectern.highlight('Stage 4');
  const box = async (text: string) => {
    const found = await app.page.getByText(text, { exact: true }).first().boundingBox();
    if (!found) throw new Error(`“${text}” is not laid out.`);
    return found;
  };
  const [third, fourth] = await settled(app.page, async () => [await box(paragraphs[2] ?? ''), await box(paragraphs[3] ?? '')] as const);
  const from = { x: third.x + 1, y: third.y + third.height / 2 };
  const y = fourth.y + fourth.height / 2;
  const selected = `${paragraphs[2]}\n\n${paragraphs[3]}`;
  const card = await lectern.noteWith('Stage 4').boundingBox();
  const window = app.page.viewportSize();
  if (!card || !window) throw new Error('The card is not laid out.');

  for (const x of [card.x + card.width / 2, card.x + card.width + 4, window.width - 20]) {
    await drag(app.page, from, { x, y });
    await expect(lectern.toolbar).toBeVisible();
    await expect.poll(() => app.page.evaluate(() => String(document.getSelection()))).toBe(selected);
    await app.page.keyboard.press('Escape');
    await expect(lectern.toolbar).toBeHidden();
  }

  // Up and to the left, over the list of documents.
  await drag(app.page, { x: fourth.x + fourth.width - 1, y }, { x: 60, y: third.y + third.height / 2 });
  await expect(lectern.toolbar).toBeVisible();
  await expect.poll(() => app.page.evaluate(() => String(document.getSelection()))).toMatch(/^Stage 3 went[\s\S]*for a day\.\s+Stage 4/);
  await app.page.keyboard.press('Escape');
  await expect(lectern.toolbar).toBeHidden();

  // Below the text, where the browser scrolls by itself: never further than what is on the screen.
  await drag(app.page, from, { x: from.x + 200, y: window.height - 60 }, { x: from.x + 200, y: window.height - 8 });
  await expect(lectern.toolbar).toBeVisible();
  await expect.poll(() => app.page.evaluate(() => String(document.getSelection()))).not.toContain('Stage 200');
});

test('the toolbar goes while another selection is drawn, and covers neither it nor the next line', async ({ app }) => {
  const lectern = new Lectern(app.page);
  await lectern.open('A walk in stages');
  await lectern.select('Stage 4 went');
  const [bar, line, sixth] = await settled(
    app.page,
    async () =>
      [await lectern.toolbar.boundingBox(), await lectern.passage('Stage 4 went'), await lectern.passage('Stage 6 went')] as const,
  );
  if (!bar) throw new Error('The toolbar is not laid out.');
  expect(bar.y + bar.height <= line.top || bar.y >= line.bottom + (line.bottom - line.top)).toBe(true);
  await app.page.mouse.move(sixth.x, sixth.y);
  await app.page.mouse.down();
  await app.page.mouse.move(sixth.x + 60, sixth.y, { steps: 3 });
  await expect(lectern.toolbar).toBeHidden();
  await app.page.mouse.up();
  await expect(lectern.toolbar).toBeVisible();
});

test('with the highlighter, what is drawn over is highlighted at once, until Escape puts it away', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open('A walk in stages');
  await article.focus();
  await page.keyboard.press('h');
  await expect(page.getByRole('button', { name: 'Highlighter: yellow' })).toBeVisible();
  await page.keyboard.press('2');
  await expect(page.getByRole('button', { name: 'Highlighter: green' })).toBeVisible();
  for (const stage of ['Stage 2', 'Stage 3']) await lectern.draw(stage);
  await expect(lectern.noteWith('Stage 3')).toBeVisible();
  await expect.poll(() => lectern.painted('green')).toEqual(['Stage 2', 'Stage 3']);
  await lectern.draw('Stage 3');
  await expect(page.getByText('This passage is highlighted in green already.')).toBeVisible();
  await expect.poll(() => lectern.painted('green')).toEqual(['Stage 2', 'Stage 3']);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Highlighter: green' })).toBeHidden();
  await lectern.select('Stage 4');
});

test('the window around the text cannot be selected', async ({ app }) => {
  const lectern = new Lectern(app.page);
  await lectern.open('A walk in stages');
  await app.page.getByText('Nothing leaves this machine').dblclick();
  await expect.poll(() => app.page.evaluate(() => String(document.getSelection()))).toBe('');
});

test.describe('everything in a long text', () => {
  const long = Array.from({ length: 12_000 }, (_, index) => `Paragraph ${index + 1} of many goes on about the river and its banks.`);
  test.use({ library: { 'long.txt': `A long text\n\n${long.join('\n\n')}\n` } });

  test('is selected at once: only what is on the screen is measured', async ({ app }) => {
    const lectern = new Lectern(app.page);
    const article = await lectern.open('A long text');
    // The longest passage (UTF-16 code units) whose rectangles are asked for: all its sections are laid out for that.
    await app.page.evaluate(() => {
      const measured = { longest: 0 };
      const { getBoundingClientRect, getClientRects } = Range.prototype;
      const note = (range: Range) => {
        measured.longest = Math.max(measured.longest, String(range).length);
        return range;
      };
      Range.prototype.getBoundingClientRect = function () {
        return getBoundingClientRect.call(note(this));
      };
      Range.prototype.getClientRects = function () {
        return getClientRects.call(note(this));
      };
      Object.assign(globalThis, { measured });
    });
    const longest = () => app.page.evaluate(() => (globalThis as unknown as { measured: { longest: number } }).measured.longest);
    await article.focus();
    await app.page.keyboard.press('ControlOrMeta+a');
    await expect(lectern.toolbar).toBeInViewport({ ratio: 1 });
    await app.page.mouse.move(720, 450);
    await app.page.mouse.wheel(0, 5_000);
    await expect(lectern.toolbar).toBeInViewport({ ratio: 1 });
    await expect.poll(() => longest()).toBeGreaterThan(100);
    await expect.poll(() => longest()).toBeLessThan(50_000);

    // The card of a note on all of it holds no more than it can show.
    await lectern.toolbar.getByRole('button', { name: 'Highlight yellow' }).click();
    const card = lectern.notes.getByRole('listitem');
    await expect(card).toHaveCount(1);
    await expect(card.getByText('Paragraph 1 of many')).toBeVisible();
    expect((await card.textContent())?.length).toBeLessThan(5_000);
  });
});
