import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type App, expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { holdCalls } from './fixtures/held-calls';
import { settled } from './fixtures/settled.ts';
import { Lectern } from './models/lectern';

test.use({ library: { 'kept.md': '# Kept\n\nThe first passage stands here.\n\nThe second passage stands there.\n' } });

const HARBOUR = [
  'The harbour lay quiet under a low sky, and the boats were drawn up on the shingle.',
  'Nobody had gone out since the storm took the old pier and half of the northern wall.',
  'In the evening the widow of the ferryman lit the lamp that nobody else would tend.',
].join('\n\n');

const placeOf = (element: Element): number => element.getBoundingClientRect().top;

/** What the notebook files of the data folder hold, as they are on the disk. */
async function readNotebooks({ dataFolder }: App): Promise<Record<string, unknown>[]> {
  const folder = path.join(dataFolder, 'notebooks');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(path.join(folder, name), 'utf8'))));
}

const bodiesOnDisk = async (app: App): Promise<string[]> =>
  (await readNotebooks(app)).flatMap(({ notes }) => (notes as { body: string }[]).map(({ body }) => body));

/** From now on, what the status says, each text once as it came. */
async function watchStatus(page: Page): Promise<() => Promise<string[]>> {
  const said = await page.getByRole('status', { name: 'Saving state' }).evaluateHandle((status) => {
    const texts = [status.textContent ?? ''];
    new MutationObserver(() => texts.push(status.textContent ?? '')).observe(status, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    return texts;
  });
  return () => said.jsonValue();
}

/** Opens the editor of a note and types into it, as a reader does; the editor stays open. */
async function typeInto(lectern: Lectern, text: string): Promise<void> {
  const note = await lectern.highlight('The first passage');
  await note.focus();
  await note.press('Enter');
  await expect(note.getByRole('textbox', { name: 'Note text' })).toBeFocused();
  await lectern.page.keyboard.insertText(text);
}

test('what was typed just before the end is there after it', async ({ app }) => {
  const lectern = new Lectern(app.page);
  await lectern.open('Kept');
  await typeInto(lectern, 'Typed at the last moment');
  expect(await app.quit()).toBe(0);
  await expect.poll(() => bodiesOnDisk(app)).toEqual(['Typed at the last moment']);
  const again = new Lectern(await app.start());
  await expect(again.noteWith('Typed at the last moment')).toBeVisible();
  await expect.poll(() => again.painted('yellow')).toEqual(['The first passage']);
});

test('what was typed just before the window closes is there after it', async ({ app }) => {
  const lectern = new Lectern(app.page);
  await lectern.open('Kept');
  await typeInto(lectern, 'Typed before closing');
  await app.page.close({ runBeforeUnload: true });
  await expect.poll(() => bodiesOnDisk(app)).toEqual(['Typed before closing']);
});

test('what the status called saved is there after a kill', async ({ app }) => {
  for (let round = 1; round <= 3; round++) {
    const lectern = new Lectern(app.page);
    await lectern.open('Kept');
    const note = round === 1 ? await lectern.highlight('The second passage', 'blue') : lectern.noteWith('The second passage');
    await lectern.write(note, `Round ${round}`);
    await lectern.allSaved();
    await app.kill();
    await expect.poll(() => bodiesOnDisk(app)).toEqual([`Round ${round}`]);
    await app.start();
    await expect(new Lectern(app.page).noteWith(`Round ${round}`)).toBeVisible();
  }
});

test('the status says that all is saved only when it is', async ({ app, hostName }) => {
  test.skip(hostName === 'electron', 'Calls over IPC cannot be held back.');
  const lectern = new Lectern(app.page);
  await lectern.open('Kept');
  await lectern.allSaved();
  const release = await holdCalls(app.page, 'notebook.apply');
  const said = await watchStatus(app.page);
  await lectern.write(await lectern.highlight('The first passage'), 'Held back');
  await expect(lectern.saving).toHaveText('Saving…');
  await expect.poll(() => bodiesOnDisk(app)).not.toContain('Held back');
  expect((await said()).slice(1)).not.toContain('All changes saved');
  release();
  await lectern.allSaved();
  await expect.poll(() => bodiesOnDisk(app)).toEqual(['Held back']);
});

test('while the host does not answer, the text stays, and is saved when it answers again', async ({ app, hostName }) => {
  test.skip(hostName === 'electron', 'Electron’s window ends with its host.');
  app.expectTrouble(/net::ERR_FAILED/);
  const lectern = new Lectern(app.page);
  await lectern.open('Kept');
  await lectern.allSaved();
  await app.page.route('**/api/notebook.*', (route) => route.abort());
  const note = await lectern.highlight('The first passage');
  await lectern.write(note, 'Into the void');
  await expect(lectern.saving).toHaveText(
    /^The last changes could not be saved: Lectern’s server does not answer\..* They are kept here and are tried again\.$/,
  );
  await expect(note.getByText('Into the void')).toBeVisible();
  await app.page.unroute('**/api/notebook.*');
  await lectern.allSaved();
  await expect.poll(() => bodiesOnDisk(app)).toEqual(['Into the void']);
});

test.describe('on a disk that takes nothing more', () => {
  test.use({ brokenDisk: true });

  for (const { what, breakIt, mendIt, sentence } of [
    {
      what: 'a full disk',
      breakIt: ({ disk }: App) => disk.fill(),
      mendIt: ({ disk }: App) => disk.free(),
      sentence: 'The disk is full, so the last changes could not be saved. They are kept here and will be saved as soon as there is room.',
    },
    {
      what: 'a folder that may not be written to',
      breakIt: ({ disk }: App) => disk.forbid(),
      mendIt: ({ disk }: App) => disk.allow(),
      sentence:
        /^The folder .* cannot be written to, so the last changes could not be saved\. They are kept here and will be saved as soon as writing is allowed there\.$/,
    },
  ]) {
    test(`${what} is told, the text stays, the old file too, and all is saved once it can be`, async ({ app }) => {
      const lectern = new Lectern(app.page);
      await lectern.open('Kept');
      const first = await lectern.highlight('The first passage');
      await lectern.write(first, 'Before');
      await lectern.allSaved();
      await breakIt(app);
      const said = await watchStatus(app.page);
      const second = await lectern.highlight('The second passage');
      await lectern.write(second, `After. ${'Much more text. '.repeat(2_000)}`);
      await expect(lectern.saving).toHaveText(sentence);
      await expect(second.getByText('After. Much more text.')).toBeVisible();
      const [, ...since] = await said();
      expect(since).not.toContain('All changes saved');
      await expect.poll(() => bodiesOnDisk(app)).toEqual(['Before']);

      await lectern.page.getByRole('button', { name: 'Try again' }).click();
      await expect(lectern.saving).toHaveText(sentence);
      await mendIt(app);
      const tryAgain = lectern.page.getByRole('button', { name: 'Try again' });
      // It is tried again by itself as well, and may be through before the click.
      await tryAgain.click({ timeout: 1_000 }).catch(() => undefined);
      await lectern.allSaved();
      await expect.poll(() => bodiesOnDisk(app)).toEqual(['Before', expect.stringMatching(/^After\. Much more text\./)]);
      await app.restart();
      await expect(new Lectern(app.page).noteWith('After.')).toBeVisible();
    });
  }

  test('a text that is dropped says why it was not copied', async ({ app }) => {
    const lectern = new Lectern(app.page);
    await app.disk.fill();
    const chooser = app.page.waitForEvent('filechooser');
    await app.page.getByRole('button', { name: 'Open files…' }).click();
    await (await chooser).setFiles([{ name: 'new.md', mimeType: 'text/markdown', buffer: Buffer.from('# New\n\nWords.') }]);
    await expect(
      app.page.getByRole('alert').getByText('“new.md” could not be copied: the disk is full. Make room and try again.'),
    ).toBeVisible();
    await expect.poll(() => readdir(path.join(app.dataFolder, 'documents'))).toEqual([]);
    await expect(lectern.option('New')).toHaveCount(0);
    await app.disk.free();
  });
});

test.describe('two windows', () => {
  test.skip(({ hostName }) => hostName === 'electron', 'Electron has one window.');

  test('on one document keep each other’s notes', async ({ app }) => {
    const one = new Lectern(app.page);
    await one.open('Kept');
    await one.allSaved();
    const other = new Lectern(await app.page.context().newPage());
    await other.page.goto(app.page.url());
    await other.open('Kept');

    await other.write(await other.highlight('The second passage', 'green'), 'From the other window');
    await other.allSaved();
    await expect(one.noteWith('From the other window')).toBeVisible();
    await one.page.bringToFront();
    await one.write(await one.highlight('The first passage'), 'From this window');
    await one.allSaved();
    await expect(other.noteWith('From this window')).toBeVisible();
    expect((await bodiesOnDisk(app)).sort()).toEqual(['From the other window', 'From this window']);
    await other.page.close();
  });

  test('are saved and told however many others there are', async ({ app }) => {
    const one = new Lectern(app.page);
    await one.open('Kept');
    // Six windows in all: as many connections as a browser makes to one address.
    const others: Lectern[] = [];
    while (others.length < 5) {
      const other = new Lectern(await app.page.context().newPage());
      await other.page.goto(app.page.url());
      await other.open('Kept');
      others.push(other);
    }
    await one.page.bringToFront();
    await one.write(await one.highlight('The first passage'), 'Told to all');
    await one.allSaved();
    for (const other of others) await expect(other.noteWith('Told to all')).toBeVisible();
    for (const other of others) await other.page.close();
  });

  test('that write at the same moment see each other’s notes once both are saved', async ({ app }) => {
    const one = new Lectern(app.page);
    await one.open('Kept');
    await one.allSaved();
    const other = new Lectern(await app.page.context().newPage());
    await other.page.goto(app.page.url());
    await other.open('Kept');
    await other.allSaved();

    // What the other window writes arrives while this one still waits to save.
    const release = await holdCalls(one.page, 'notebook.apply');
    await one.page.bringToFront();
    await one.write(await one.highlight('The first passage'), 'From this window');
    await other.page.bringToFront();
    await other.write(await other.highlight('The second passage', 'green'), 'From the other window');
    await other.allSaved();
    release();
    await one.allSaved();
    await expect(one.noteWith('From the other window')).toBeVisible();
    await expect(other.noteWith('From this window')).toBeVisible();
    expect((await bodiesOnDisk(app)).sort()).toEqual(['From the other window', 'From this window']);
    await other.page.close();
  });

  test('that write in one note at the same moment keep the words of both', async ({ app }) => {
    const one = new Lectern(app.page);
    await one.open('Kept');
    await one.highlight('The first passage');
    await one.allSaved();
    const other = new Lectern(await app.page.context().newPage());
    await other.page.goto(app.page.url());
    await other.open('Kept');
    await other.allSaved();

    const release = await holdCalls(one.page, 'notebook.apply');
    await one.page.bringToFront();
    await one.write(one.noteWith('The first passage'), 'From this window');
    await other.page.bringToFront();
    await other.write(other.noteWith('The first passage'), 'From the other window');
    await other.allSaved();
    release();
    await one.allSaved();
    await expect(other.noteWith('From this window')).toBeVisible();
    await expect
      .poll(() => readNotebooks(app))
      .toMatchObject([{ notes: [{ body: 'From this window', history: [{ body: 'From the other window' }] }] }]);
    for (const { page } of [one, other])
      await expect(page.getByRole('alert').getByText('Two windows or machines wrote in one note on “Kept”')).toBeVisible();
    await one.page.bringToFront();
    await one.choose(one.noteWith('From this window'), 'Earlier versions…');
    const versions = one.page.getByRole('dialog', { name: 'Earlier versions' });
    await versions.getByRole('button', { name: 'Show what changed after each' }).click();
    await expect(versions.getByText('From the other window')).toBeVisible();
    await other.page.close();
  });
});

test.describe('two windows on a document that is joined and forgotten', () => {
  test.skip(({ hostName }) => hostName === 'electron', 'Electron has one window.');
  test.use({ library: { 'harbour.md': `# Harbour\n\n${HARBOUR}\n`, 'port.md': `# Port\n\n${HARBOUR.replace('quiet', 'still')}\n` } });

  test('show the same, and what is written in either stands with the notes', async ({ app }) => {
    const { page } = app;
    const one = new Lectern(page);
    await one.open('Harbour');
    await one.highlight('the storm took the old pier');
    await one.allSaved();
    const other = new Lectern(await page.context().newPage());
    await other.page.goto(page.url());
    await other.open('Port');
    await page.bringToFront();
    const answer = await holdCalls(page, 'join.likely');
    await one.open('Port');
    const top = () => one.article('Port').getByText('The harbour lay still').evaluate(placeOf);
    const before = await settled(page, top);
    answer();
    const remark = page.getByRole('note').filter({ hasText: 'This looks like “Harbour”, with its 1 note.' });
    await expect(remark).toBeVisible();
    // Nothing moves by itself.
    await expect.poll(top).toBe(before);
    expect(await axeFindings(page)).toEqual([]);
    // A message goes by itself after a while: it is looked for from the beginning.
    await Promise.all([
      expect(page.getByText('the other file stays, as another edition')).toBeVisible(),
      expect(other.page.getByText('it was said elsewhere that they are the same')).toBeVisible(),
      remark.getByRole('button', { name: 'It is the same' }).click(),
    ]);
    await expect(one.noteWith('the storm took the old pier')).toBeVisible();
    await expect(other.noteWith('the storm took the old pier')).toBeVisible();
    await other.page.bringToFront();
    await other.write(await other.highlight('lit the lamp'), 'From the other window');
    await other.allSaved();
    await expect(one.noteWith('From the other window')).toBeVisible();

    // They are one document with two editions, shown by either, until one is parted from it.
    await page.bringToFront();
    await expect(one.option('Harbour')).toHaveCount(0);
    await page.keyboard.press('ControlOrMeta+i');
    await page.getByRole('button', { name: '1 other edition…' }).click();
    const editions = page.getByRole('dialog', { name: 'Editions of this document' });
    await expect(editions.getByRole('list', { name: 'Editions' }).getByRole('listitem')).toHaveCount(2);
    expect(await axeFindings(page)).toEqual([]);
    await editions.getByRole('button', { name: 'Show harbour.md' }).press('Enter');
    await expect(one.article('Harbour').getByText('The harbour lay quiet')).toBeVisible();
    await expect(other.article('Harbour').getByText('The harbour lay quiet')).toBeVisible();
    await expect.poll(() => one.painted('yellow')).toEqual(['the storm took the old pier', 'lit the lamp']);
    await expect(one.option('Port')).toHaveCount(0);
    await one.run('Editions of this');
    await editions.getByRole('button', { name: 'Part port.md from the document' }).press('Enter');
    await expect(editions.getByRole('list', { name: 'Editions' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(one.option('Port')).toBeVisible();
    await expect(one.noteWith('From the other window')).toBeVisible();

    await page.keyboard.press('ControlOrMeta+i');
    await page.getByRole('dialog').getByRole('button', { name: 'Forget this document…' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Forget this document' });
    await dialog.getByRole('checkbox', { name: 'I know that this cannot be undone' }).press('Space');
    await dialog.getByRole('button', { name: 'Forget for good' }).press('Enter');
    await expect(other.page.getByText('was forgotten elsewhere, with all notes on it')).toBeVisible();
    await expect(other.notes.getByRole('listitem')).toHaveCount(0);
    await other.page.close();
  });
});

test('fields that Lectern does not know survive an edit', async ({ app }) => {
  const lectern = new Lectern(app.page);
  await lectern.open('Kept');
  await lectern.write(await lectern.highlight('The first passage'), 'First');
  await lectern.allSaved();
  await app.quit();
  const folder = path.join(app.dataFolder, 'notebooks');
  const [name = ''] = await readdir(folder);
  const notebook = JSON.parse(await readFile(path.join(folder, name), 'utf8'));
  notebook.future = { of: ['the', 'notebook'] };
  notebook.notes[0].stars = 5;
  notebook.notes[0].anchor.page = 12;
  notebook.identity.doi = '10.1/x';
  await writeFile(path.join(folder, name), JSON.stringify(notebook));

  const again = new Lectern(await app.start());
  await again.write(again.noteWith('First'), 'Edited');
  await again.allSaved();
  await app.quit();
  await expect
    .poll(() => readNotebooks(app))
    .toMatchObject([
      { future: { of: ['the', 'notebook'] }, identity: { doi: '10.1/x' }, notes: [{ body: 'Edited', stars: 5, anchor: { page: 12 } }] },
    ]);
});
