import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { FIRST_SEED, Lectern } from './models/lectern';

const FIRST = 'at which no significant diplomatic progress was made';
const SECOND = 'about 114 thousand soldiers';
const THIRD = 'They are located in the north';

/** The cards themselves: a note's own text may hold lists. */
const cards = (page: Page): Locator => page.getByRole('list', { name: 'Notes', exact: true }).locator('> li');

/** Opens the first seed with a highlight on each passage. */
async function openWithHighlights(page: Page, ...quotes: string[]): Promise<Lectern> {
  const lectern = new Lectern(page);
  await lectern.open(FIRST_SEED);
  for (const [index, quote] of quotes.entries()) {
    await lectern.select(quote);
    await page.keyboard.press(String((index % 5) + 1));
    await expect(lectern.noteWith(quote)).toBeVisible();
  }
  return lectern;
}

test('Tab leaves the editor outside of lists, a click beside the card ends editing, and a rule is a rule, however long', async ({
  app,
}) => {
  const { page } = app;
  const lectern = await openWithHighlights(page, FIRST);
  const editor = lectern.notes.getByRole('textbox', { name: 'Note text' });
  await lectern.noteWith(FIRST).dblclick();
  await editor.fill('A first line\nand a second');
  await page.keyboard.press('Tab');
  await expect(editor).toHaveCount(0);
  await expect(lectern.noteWith('and a second')).toBeVisible();

  await lectern.noteWith(FIRST).focus();
  await page.keyboard.press('Enter');
  await expect(editor).toHaveText(/A first line/);
  await lectern.article(FIRST_SEED).getByRole('heading', { level: 1 }).click();
  await expect(editor).toHaveCount(0);

  await lectern.write(lectern.noteWith(FIRST), `above\n\n${'-'.repeat(40)}\n\n**below**`);
  await expect(lectern.noteWith(FIRST).getByRole('separator')).toHaveCount(1);
  await expect(lectern.noteWith(FIRST).locator('strong')).toHaveText('below');
});

