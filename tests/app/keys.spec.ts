import { appendFile, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './fixtures';
import { holdCalls } from './fixtures/held-calls';
import { orchardLibrary } from './fixtures/orchard';
import { Lectern } from './models/lectern';

test.use({ library: orchardLibrary });

test('keys pressed before the palette has its answer wait for it, unless the reader types on or closes it', async ({ app, hostName }) => {
  test.skip(hostName === 'electron', 'Calls over IPC cannot be held back.');
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open('The orchard');
  const selected = () =>
    page.evaluate(() => `${document.getSelection()} in ${document.getSelection()?.anchorNode?.parentElement?.textContent?.slice(0, 5)}`);
  const field = lectern.palette.getByRole('combobox', { name: 'Search' });
  const type = async (words: string, ...keys: string[]) => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type(words);
    for (const key of keys) await page.keyboard.press(key);
  };

  let answer = await holdCalls(page, 'search.run');
  await type('row', 'ArrowDown', 'Enter');
  await expect(field).toHaveValue('row');
  answer();
  await expect(lectern.palette).toBeHidden();
  await expect.poll(selected).toBe('Row in Row 3');

  answer = await holdCalls(page, 'search.run');
  await type('quin', 'Enter', 'c', 'e', 's');
  answer();
  await expect(lectern.palette.getByRole('option', { name: 'Quinces are picked last' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect.poll(selected).toBe('Quinces in Quinc');

  answer = await holdCalls(page, 'search.run');
  const [asked, answered] = [page.waitForRequest(/search.run/), page.waitForResponse(/search.run/)];
  await type('row');
  await asked;
  for (const key of ['Enter', 'Escape']) await page.keyboard.press(key);
  await expect(lectern.palette).toBeHidden();
  answer();
  await answered;
  await expect(article).toBeFocused();
  await expect.poll(() => selected()).not.toContain('Row');
});

test('a start that takes its time says so, and keys answer while a document is still being opened', async ({ app, hostName }) => {
  test.skip(hostName === 'electron', 'Calls over IPC cannot be held back.');
  const { page } = app;
  const lectern = new Lectern(page);
  const begin = await holdCalls(page, 'library.overview');
  await page.reload();
  await expect(page.getByRole('status')).toHaveText('Reading your library…');
  begin();
  await expect(page.getByText('Reading your library…')).toHaveCount(0);
  await expect(lectern.option('The orchard')).toBeVisible();
  const answer = await holdCalls(page, 'library.open');
  await lectern.option('The orchard').click();
  await expect(page.getByRole('progressbar', { name: 'Opening the document' })).toBeVisible();

  await page.keyboard.press('ControlOrMeta+i');
  const details = page.getByRole('dialog', { name: 'Details of the document' });
  await expect(details.getByRole('textbox', { name: 'Title' })).toHaveValue('The orchard');
  await details.getByRole('textbox', { name: 'Title' }).fill('The old orchard');
  await page.keyboard.press('Enter');
  await expect(details).toBeHidden();
  await page.keyboard.press('ControlOrMeta+Shift+n');
  await lectern.notes.getByRole('textbox', { name: 'Note text' }).fill('Ask before it is read');
  await page.keyboard.press('Escape');

  answer();
  await expect(lectern.article('The old orchard').getByText('Quinces are picked last')).toBeAttached();
  await expect(lectern.noteWith('Ask before it is read')).toBeVisible();
  await lectern.allSaved();
});

test('what is typed after N goes into the note, also while the document is still being opened', async ({ app, hostName }) => {
  test.skip(hostName === 'electron', 'Calls over IPC cannot be held back.');
  const { page } = app;
  const lectern = new Lectern(page);
  await expect(lectern.option('The orchard')).toBeVisible();
  const answers = [await holdCalls(page, 'library.open'), await holdCalls(page, 'library.notebook')];
  await lectern.option('The orchard').click();
  await page.keyboard.press('n');
  await page.keyboard.type('Straw: 1 of 5 sorts, to be tasted');
  for (const answer of answers) answer();
  await expect(lectern.notes.getByRole('textbox', { name: 'Note text' })).toHaveText('Straw: 1 of 5 sorts, to be tasted');
  await page.keyboard.press('Escape');
  await expect(lectern.noteWith('Straw: 1 of 5 sorts')).toBeFocused();
  await lectern.allSaved();
});

test('a note is written on while its document is read again, and the keyboard stays on its card', async ({ app, hostName }) => {
  test.skip(hostName === 'electron', 'Calls over IPC cannot be held back.');
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open('The orchard');
  const note = await lectern.highlight('Quinces are picked last');
  await note.press('Enter');
  const words = lectern.notes.getByRole('textbox', { name: 'Note text' });
  await page.keyboard.type('Straw');
  const change = async (line: string, meanwhile: () => Promise<void>) => {
    const answer = await holdCalls(page, 'library.open');
    const asked = page.waitForRequest(/library\.open/);
    await appendFile(path.join(app.libraryFolder, 'orchard.txt'), `\n\n${line}\n`);
    await asked;
    await meanwhile();
    answer();
    await expect(article.getByText(line)).toBeAttached();
    await lectern.allSaved();
  };
  await change('A first line more.', async () => page.keyboard.type(' y, '));
  await page.keyboard.type('to be tasted');
  await expect(words).toHaveText('Straw y, to be tasted');
  await page.keyboard.press('Escape');
  await expect(lectern.noteWith('Straw y, to be tasted')).toBeFocused();
  await change('A second line more.', async () => expect(lectern.noteWith('Straw y, to be tasted')).toBeFocused());
  await expect(lectern.noteWith('Straw y, to be tasted')).toBeFocused();
  await expect(lectern.notes.getByRole('listitem')).toHaveCount(1);
});

test('a sentence typed in the text makes the note that it is, and what cannot be done says so', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open('The orchard');
  await lectern.allSaved();
  await article.getByText('Apples keep through').click();
  for (const [key, lack] of [
    ['1', '“Highlight yellow” needs a selected passage, or a note that has the focus.'],
    ['t', '“Add tag” needs a selected passage, or a note that has the focus.'],
    ['Delete', '“Delete note” needs a note that has the focus: J goes to one.'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('status', { name: 'Last messages' }).getByText(lack)).toBeVisible();
  }
  await page.keyboard.press('n');
  await page.keyboard.type('Straw: 1 of 5 sorts, to be tasted');
  await page.keyboard.press('Escape');
  await lectern.allSaved();
  await expect(lectern.notes.getByRole('listitem')).toHaveText(/Straw: 1 of 5 sorts, to be tasted/);
  const [name = ''] = (await readdir(path.join(app.dataFolder, 'notebooks'))).filter((each) => each.endsWith('.json'));
  const notebook = JSON.parse(await readFile(path.join(app.dataFolder, 'notebooks', name), 'utf8'));
  expect(notebook).toMatchObject({ tags: [], notes: [{ body: 'Straw: 1 of 5 sorts, to be tasted', tags: [] }], deletedNotes: [] });
  expect(notebook.notes[0].anchor).toBeUndefined();

  // It is found, gone to, and deleted like every other note.
  await page.keyboard.press('ControlOrMeta+2');
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('tasted');
  await page.keyboard.press('Enter');
  const note = lectern.noteWith('Straw: 1 of 5 sorts');
  await expect(note).toHaveAttribute('aria-current', 'true');
  await expect(article).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(note).toBeHidden();
});

test('J and K take the keyboard to the note, or tell where they are; a new highlight is told', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open('The orchard');
  const told = page.getByRole('status', { name: 'Announcements' });
  await lectern.highlight('Quinces are picked', 'green');
  await expect(told).toHaveText('Highlighted in green: Quinces are picked');
  const note = await lectern.highlight('Apples keep');
  await page.getByRole('button', { name: 'Theme' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'night');
  await page.keyboard.press('k');
  await expect(note).toBeFocused();
  await page.keyboard.press('j');
  await expect(lectern.noteWith('Quinces are picked')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(lectern.noteWith('Quinces are picked').getByRole('textbox', { name: 'Note text' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'night');

  await page.keyboard.press('ControlOrMeta+Alt+b');
  await expect(lectern.notes).toBeHidden();
  await page.getByRole('button', { name: 'Theme' }).focus();
  await page.keyboard.press('k');
  await expect(article).toBeFocused();
  await expect(told).toHaveText('Note 1 of 2. Apples keep');
});
