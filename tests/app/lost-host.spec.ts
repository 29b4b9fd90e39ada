import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Notebook } from '#model';
import { type App, expect, test } from './fixtures';
import { Lectern } from './models/lectern';

test.use({
  library: {
    'kept.md': '# Kept\n\nThe first passage stands here.\n\nThe second passage stands there.\n',
    'gone.md': '# Gone\n\nIt goes while nobody looks.\n',
  },
});
test.skip(({ hostName }) => hostName === 'electron', 'Electron’s window ends with its host.');

/** ms; the window looks for its host every five seconds. */
const BACK = 60_000;

async function notebookFile({ dataFolder }: App): Promise<string> {
  const folder = path.join(dataFolder, 'notebooks');
  const [name = ''] = (await readdir(folder)).filter((each) => each.endsWith('.json'));
  return path.join(folder, name);
}

const readNotebook = async (app: App): Promise<Notebook> => JSON.parse(await readFile(await notebookFile(app), 'utf8'));

test('a window that was without its host shows what happened meanwhile, and keeps what it could not save', async ({ app }) => {
  app.expectTrouble(/net::ERR_|status of 401/);
  const lectern = new Lectern(app.page);
  await lectern.open('Kept');
  await lectern.write(await lectern.highlight('The first passage'), 'Before');
  await lectern.allSaved();

  await app.loseHost(async () => {
    await lectern.write(await lectern.highlight('The second passage', 'green'), 'While it was gone');
    await expect(lectern.saving).toHaveText(/could not be saved/);
    await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await app.page.getByRole('button', { name: 'Copy unsaved notes' }).click();
    await expect(app.page.getByRole('status', { name: 'Last messages' })).toContainText('not saved yet are on the clipboard');
    const copied = await app.page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe('# Kept\n\n> The second passage\n\nWhile it was gone\n');
    // What another window and another program did, of which this window is told nothing.
    const file = await notebookFile(app);
    const notebook = await readNotebook(app);
    const [first] = notebook.notes;
    const theirs = { ...first, id: randomUUID(), anchor: undefined, body: 'From another window' };
    await writeFile(file, JSON.stringify({ ...notebook, tags: ['theirs'], notes: [...notebook.notes, theirs] }));
    await rm(path.join(app.libraryFolder, 'gone.md'));
    await writeFile(path.join(app.libraryFolder, 'come.md'), '# Come\n\nIt came while nobody looked.\n');
    await writeFile(
      path.join(app.libraryFolder, 'next.md'),
      '# Kept\n\nThe first passage stands here.\n\nThe second passage stands there.\n\nA third came.\n',
    );
    await rename(path.join(app.libraryFolder, 'next.md'), path.join(app.libraryFolder, 'kept.md'));
  });

  await expect(lectern.noteWith('From another window')).toBeVisible({ timeout: BACK });
  await expect(lectern.noteWith('While it was gone')).toBeVisible();
  await expect(lectern.option('Come')).toBeVisible();
  await expect(lectern.option('Gone')).toHaveCount(0);
  await expect(lectern.article('Kept').getByText('A third came.')).toBeVisible();
  await expect(lectern.saving).toHaveText('All changes saved', { timeout: BACK });
  const { notes, tags } = await readNotebook(app);
  expect(notes.map(({ body }) => body).sort()).toEqual(['Before', 'From another window', 'While it was gone']);
  expect(tags).toEqual(['theirs']);

  // Events arrive again.
  await rm(path.join(app.libraryFolder, 'come.md'));
  await expect(lectern.option('Come')).toHaveCount(0);
});
