import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { Lectern } from './models/lectern';

const HARBOUR = `The harbour wall

The harbour was built in 1874 by the people of the town, who carried each stone from the quarry above it.

Storms took the outer wall twice. The second time nobody rebuilt it, and the boats moved to the river mouth.

Fish was landed on Tuesdays and Fridays. Prices were chalked on the door of the ice house, and nobody wrote them down.

${Array.from({ length: 30 }, (_, index) => `Year ${1875 + index} brought as many boats as the one before it, and the keeper of the light counted them all from his window.`).join('\n\n')}

The last boat left on a grey morning.
`;
const QUARRY = 'The quarry above\n\nIts slate went to three countries, and its dust to the lungs of the men.\n';

test.use({ library: { 'harbour.txt': HARBOUR, 'quarry.txt': QUARRY } });

const TITLE = 'The harbour wall';

test('a passage is selected by mouse and keys, highlighted, recoloured, moved, deleted', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open(TITLE);
  await article.focus();
  await page.keyboard.press('s');
  await expect(lectern.toolbar).toBeVisible();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(async () => (await selected(page)).trim()).toBe('The harbour');
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await expect.poll(() => selected(page)).toBe('harbour');
  await page.keyboard.press('3');
  await expect(lectern.toolbar).toBeHidden();
  expect(await lectern.painted('blue')).toEqual(['harbour']);
  await page.keyboard.press('4');
  expect(await lectern.painted('pink')).toEqual(['harbour']);
  expect(await lectern.painted('blue')).toEqual([]);

  await lectern.select('by the people of the town, who carried');
  await page.keyboard.press('1');
  await lectern.highlight('carried each stone', 'green');
  expect(await lectern.painted('yellow')).toEqual(['by the people of the town, who carried']);
  expect(await lectern.painted('green')).toEqual(['carried each stone']);
  await lectern.select('quarry above it.\n\nStorms took');
  await page.keyboard.press('5');
  expect(await lectern.painted('violet')).toEqual(['quarry above it.\n\nStorms took']);
  const across = lectern.noteWith('quarry above it.').getByRole('blockquote');
  expect(await across.evaluate((quote: HTMLElement) => quote.innerText)).toMatch(/^quarry above it\.\n+Storms took$/);

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await lectern.select('above it.\n\nStorms');
  await page.keyboard.press('c');
  await expect(page.getByText('The quote is on the clipboard.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('above it.\n\nStorms');

  const moved = lectern.noteWith(/harbour/);
  await moved.click();
  await lectern.select('ice house');
  await lectern.toolbar.getByRole('button', { name: 'Move the highlight in focus to the selection' }).waitFor();
  await page.keyboard.press('e');
  expect(await lectern.painted('pink')).toEqual(['ice house']);
  const note = lectern.noteWith('ice house');
  await note.focus();
  await page.keyboard.press('Delete');
  await expect(note).toBeHidden();
  expect(await lectern.painted('pink')).toEqual([]);
  await expect(lectern.notes.getByRole('listitem').nth(2)).toBeFocused();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(note).toBeVisible();
  expect(await lectern.painted('pink')).toEqual(['ice house']);
  await chooseOf(note, 'Delete');
  await expect(note).toBeHidden();
  await chooseOf(lectern.noteWith('carried each stone'), 'Blue');
  expect(await lectern.painted('blue')).toEqual(['carried each stone']);
});

test('a note is added and tagged from the selection, and has its place beside the text', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(TITLE);
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
  await first.click();
  await expect(page.getByText('The harbour was built')).toBeInViewport();
  expect(await lectern.painted('focus')).toEqual(['built in 1874']);
  await page.keyboard.press('j');
  await expect(page.getByText('The last boat left')).toBeInViewport();
  await expect(last).toBeFocused();
  await page.keyboard.press('k');
  await expect(first).toBeFocused();
  await expect(last).not.toHaveAttribute('aria-current');
  await clickPassage(page, 'built in');
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
    const passage = await passageBox(page, 'stone from');
    expect(Math.abs((card?.y ?? 0) - passage.y)).toBeLessThan(24);
  }).toPass();
});

