import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { HARBOUR, harbourLibrary } from './fixtures/harbour';
import { Lectern } from './models/lectern';

test.use({ library: harbourLibrary });

test('a passage is selected by mouse and keys, highlighted, recoloured, moved, deleted', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open(HARBOUR);
  await article.focus();
  await page.keyboard.press('s');
  await expect(lectern.toolbar).toBeVisible();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(async () => (await selected(page)).trim()).toBe('The harbour');
  await page.keyboard.press('s');
  await page.keyboard.press('s');
  await expect.poll(() => selected(page)).toMatch(/^The harbour wall\s+The harbour was built in 1874 .*\.$/);
  await page.keyboard.press('Escape');
  await expect(lectern.toolbar).toBeHidden();
  await page.keyboard.press('s');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await expect.poll(() => selected(page)).toBe('harbour');
  await page.keyboard.press('3');
  await expect(lectern.toolbar).toBeHidden();
  await expect.poll(() => lectern.painted('blue')).toEqual(['harbour']);
  await page.keyboard.press('4');
  await expect.poll(() => lectern.painted('pink')).toEqual(['harbour']);
  await expect.poll(() => lectern.painted('blue')).toEqual([]);

  await lectern.select('by the people of the town, who carried');
  const expectBeside = () =>
    expect(async () => {
      const [bar, passage] = [await lectern.toolbar.boundingBox(), await lectern.passage('by the people')];
      expect(Math.abs((bar?.y ?? 0) - passage.y)).toBeLessThan(100);
    }).toPass();
  await expectBeside();
  await page.mouse.wheel(0, 90);
  await expectBeside();
  await page.keyboard.press('1');
  await lectern.highlight('carried each stone', 'green');
  await expect.poll(() => lectern.painted('yellow')).toEqual(['by the people of the town, who carried']);
  await expect.poll(() => lectern.painted('green')).toEqual(['carried each stone']);
  await lectern.select('quarry above it.\n\nStorms took');
  await page.keyboard.press('5');
  await expect.poll(() => lectern.painted('violet')).toEqual(['quarry above it.\n\nStorms took']);
  const across = lectern.noteWith('quarry above it.').getByRole('blockquote');
  expect(await across.evaluate((quote: HTMLElement) => quote.innerText)).toMatch(/^quarry above it\.\n+Storms took$/);

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await lectern.select('above it.\n\nStorms');
  await page.keyboard.press('c');
  await expect(page.getByText('The quote is on the clipboard.')).toBeVisible();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^above it\.\n\nStorms\n\n— The harbour wall\n\S+document\/\w+\?at=\d+-\d+&\S+quote=above%20it\S+$/);
  // As the keyboard copies it, the words are alone where only text is taken.
  await page.keyboard.press('ControlOrMeta+c');
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const textOf = async (type: string) => (await item?.getType(type))?.text();
    return [await textOf('text/plain'), await textOf('text/html')];
  });
  expect(copied[0]).toMatch(/^above it\.\s+Storms$/);
  expect(copied[1]).toContain('<blockquote dir="auto"><p>above it.</p><p>Storms</p></blockquote>');
  expect(copied[1]).toMatch(/<a href="[^"]+document\/[^"]+"><cite>The harbour wall<\/cite><\/a>/);

  const moved = lectern.noteWith(/harbour/);
  await lectern.clickPassage('harbour');
  await expect(moved).toHaveAttribute('aria-current', 'true');
  await lectern.select('ice house');
  await lectern.toolbar.getByRole('button', { name: 'Move the highlight in focus to the selection' }).waitFor();
  await page.keyboard.press('e');
  await expect.poll(() => lectern.painted('pink')).toEqual(['ice house']);
  const note = lectern.noteWith('ice house');
  await note.focus();
  await page.keyboard.press('Delete');
  await expect(note).toBeHidden();
  await expect.poll(() => lectern.painted('pink')).toEqual([]);
  await expect(lectern.notes.getByRole('listitem').nth(2)).toBeFocused();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(note).toBeVisible();
  await expect.poll(() => lectern.painted('pink')).toEqual(['ice house']);
  await lectern.choose(note, 'Delete');
  await expect(note).toBeHidden();
  await lectern.choose(lectern.noteWith('carried each stone'), 'Blue');
  await expect.poll(() => lectern.painted('blue')).toEqual(['carried each stone']);
});

test('a key that follows at once acts on what was just selected', async ({ app }) => {
  const lectern = new Lectern(app.page);
  await lectern.open(HARBOUR);
  await app.page.evaluate(() => {
    const paragraph = document.querySelector('.reading-text p');
    document.getSelection()?.selectAllChildren(paragraph ?? document.body);
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '2', code: 'Digit2', bubbles: true, cancelable: true }));
  });
  await expect(lectern.noteWith(/The harbour was built in 1874/)).toBeVisible();
  await expect.poll(() => lectern.painted('green')).toHaveLength(1);
  await lectern.allSaved();
});

