import { expect, test } from './fixtures';
import { axeFindingsByDayAndNight } from './fixtures/axe.ts';
import { HARBOUR, harbourLibrary } from './fixtures/harbour';
import { FIRST_SEED, Lectern } from './models/lectern';

const more = Object.fromEntries(
  ['Alder', 'Birch', 'Cedar', 'Durmast'].map((name) => [`${name}.md`, `# ${name}\n\nA tree, and its wood.\n`]),
);
test.use({ library: { ...harbourLibrary, ...more } });

test('documents are selected by keys, tagged, marked and undone as one step', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const list = lectern.library.getByRole('listbox', { name: 'Documents' });
  const bar = lectern.library.getByRole('toolbar', { name: 'Selected documents' });
  const selected = lectern.library.getByRole('option', { selected: true });
  const messages = page.getByRole('status', { name: 'Last messages' });
  await lectern.library.getByRole('textbox', { name: 'Filter documents' }).fill('md');
  await expect(lectern.library.getByRole('option')).toHaveCount(4);
  await list.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(selected).toHaveCount(3);
  await expect(bar).toContainText('3 selected');
  await page.keyboard.press('Shift+ArrowUp');
  await expect(selected).toHaveCount(2);
  await page.keyboard.press('ControlOrMeta+a');
  await expect(selected).toHaveCount(4);
  expect(await axeFindingsByDayAndNight(page)).toEqual([]);

  await page.keyboard.press('t');
  const tag = page.getByRole('dialog', { name: 'Tag 4 documents' });
  await expect(tag.getByRole('textbox', { name: 'Put on' })).toBeFocused();
  await page.keyboard.type('wood, tree,');
  expect(await axeFindingsByDayAndNight(page)).toEqual([]);
  await tag.getByRole('button', { name: 'Tag', exact: true }).press('Enter');
  await expect(messages).toContainText('Tagged 4 documents with “wood”, “tree”.');
  await expect(list.getByText('wood')).toHaveCount(4);
  await expect(list).toBeFocused();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(list.getByText('wood')).toHaveCount(0);

  await list.focus();
  await page.keyboard.press('Delete');
  await expect(messages).toContainText('This can be done with one at a time.');
  await page.keyboard.press('ContextMenu');
  const menu = page.getByRole('menu', { name: '4 documents' });
  await expect(menu).toBeVisible();
  expect(await axeFindingsByDayAndNight(page, 'region')).toEqual([]);
  await menu.getByRole('menuitem', { name: 'Mark as finished' }).press('Enter');
  await expect(messages).toContainText('Marked 4 documents as finished.');
  await expect(list.getByText('Finished')).toHaveCount(4);
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
});

test('documents are selected with the mouse, and a menu at the pointer acts on what was clicked', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  const selected = lectern.library.getByRole('option', { selected: true });
  await lectern.option('Alder').click({ modifiers: ['ControlOrMeta'] });
  await lectern.option('Cedar').click({ modifiers: ['ControlOrMeta'] });
  await expect(selected).toHaveCount(2);
  await expect(lectern.article(HARBOUR)).toBeVisible();
  // One that is not selected is meant alone.
  await lectern.option('Birch').click({ button: 'right' });
  await page.getByRole('menu', { name: 'Birch' }).getByRole('menuitem', { name: 'Details of the document…' }).click();
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Title' })).toHaveValue('Birch');
  await page.keyboard.press('Escape');
  await lectern.library
    .getByRole('toolbar', { name: 'Selected documents' })
    .getByRole('button', { name: 'Export the selected documents' })
    .click();
  await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible();
  await page.keyboard.press('Escape');
  await lectern.option(FIRST_SEED).click();
  await expect(lectern.article(FIRST_SEED)).toBeVisible();
  await expect(lectern.library.getByRole('toolbar', { name: 'Selected documents' })).toBeHidden();

  // A click elsewhere closes the menu, and what was clicked keeps the focus.
  await lectern.option('Birch').click({ button: 'right' });
  const filter = page.getByRole('textbox', { name: 'Filter documents' });
  await filter.click();
  await expect(page.getByRole('menu')).toBeHidden();
  await page.keyboard.type('ced');
  await expect(filter).toHaveValue('ced');
});

test('notes of many documents are selected, tagged and deleted as one step', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  await lectern.highlight('from the quarry');
  await lectern.highlight('the outer wall');
  await lectern.open('The quarry above');
  await lectern.highlight('three countries');
  await lectern.allSaved();
  // Beside the document, a card has its menu where it is clicked, and by the Menu key.
  await lectern.noteWith('three countries').focus();
  await page.keyboard.press('ContextMenu');
  await page.getByRole('menu', { name: 'Note' }).getByRole('menuitemcheckbox', { name: 'Pink' }).press('Enter');
  await expect(lectern.noteWith('three countries')).toHaveAttribute('data-colour', 'pink');
  await expect(lectern.noteWith('three countries')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+2');
  const rows = page.getByRole('list', { name: 'All notes' }).getByRole('listitem');
  await expect(rows).toHaveCount(3);
  await rows.first().getByRole('button', { name: 'three countries' }).focus();
  await page.keyboard.press('ControlOrMeta+a');
  const bar = page.getByRole('toolbar', { name: 'Selected notes' });
  await expect(bar).toContainText('3 selected');
  expect(await axeFindingsByDayAndNight(page)).toEqual([]);
  await page.keyboard.press('t');
  await expect(page.getByRole('dialog', { name: /^Tag 3 notes/ }).getByRole('textbox', { name: 'Put on' })).toBeFocused();
  await page.keyboard.type('many,');
  await page.getByRole('dialog', { name: 'Tag 3 notes' }).getByRole('button', { name: 'Tag', exact: true }).press('Enter');
  await expect(rows.getByText('#many')).toHaveCount(3);
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
  await page.keyboard.press('x');
  await expect(bar).toContainText('1 selected');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(bar).toContainText('2 selected');
  await page.keyboard.press('Delete');
  await expect(rows).toHaveCount(1);
  await expect(page.getByRole('status', { name: 'Last messages' })).toContainText('Moved 2 notes to the trash.');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(rows).toHaveCount(3);
  await rows.last().click({ button: 'right' });
  await expect(page.getByRole('menu').getByRole('menuitem')).toHaveText(['Open', /^Edit/, 'Tag…', 'Export note…', 'Delete']);
  await page.keyboard.press('Escape');

  // Where others are selected, a key means its own row alone; what is in the trash is not selected any more.
  await rows.first().getByRole('checkbox').check();
  await rows.last().locator('.found-open').focus();
  await page.keyboard.press('Delete');
  await expect(rows).toHaveCount(2);
  await expect(bar).toContainText('1 selected');
  await rows.first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(rows).toHaveCount(1);
  await expect(bar).toBeHidden();
});
