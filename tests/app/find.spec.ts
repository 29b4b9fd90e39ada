import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { settled } from './fixtures/settled.ts';
import { Lectern } from './models/lectern';

const PARAGRAPHS = 3_000;
const paragraphs = Array.from({ length: PARAGRAPHS }, (_, index) => `Paragraph ${index + 1} names the heron and goes on about its river.`);
const html = `<title>A long page</title>${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}`;
const markdown = `# A long note\n\n${paragraphs.join('\n\n')}\n`;

test.use({ library: { 'page.html': html, 'note.md': markdown, 'short.txt': 'A short text\n\nOne heron, two herons.\n' } });

for (const title of ['A long page', 'A long note']) {
  test(`the hits of “${title}” grow while it comes, and the reader and the current hit stay`, async ({ app }) => {
    const { page } = app;
    const lectern = new Lectern(page);
    await holdText(page);
    await lectern.option(title).click();
    await expect(lectern.article(title).getByText('Paragraph 30 names')).toBeVisible();
    const { field, count } = await openFind(page);
    await field.fill('heron');
    await expect(count).toHaveText(/^1 of \d{2,3}$/);
    await field.press('Enter');
    await field.press('Enter');
    await expect(count).toHaveText(/^3 of \d{2,3}$/);
    const place = await settled(page, () => placeOfCurrent(page));
    const first = (await count.textContent()) ?? '';

    await letCome(page, 1);
    await expect(count).not.toHaveText(first);
    await expect(count).toHaveText(/^3 of /);
    await expect(count).not.toHaveText('3 of 3,000');
    await expect.poll(() => placeOfCurrent(page)).toEqual(place);
    await letCome(page);
    await expect(page.getByRole('progressbar', { name: 'Opening the document' })).toHaveCount(0);
    await expect(count).toHaveText('3 of 3,000');
    await expect.poll(() => placeOfCurrent(page)).toEqual(place);
    await expect.poll(() => lectern.painted('find')).toHaveLength(PARAGRAPHS);
    // Hits across sections are found as in a whole text.
    await field.fill('river. paragraph');
    await expect(count).toHaveText('1 of 2,999');
  });
}

test('a query that was typed before there was text is found when there is', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open('A short text');
  await holdText(page);
  await lectern.option('A long note').click();
  await expect(lectern.article('A long note').getByText('Paragraph 30 names')).toBeVisible();
  const { field, count } = await openFind(page);
  await field.fill('paragraph 2999 names');
  await expect(count).toHaveText('Searching…');
  await letCome(page);
  await expect(count).toHaveText('1 found');
  await expect(lectern.article('A long note').getByText('Paragraph 1 names')).toBeInViewport();
  await field.press('Enter');
  await expect(count).toHaveText('1 of 1');
  await expect(lectern.article('A long note').getByText('Paragraph 2999 names')).toBeInViewport();
});

test('a document that is read anew finds again', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open('A short text');
  const { field, count } = await openFind(page);
  await field.fill('heron');
  await expect(count).toHaveText('1 of 2');
  await writeFile(path.join(app.libraryFolder, 'short.txt'), 'A short text\n\nOne heron, two herons, three herons, and no more.\n');
  await expect(count).toHaveText('1 of 3');
  await expect(field).toHaveValue('heron');
  await expect.poll(() => lectern.painted('find')).toEqual(['heron', 'heron', 'heron']);
});

async function openFind(page: Page) {
  await page.getByRole('article').focus();
  await page.keyboard.press('ControlOrMeta+f');
  const field = page.getByRole('textbox', { name: 'Find in document' });
  await expect(field).toBeFocused();
  return { field, count: page.getByRole('search').getByRole('status') };
}

interface Gate {
  /** Pieces of the text that may come. */
  pieces: number;
}

/** Has a document's text come in pieces of 40,000 characters, and holds all but the first two, which fill the screen. */
const holdText = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const gate: Gate = Object.assign(globalThis, { pieces: 2 });
    const { read } = ReadableStreamDefaultReader.prototype;
    const rests = new WeakMap<ReadableStreamDefaultReader, string>();
    ReadableStreamDefaultReader.prototype.read = async function () {
      while (gate.pieces <= 0) await new Promise((resolve) => setTimeout(resolve, 10));
      gate.pieces -= 1;
      let text = rests.get(this) ?? '';
      if (text === '') {
        const result = await read.call(this);
        if (typeof result.value !== 'string') return result;
        text = result.value;
      }
      rests.set(this, text.slice(40_000));
      return { done: false, value: text.slice(0, 40_000) };
    };
  });

const letCome = (page: Page, pieces = Number.POSITIVE_INFINITY): Promise<void> =>
  page.evaluate((more) => {
    (globalThis as unknown as Gate).pieces += more;
  }, pieces);

/** The current hit and where it stands in the window. */
const placeOfCurrent = (page: Page) =>
  page.evaluate(() => {
    const [current] = CSS.highlights.get('lectern-find-current') ?? [];
    if (!current) return undefined;
    const range = document.createRange();
    range.setStart(current.startContainer, current.startOffset);
    range.setEnd(current.endContainer, current.endOffset);
    return { text: current.startContainer.textContent, top: Math.round(range.getBoundingClientRect().top) };
  });
