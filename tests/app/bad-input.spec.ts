import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildFolder } from '../../electron/vite.shared.ts';
import { expect, test } from './fixtures';
import { Lectern } from './models/lectern';

const GOOD = '# Good\n\nThe good document has a passage to mark.\n';

/** Opens the good document and writes a note on it: nothing of what went wrong elsewhere disturbs it. */
async function expectGoodStillWorks(lectern: Lectern): Promise<void> {
  await expect((await lectern.open('Good')).getByText('The good document has a passage to mark.')).toBeVisible();
  await lectern.write(await lectern.highlight('a passage to mark'), 'It still works');
  await expect(lectern.noteWith('It still works')).toBeVisible();
  await lectern.allSaved();
}

test.describe('files that are no text', () => {
  const cases: { title: string; sentence: string | RegExp }[] = [
    { title: 'empty', sentence: '“empty.txt” is empty: there is nothing in it to read.' },
    { title: 'blank', sentence: '“blank.md” is empty: there is nothing in it to read.' },
    { title: 'picture', sentence: /^“picture\.txt” holds no text but looks like a PNG image\. Open it with the program/ },
    { title: 'archive', sentence: /^“archive\.md” holds no text but looks like a ZIP archive or an office document\./ },
    { title: 'program', sentence: /^“program\.html” holds no text but looks like data for a program\./ },
  ];
  test.use({
    library: {
      'good.md': GOOD,
      'empty.txt': '',
      'blank.md': ' \n\t\n',
      'picture.txt': Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(500, 7)]),
      'archive.md': Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(500, 3)]),
      'program.html': Uint8Array.from({ length: 4_096 }, (_, index) => (index * index * 31 + index * 7) % 256),
    },
  });

  test('say what they are', async ({ app }) => {
    const lectern = new Lectern(app.page);
    for (const { title, sentence } of cases) {
      await lectern.option(title).click();
      await expect(lectern.article(title).getByRole('alert')).toHaveText(sentence);
      await expect(lectern.article(title).getByText(sentence)).toHaveCount(1);
      await expect(lectern.option(title)).toHaveAccessibleDescription(/“/);
    }
    await app.page.keyboard.press('ControlOrMeta+Shift+n');
    await lectern.notes.getByRole('textbox', { name: 'Note text' }).fill('Ask for the text itself');
    await app.page.keyboard.press('Escape');
    await expect(lectern.noteWith('Ask for the text itself')).toBeVisible();
    await expectGoodStillWorks(lectern);
  });
});

test.describe('texts with bytes that are no characters', () => {
  test.use({
    library: {
      'good.md': GOOD,
      'bad-bytes.txt': Buffer.concat([
        Buffer.from('Größe und Länge der schönen Flüsse.\n\n'.repeat(20)),
        Buffer.from([0xff, 0xfe, 0x20]),
        Buffer.from('Überall steht noch Text.'),
      ]),
      'nul.txt': 'Some text\0with a character that has no shape.\n\nA second paragraph.',
    },
  });

  test('are shown, and say so', async ({ app }) => {
    const lectern = new Lectern(app.page);
    const bytes = await lectern.open('Größe und Länge der schönen Flüsse.');
    await expect(bytes.getByRole('note')).toHaveText(/^2 characters of this file are not valid in the encoding utf-8 and are shown as �\./);
    await expect(bytes.getByText('Überall steht noch Text.')).toBeVisible();
    const nul = await lectern.open('Some text with a character that has no shape.');
    await expect(nul.getByRole('note')).toHaveText(/^This file holds NUL characters/);
    // What was read is put away, and the keyboard is in the text.
    await nul.getByRole('button', { name: 'Dismiss this remark' }).click();
    await expect(nul.getByRole('note')).toHaveCount(0);
    await expect(nul).toBeFocused();
    await lectern.write(await lectern.highlight('A second paragraph.'), 'After the NUL');
    await lectern.allSaved();
    await expectGoodStillWorks(lectern);
  });
});