test('notes are listed, filtered, sorted; page notes stand on top', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(TITLE);
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

test('the editor has Markdown keys and lists; every change is undone and done again', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open(TITLE);
  const note = await lectern.highlight('ice house', 'green');
  await note.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('- one');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two ');
  await page.keyboard.press('ControlOrMeta+b');
  await page.keyboard.type('bold');
  await expect(note.getByRole('textbox', { name: 'Note text' })).toHaveText('- one- two **bold**');
  await page.keyboard.press('Escape');
  await expect(note.locator('.note-body').getByRole('listitem')).toHaveText(['one', 'two bold']);
  await expect(note.locator('strong')).toHaveText('bold');

  const undone = (label: string) => expect(page.getByText(`Undone: ${label}`)).toBeVisible();
  const undo = async (label: string) => {
    await page.keyboard.press('ControlOrMeta+z');
    await undone(label);
  };
  const redo = () => page.keyboard.press('ControlOrMeta+Shift+z');
  // Typing is one step.
  await undo('Edit note');
  await expect(note.locator('.note-body')).toBeHidden();
  await redo();
  await expect(note.locator('strong')).toHaveText('bold');

  await note.press('5');
  await undo('Change colour');
  expect(await lectern.painted('green')).toEqual(['ice house']);
  await redo();
  expect(await lectern.painted('violet')).toEqual(['ice house']);

  await lectern.tag(note, 'cold');
  await undo('Tag note');
  await expect(note.getByText('#cold')).toBeHidden();
  await redo();
  await expect(note.getByText('#cold')).toBeVisible();

  await lectern.select('the door');
  await page.keyboard.press('e');
  await expect.poll(() => lectern.painted('violet')).toEqual(['the door']);
  await undo('Move highlight');
  expect(await lectern.painted('violet')).toEqual(['ice house']);

  await article.focus();
  await page.getByRole('textbox', { name: 'Add tag to document' }).fill('coast');
  await page.keyboard.press('Enter');
  await article.focus();
  await undo('Tag document');
  await expect(article.getByRole('button', { name: 'Remove tag coast' })).toBeHidden();
  await redo();
  await expect(article.getByRole('button', { name: 'Remove tag coast' })).toBeVisible();

  await page.keyboard.press('ControlOrMeta+i');
  await page.getByRole('textbox', { name: 'Title' }).fill('The old harbour');
  await page.getByRole('button', { name: 'Keep' }).click();
  await expect(lectern.article('The old harbour')).toBeVisible();
  await undo('Change title');
  await expect(article).toBeVisible();

  await note.focus();
  await page.keyboard.press('Delete');
  await undo('Delete note');
  await expect(note).toBeVisible();
  await redo();
  await expect(note).toBeHidden();
  await undo('Delete note');
  await undo('Tag document');
  await undo('Tag note');
  await undo('Change colour');
  await undo('Edit note');
  await undo('Highlight');
  await expect(lectern.notes.getByRole('listitem')).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByText('There is nothing to undo.')).toBeVisible();
});

test('what is deleted lies in the trash until it is restored or deleted for good', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(TITLE);
  for (const quote of ['quarry', 'ice house']) {
    const note = await lectern.highlight(quote);
    await note.focus();
    await page.keyboard.press('Delete');
    await expect(note).toBeHidden();
  }
  await lectern.library.getByRole('button', { name: 'Trash' }).click();
  const trash = page.getByRole('list', { name: 'Deleted notes' }).getByRole('listitem');
  await expect(trash).toHaveCount(2);
  await expect(trash.first()).toContainText(TITLE);
  await trash.filter({ hasText: 'quarry' }).getByRole('button', { name: 'Restore' }).click();
  await expect(trash).toHaveText([/ice house/]);
  await trash.getByRole('button', { name: 'Delete for good…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep it' }).click();
  await expect(trash).toHaveCount(1);
  await trash.getByRole('button', { name: 'Delete for good…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Deleted notes' })).toBeFocused();
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(lectern.noteWith('quarry')).toBeVisible();
  await lectern.allSaved();

  const again = new Lectern(await app.restart());
  await expect(again.noteWith('quarry')).toBeVisible();
  await expect(again.notes.getByRole('listitem')).toHaveCount(1);
  await again.library.getByRole('button', { name: 'Trash' }).click();
  await expect(app.page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
});

