import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures';
import { orchardLibrary } from './fixtures/orchard';
import { FIRST_SEED, Lectern } from './models/lectern';

test.use({ library: orchardLibrary });

test('the palette finds titles, text, quotes, notes and tags, and runs commands', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const orchard = await lectern.open('The orchard');
  const note = await lectern.highlight('through the winter', 'green');
  await lectern.write(note, 'Ask about the cellar');
  await lectern.tag(note, 'storage');
  await lectern.allSaved();
  await lectern.open(FIRST_SEED);

  const field = lectern.palette.getByRole('combobox', { name: 'Search' });
  const find = async (query: string, kind: string, snippet: string): Promise<Locator> => {
    await page.keyboard.press('ControlOrMeta+k');
    await expect(field).toBeFocused();
    await field.fill(query);
    const hit = lectern.palette.getByRole('option', { name: snippet }).filter({ has: page.getByRole('img', { name: kind, exact: true }) });
    await expect(hit.first()).toBeVisible();
    return hit.first();
  };
  const chooseByKeys = async (hit: Locator) => {
    await expect(async () => {
      if ((await hit.getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowDown');
      await expect(hit).toHaveAttribute('aria-selected', 'true', { timeout: 200 });
    }).toPass();
    await page.keyboard.press('Enter');
    await expect(lectern.palette).toBeHidden();
  };

  await chooseByKeys(await find('quinces', 'Text', 'Quinces are picked last'));
  await expect(orchard.getByText('Quinces are picked last')).toBeInViewport();
  await expect(orchard).toBeFocused();
  await expect.poll(() => page.evaluate(() => String(document.getSelection()))).toBe('Quinces');

  await chooseByKeys(await find('soldiers', 'Text', 'soldiers'));
  await expect(lectern.article(FIRST_SEED)).toBeVisible();
  await chooseByKeys(await find('cellar', 'Note', 'Ask about the cellar'));
  await expect(orchard.getByText('Apples keep')).toBeInViewport();
  await expect(note).toHaveAttribute('aria-current', 'true');

  await chooseByKeys(await find('european countries', 'Title', 'European countries'));
  await expect(lectern.article(FIRST_SEED)).toBeFocused();
  await chooseByKeys(await find('"through the winter"', 'Highlight', 'through the winter'));
  await expect(orchard).toBeVisible();
  await find('tag:storage', 'Tag', 'storage');
  await field.fill('winter -cellar -apples');
  await expect(lectern.palette.getByText('Nothing was found.').first()).toBeVisible();

  await field.fill('all notes');
  await lectern.palette.getByRole('group', { name: 'Commands' }).getByRole('option', { name: 'All notes' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'All notes' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await field.fill('>light or dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'night');

  // What is typed into the bar goes on in the palette.
  await page.getByRole('banner').getByRole('combobox', { name: 'Search' }).focus();
  await page.keyboard.type('qu');
  await expect(field).toBeFocused();
  await page.keyboard.type('inces');
  await expect(field).toHaveValue('quinces');
  await expect(lectern.palette.getByRole('option', { name: 'Quinces are picked last' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('banner').getByRole('combobox', { name: 'Search' })).toBeFocused();
});

test('the palette shows what was read and done last, commands before passages, and everything that was looked for marked', async ({
  app,
}) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const { palette } = lectern;
  const open = () => page.keyboard.press('ControlOrMeta+k');
  const field = palette.getByRole('combobox', { name: 'Search' });
  await expect(lectern.option('The orchard')).toBeVisible();
  await open();
  await field.fill('finished');
  await expect(palette.getByText('“Mark as finished or unread” needs a document on the screen.').last()).toBeVisible();
  await page.keyboard.press('Escape');
  await lectern.open('The orchard');
  await lectern.open(FIRST_SEED);
  await open();
  await expect(palette.getByRole('group', { name: 'Recent documents' }).getByRole('option').first()).toHaveText(/^The orchard/);
  await field.fill('dark');
  await expect(palette.getByRole('option').first()).toHaveText(/^Light or dark theme/);
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'night');

  await open();
  await expect(palette.getByRole('group', { name: 'Recent commands' }).getByRole('option')).toHaveText([/^Light or dark theme/]);
  await page.keyboard.press('Enter');
  await expect(lectern.article('The orchard')).toBeFocused();

  await open();
  await field.fill('quinces last');
  await expect(palette.getByRole('option', { name: 'Quinces are picked last' }).locator('mark')).toHaveText(['Quinces', 'last']);
  await field.fill('the orchard');
  await expect(palette.getByRole('group').first().getByRole('option').first()).toHaveText('The orchard');
  await field.fill('>zebra');
  await expect(palette.getByText('No command is called so.')).toBeVisible();

  // A dialog that was opened from here gives the keyboard back to what had it before.
  await field.fill('>keyboard shortcuts');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(lectern.article('The orchard')).toBeFocused();
});

test('the reader changes keys: they work, clashes are shown, a restart keeps them', async ({ app }) => {
  let lectern = new Lectern(app.page);
  await (await lectern.open('The orchard')).focus();
  await app.page.keyboard.press('?');
  const sheet = () => app.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  const row = (title: string) =>
    sheet()
      .getByRole('listitem')
      .filter({ has: app.page.getByText(title, { exact: true }) });
  const record = async (title: string, key: string) => {
    await row(title)
      .getByRole('button', { name: `${title}:` })
      .click();
    await expect(row(title).getByRole('button')).toHaveText('Press a key');
    await app.page.keyboard.press(key);
  };
  await expect(row('Undo').getByRole('button')).toHaveText('CtrlZ');
  await record('Trash', 'j');
  await expect(row('Trash')).toContainText('also: Next note');
  await expect(row('Next note')).toContainText('also: Trash');
  await record('Trash', 'Alt+Shift+y');
  await expect(row('Trash').getByRole('button')).toHaveText('AltShiftY');
  await expect(sheet().getByText('also:')).toHaveCount(0);
  await record('Next note', 'Backspace');
  await expect(row('Next note').getByRole('button')).toHaveText('none');
  await record('Previous note', 'Escape');
  await expect(row('Previous note').getByRole('button')).toHaveText('K');
  await app.page.keyboard.press('Escape');
  await expect(sheet()).toBeHidden();

  const trash = () => app.page.getByRole('heading', { level: 1, name: 'Trash' });
  await app.page.keyboard.press('ControlOrMeta+3');
  await expect(app.page.getByRole('article')).toBeVisible();
  await app.page.keyboard.press('Alt+Shift+y');
  await expect(trash()).toBeVisible();

  lectern = new Lectern(await app.restart());
  await lectern.article('The orchard').waitFor();
  await app.page.keyboard.press('Alt+Shift+y');
  await expect(trash()).toBeVisible();
  await app.page.keyboard.press('?');
  await sheet().getByRole('button', { name: 'Use the usual keys again' }).click();
  await expect(row('Trash').getByRole('button')).toHaveText('Ctrl3');
});

test('F6 goes through the panes, and every dialog gives the focus back', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open('The orchard');
  const note = await lectern.highlight('Apples keep');
  const stops = [lectern.library.getByRole('listbox', { name: 'Documents' }), article, note];
  await article.focus();
  await page.keyboard.press('F6');
  await expect(note).toBeFocused();
  await page.keyboard.press('F6');
  await expect(page.getByRole('banner').getByRole('combobox', { name: 'Search' })).toBeFocused();
  for (const stop of stops) {
    await page.keyboard.press('F6');
    await expect(stop).toBeFocused();
  }
  for (const stop of stops.toReversed().slice(1)) {
    await page.keyboard.press('Shift+F6');
    await expect(stop).toBeFocused();
  }

  const dialogs: [keys: string, name: string][] = [
    ['ControlOrMeta+k', 'Command palette'],
    ['ControlOrMeta+Shift+e', 'Export'],
    ['?', 'Keyboard shortcuts'],
    ['ControlOrMeta+i', 'Details of the document'],
    ['ControlOrMeta+Shift+o', 'Library folders'],
    ['ControlOrMeta+,', 'Settings'],
    ['ControlOrMeta+Shift+Y', 'Typography'],
  ];
  for (const place of [article, note]) {
    for (const [keys, name] of dialogs) {
      await place.focus();
      await page.keyboard.press(keys);
      const dialog = page.getByRole('dialog', { name });
      await expect(dialog).toBeVisible();
      await expect.poll(() => holdsFocus(dialog), name).toBe(true);
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
      await expect(place, `after ${name}`).toBeFocused();
    }
  }
  // A pane that folds away hands its focus on.
  await lectern.library.getByRole('listbox', { name: 'Documents' }).focus();
  await page.keyboard.press('ControlOrMeta+b');
  await expect(lectern.library).toBeHidden();
  await expect(article).toBeFocused();
  await note.focus();
  await page.keyboard.press('ControlOrMeta+Alt+b');
  await expect(lectern.notes).toBeHidden();
  await expect(article).toBeFocused();
});

test('the keyboard is never lost when the view changes', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open('The orchard');
  await lectern.highlight('Apples keep');
  await article.focus();
  await page.keyboard.press('ControlOrMeta+2');
  await expect(page.getByRole('heading', { level: 1, name: 'All notes' })).toBeFocused();
  await page.getByRole('main').getByRole('button', { name: 'Apples keep' }).focus();
  await page.keyboard.press('Enter');
  await expect(article).toBeFocused();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('heading', { level: 1, name: 'All notes' })).toBeFocused();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(article).toBeFocused();
});

const holdsFocus = (element: Locator): Promise<boolean> => element.evaluate((node) => node.contains(document.activeElement));
