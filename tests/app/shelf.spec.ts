import { expect, test } from './fixtures';
import { axeFindingsByDayAndNight } from './fixtures/axe.ts';
import { Lectern } from './models/lectern';

test.use({
  library: Object.fromEntries(['Alder', 'Birch', 'Cedar'].map((name) => [`${name}.md`, `# ${name}\n\nA tree, and its wood.\n`])),
});

test('favourites, the reading list and collections are kept by keys, by dragging and over a restart', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const list = lectern.library.getByRole('listbox', { name: 'Documents' });
  const options = list.getByRole('option');
  const messages = page.getByRole('status', { name: 'Last messages' });
  const place = (name: string) => lectern.library.getByRole('button', { name, exact: true });
  await lectern.open('Birch');
  await page.keyboard.press('f');
  await expect(messages).toContainText('It is a favourite.');
  await expect(place('Favourites')).toHaveAccessibleDescription('1 document');
  await expect(page.getByRole('button', { name: 'Favourite', exact: true, pressed: true })).toBeVisible();

  for (const name of ['Alder', 'Birch', 'Cedar']) {
    await lectern.option(name).click();
    await expect(lectern.article(name)).toBeVisible();
    await list.focus();
    await page.keyboard.press('q');
    await expect(messages).toContainText('Put 1 document into the reading list.');
    await expect(lectern.option(name)).toHaveAccessibleDescription(/On the reading list/);
  }
  await place('Reading list').click();
  await expect(options).toHaveText([/Alder/, /Birch/, /Cedar/]);
  await list.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(options).toHaveText([/Cedar/, /Alder/, /Birch/]);
  await lectern.option('Birch').dragTo(lectern.option('Cedar'), { targetPosition: { x: 20, y: 4 } });
  await expect(options).toHaveText([/Birch/, /Cedar/, /Alder/]);
  await list.focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(options).toHaveText([/Cedar/, /Alder/, /Birch/]);
  await expect(page.getByRole('region', { name: 'Next in your reading list' })).toContainText('Alder');
  expect(await axeFindingsByDayAndNight(page)).toEqual([]);

  await page.keyboard.press('ContextMenu');
  await page.getByRole('menuitem', { name: 'Collections…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Collections' });
  await expect(dialog.getByRole('textbox', { name: 'Collection' })).toBeFocused();
  await page.keyboard.type('Thesis');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('checkbox', { name: 'Thesis' })).toBeChecked();
  await page.keyboard.type('thesis');
  await page.keyboard.press('Enter');
  await expect(messages).toContainText('They are so already');
  await expect(dialog.getByRole('checkbox', { name: 'Thesis' })).toBeChecked();
  expect(await axeFindingsByDayAndNight(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await lectern.option('Birch').dragTo(place('Thesis'));
  await expect(place('Thesis')).toHaveAccessibleDescription('2 documents');
  await place('Thesis').focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('Dissertation');
  // This Enter only chooses letters, in Japanese for one.
  await page.getByRole('textbox', { name: 'Name of the collection' }).dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  await expect(page.getByRole('textbox', { name: 'Name of the collection' })).toHaveValue('Dissertation');
  await page.keyboard.press('Enter');
  await expect(place('Dissertation')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(options).toHaveText([/Birch/, /Cedar/]);
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('collection:diss');
  await expect(page.getByRole('option', { name: /Dissertation/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('combobox', { name: 'Search' })).toHaveValue('collection:Dissertation ');
  await expect(page.getByRole('dialog').getByRole('option', { name: /Cedar/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await lectern.allSaved();

  const again = new Lectern(await app.restart());
  const shelf = (name: string) => again.library.getByRole('button', { name, exact: true });
  await shelf('Reading list').click();
  await expect(again.library.getByRole('option')).toHaveText([/Cedar/, /Alder/, /Birch/]);
  await shelf('Dissertation').click();
  await expect(again.library.getByRole('option')).toHaveText([/Birch/, /Cedar/]);
});