test('tags are nested and coloured, counted in the tree, and one click shows all under one', async ({ app }) => {
  const { page } = app;
  let lectern = new Lectern(page);
  await lectern.open('The quarry above');
  const field = page.getByRole('textbox', { name: 'Add tag to document' });
  await field.fill('Trade/slate');
  await field.press('Enter');
  const article = await lectern.open(TITLE);
  await lectern.highlight('Fish was landed');
  await lectern.tag(lectern.noteWith('Fish'), 'trade/fish', 'food');
  // Known tags are offered, in the casing that came first.
  await field.fill('sla');
  await page.getByRole('listbox', { name: 'Known tags' }).getByRole('option', { name: 'Trade/slate' }).click();
  await expect(article.getByRole('button', { name: 'Remove tag Trade/slate' })).toBeVisible();

  const count = (tag: string) => lectern.library.getByRole('button', { name: tag, exact: true });
  await expect(count('Trade')).toHaveAccessibleDescription('3 uses');
  await expect(count('Trade/slate')).toHaveAccessibleDescription('2 uses');
  await expect(count('Trade/fish')).toHaveAccessibleDescription('1 use');
  await expect(count('food')).toHaveAccessibleDescription('1 use');

  await lectern.library.getByRole('button', { name: 'Options for Trade', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Violet' }).click();
  await expect(count('Trade').locator('.dot')).toHaveAttribute('data-colour', 'violet');
  await expect(count('Trade/fish').locator('.dot')).toHaveAttribute('data-colour', 'violet');
  await lectern.allSaved();

  lectern = new Lectern(await app.restart());
  await expect(count('Trade').locator('.dot')).toHaveAttribute('data-colour', 'violet');
  await count('Trade').click();
  const main = app.page.getByRole('main');
  await expect(main.getByRole('heading', { level: 1, name: 'Trade' })).toBeVisible();
  await expect(main.getByRole('list', { name: 'Documents with this tag' }).getByRole('button')).toHaveText([TITLE, 'The quarry above']);
  await expect(main.getByRole('list', { name: 'All notes' }).getByRole('listitem')).toContainText(['Fish was landed']);
  await expect(lectern.library.getByRole('option')).toHaveCount(2);
  await count('food').click();
  await expect(lectern.library.getByRole('option')).toHaveCount(1);
  await expect(main.getByRole('list', { name: 'Documents with this tag' })).toHaveCount(0);
});

test('all notes of all documents are searched, filtered, sorted and opened at their place', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open('The quarry above');
  await lectern.write(await lectern.highlight('three countries', 'blue'), 'Which ones?');
  const article = await lectern.open(TITLE);
  await lectern.highlight('1874');
  await lectern.write(await lectern.highlight('grey morning', 'blue'), 'Ends with **weather**');
  await page.keyboard.press('ControlOrMeta+2');
  const notes = page.getByRole('list', { name: 'All notes' });
  const quotes = () => notes.locator('.found-open').allInnerTexts();
  await expect(page.getByRole('heading', { level: 1, name: 'All notes' })).toBeVisible();
  await expect.poll(quotes).toEqual(['grey morning', '1874', 'three countries']);
  await page.getByRole('combobox', { name: 'Order' }).selectOption('By document');
  await expect.poll(quotes).toEqual(['1874', 'grey morning', 'three countries']);
  await page.getByRole('group', { name: 'Colour' }).getByRole('button', { name: 'Only blue' }).click();
  await expect.poll(quotes).toEqual(['grey morning', 'three countries']);
  await page.getByRole('combobox', { name: 'Document' }).selectOption('The quarry above');
  await expect.poll(quotes).toEqual(['three countries']);
  await page.getByRole('combobox', { name: 'Document' }).selectOption('Any document');
  await page.getByRole('searchbox', { name: 'Filter notes' }).fill('WEATHER');
  await expect.poll(quotes).toEqual(['grey morning']);
  await expect(page.getByText('1 of 3 notes')).toBeVisible();
  await notes.getByRole('button', { name: 'grey morning' }).press('Enter');
  await expect(article.getByText('The last boat left')).toBeInViewport();
  await expect(lectern.noteWith('grey morning')).toHaveAttribute('aria-current', 'true');
});

test('a note links to a document by its title, and keeps its earlier versions', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(TITLE);
  const note = await lectern.highlight('from the quarry');
  await note.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('See [[quarry');
  await page.getByRole('listbox', { name: 'Completions' }).getByRole('option', { name: 'The quarry above' }).waitFor();
  // Escape closes what is offered first, then the editor.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox', { name: 'Completions' })).toBeHidden();
  await page.keyboard.press('Control+Space');
  await page.getByRole('listbox', { name: 'Completions' }).getByRole('option', { name: 'The quarry above' }).click();
  await page.keyboard.press('Escape');
  await expect(note).toBeFocused();
  await note.getByRole('link', { name: 'The quarry above' }).click();
  await expect(lectern.article('The quarry above')).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(lectern.article(TITLE)).toBeVisible();

  await page.clock.setFixedTime(Date.now() + 10 * 60_000);
  await lectern.write(note, 'Another text');
  await chooseOf(note, 'Earlier versions…');
  const versions = page.getByRole('dialog', { name: 'Earlier versions' });
  await expect(versions.getByRole('listitem')).toHaveCount(1);
  await expect(versions.getByRole('listitem')).toContainText('See The quarry above');
  await versions.getByRole('button', { name: 'Restore this version' }).click();
  await expect(versions).toBeHidden();
  await expect(note.getByRole('link', { name: 'The quarry above' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(note).toContainText('Another text');
});

const selected = (page: Page): Promise<string> => page.evaluate(() => String(document.getSelection()));

/** Chooses from the menu of a note's card. */
async function chooseOf(note: Locator, item: string): Promise<void> {
  await note.hover();
  await note.getByRole('button', { name: 'More' }).click();
  const page = note.page();
  await page.getByRole('menu').getByText(item, { exact: true }).click();
  await expect(page.getByRole('menu')).toBeHidden();
}

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

/** Where the first line of a passage stands that lies within one paragraph. */
const passageBox = (page: Page, quote: string): Promise<{ x: number; y: number }> =>
  page.evaluate((text) => {
    const walker = document.createTreeWalker(document.querySelector('.reading-text') ?? document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = (node as Text).data.indexOf(text);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + text.length);
      const { x, y, height } = range.getBoundingClientRect();
      return { x: x + 4, y: y + height / 2 };
    }
    throw new Error(`No paragraph holds “${text}”.`);
  }, quote);

async function clickPassage(page: Page, quote: string): Promise<void> {
  const { x, y } = await passageBox(page, quote);
  await page.mouse.click(x, y);
}