test.describe('very large files', () => {
  test.use({ library: { 'good.md': GOOD } });

  test('a text of 50 MB says that it is too large, and a line of 5 MB opens', async ({ app }) => {
    const lectern = new Lectern(app.page);
    const file = path.join(app.libraryFolder, 'huge.txt');
    await writeFile(file, 'A huge text.\n');
    await truncate(file, 50 * 1_048_576);
    await lectern.option('huge').click();
    await expect(lectern.article('huge').getByRole('alert')).toHaveText(
      /^“huge\.txt” has 50 MB, and Lectern opens files of its kind of up to 32 MB\./,
    );
    await writeFile(
      path.join(app.libraryFolder, 'line.txt'),
      `The line begins here. ${'It goes on and on without an end. '.repeat(155_000)}`,
    );
    const article = await lectern.open('The line begins here.');
    await expect(article.locator('.reading-text')).toContainText('The line begins here. It goes on');
    await expectGoodStillWorks(lectern);
  });
});

test.describe('Markdown that cannot be laid out', () => {
  test.use({
    library: {
      'good.md': GOOD,
      'lists.md': `# Lists of lists\n\n${Array.from({ length: 1_500 }, (_, depth) => `${'  '.repeat(depth)}- level\n`).join('')}`,
      'quotes.md': `# Quotes of quotes\n\n${'>'.repeat(5_000)} inmost\n`,
    },
  });

  test('is shown as it is written, in a note as well, and nothing waits for it', async ({ app }) => {
    const lectern = new Lectern(app.page);
    await lectern.option('Lists of lists').click();
    // Its layout still runs in its thread, which has three seconds of its own time: on a busy machine many more of everybody's.
    await expect((await lectern.open('Good')).getByText('The good document has a passage to mark.')).toBeVisible();
    const note = await lectern.highlight('The good document');
    await lectern.write(note, `Look\n${'>'.repeat(500)} inmost`);
    await expect(note.getByText('>>>>')).toBeVisible();
    await lectern.option('Quotes of quotes').click();
    const quotes = lectern.article('Quotes of quotes');
    const inTime = { timeout: 60_000 };
    await expect(quotes.getByRole('note')).toHaveText(
      'This Markdown is nested too deep to lay out, so you see it as it is written.',
      inTime,
    );
    await lectern.write(await lectern.highlight('Quotes of quotes'), 'Deep down');
    await lectern.allSaved();
    await expectGoodStillWorks(lectern);
  });
});

test.describe('what cannot be reached', () => {
  test.use({ library: { 'good.md': GOOD, 'other.md': '# Other\n\nIt comes and goes.', 'deep/inner.md': '# Inner\n\nInside.' } });

  test('links in a circle are not followed, and a link to itself says so', async ({ app }) => {
    test.skip(process.platform === 'win32', 'Windows lets only administrators make links.');
    const lectern = new Lectern(app.page);
    await symlink('..', path.join(app.libraryFolder, 'deep/up'));
    await symlink('circle', path.join(app.libraryFolder, 'circle'));
    await symlink('round.md', path.join(app.libraryFolder, 'round.md'));
    await symlink('nowhere.md', path.join(app.libraryFolder, 'dangling.md'));
    await writeFile(path.join(app.libraryFolder, 'last.md'), '# Last');
    await expect(lectern.option('Last')).toBeVisible();
    await expect(lectern.option('Inner')).toHaveCount(1);
    await lectern.option('round').click();
    await expect(lectern.article('round').getByRole('alert')).toHaveText(/^“round\.md” cannot be read: its links lead in a circle\./);
    await lectern.library.getByRole('button', { name: 'Library folders…' }).click();
    const dialog = app.page.getByRole('dialog', { name: 'Library folders' });
    await dialog.getByRole('textbox').fill(path.join(app.libraryFolder, 'circle'));
    await dialog.getByRole('button', { name: 'Add folder' }).click();
    await expect(dialog.getByRole('alert')).toHaveText(/circle” cannot be read: its links lead in a circle\./);
    await app.page.keyboard.press('Escape');
    await expectGoodStillWorks(lectern);
    // Again with everything there from the start.
    const again = new Lectern(await app.restart());
    await expect(again.option('Inner')).toHaveCount(1);
    await again.open('Last');
  });

  test('a folder that vanished says so, and comes back with its notes', async ({ app }) => {
    const folder = path.join(path.dirname(app.libraryFolder), 'disk');
    await mkdir(folder);
    await writeFile(path.join(folder, 'far.md'), '# Far\n\nOn another disk.');
    const lectern = new Lectern(app.page);
    const folders = lectern.library.getByRole('button', { name: 'Library folders…' });
    const dialog = app.page.getByRole('dialog', { name: 'Library folders' });
    await folders.click();
    await dialog.getByRole('textbox').fill(folder);
    await dialog.getByRole('button', { name: 'Add folder' }).click();
    await expect(dialog.getByRole('listitem').filter({ hasText: folder })).toContainText('1 document');
    await app.page.keyboard.press('Escape');
    await lectern.open('Far');
    await lectern.write(await lectern.highlight('another disk'), 'Noted far away');
    await lectern.allSaved();

    await rename(folder, `${folder}-away`);
    await expect(lectern.option('Far')).toHaveAccessibleDescription(/The file is gone; your notes on it are kept/);
    await folders.click();
    const sentence = `The folder “${folder}” is not there. It may have been moved, or its disk may not be connected.`;
    await expect(dialog.getByText(sentence)).toBeVisible();
    await app.page.keyboard.press('Escape');
    await expectGoodStillWorks(lectern);

    const again = new Lectern(await app.restart());
    await again.option('Far').click();
    await expect(again.article('Far').getByRole('alert')).toHaveText(/is no longer where it was\. Your notes on it are kept/);
    await expect(again.noteWith('Noted far away')).toBeVisible();
    await rename(`${folder}-away`, folder);
    await expect(again.option('Far')).not.toHaveAccessibleDescription(/The file is gone/);
    await expect((await again.open('Far')).getByText('On another disk.')).toBeVisible();
    await expect.poll(() => again.painted('yellow')).toEqual(['another disk']);
  });
});

