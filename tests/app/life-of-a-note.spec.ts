import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Notebook } from '#model';
import { expect, test } from './fixtures';
import { Lectern } from './models/lectern';

const before =
  'Every spring the river rises above the lower bridge, and the old town waits behind its sandbags.\n\nThe baker writes the height of the water on the wall beside her oven, with the year.';
const after = before
  .replace('the height of the water on the wall', 'how high it came upon a wall')
  .replace('Every spring', 'In every wet spring');

test.use({ library: { 'river.md': `# River\n\n${before}\n` } });

test('a note lives through days, changes of its document, another machine, the trash, and an export that is edited and brought into an empty library', async ({
  app,
}) => {
  let lectern = new Lectern(app.page);
  const file = path.join(app.libraryFolder, 'river.md');
  /** The card of the only note. */
  const card = () => lectern.notes.getByRole('listitem');
  /** The words of the note's earlier states, as the reader sees them, the newest first. */
  const versions = async (): Promise<string> => {
    await lectern.choose(card(), 'Earlier versions…');
    const dialog = lectern.page.getByRole('dialog', { name: 'Earlier versions' });
    await dialog.getByRole('button', { name: 'Show what changed after each' }).click();
    const shown = await dialog.getByRole('list').innerText();
    await lectern.page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    return shown;
  };

  // Made, and edited over days.
  await app.page.clock.setFixedTime(new Date('2026-03-01T09:00:00Z'));
  await lectern.open('River');
  await lectern.write(await lectern.highlight('the height of the water on the wall', 'green'), 'Where is this wall?');
  await lectern.tag(card(), 'water');
  await lectern.allSaved();
  await app.page.clock.setFixedTime(new Date('2026-03-02T09:00:00Z'));
  await lectern.write(card(), 'The wall was torn down in 1931.');
  await lectern.allSaved();
  await expect.poll(() => versions()).toContain('Where is this wall?');

  // The document is edited outside, and the note is asked about.
  await writeFile(file, `# River\n\n${after}\n`);
  await lectern.article('River').getByRole('button', { name: 'Review…' }).click();
  const review = app.page.getByRole('dialog', { name: 'Change review' });
  await review.getByRole('button', { name: 'Accept here' }).click();
  await app.page.keyboard.press('Escape');
  await expect.poll(() => lectern.painted('green')).toEqual([expect.stringMatching(/upon a wall$/)]);
  const passage = (await lectern.painted('green'))[0];
  await lectern.allSaved();
  await expect.poll(() => versions()).toContain('the height of the water on the wall');

  // A second machine, that knew the note as it was then, wrote other words.
  const [name = ''] = (await readdir(path.join(app.dataFolder, 'notebooks'))).filter((each) => each.endsWith('.json'));
  const notebookFile = path.join(app.dataFolder, 'notebooks', name);
  const notebook: Notebook = JSON.parse(await readFile(notebookFile, 'utf8'));
  await app.page.clock.setFixedTime(new Date('2026-03-03T09:00:00Z'));
  await lectern.write(card(), 'The wall was torn down in 1931, says the postman.');
  await lectern.allSaved();
  const notes = notebook.notes.map((note) => ({
    ...note,
    body: 'The wall stands. I saw it today.',
    modifiedAt: '2026-03-04T09:00:00.000Z',
  }));
  await writeFile(notebookFile, JSON.stringify({ ...notebook, notes }));
  await expect(lectern.noteWith('The wall stands. I saw it today.')).toBeVisible();
  await expect.poll(() => versions()).toMatch(/(?=[\s\S]*says the postman\.)(?=[\s\S]*Where is this wall\?)/);

  // Deleted, and brought back out of the trash.
  await card().focus();
  await app.page.keyboard.press('Delete');
  await expect(lectern.notes.getByRole('listitem')).toHaveCount(0);
  await app.page.keyboard.press('ControlOrMeta+3');
  const trash = app.page.getByRole('list', { name: 'Trash' });
  await trash.getByRole('listitem').filter({ hasText: 'The wall stands' }).getByRole('button', { name: 'Restore' }).click();
  await lectern.open('River');
  await expect(lectern.noteWith('The wall stands')).toBeVisible();
  await expect.poll(() => versions()).toContain('says the postman.');

  // Exported, edited in the export, and imported into an empty library.
  await lectern.allSaved();
  await app.page.keyboard.press('ControlOrMeta+Shift+e');
  const exporting = app.page.getByRole('dialog', { name: 'Export' });
  const files = await app.saved(() => exporting.getByRole('button', { name: 'Export', exact: true }).click());
  const [markdown = ''] = Object.values(files);
  const edited = markdown.replace('The wall stands. I saw it today.', 'The wall stands, with *my* year on it.');
  expect(edited).not.toBe(markdown);
  await app.quit();
  await rm(app.dataFolder, { recursive: true });
  await rm(app.localFolder, { recursive: true });
  lectern = new Lectern(await app.start());
  await lectern.open('River');
  await expect(lectern.notes.getByRole('listitem')).toHaveCount(0);
  await lectern.page.keyboard.press('ControlOrMeta+Alt+o');
  const importing = lectern.page.getByRole('dialog', { name: 'Import' });
  const chosen = lectern.page.waitForEvent('filechooser');
  await importing.getByRole('button', { name: 'Choose files…' }).click();
  await (await chosen).setFiles({ name: 'river.md', mimeType: 'text/markdown', buffer: Buffer.from(edited) });
  await importing.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(importing).toBeHidden();
  const note = lectern.noteWith('The wall stands, with my year on it.');
  await expect(note).toBeVisible();
  await expect(note).toContainText('water');
  await expect.poll(() => lectern.painted('green')).toEqual([passage]);
  await expect.poll(() => versions()).toContain('The wall stands. I saw it today.');
});
