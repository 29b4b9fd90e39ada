import { expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { HARBOUR, harbourLibrary } from './fixtures/harbour';
import { Lectern } from './models/lectern';

test.use({ library: harbourLibrary });

test('the editor has Markdown keys and lists; every change is undone and done again', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open(HARBOUR);
  const note = await lectern.highlight('ice house', 'green');
  await note.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('- one');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two ');
  await page.keyboard.press('ControlOrMeta+b');
  await page.keyboard.type('bold');
  const editor = note.getByRole('textbox', { name: 'Note text' });
  await expect(editor).toHaveText('- one- two **bold**');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor).not.toHaveText('- one- two **bold**');
  // A small z beside Shift is what a keyboard with Caps Lock on sends.
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(editor).toHaveText('- one- two **bold**');
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
  await expect.poll(() => lectern.painted('green')).toEqual(['ice house']);
  await redo();
  await expect.poll(() => lectern.painted('violet')).toEqual(['ice house']);

  await lectern.tag(note, 'cold');
  await undo('Tag note');
  await expect(note.getByText('#cold')).toBeHidden();
  await redo();
  await expect(note.getByText('#cold')).toBeVisible();

  await lectern.select('the door');
  await page.keyboard.press('e');
  await expect.poll(() => lectern.painted('violet')).toEqual(['the door']);
  await undo('Move highlight');
  await expect.poll(() => lectern.painted('violet')).toEqual(['ice house']);

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

  const tag = lectern.library.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'coast', exact: true }) });
  await tag.hover();
  await tag.getByRole('button', { name: 'Options for coast' }).click();
  await page.getByRole('menu').getByRole('menuitemcheckbox', { name: 'Blue' }).click();
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(tag.locator('.dot')).toHaveAttribute('data-colour', 'blue');
  // Of the library, so it is undone from there; in the document the title was last.
  await expect(page.getByText('The tag “coast” is blue now.')).toBeVisible();
  await undo('Colour tag');
  await expect(tag.locator('.dot')).not.toHaveAttribute('data-colour');
  await redo();
  await expect(tag.locator('.dot')).toHaveAttribute('data-colour', 'blue');
  await lectern.allSaved();

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
  await expect(page.getByText('There is nothing to undo in this document.')).toBeVisible();
});

test('what is deleted lies in the trash until it is restored or deleted for good', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  for (const quote of ['quarry', 'ice house']) {
    const note = await lectern.highlight(quote);
    await note.focus();
    await page.keyboard.press('Delete');
    await expect(note).toBeHidden();
  }
  await lectern.library.getByRole('button', { name: 'Trash' }).click();
  const trash = page.getByRole('list', { name: 'Trash' }).getByRole('listitem');
  await expect(trash).toHaveCount(2);
  await expect(trash.first()).toContainText(HARBOUR);
  const forGood = trash.filter({ hasText: 'ice house' }).getByRole('button', { name: 'Delete for good…' });
  await forGood.click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep it' }).click();
  await expect(trash).toHaveCount(2);
  await forGood.click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click();
  await expect(trash).toHaveText([/quarry/]);
  // Last, since the message that offers to show it goes by itself after a while.
  await trash.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Trash' })).toBeFocused();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(lectern.noteWith('quarry')).toBeVisible();
  await lectern.allSaved();

  const again = new Lectern(await app.restart());
  await expect(again.noteWith('quarry')).toBeVisible();
  await expect(again.notes.getByRole('listitem')).toHaveCount(1);
  await again.library.getByRole('button', { name: 'Trash' }).click();
  await expect(app.page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
});

