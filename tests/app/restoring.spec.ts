import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { openBackups } from '../../electron/storage/backups/backups.ts';
import { createProblems } from '../../electron/storage/problems.ts';
import { type App, expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { Lectern } from './models/lectern';

test.use({ library: { 'one.md': '# One\n\nThe one document has a passage to mark.' } });

const ZIP = 'lectern-2025-11-21T12-00-00Z.zip';

/** Writes a note, and ends with one backup, made on 21 November 2025. */
async function prepare(app: App): Promise<void> {
  const lectern = new Lectern(app.page);
  await lectern.open('One');
  await lectern.write(await lectern.highlight('a passage to mark', 'green'), 'A note of mine');
  await lectern.allSaved();
  await app.quit();
  await rm(path.join(app.dataFolder, 'backups'), { recursive: true, force: true });
  const silent = { error: () => undefined, warn: () => undefined, info: () => undefined };
  await openBackups({ dataFolder: app.dataFolder, log: silent, problems: createProblems() }).run(new Date('2025-11-21T12:00:00Z'));
}

/** Runs the command from the palette. */
async function openRestore(app: App) {
  await new Lectern(app.page).run('Restore from a backup');
  return app.page.getByRole('dialog', { name: 'Restore' });
}

test('notes that were lost come back from a backup, by keyboard, shown before it is done, and are taken back in one step', async ({
  app,
}) => {
  await prepare(app);
  const folder = path.join(app.dataFolder, 'notebooks');
  for (const name of await readdir(folder)) await rm(path.join(folder, name));
  const page = await app.start();
  const lectern = new Lectern(page);
  await lectern.open('One');

  const dialog = await openRestore(app);
  await expect(dialog.getByRole('button', { name: /^21 November 2025/ })).toHaveText(/1 document, 1 note/);
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: /^21 November 2025/ }).focus();
  await page.keyboard.press('Enter');
  const plan = dialog.getByRole('region', { name: 'What would be restored' });
  await expect(plan).toBeFocused();
  await expect(plan.getByRole('list', { name: 'Documents that would change' })).toHaveText(/One.*1 note added/);
  await expect(plan).toContainText('1 note would come back');
  expect(await axeFindings(page)).toEqual([]);
  await expect(lectern.notes.getByRole('listitem')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Restore' }).press('Enter');
  await expect(dialog).toBeHidden();
  const messages = page.getByRole('region', { name: 'Messages' });
  await expect(messages).toContainText('Restored. 1 note is back.');
  // It stays while the pointer is on it.
  await messages.getByText('Restored.').hover();
  await expect(lectern.noteWith('A note of mine')).toBeVisible();
  await expect.poll(() => lectern.painted('green')).toEqual(['a passage to mark']);
  await messages.getByRole('button', { name: 'Undo' }).click();
  await expect(lectern.notes.getByRole('listitem')).toHaveCount(0);
  await expect(messages).toContainText('The restore was taken back.');
});

test('a zip from elsewhere shows what is in it, and one that is no backup is told', async ({ app }) => {
  await prepare(app);
  const bytes = await readFile(path.join(app.dataFolder, 'backups', ZIP));
  const page = await app.start();
  const dialog = await openRestore(app);
  const open = async (name: string, buffer: Buffer) => {
    const chosen = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Open a zip…' }).click();
    await (await chosen).setFiles({ name, mimeType: 'application/zip', buffer });
  };
  await open('broken.zip', bytes.subarray(0, 100));
  await expect(dialog.getByRole('alert')).toContainText(
    '“broken.zip” could not be opened: it is damaged, or no zip file. Nothing was changed.',
  );
  await expect(dialog.getByRole('button', { name: 'Restore' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Back' }).press('Enter');
  await expect(dialog.locator(':focus')).toHaveCount(1);
  await open('copy.zip', bytes);
  await expect(dialog.getByRole('region', { name: 'What would be restored' })).toContainText(
    'copy.zip holds nothing that is not here already',
  );
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