test('5,000 quotes and 1,500 list levels within one another are kept, and the note is written on as ever', async ({ app }) => {
  const { page } = app;
  const lectern = await openWithHighlights(page, FIRST);
  const editor = lectern.notes.getByRole('textbox', { name: 'Note text' });
  const body = lectern.noteWith(FIRST).locator('.note-body');
  for (const deep of [
    `${'>'.repeat(5_000)} deep`,
    Array.from({ length: 1_500 }, (_, level) => `${'  '.repeat(level)}- level ${level}`).join('\n'),
  ]) {
    await lectern.noteWith(FIRST).focus();
    await page.keyboard.press('Enter');
    await expect(editor).toBeFocused();
    await editor.press('ControlOrMeta+a');
    await editor.evaluate((element, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, deep);
    await page.keyboard.press('Enter');
    await page.keyboard.type('and more');
    await page.keyboard.press('Escape');
    await expect(body).toHaveText(/and more$/);
    await expect.poll(() => body.textContent()).toContain(deep);
  }

  // Markdown is Markdown again when the depth is gone.
  await lectern.noteWith(FIRST).press('Enter');
  await editor.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await page.keyboard.type('- one');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two');
  await page.keyboard.press('Escape');
  await expect(body.getByRole('listitem')).toHaveText(['one', 'two']);
  await lectern.allSaved();
});

test('the editor keeps the focus when it was opened from the palette', async ({ app }) => {
  const { page } = app;
  const lectern = await openWithHighlights(page, FIRST);
  await lectern.run('Add a note on the whole document');
  const editor = lectern.notes.getByRole('textbox', { name: 'Note text' });
  await expect(editor).toBeFocused();
  await page.keyboard.type('About all of it');
  await page.keyboard.press('Escape');
  await expect(cards(page)).toHaveText([/About all of it/, new RegExp(FIRST)]);
});

test('Escape ends editing behind a link, however fast the words after it were typed', async ({ app }) => {
  const { page } = app;
  const lectern = await openWithHighlights(page, FIRST);
  const card = lectern.noteWith(FIRST);
  await card.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('See [[Europ');
  await page.getByRole('listbox', { name: 'Completions' }).getByRole('option').first().waitFor();
  // No time passes from here on: what is only done a moment after a key is not done between these.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.keyboard.type(']] and more');
  await expect(page.getByRole('listbox', { name: 'Completions' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(lectern.notes.getByRole('textbox', { name: 'Note text' })).toHaveCount(0);
  await expect(card).toBeFocused();
  await page.clock.resume();
  await lectern.allSaved();
});

test('tags that are known are offered, and what was half written is dropped by Escape', async ({ app }) => {
  const { page } = app;
  const lectern = await openWithHighlights(page, FIRST);
  const field = page.getByRole('textbox', { name: 'Add tag to document' });
  await field.fill('Diplomacy/Summits');
  await field.press('Enter');
  await field.fill('half written');
  await field.press('Escape');
  const tags = lectern.article(FIRST_SEED).getByRole('group', { name: 'Tags' });
  await expect(tags.getByRole('button', { name: 'Diplomacy/Summits', exact: true })).toBeVisible();
  await expect(tags.getByText('half written')).toHaveCount(0);

  const card = lectern.noteWith(FIRST);
  await card.focus();
  await page.keyboard.press('t');
  const tagField = lectern.notes.getByRole('textbox', { name: 'Add tag to note' });
  await expect(tagField).toBeFocused();
  await page.keyboard.type('summ');
  await expect(lectern.notes.getByRole('option', { name: 'Diplomacy/Summits' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(',');
  await page.keyboard.type('figures, diplomacy/SUMMITS,');
  await page.keyboard.press('Escape');
  await expect(card).toBeFocused();
  await expect(card.getByRole('button', { name: /^#/ })).toHaveText(['#Diplomacy/Summits', '#figures']);

  await page.keyboard.press('t');
  await expect(tagField).toBeFocused();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Escape');
  await expect(card.getByRole('button', { name: /^#/ })).toHaveText(['#Diplomacy/Summits']);
});

test('cards stand apart beside their passages, the one in focus exactly there', async ({ app }) => {
  const { page } = app;
  const lectern = await openWithHighlights(page, FIRST, SECOND, THIRD);
  for (const quote of [FIRST, SECOND, THIRD]) {
    const card = lectern.noteWith(quote);
    await card.click();
    await expect(card).toHaveAttribute('aria-current', 'true');
    // A passage's box is its letters', a card's place that of its line: less than half a line apart.
    await expect.poll(async () => Math.abs(((await card.boundingBox())?.y ?? 0) - (await lectern.passage(quote)).top)).toBeLessThan(16);
    const gaps = () =>
      cards(page).evaluateAll((all) => {
        const boxes = all.map((each) => each.getBoundingClientRect());
        return boxes.slice(1).map((box, index) => box.top - (boxes[index]?.bottom ?? 0));
      });
    await expect.poll(async () => Math.min(...(await gaps()))).toBeGreaterThan(0);
  }
});

test('a long note is whole in focus only, so that the next card stays near its passage', async ({ app }) => {
  const { page } = app;
  const lectern = await openWithHighlights(page, FIRST, SECOND);
  const long = lectern.noteWith(FIRST);
  await lectern.write(long, Array.from({ length: 80 }, (_, index) => `Thought ${index + 1}`).join('\n\n'));
  await expect(long.getByText('Thought 80')).toBeVisible();
  const height = async () => (await long.boundingBox())?.height ?? 0;
  await expect.poll(() => height()).toBeGreaterThan(1500);
  await lectern.noteWith(SECOND).focus();
  await expect.poll(height).toBeLessThan(450);
  await long.focus();
  await expect.poll(height).toBeGreaterThan(1500);
});

test('a note that is being written stays in sight when the window becomes narrow', async ({ app }) => {
  const { page } = app;
  const lectern = await openWithHighlights(page, FIRST);
  await lectern.noteWith(FIRST).focus();
  await page.keyboard.press('Enter');
  const editor = lectern.notes.getByRole('textbox', { name: 'Note text' });
  await expect(editor).toBeFocused();
  await page.keyboard.type('Begun in a wide window, ');
  await page.setViewportSize({ width: 800, height: 600 });
  await expect(lectern.notes).toHaveAttribute('data-view', 'drawer');
  await expect(editor).toBeFocused();
  await page.keyboard.type('ended in a narrow one.');
  await expect(editor).toHaveText('Begun in a wide window, ended in a narrow one.');
});

test('the arrow keys go through the list, which begins at the note in focus, and the focus stays there when the view changes', async ({
  app,
}) => {
  const { page } = app;
  const lectern = await openWithHighlights(page, SECOND, FIRST, THIRD);
  await page.keyboard.press('ControlOrMeta+Shift+m');
  await lectern.notes.getByRole('combobox', { name: 'Order' }).selectOption('Newest first');
  await lectern.noteWith(THIRD).focus();
  await page.keyboard.press('ArrowDown');
  await expect(lectern.noteWith(FIRST)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(lectern.noteWith(SECOND)).toBeFocused();
  await page.keyboard.press('ControlOrMeta+Shift+m');
  await expect(lectern.notes).toHaveAttribute('data-view', 'margin');
  await expect(lectern.noteWith(SECOND)).toBeFocused();

  await lectern.noteWith(THIRD).getByRole('blockquote').click();
  await page.setViewportSize({ width: 1200, height: 300 });
  await page.keyboard.press('ControlOrMeta+Shift+m');
  await expect(lectern.notes).toHaveAttribute('data-view', 'list');
  await expect(lectern.noteWith(THIRD)).toBeInViewport({ ratio: 0.9 });
});

test('the keyboard is never lost when notes go and come', async ({ app }) => {
  const { page } = app;
  const lectern = await openWithHighlights(page, FIRST, SECOND);
  await lectern.noteWith(FIRST).focus();
  await page.keyboard.press('Delete');
  await expect(lectern.noteWith(FIRST)).toHaveCount(0);
  await expect(lectern.noteWith(SECOND)).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(cards(page)).toHaveCount(0);
  await expect(lectern.notes.locator(':focus')).toHaveCount(1);

  await page.keyboard.press('ControlOrMeta+3');
  await expect(page.getByRole('heading', { level: 1, name: 'Trash' })).toBeFocused();
  const trash = page.getByRole('main');
  const rows = trash.getByRole('listitem');
  const forGood = rows.filter({ hasText: SECOND }).getByRole('button', { name: 'Delete for good…' });
  await forGood.click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep it' }).click();
  await expect(forGood).toBeFocused();
  await forGood.click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click();
  await expect(rows).toHaveText([new RegExp(FIRST)]);
  await expect(rows.getByRole('button', { name: 'Restore' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(trash.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
  await expect(trash.getByRole('heading', { level: 1 })).toBeFocused();
});

test('the menu of a note edits, colours, exports and deletes it', async ({ app }) => {
  const { page } = app;
  const lectern = await openWithHighlights(page, FIRST);
  const card = lectern.noteWith(FIRST);
  const more = card.getByRole('button', { name: 'More' });
  await more.click();
  await page.getByRole('menuitemcheckbox', { name: 'Violet' }).click();
  await expect(card).toContainText('Violet highlight');
  await expect(more).toBeFocused();
  await more.click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await expect(lectern.notes.getByRole('textbox', { name: 'Note text' })).toBeFocused();
  await page.keyboard.press('Escape');
  await more.click();
  await page.getByRole('menuitem', { name: 'Export note…' }).click();
  await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card).toBeFocused();
  await more.click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(cards(page)).toHaveCount(0);
});

test('in a narrow window the notes are a drawer that Escape closes', async ({ app }) => {
  const { page } = app;
  await page.setViewportSize({ width: 800, height: 600 });
  const lectern = new Lectern(page);
  await lectern.open(FIRST_SEED);
  await expect(lectern.notes).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+Shift+n');
  const editor = lectern.notes.getByRole('textbox', { name: 'Note text' });
  await expect(editor).toBeFocused();
  await page.keyboard.type('From the drawer');
  await page.keyboard.press('Escape');
  await expect(lectern.noteWith('From the drawer')).toBeFocused();
  await lectern.notes.getByRole('button', { name: 'Close the notes' }).click();
  await expect(lectern.notes).toHaveCount(0);
  await expect(lectern.article(FIRST_SEED)).toBeFocused();
});