test('the trash is emptied of what is older than the reader says, after its counts were shown', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  for (const quote of ['quarry', 'ice house']) {
    const note = await lectern.highlight(quote);
    await note.focus();
    if (quote === 'quarry') await lectern.write(note, 'Words of mine');
    await note.press('Delete');
    await page.clock.setFixedTime(Date.now() + 40 * 86_400_000);
  }
  await lectern.library.getByRole('button', { name: 'Trash' }).click();
  const trash = page.getByRole('list', { name: 'Trash' }).getByRole('listitem');
  await expect(trash).toHaveCount(2);
  await page.getByRole('button', { name: 'Empty what is older than…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Empty the trash' });
  const count = dialog.getByRole('status', { name: 'What would be deleted' });
  await expect(count).toHaveText('1 highlight of 1 document; 1 holds words of yours.');
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole('combobox', { name: 'Deleted' }).selectOption('at any time');
  await expect(count).toHaveText('2 highlights of 1 document; 1 holds words of yours.');
  await dialog.getByRole('combobox', { name: 'Deleted' }).selectOption('more than 30 days ago');
  await expect(count).toHaveText('1 highlight of 1 document; 1 holds words of yours.');
  await dialog.getByRole('button', { name: 'Delete for good…' }).press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep them' }).press('Enter');
  await expect(dialog.getByRole('button', { name: 'Delete for good…' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Delete for good…' }).press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).press('Enter');
  await expect(trash).toHaveText([/ice house/]);
  await expect(page.getByRole('status', { name: 'Last messages' })).toContainText('One note was deleted for good.');
  await expect(page.getByRole('button', { name: 'Empty what is older than…' })).toBeFocused();
});

test('what a message offers goes when it can no longer be done', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  const note = await lectern.highlight('quarry');
  await note.focus();
  await page.keyboard.press('Delete');
  const messages = page.getByRole('region', { name: 'Messages' });
  await expect(messages.getByText('The note is in the trash.')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(messages.getByText('Undone: Delete note')).toBeVisible();
  await expect(messages.getByRole('button', { name: 'Restore' })).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(messages.locator('.notice')).toHaveText(['Redone: Delete note']);

  await page.keyboard.press('ControlOrMeta+z');
  await note.focus();
  await page.keyboard.press('Delete');
  await expect(messages.getByRole('button', { name: 'Restore' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+3');
  await page.getByRole('button', { name: 'Delete for good…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
  await expect(messages.getByRole('button', { name: 'Restore' })).toHaveCount(0);
});

test('tags are nested and coloured, counted in the tree, and one click shows all under one', async ({ app }) => {
  const { page } = app;
  let lectern = new Lectern(page);
  await lectern.open('The quarry above');
  const field = page.getByRole('textbox', { name: 'Add tag to document' });
  await field.fill('Trade/slate');
  await field.press('Enter');
  const article = await lectern.open(HARBOUR);
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
  await expect(main.getByRole('list', { name: 'Documents with this tag' }).getByRole('button')).toHaveText([HARBOUR, 'The quarry above']);
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
  const article = await lectern.open(HARBOUR);
  await lectern.highlight('1874');
  await lectern.write(await lectern.highlight('grey morning', 'blue'), 'Ends with **weather**');
  await page.keyboard.press('ControlOrMeta+2');
  const notes = page.getByRole('list', { name: 'All notes' });
  const quotes = () => notes.locator('.found-open').allInnerTexts();
  await expect(page.getByRole('heading', { level: 1, name: 'All notes' })).toBeVisible();
  await expect.poll(quotes).toEqual(['grey morning', '1874', 'three countries']);
  await page.getByRole('combobox', { name: 'Order' }).selectOption('By document');
  await expect.poll(quotes).toEqual(['1874', 'grey morning', 'three countries']);
  await page.getByRole('group', { name: 'Colour or bookmark' }).getByRole('button', { name: 'Only blue' }).click();
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
  await lectern.open(HARBOUR);
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
  await expect(lectern.article(HARBOUR)).toBeVisible();

  await page.clock.setFixedTime(Date.now() + 10 * 60_000);
  await lectern.write(note, 'Another text');
  await lectern.choose(note, 'Earlier versions…');
  const versions = page.getByRole('dialog', { name: 'Earlier versions' });
  const newest = versions.getByRole('listitem').nth(1);
  await expect(newest.getByRole('deletion')).toContainText('See');
  await expect(newest.getByRole('insertion')).toContainText('Another');
  expect(await axeFindings(page)).toEqual([]);
  await versions.getByRole('button', { name: 'Show what changed after each' }).click();
  await expect(newest).toContainText('See The quarry above');
  await newest.getByRole('button', { name: 'Restore this version' }).click();
  await expect(versions).toBeHidden();
  await expect(note.getByRole('link', { name: 'The quarry above' })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Last messages' })).toContainText('What stood there is among the versions.');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(note).toContainText('Another text');

  await note.press('Delete');
  await lectern.library.getByRole('button', { name: 'Trash' }).click();
  await page.getByRole('list', { name: 'Trash' }).getByRole('button', { name: 'Earlier versions…' }).press('Enter');
  await expect(versions.getByRole('listitem').first()).toContainText('Another text');
  await versions
    .getByRole('listitem')
    .filter({ hasText: 'See' })
    .last()
    .getByRole('button', { name: 'Restore this version' })
    .press('Enter');
  await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByRole('list', { name: 'Trash' }).getByRole('listitem')).toContainText('Another text');
});
