import { expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { HARBOUR, harbourLibrary } from './fixtures/harbour';
import { Lectern } from './models/lectern';

test.use({ library: harbourLibrary });

test('a note gets a further passage, is one card for both, is joined with the next one and split again, all by keys', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const messages = page.getByRole('status', { name: 'Last messages' });
  await lectern.open(HARBOUR);
  const card = await lectern.highlight('by the people of the town', 'green');
  await lectern.select('The last boat left');
  await lectern.toolbar.getByRole('button', { name: 'Add the selection to the note in focus' }).click();
  await expect(lectern.toolbar).toBeHidden();
  await expect(card).toContainText('[…]');
  await expect(lectern.notes.getByRole('listitem')).toHaveCount(1);
  await expect(lectern.notes).toContainText('1 note');
  const both = ['by the people of the town', 'The last boat left'];
  await expect(card.locator('.note-quote')).toHaveText(both.join(' […] '));
  await expect.poll(() => lectern.painted('green')).toEqual(both);
  await expect.poll(() => lectern.painted('focus')).toEqual(both);
  await card.focus();
  await page.keyboard.press('o');
  const popover = page.getByRole('dialog', { name: 'Highlight' });
  await expect(popover.getByRole('button', { name: 'Green' })).toBeFocused();
  // To the other passage, which is far below.
  await page.keyboard.press('o');
  await expect(lectern.article(HARBOUR).getByText('The last boat left').first()).toBeInViewport();
  await page.keyboard.press('.');
  await expect(card.locator('.note-quote')).toHaveText(`${both.join(' […] ')} on`);
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('Escape');
  await expect(popover).toBeHidden();

  const other = await lectern.highlight('the outer wall twice', 'pink');
  await lectern.write(other, 'Is it old?');
  await page.keyboard.press('Shift+K');
  await expect(messages).toContainText('2 notes are one now at 3 passages.');
  const joined = lectern.noteWith('Is it old?');
  await expect(joined).toBeFocused();
  await expect(lectern.notes.getByRole('listitem')).toHaveCount(1);
  await expect.poll(() => lectern.painted('focus')).toHaveLength(3);
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(lectern.notes.getByRole('listitem')).toHaveCount(2);
  await expect.poll(() => lectern.painted('pink')).toEqual(['the outer wall twice']);

  await card.focus();
  await page.keyboard.press('Shift+P');
  await expect(messages).toContainText('The note is 2 notes now.');
  await expect(lectern.notes.getByRole('listitem')).toHaveCount(3);
  await lectern.allSaved();
});

test('notes that are selected in a list are joined, and deleted and restored as one', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const messages = page.getByRole('status', { name: 'Last messages' });
  const list = page.getByRole('list', { name: 'All notes' });
  await lectern.open(HARBOUR);
  await lectern.write(await lectern.highlight('by the people of the town', 'green'), 'Who?');
  await lectern.highlight('The last boat left', 'pink');
  await lectern.library.getByRole('button', { name: 'All notes' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await list.locator('.found-open').first().focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.getByRole('toolbar', { name: 'Selected notes' }).getByRole('button', { name: 'Join' }).press('Enter');
  await expect(messages).toContainText('2 notes are one now at 2 passages.');
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list.getByRole('button', { name: 'by the people of the town […] The last boat left' })).toBeFocused();
  await expect(list).toContainText('Who?');
  await page.keyboard.press('Delete');
  await expect(messages).toContainText('Moved 1 note to the trash.');
  // What comes back takes the keyboard, which went to the heading without it; the messages give it back where it came from.
  await expect(page.getByRole('heading', { name: 'All notes' })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(messages).toContainText('This was taken back');
  await expect(list.locator('.found-open')).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('heading', { name: 'All notes' })).toBeFocused();
  await messages.getByRole('button', { name: 'Undo' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(page.locator('[data-pane=main] :focus')).toHaveCount(1);
  await list.locator('.found-open').press('Delete');
  await expect(messages).toContainText('Moved 1 note to the trash.');
  await lectern.library.getByRole('button', { name: 'Trash' }).click();
  const trash = page.getByRole('list', { name: 'Trash' });
  await expect(trash.getByRole('listitem')).toHaveCount(1);
  await expect(trash).toContainText('by the people of the town […] The last boat left');
  await trash.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+2');
  await expect(list.getByRole('listitem')).toHaveCount(1);
});
