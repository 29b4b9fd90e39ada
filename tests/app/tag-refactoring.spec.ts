import { expect, test } from './fixtures';
import { axeFindingsByDayAndNight } from './fixtures/axe.ts';
import { HARBOUR, harbourLibrary } from './fixtures/harbour';
import { Lectern } from './models/lectern';

test.use({ library: harbourLibrary });

test('a tag is renamed, merged, nested and deleted by keys alone, each listed first and undone as one step', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  const note = await lectern.highlight('from the quarry');
  await lectern.tag(note, 'stone', 'stone/slate', 'shore');
  await lectern.allSaved();
  const row = (name: string) => lectern.library.getByRole('button', { name, exact: true });
  const plan = page.getByRole('status', { name: 'What will change' });
  const messages = page.getByRole('status', { name: 'Last messages' });

  await row('stone').focus();
  await page.keyboard.press('F2');
  const rename = page.getByRole('dialog', { name: 'Rename the tag “stone”' });
  await expect(rename.getByRole('combobox', { name: 'New name' })).toBeFocused();
  await page.keyboard.type('granite');
  await expect(plan.getByRole('row', { name: 'stone/slate granite/slate 0 1' })).toBeVisible();
  await expect(plan).toContainText('1 note changes.');
  expect(await axeFindingsByDayAndNight(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(messages).toContainText('Renamed the tag “stone” to “granite” in 1 note.');
  await expect(row('granite/slate')).toBeVisible();
  await expect(row('stone')).toHaveCount(0);
  await expect(note).toContainText('#granite');
  // It stands elsewhere by now, before “shore”.
  await expect(row('granite')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(row('stone/slate')).toBeVisible();
  await expect(row('granite')).toHaveCount(0);

  // Enter before it is known what will change waits for that.
  await row('stone').focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('boulder');
  await page.keyboard.press('Enter');
  await expect(row('boulder/slate')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(row('stone/slate')).toBeVisible();

  await row('stone').focus();
  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu', { name: 'Options for stone' });
  await expect(menu).toBeVisible();
  // A menu stands over the page, in no landmark.
  expect(await axeFindingsByDayAndNight(page, 'region')).toEqual([]);
  await page.keyboard.press('m');
  await expect(menu.getByRole('menuitem', { name: /^Merge/ })).toBeFocused();
  await page.keyboard.press('Enter');
  const merge = page.getByRole('dialog', { name: 'Merge the tag “stone” into another' });
  await expect(merge.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('sho');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(plan).toContainText('“shore” is there already: the two become one.');
  await page.keyboard.press('Enter');
  await expect(merge).toBeHidden();
  await expect(row('shore/slate')).toBeVisible();
  await expect(messages).toContainText('Merged the tag “stone” into “shore”');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(row('stone/slate')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(row('shore/slate')).toBeVisible();

  await row('shore').focus();
  await page.keyboard.press('Delete');
  await expect(plan.getByRole('row', { name: 'shore/slate 0 1' })).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).press('Enter');
  await expect(row('shore')).toHaveCount(0);
  await expect(note).not.toContainText('#');
  await messages.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(note).toContainText('#shore');
  await lectern.library.getByRole('button', { name: 'What changed' }).click();
  const entries = page.getByRole('list', { name: 'What changed' }).getByRole('listitem');
  await expect(entries.filter({ hasText: 'Merged the tag “stone” into “shore” in 1 note.' }).first()).toBeVisible();
});

test('a tag that is dragged onto another is nested under it, with the same list before', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  const note = await lectern.highlight('from the quarry');
  await lectern.tag(note, 'stone', 'places');
  await lectern.allSaved();
  const row = (name: string) => lectern.library.getByRole('button', { name, exact: true });
  await row('stone').click();
  const heading = page.getByRole('main').getByRole('heading', { level: 1 });
  await expect(heading).toHaveText('stone');
  await row('stone').dragTo(row('places'));
  const nest = page.getByRole('dialog', { name: 'Nest the tag “stone” under another' });
  await expect(nest.getByRole('combobox', { name: 'Nest under' })).toHaveValue('places');
  await expect(nest.getByRole('row', { name: 'stone places/stone 0 1' })).toBeVisible();
  await nest.getByRole('button', { name: 'Nest', exact: true }).click();
  await expect(row('places/stone')).toBeVisible();
  // What is narrowed to the tag goes along.
  await expect(heading).toHaveText('places/stone');
  await expect(row('places/stone')).toHaveAttribute('aria-current', 'true');
  await expect(lectern.library.getByRole('button', { name: 'Stop filtering by places/stone' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'All notes' }).getByRole('listitem')).toHaveCount(1);

  // Another name of it leads to it.
  await row('places/stone').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Other names…' }).click();
  await page.getByRole('combobox', { name: 'Another name' }).fill('pebble');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Other names' }).getByRole('listitem')).toHaveText(['pebble']);
  expect(await axeFindingsByDayAndNight(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await lectern.library.getByRole('button', { name: 'Stop filtering by places/stone' }).click();
  await lectern.open('The quarry above');
  await lectern.tag(await lectern.highlight('three countries'), 'Pebble');
  await expect(lectern.noteWith('three countries')).toContainText('#places/stone');
});

test('documents and notes without a tag are found, and tags without a use are deleted together', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  const note = await lectern.highlight('from the quarry');
  await lectern.highlight('the outer wall');
  await lectern.tag(note, 'stone', 'gone');
  // A tag that is taken off before it is saved was never one.
  await lectern.allSaved();
  await note.press('t');
  await note.getByRole('button', { name: 'Remove tag gone' }).click();
  await page.keyboard.press('Escape');
  await lectern.allSaved();
  const options = lectern.library.getByRole('button', { name: 'Untagged and unused' });
  await options.click();
  await page.getByRole('menuitem', { name: 'Untagged notes' }).click();
  await expect(page.getByRole('list', { name: 'All notes' }).getByRole('listitem')).toHaveCount(1);
  await options.click();
  await page.getByRole('menuitem', { name: 'Untagged documents' }).click();
  await expect(lectern.library.getByRole('list', { name: 'Active filters' })).toContainText('Untagged');
  await expect(lectern.option(HARBOUR)).toBeVisible();
  await options.click();
  await page.getByRole('menuitem', { name: 'Unused tags…' }).click();
  const unused = page.getByRole('dialog', { name: 'Unused tags' });
  await expect(unused.getByRole('listitem')).toHaveText(['gone']);
  expect(await axeFindingsByDayAndNight(page)).toEqual([]);
  await unused.getByRole('button', { name: 'Delete it' }).click();
  await expect(page.getByRole('status', { name: 'Last messages' })).toContainText('Deleted the unused tag “gone”');
});

test('T offers the tags that were used last: Enter takes the first, a comma adds another and the box stays', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  await lectern.tag(await lectern.highlight('from the quarry'), 'stone', 'shore');
  const note = await lectern.highlight('the outer wall');
  await note.focus();
  await page.keyboard.press('t');
  const field = note.getByRole('textbox', { name: 'Add tag to note' });
  await expect(note.getByRole('button', { name: /^Add the tag/ })).toHaveText([/^shore/, /^stone/]);
  expect(await axeFindingsByDayAndNight(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(note.getByRole('button', { name: '#shore' })).toBeVisible();
  await expect(note).toBeFocused();
  await page.keyboard.press('t');
  await page.keyboard.type('wind, ');
  await expect(note.getByRole('button', { name: 'Remove tag wind' })).toBeAttached();
  await expect(field).toBeFocused();
  await page.keyboard.type('water');
  await page.keyboard.press('Enter');
  await expect(field).toBeHidden();
  await expect(note.getByRole('button', { name: /^#/ })).toHaveText(['#shore', '#wind', '#water']);
  await expect(note).toBeFocused();
});
