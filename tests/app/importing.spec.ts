import type { Locator } from '@playwright/test';
import { type App, expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { Lectern } from './models/lectern';

test.use({ library: { 'one.md': '# One\n\nThe one document has a passage to mark.' } });

/** A note of which everything was exported as Markdown, and the file. */
async function exportOne(app: App): Promise<{ lectern: Lectern; markdown: string }> {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open('One');
  await lectern.write(await lectern.highlight('a passage to mark', 'green'), 'A note of mine');
  await lectern.allSaved();
  await page.keyboard.press('ControlOrMeta+Shift+e');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  const files = await app.saved(() => dialog.getByRole('button', { name: 'Export', exact: true }).click());
  await expect(dialog).toBeHidden();
  return { lectern, markdown: Object.values(files)[0] ?? '' };
}

async function choose(app: App, dialog: Locator, files: Record<string, string>): Promise<void> {
  const chosen = app.page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Choose files…' }).press('Enter');
  const given = Object.entries(files).map(([name, text]) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) }));
  await (await chosen).setFiles(given);
}

test('an export that was edited elsewhere comes back by keyboard, shown before it is done, and is taken back in one step', async ({
  app,
}) => {
  const { page } = app;
  const { lectern, markdown } = await exportOne(app);
  const edited = markdown
    .replace('A note of mine\n', 'A note that was changed elsewhere\n')
    .replace('title: One\n', 'title: One, renamed\n')
    .replace(/\n\{"lectern"/, '\n{no record\n{"lectern"');
  expect(edited).not.toBe(markdown);

  const card = lectern.noteWith('A note of mine');
  await card.focus();
  await page.keyboard.press('ControlOrMeta+Alt+o');
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await expect(dialog).toContainText('drop them here');
  await expect(dialog.getByRole('button', { name: 'Choose files…' })).toBeFocused();
  expect(await axeFindings(page)).toEqual([]);
  await choose(app, dialog, { 'edited.md': `${edited}\nA thought that was written into it. #idea\n`, 'other.md': '# No export' });
  const plan = dialog.getByRole('region', { name: 'What would be imported' });
  await expect(plan).toBeFocused();
  await expect(plan.getByRole('row', { name: /^One/ })).toHaveText(/One.*1 to add, 1 to updateIts title becomes “One, renamed”\./);
  await expect(plan).toContainText('“other.md” is no export of Lectern’s, and is left out.');
  await expect(plan.getByRole('list', { name: 'Could not be read' })).toHaveText(/edited\.md, line \d+What Lectern wrote here/);
  expect(await axeFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  expect(await axeFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(lectern.noteWith('A note that was changed elsewhere')).toHaveCount(0);

  await dialog.getByRole('button', { name: 'Import', exact: true }).press('Enter');
  await expect(dialog).toBeHidden();
  const messages = page.getByRole('region', { name: 'Messages' });
  await expect(messages).toContainText('Imported. 1 note came, 1 note was updated.');
  // It stays while the pointer is on it.
  await messages.getByText('Imported.').hover();
  await expect(lectern.noteWith('A note that was changed elsewhere')).toBeVisible();
  await expect(lectern.noteWith('A thought that was written into it.')).toBeVisible();
  await expect.poll(() => lectern.painted('green')).toEqual(['a passage to mark']);
  await expect(lectern.article('One, renamed')).toBeVisible();
  // The keyboard is where it was before, and takes the import back there.
  await expect(lectern.noteWith('A note that was changed elsewhere')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(lectern.noteWith('A note of mine')).toBeVisible();
  await expect(lectern.noteWith('A thought that was written into it.')).toHaveCount(0);
  await expect(lectern.article('One')).toBeVisible();
});

test('notes of another person come in as theirs: they are named, filtered, and not edited', async ({ app }) => {
  const { page } = app;
  const { lectern, markdown } = await exportOne(app);
  const id =
    /"id":"([0-9a-f-]{36})","anchor"/.exec(markdown)?.[1] ??
    /"id":"([0-9a-f-]{36})"/.exec(markdown.slice(markdown.lastIndexOf('\n{"')))?.[1] ??
    '';
  const theirs = markdown
    .replaceAll(id, id.replace(/.{12}$/, 'aaaaaaaaaaaa'))
    .replaceAll(id.slice(-12), 'aaaaaaaaaaaa')
    .replaceAll('A note of mine', 'A note of hers');
  await page.keyboard.press('ControlOrMeta+Alt+o');
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await choose(app, dialog, { 'theirs.md': theirs });
  await dialog.getByRole('radio', { name: 'Another person’s' }).check();
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  const name = dialog.getByRole('textbox', { name: 'Name of the other person' });
  await name.fill('Anna');
  expect(await axeFindings(page)).toEqual([]);
  await name.press('Enter');
  await expect(dialog.getByRole('row', { name: /^One/ })).toHaveText(/One.*1 to add/);
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden();

  const card = lectern.noteWith('A note of hers');
  await expect(card).toContainText('Anna');
  await card.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('This note is by Anna.');
  await expect(card.getByRole('textbox', { name: 'Note text' })).toHaveCount(0);
  await lectern.select('The one document');
  await page.keyboard.press('e');
  await expect.poll(() => lectern.painted('green')).toEqual(['a passage to mark', 'a passage to mark']);
  await page.keyboard.press('ControlOrMeta+Alt+n');
  await expect(card).toHaveCount(0);
  await expect(lectern.notes.getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+Alt+n');
  await expect(card).toBeVisible();
  await page.keyboard.press('ControlOrMeta+2');
  await page.getByRole('combobox', { name: 'Whose notes' }).selectOption('Anna');
  await expect(page.getByRole('main').getByRole('status')).toHaveText('1 of 2 notes');
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('ControlOrMeta+Shift+e');
  await expect(
    page.getByRole('dialog', { name: 'Export' }).getByRole('checkbox', { name: 'Also notes of others: Anna' }),
  ).not.toBeChecked();
});

test('what is no export is told, and an export that is opened as a document offers to be imported', async ({ app }) => {
  const { page } = app;
  const { markdown } = await exportOne(app);
  await page.keyboard.press('ControlOrMeta+Alt+o');
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await choose(app, dialog, { 'a.md': '# No export' });
  await expect(dialog.getByRole('alert')).toContainText('“a.md” is no export of Lectern');
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  // Asked for before, since the browser is told meanwhile that its dialog is not to be opened.
  const chosen = page.waitForEvent('filechooser');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('ControlOrMeta+o');
  await (await chosen).setFiles({ name: 'notes.md', mimeType: 'text/markdown', buffer: Buffer.from(markdown) });
  const messages = page.getByRole('region', { name: 'Messages' });
  await messages.getByRole('button', { name: 'Import…' }).click();
  await expect(dialog.getByRole('region', { name: 'What would be imported' })).toContainText('1 the same already, on 1 document.');
});
