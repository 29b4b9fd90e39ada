import { expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { HARBOUR, harbourLibrary } from './fixtures/harbour';
import { settled } from './fixtures/settled.ts';
import { Lectern } from './models/lectern';

test.use({ library: harbourLibrary });

test('a click on a highlight offers beside it what can be done, and the keyboard goes on in the text', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const popover = page.getByRole('dialog', { name: 'Highlight' });
  const article = await lectern.open(HARBOUR);
  await lectern.highlight('by the people of the town', 'green');
  await expect(popover).toBeHidden();
  await lectern.clickPassage('by the people');
  await expect(popover).toBeVisible();
  await expect(article).toBeFocused();
  await expect(popover.getByRole('button', { name: 'Green' })).toHaveAttribute('aria-pressed', 'true');
  await expect(popover.getByRole('button', { name: 'Add a note' })).toHaveCount(0);
  expect(await axeFindings(page)).toEqual([]);
  const [box, passage] = await settled(
    page,
    async () => [await popover.boundingBox(), await lectern.passage('by the people of the town')] as const,
  );
  if (!box) throw new Error('The popover is not laid out.');
  expect(box.y >= passage.bottom || box.y + box.height <= passage.top).toBe(true);

  await popover.getByRole('button', { name: 'Pink' }).click();
  await expect(popover.getByRole('button', { name: 'Pink' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('3');
  await expect(popover.getByRole('button', { name: 'Blue' })).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => lectern.painted('blue')).toEqual(['by the people of the town']);
  await page.keyboard.press('Escape');
  await expect(popover).toBeHidden();
  await expect(article).toBeFocused();
  await expect(lectern.noteWith('by the people')).toHaveAttribute('aria-current', 'true');

  await lectern.clickPassage('by the people');
  await popover.getByRole('button', { name: 'Delete' }).click();
  await expect(popover).toBeHidden();
  await expect.poll(() => lectern.painted('blue')).toEqual([]);
});

test('by keyboard it opens from the card, and gives the keyboard back', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const popover = page.getByRole('dialog', { name: 'Highlight' });
  await lectern.open(HARBOUR);
  const other = await lectern.highlight('The last boat left', 'pink');
  const card = await lectern.highlight('by the people of the town', 'green');
  await card.focus();
  await page.keyboard.press('o');
  await expect(popover.getByRole('button', { name: 'Green' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(popover.getByRole('button', { name: 'Yellow' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(popover.getByRole('button', { name: 'Yellow' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(popover).toBeHidden();
  await expect(card).toBeFocused();
  await page.keyboard.press('o');
  await page.keyboard.press('End');
  await expect(popover.getByRole('button', { name: 'Delete' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(card).toBeHidden();
  await expect(other).toBeFocused();
});

test('where the notes are hidden, its words are read and written there', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const popover = page.getByRole('dialog', { name: 'Highlight' });
  await lectern.open(HARBOUR);
  await lectern.highlight('by the people of the town', 'green');
  await page.keyboard.press('ControlOrMeta+Alt+b');
  await expect(lectern.notes).toBeHidden();
  await lectern.clickPassage('by the people');
  await popover.getByRole('button', { name: 'Add a note' }).click();
  await page.keyboard.type('Who paid for it?');
  await expect(popover.getByRole('textbox', { name: 'Note text' })).toContainText('Who paid for it?');
  await page.keyboard.press('Escape');
  await expect(popover).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(popover.getByRole('group', { name: 'Words of the note' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type(' And when?');
  await expect(popover.getByRole('textbox', { name: 'Note text' })).toContainText('Who paid for it? And when?');
  await page.keyboard.press('Escape');
  await popover.getByRole('button', { name: 'Add tag' }).click();
  await page.keyboard.type('money');
  await page.keyboard.press('Enter');
  await expect(popover).toContainText('#money');
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(popover).toBeHidden();
  await expect(lectern.notes).toBeHidden();
  await page.keyboard.press('ControlOrMeta+Alt+b');
  await expect(lectern.noteWith('Who paid for it?')).toBeVisible();
});

test('a card shows where its words will stand; a click on the words writes, a click on the quote goes to the passage', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  const card = await lectern.highlight('by the people of the town', 'green');
  await card.getByRole('button', { name: 'Add a note' }).click();
  await page.keyboard.type('Who paid for it?');
  await page.keyboard.press('Escape');
  await expect(card).toBeFocused();
  await expect(card.getByRole('button', { name: 'Add a note' })).toHaveCount(0);
  await card.getByText('Who paid for it?').click();
  await expect(card.getByRole('textbox', { name: 'Note text' })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.getByText('The last boat left').scrollIntoViewIfNeeded();
  await card.getByRole('blockquote').click();
  await expect(card.getByRole('textbox', { name: 'Note text' })).toHaveCount(0);
  await expect(page.getByText('The harbour was built')).toBeInViewport();
});

test('colours have the names that the reader gives them, wherever one is chosen', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  await lectern.run('Name the colours');
  const dialog = page.getByRole('dialog', { name: 'Names of the colours' });
  await dialog.getByRole('textbox', { name: 'Green' }).fill('evidence');
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await lectern.select('by the people of the town');
  await lectern.toolbar.getByRole('button', { name: 'Highlight green: evidence' }).click();
  await lectern.clickPassage('by the people');
  await expect(page.getByRole('dialog', { name: 'Highlight' }).getByRole('button', { name: 'Green: evidence' })).toBeVisible();
  await lectern.notes.getByRole('button', { name: 'Show as a list' }).click();
  await expect(lectern.notes.getByRole('button', { name: 'Only green: evidence' })).toBeVisible();
  const again = new Lectern(await app.restart());
  await again.open(HARBOUR);
  await expect(again.notes.getByRole('button', { name: 'Only green: evidence' })).toBeVisible();
});

test('a highlight is made longer and shorter by its handles, by Shift and a click, and by keys, each undone in one step', async ({
  app,
}) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  const card = await lectern.highlight('by the people of the town', 'green');
  await lectern.clickPassage('by the people');
  const end = page.locator('.highlight-edge[data-edge="end"]');
  const [handle, who] = await settled(page, async () => [await end.boundingBox(), await lectern.passage('who')] as const);
  if (!handle) throw new Error('The handle is not laid out.');
  await page.mouse.move(handle.x + 1, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(who.x + 30, who.y, { steps: 4 });
  await expect(page.getByRole('dialog', { name: 'Highlight' })).toBeHidden();
  await page.mouse.move(who.x - 4, who.y, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByRole('dialog', { name: 'Highlight' })).toBeVisible();
  await expect.poll(() => lectern.painted('green')).toEqual(['by the people of the town,']);
  await expect(card).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => lectern.painted('green')).toEqual(['by the people of the town']);

  await page.keyboard.down('Shift');
  await lectern.clickPassage('who');
  await page.keyboard.up('Shift');
  await expect.poll(() => lectern.painted('green')).toEqual(['by the people of the town, who']);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => lectern.painted('green')).toEqual(['by the people of the town']);

  for (const key of ['.', '.', ',', 'Alt+.']) await page.keyboard.press(key);
  await expect.poll(() => lectern.painted('green')).toEqual(['the people of the town, who']);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => lectern.painted('green')).toEqual(['by the people of the town']);
});