test('a note is added and tagged from the selection, and has its place beside the text', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  await lectern.select('built in 1874');
  await page.keyboard.press('n');
  await page.keyboard.type('Three years before the light.');
  await page.keyboard.press('Escape');
  await lectern.select('grey morning');
  await page.keyboard.press('t');
  await page.keyboard.type('endings');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  const first = lectern.noteWith('built in 1874');
  const last = lectern.noteWith('grey morning');
  await expect(last).toContainText('#endings');

  // Either side finds the other.
  await first.getByRole('blockquote').click();
  await expect(page.getByText('The harbour was built')).toBeInViewport();
  await expect.poll(() => lectern.painted('focus')).toEqual(['built in 1874']);
  await page.keyboard.press('j');
  await expect(page.getByText('The last boat left')).toBeInViewport();
  await expect(last).toBeFocused();
  await page.keyboard.press('k');
  await expect(first).toBeFocused();
  await expect(last).not.toHaveAttribute('aria-current');
  await lectern.clickPassage('built in');
  await expect(first).toHaveAttribute('aria-current', 'true');

  // Close together, no card lies over another, and they stand in the order of the text.
  const words = ['The harbour', 'people', 'town', 'carried', 'stone', 'quarry', 'Storms', 'outer'];
  for (const word of words) await lectern.highlight(word, 'green');
  const expectApart = async () => {
    const boxes = await cardBoxes(lectern);
    expect(boxes).toHaveLength(words.length + 2);
    expect(boxes.every(({ top }, index) => index === 0 || top >= (boxes[index - 1]?.bottom ?? 0))).toBe(true);
  };
  await expect(expectApart).toPass();
  const middle = lectern.noteWith(/^Green highlight\.\s*stone/);
  await lectern.write(middle, 'A long note\n\non stones\n\nwith many\n\nlines');
  await expect(expectApart).toPass();
  // The one in focus stands at its passage.
  await expect(async () => {
    const card = await middle.boundingBox();
    const passage = await lectern.passage('stone from');
    expect(Math.abs((card?.y ?? 0) - passage.y)).toBeLessThan(24);
  }).toPass();
});

test('notes are listed, filtered, sorted; page notes stand on top', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  await lectern.highlight('quarry', 'green');
  await lectern.tag(lectern.noteWith('quarry'), 'stone');
  await lectern.highlight('1874', 'blue');
  await lectern.notes.getByRole('button', { name: 'Add a note on the whole document' }).click();
  await page.keyboard.type('A page note');
  await page.keyboard.press('Escape');
  const list = lectern.notes.getByRole('list', { name: 'Notes' });
  const order = () => list.getByRole('listitem').allInnerTexts();
  const firstWords = async () => (await order()).map((text) => /A page note|1874|quarry/.exec(text)?.[0]);
  await expect.poll(firstWords).toEqual(['A page note', '1874', 'quarry']);
  await lectern.notes.getByRole('button', { name: 'Show as a list' }).click();
  await expect.poll(firstWords).toEqual(['A page note', '1874', 'quarry']);
  await lectern.notes.getByRole('combobox', { name: 'Order' }).selectOption('Newest first');
  await expect.poll(firstWords).toEqual(['A page note', '1874', 'quarry']);
  await lectern.write(lectern.noteWith('quarry'), 'Slate');
  await expect.poll(firstWords).toEqual(['quarry', 'A page note', '1874']);
  await lectern.notes.getByRole('button', { name: 'Only blue' }).click();
  await expect.poll(firstWords).toContain('1874');
  await expect(lectern.notes.getByRole('heading', { name: '2 of 3 notes' })).toBeVisible();
  await lectern.notes.getByRole('button', { name: 'Only blue' }).click();
  await lectern.notes.getByRole('combobox', { name: 'Tag' }).selectOption('#stone');
  await expect.poll(firstWords).toEqual(['quarry']);
  await expect(lectern.notes.getByRole('heading', { name: '1 of 3 notes' })).toBeVisible();
});

const selected = (page: Page): Promise<string> => page.evaluate(() => String(document.getSelection()));

/** Tops and bottoms of the cards in CSS pixels, in their order. */
const cardBoxes = (lectern: Lectern): Promise<{ top: number; bottom: number }[]> =>
  lectern.notes
    .getByRole('list', { name: 'Notes' })
    .getByRole('listitem')
    .and(lectern.page.locator('[data-note-id]'))
    .evaluateAll((cards) =>
      cards.map((card) => {
        const { top, bottom } = card.getBoundingClientRect();
        return { top, bottom };
      }),
    );