test.describe('a file that may not be read', () => {
  // Root reads everything; only the server of such a test goes without that power.
  test.use({ library: { 'good.md': GOOD, 'closed.md': '# Closed' }, brokenDisk: process.getuid?.() === 0 });

  test('says so, and opens once it may', async ({ app }) => {
    test.skip(process.platform === 'win32', 'Windows has no such permission.');
    const lectern = new Lectern(app.page);
    const file = path.join(app.libraryFolder, 'closed.md');
    await expect(lectern.option('Closed')).toBeVisible();
    await app.quit();
    await chmod(file, 0o000);
    const again = new Lectern(await app.start());
    const closed = again.library.getByRole('option', { name: /closed/i });
    await closed.click();
    await expect(app.page.getByRole('article').getByRole('alert')).toHaveText(
      '“closed.md” cannot be read: you have no permission to read it. Check the file and its permissions.',
    );
    await expectGoodStillWorks(again);
    await chmod(file, 0o644);
    await closed.click();
    await expect(again.article('Closed').getByRole('alert')).toHaveCount(0);
  });
});

test.describe('notebook files that are not as Lectern wrote them', () => {
  test.use({
    library: Object.fromEntries(
      ['Json', 'Shape', 'Newer', 'Good'].map((name) => [`${name}.md`, `# ${name}\n\nThe ${name} document has a passage to mark.`]),
    ),
  });

  test('are set aside or left alone, told, and everything else opens', async ({ app }) => {
    const lectern = new Lectern(app.page);
    const files = new Map<string, string>();
    const folder = path.join(app.dataFolder, 'notebooks');
    for (const title of ['Json', 'Shape', 'Newer']) {
      await lectern.open(title);
      await lectern.write(await lectern.highlight('a passage to mark'), `Note on ${title}`);
      await lectern.allSaved();
      const [added] = (await readdir(folder)).filter((name) => name.endsWith('.json') && ![...files.values()].includes(name));
      files.set(title, added ?? '');
    }
    await app.quit();
    const fileOf = (title: string) => path.join(folder, files.get(title) ?? '');
    await writeFile(fileOf('Json'), '{"version": 1, "notes": [');
    await writeFile(fileOf('Shape'), JSON.stringify({ notebook: 'of another program' }));
    const newer = JSON.stringify({ ...JSON.parse(await readFile(fileOf('Newer'), 'utf8')), version: 2, spaceships: true });
    await writeFile(fileOf('Newer'), newer);
    await writeFile(path.join(folder, 'README.txt'), 'What is this?');

    const again = new Lectern(await app.start());
    const problems = app.page.getByRole('region', { name: 'Problems with your data' }).getByRole('listitem');
    await expect(problems).toHaveCount(4);
    const broken = problems.filter({ hasText: 'it is not valid JSON. Nothing was deleted: the file was set aside' });
    await expect(broken).toHaveCount(1);
    await expect(problems.filter({ hasText: 'it does not say which document it belongs to. Nothing was deleted' })).toHaveCount(1);
    await expect(
      problems.filter({ hasText: 'was written by a newer version of Lectern, so it can be read here but not changed' }),
    ).toHaveCount(1);
    await expect(problems.filter({ hasText: '“README.txt”, which is not a notebook of Lectern' })).toHaveCount(1);
    await expect.poll(() => readdir(path.join(app.dataFolder, 'quarantine'))).toHaveLength(2);

    // Told, they are put away, one after the other.
    for (let left = 3; left >= 0; left--) {
      await problems.first().getByRole('button', { name: 'Dismiss' }).click();
      await expect(problems).toHaveCount(left);
    }
    // What needs a choice is there again where it is needed.
    await again.open('Json');
    await broken.getByRole('button', { name: 'Start with an empty notebook…' }).click();
    await app.page.getByRole('alertdialog').getByRole('button', { name: 'Start with an empty notebook' }).click();
    await expect(problems).toHaveCount(0);
    await again.write(await again.highlight('The Json document'), 'A new note');
    await again.allSaved();
    const article = await again.open('Newer');
    await expect(again.noteWith('Note on Newer')).toBeVisible();
    await expect(article.getByRole('note')).toHaveText(/written by a newer version of Lectern, so it can be read here but not changed/);
    await again.select('The Newer document');
    await again.toolbar.getByRole('button', { name: 'Highlight yellow' }).click();
    await expect(app.page.getByRole('alert').getByText(/so it can be read here but not changed/)).toBeVisible();
    await expect(again.notes.getByRole('listitem')).toHaveCount(1);
    await again.allSaved();
    await again.open('Good');
    await again.write(await again.highlight('The Good document'), 'It still works');
    await again.allSaved();
    await app.quit();
    expect(await readFile(fileOf('Newer'), 'utf8')).toBe(newer);
  });

  test('settings and tags that cannot be read are set aside as well', async ({ app }) => {
    const lectern = new Lectern(app.page);
    await lectern.open('Good');
    await app.quit();
    await writeFile(path.join(app.dataFolder, 'settings.json'), 'no settings');
    await writeFile(path.join(app.dataFolder, 'tags.json'), '\0\0\0\0');
    for (const name of ['index.sqlite', 'files.sqlite']) {
      await rm(path.join(app.localFolder, name));
      await writeFile(path.join(app.localFolder, name), 'no database');
    }
    const again = new Lectern(await app.start());
    const problems = app.page.getByRole('region', { name: 'Problems with your data' }).getByRole('listitem');
    await expect(problems.filter({ hasText: 'The file of your settings (settings.json) could not be read' })).toHaveCount(1);
    await expect(problems.filter({ hasText: 'The file of your tags (tags.json) could not be read' })).toHaveCount(1);
    await problems.first().getByRole('button', { name: 'Dismiss' }).click();
    await problems.first().getByRole('button', { name: 'Dismiss' }).click();
    await again.open('Good');
    await again.write(await again.highlight('The Good document'), 'It still works');
    await again.allSaved();
  });
});

test('a second instance over the same data says who has it, and leaves the first one alone', async ({ app, hostName }) => {
  test.skip(hostName === 'electron', 'Electron hands over to the first instance; tests/unit/shell/instance.test.ts tries that.');
  const second = spawn(process.execPath, [path.join(buildFolder, 'serve.mjs'), '--data', app.dataFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: app.environment,
  });
  let said = '';
  second.stdout.on('data', (chunk: Buffer) => (said += chunk));
  second.stderr.on('data', (chunk: Buffer) => (said += chunk));
  const [code] = await once(second, 'close');
  expect(code).toBe(1);
  expect(said).toMatch(/^Lectern is already open with these notes \(process \d+\)\. Use that window, or close it first/);
  expect(said).toContain(app.dataFolder);
  await app.page.reload();
  await expect(app.page.getByRole('listbox', { name: 'Documents' })).toBeVisible();
});
