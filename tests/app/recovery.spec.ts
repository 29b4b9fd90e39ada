import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import { type Anchor, describe as describePassage, emptyNotebook, type Note } from '#model';
import { openBackups } from '../../electron/storage/backups/backups.ts';
import { createProblems } from '../../electron/storage/problems.ts';
import { type App, expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import type { HostFolders } from './fixtures/host.ts';
import { Lectern } from './models/lectern';

const BROKEN = '{"version": 1, "notes": [';

const restore = (row: Locator) => row.getByRole('button', { name: 'Restore from the backup of 21 November 2025' });
const problemsOf = (app: App) => app.page.getByRole('region', { name: 'Problems with your data' }).getByRole('listitem');

/** The only backup, as the application makes one each day: in place of those that it may have made by itself. */
async function backUp(dataFolder: string): Promise<void> {
  await rm(path.join(dataFolder, 'backups'), { recursive: true, force: true });
  const silent = { error: () => undefined, warn: () => undefined, info: () => undefined };
  await openBackups({ dataFolder, log: silent, problems: createProblems() }).run(new Date('2025-11-21T12:00:00Z'));
}

const notebookFiles = async (dataFolder: string): Promise<string[]> => {
  const folder = path.join(dataFolder, 'notebooks');
  return (await readdir(folder)).map((name) => path.join(folder, name));
};

/** The files that were set aside, without what Lectern noted about them. */
const setAside = async (app: App): Promise<string[]> => {
  const folder = path.join(app.dataFolder, 'quarantine');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  return Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
};

const PASSAGE = 'a passage to mark';
const textOf = (title: string): string => `${title}\n\nThe ${title} document has ${PASSAGE}.\n`;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const idOf = (title: string): string => sha256(textOf(title)).slice(0, 32);
const notebookOf = (dataFolder: string, title: string): string => path.join(dataFolder, 'notebooks', `${idOf(title)}.json`);

test.use({ library: { 'One.txt': textOf('One'), 'Two.txt': textOf('Two') } });

/** Both documents with a note each, before the application saw them. */
async function noteBoth({ data }: HostFolders): Promise<void> {
  await mkdir(path.join(data, 'notebooks'));
  for (const title of ['One', 'Two']) {
    const text = textOf(title);
    const rawHash = sha256(text);
    const start = text.indexOf(PASSAGE);
    const at = '2025-11-20T12:00:00.000Z';
    const note = makeNote(`Note on ${title}`, describePassage(text, start, start + PASSAGE.length, rawHash), at);
    const notebook = { ...emptyNotebook(idOf(title), { paths: [], fileName: `${title}.txt`, title, rawHash, history: [] }), notes: [note] };
    await writeFile(notebookOf(data, title), JSON.stringify(notebook));
  }
}

const makeNote = (body: string, anchor: Anchor, at: string): Note => ({
  id: randomUUID(),
  anchor,
  colour: 'green',
  body,
  tags: [],
  createdAt: at,
  modifiedAt: at,
  history: [],
});

/** Both documents with notes, both notebooks lost, and one backup from before. */
async function loseBoth(folders: HostFolders): Promise<void> {
  await noteBoth(folders);
  await backUp(folders.data);
  for (const file of await notebookFiles(folders.data)) await writeFile(file, BROKEN);
}

/** Writes a note on both documents, and tags one. */
async function prepare(app: App): Promise<void> {
  const lectern = new Lectern(app.page);
  for (const title of ['One', 'Two']) {
    await lectern.open(title);
    const note = await lectern.highlight(PASSAGE, 'green');
    await lectern.write(note, `Note on ${title}`);
    await lectern.tag(note, `about ${title}`);
    // It moves the list below it, which is clicked next.
    await expect(lectern.library.getByRole('button', { name: `about ${title}`, exact: true })).toBeVisible();
  }
  await lectern.allSaved();
  await app.quit();
}

async function expectBack(lectern: Lectern, title: string): Promise<void> {
  await lectern.open(title);
  await expect(lectern.noteWith(`Note on ${title}`)).toBeVisible();
  await expect.poll(() => lectern.painted('green')).toEqual(['a passage to mark']);
}

test.describe('conflict copies', () => {
  /** Both notes were also written elsewhere, since the versions that both know. */
  async function writeBothElsewhere(folders: HostFolders): Promise<void> {
    await noteBoth(folders);
    for (const file of await notebookFiles(folders.data)) {
      const notebook = JSON.parse(await readFile(file, 'utf8'));
      const [note] = notebook.notes;
      const theirs = { ...note, body: 'Written elsewhere', modifiedAt: '2025-11-21T12:00:00.000Z' };
      const copy = file.replace('.json', '.sync-conflict-20260102-030405-ABCDEFG.json');
      await writeFile(copy, JSON.stringify({ ...notebook, notes: [theirs] }));
      const ours = { ...note, body: 'Written here', modifiedAt: '2025-11-21T13:00:00.000Z' };
      await writeFile(file, JSON.stringify({ ...notebook, notes: [ours] }));
    }
  }
  test.use({ before: { prepare: writeBothElsewhere } });

  test('a conflict that came while Lectern was closed is told, also after a kill, until it is dismissed', async ({ app }) => {
    await expect(problemsOf(app)).toHaveCount(2);
    await app.kill();
    await app.start();
    await expect(problemsOf(app)).toHaveCount(2);
    const one = problemsOf(app).filter({ hasText: 'The notes on “One” were also changed by another machine' });
    await one.getByRole('button', { name: 'Dismiss' }).click();
    await expect(problemsOf(app)).toHaveCount(1);
    const kept = async () => JSON.parse(await readFile(path.join(app.localFolder, 'messages.json'), 'utf8')).messages;
    await expect.poll(kept).toHaveLength(1);
    await app.restart();
    await expect(problemsOf(app)).toHaveText([/The notes on “Two”/]);
  });
});

test.describe('two notebooks that were lost', () => {
  test.use({ before: { prepare: loseBoth } });

  test('a lost notebook is restored from its backup by mouse, at once and for good', async ({ app }) => {
    const { page } = app;
    const lectern = new Lectern(page);
    await expect(problemsOf(app)).toHaveCount(2);
    const one = problemsOf(app).filter({ hasText: 'One' });
    await expect(one).toContainText('The backup of 21 November 2025 has 1 note. Until you choose, no notes can be taken there.');

    // In the narrowest window the choices go over two lines.
    await page.setViewportSize({ width: 320, height: 640 });
    const ends = () => one.getByRole('button').evaluateAll((all) => all.map((button) => button.getBoundingClientRect().right));
    await expect.poll(async () => Math.max(...(await ends()))).toBeLessThanOrEqual(320);
    await page.setViewportSize({ width: 1440, height: 900 });

    // Nothing can be written beside what is lost, and the reader is told where to choose.
    const article = await lectern.open('One');
    const sentence = 'At the top of the window you can restore it from the backup of 21 November 2025';
    await expect(article.getByRole('note')).toContainText(sentence);
    await one.getByRole('button', { name: 'Dismiss' }).click();
    await expect(problemsOf(app)).toHaveCount(1);
    await lectern.select('a passage to mark');
    await lectern.toolbar.getByRole('button', { name: 'Highlight yellow' }).click();
    await expect(page.getByRole('alert').getByText(sentence)).toBeVisible();
    await expect(lectern.notes.getByRole('listitem')).toHaveCount(0);
    expect(await axeFindings(page)).toEqual([]);

    await restore(one).click();
    await expect(page.getByRole('status').getByText('1 note on “One” is back, from the backup of 21 November 2025.')).toBeVisible();
    await expect(problemsOf(app)).toHaveCount(1);
    await expect(lectern.noteWith('Note on One')).toBeVisible();
    await expect.poll(() => lectern.painted('green')).toEqual(['a passage to mark']);
    await expect(article.getByRole('note')).toHaveCount(0);
    await expect(page.getByRole('alert').getByText(sentence)).toHaveCount(0);
    await expect(lectern.option('One')).toHaveAccessibleDescription(/1 note/);
    await lectern.highlight('The One document', 'pink');
    await lectern.allSaved();

    const again = new Lectern(await app.restart());
    await expect(problemsOf(app)).toHaveCount(1);
    await expectBack(again, 'One');
    await expect.poll(() => again.painted('pink')).toEqual(['The One document']);
    await expect.poll(() => setAside(app)).toEqual([BROKEN, BROKEN]);
  });

  test('lost notebooks are restored by keyboard, and the keyboard is not lost with the problems', async ({ app }) => {
    const { page } = app;
    const lectern = new Lectern(page);
    await expect(problemsOf(app)).toHaveCount(2);
    const problems = problemsOf(app);
    await page.getByRole('button', { name: 'Library pane' }).focus();
    await page.keyboard.press('F6');
    await expect(restore(problems.first())).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(problems).toHaveCount(1);
    await expect(problems.locator(':focus')).toHaveCount(1);
    await restore(problems).focus();
    await page.keyboard.press('Enter');
    await expect(problems).toHaveCount(0);
    await expect(page.locator('[data-pane] :focus')).toHaveCount(1);
    await expectBack(lectern, 'One');
    await expectBack(lectern, 'Two');
  });

  test('every window has what was restored in one', async ({ app, hostName }) => {
    test.skip(hostName === 'electron', 'There is one window in Electron.');
    await expect(problemsOf(app)).toHaveCount(2);
    const second = await app.page.context().newPage();
    await second.goto(app.page.url());
    const other = new Lectern(second);
    await other.open('One');
    await expect(other.notes.getByRole('listitem')).toHaveCount(0);
    await restore(problemsOf(app).filter({ hasText: 'One' })).click();
    await expect(other.noteWith('Note on One')).toBeVisible();
    await expect.poll(() => other.painted('green')).toEqual(['a passage to mark']);
    await expect(second.getByRole('region', { name: 'Problems with your data' }).getByRole('listitem')).toHaveCount(1);
  });

  test('the keyboard is not lost with a question whose problem another window solved', async ({ app, hostName }) => {
    test.skip(hostName === 'electron', 'There is one window in Electron.');
    await expect(problemsOf(app)).toHaveCount(2);
    const second = await app.page.context().newPage();
    await second.goto(app.page.url());
    const problem = problemsOf(app).filter({ hasText: 'One' });
    await problem.getByRole('button', { name: 'Start with an empty notebook…' }).click();
    await expect(app.page.getByRole('alertdialog')).toHaveCount(1);
    await restore(second.getByRole('region', { name: 'Problems with your data' }).getByRole('listitem').filter({ hasText: 'One' })).click();
    await expect(app.page.getByRole('alertdialog')).toHaveCount(0);
    await expect(problemsOf(app)).toHaveCount(1);
    await expect(app.page.locator('[data-pane] :focus')).toHaveCount(1);
  });
});

test('a document that was changed and moved since keeps its lost notebook', async ({ app }) => {
  await prepare(app);
  await backUp(app.dataFolder);
  for (const file of await notebookFiles(app.dataFolder)) await writeFile(file, BROKEN);
  await writeFile(path.join(app.libraryFolder, 'One.txt'), `One\n\nA new beginning. The One document has ${PASSAGE}.\n`);
  await rm(path.join(app.libraryFolder, 'Two.txt'));
  await mkdir(path.join(app.libraryFolder, 'deep'));
  await writeFile(path.join(app.libraryFolder, 'deep/Moved.txt'), textOf('Two'));
  const lectern = new Lectern(await app.start());
  const problems = problemsOf(app);
  await expect(lectern.option('One')).toBeVisible();
  await expect(lectern.option('Two')).toBeVisible();
  await expect(lectern.library.getByRole('option')).toHaveCount(3);
  await restore(problems.filter({ hasText: 'One' })).click();
  await restore(problems.filter({ hasText: 'Two' })).click();
  await expect(problems).toHaveCount(0);
  await expectBack(lectern, 'One');
  await expectBack(lectern, 'Two');
  await expect(lectern.library.getByRole('option')).toHaveCount(3);
});

test.describe('a notebook that was lost without a backup', () => {
  async function loseOne(folders: HostFolders): Promise<void> {
    await noteBoth(folders);
    await writeFile(notebookOf(folders.data, 'One'), BROKEN);
  }
  test.use({ before: { prepare: loseOne } });

  test('a choice waits over a restart, and without a backup a notebook is begun anew once that is confirmed', async ({ app }) => {
    await expect(problemsOf(app)).toHaveCount(1);
    const lectern = new Lectern(await app.restart());
    const problems = problemsOf(app);
    await expect(problems).toContainText(`OneThe file of your notes could not be read: it is not valid JSON.`);
    await expect(problems).toContainText('No backup has a copy of it.');
    const begin = problems.getByRole('button', { name: 'Start with an empty notebook…' });
    const dialog = app.page.getByRole('alertdialog', { name: 'Start with an empty notebook?' });
    await begin.focus();
    await app.page.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Not now' })).toBeFocused();
    expect(await axeFindings(app.page)).toEqual([]);
    await app.page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(begin).toBeFocused();
    await app.page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Start with an empty notebook' }).click();
    await expect(problems).toHaveCount(0);
    await expect(app.page.locator('[data-pane] :focus')).toHaveCount(1);
    await lectern.open('One');
    await lectern.write(await lectern.highlight('a passage to mark', 'blue'), 'Begun anew');
    await lectern.allSaved();
    const again = new Lectern(await app.restart());
    await again.open('One');
    await expect(again.noteWith('Begun anew')).toBeVisible();
    await expect(problemsOf(app)).toHaveCount(0);
    await expect.poll(() => setAside(app)).toEqual([BROKEN]);
  });
});

test('tags, settings and library folders come back beside what was changed since', async ({ app }) => {
  const far = path.join(path.dirname(app.libraryFolder), 'far');
  await mkdir(far);
  await writeFile(path.join(far, 'far.md'), '# Far\n\nAway.');
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.library.getByRole('button', { name: 'Library folders…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Library folders' });
  await dialog.getByRole('textbox').fill(far);
  await dialog.getByRole('button', { name: 'Add folder' }).click();
  await expect(dialog.getByRole('listitem').filter({ hasText: far })).toContainText('1 document');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Typography' }).click();
  await page.getByRole('radio', { name: 'Sepia' }).check({ force: true });
  await page.keyboard.press('Escape');
  await prepare(app);
  const tagsFile = path.join(app.dataFolder, 'tags.json');
  const tags = JSON.parse(await readFile(tagsFile, 'utf8'));
  await writeFile(tagsFile, JSON.stringify({ ...tags, tags: [...tags.tags, { name: 'Unused', colour: 'violet' }] }));
  await backUp(app.dataFolder);
  await writeFile(tagsFile, BROKEN);
  await writeFile(path.join(app.dataFolder, 'settings.json'), BROKEN);
  const machines = path.join(app.dataFolder, 'machines');
  for (const name of await readdir(machines)) await writeFile(path.join(machines, name), BROKEN);

  const again = new Lectern(await app.start());
  const problems = problemsOf(app);
  const html = app.page.locator('html');
  await expect(problems).toHaveCount(3);
  await expect(html).not.toHaveAttribute('data-theme', 'sepia');
  await expect(again.option('One')).toBeVisible();
  await expect(again.option('Far')).toHaveCount(0);
  await again.open('One');
  await again.tag(again.noteWith('Note on One'), 'written since');
  await again.allSaved();
  await restore(problems.filter({ hasText: 'settings.json' })).click();
  await expect(html).toHaveAttribute('data-theme', 'sepia');
  await restore(problems.filter({ hasText: 'library folders' })).click();
  await expect(again.option('Far')).toBeVisible();
  await restore(problems.filter({ hasText: 'tags.json' })).click();
  await expect(problems).toHaveCount(0);
  await expect
    .poll(async () => JSON.parse(await readFile(tagsFile, 'utf8')).tags.map(({ name }: { name: string }) => name))
    .toEqual(expect.arrayContaining(['about One', 'about Two', 'Unused', 'written since']));
  const last = new Lectern(await app.restart());
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'sepia');
  await expect(last.option('Far')).toBeVisible();
  await expect(problemsOf(app)).toHaveCount(0);
});
