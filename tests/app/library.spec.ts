import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { encode } from '../encode';
import { expect, test } from './fixtures';
import { axeFindings, axeFindingsByDayAndNight } from './fixtures/axe.ts';
import { holdUploads } from './fixtures/held-calls.ts';
import { FIRST_SEED, Lectern } from './models/lectern';

test.describe('documents of every format, in nested folders', () => {
  test.use({
    library: {
      'plain.txt': 'The plain text has no title of its own. It has two sentences.\n',
      'a/b/c/notes.md':
        '---\ntitle: Deep *notes*\nauthor: Ada Writer\ndate: 2020-02-29\n---\n\n# Another heading\n\nThe *Markdown* text.\n',
      'a/long.markdown': `# Long Markdown\n\n${'Word upon word upon word. '.repeat(300)}\n`,
      'a/page.html':
        '<html lang="en"><head><title>A page</title><meta name="author" content="Bo Author"><meta name="date" content="2019-07-01"></head><body><p>The page’s text.</p></body></html>',
      'a/b/old.htm': '<h1>An old page</h1><p>Its old text.</p>',
      'a/picture.png': 'not a document',
      '.hidden/secret.md': '# Hidden',
    },
  });

  test('are listed with title, date and reading time, and opened', async ({ app }) => {
    const lectern = new Lectern(app.page);
    await expect(lectern.library.getByRole('option')).toHaveCount(6);
    await expect(lectern.option('Long Markdown')).toHaveAccessibleDescription(/\b\d min\b/);
    await expect(lectern.option(FIRST_SEED)).toHaveAccessibleDescription(/3 Dec 2021/);
    await expect(lectern.option('Deep *notes*')).toHaveAccessibleDescription(/29 Feb 2020.*Markdown.*Ada Writer$/);
    await expect(lectern.option('An old page')).toHaveAccessibleDescription(/Web page.*a\/b\/ ?old\.htm$/);

    const markdown = await lectern.open('Deep *notes*');
    await expect(markdown.getByText('29 February 2020')).toBeVisible();
    await expect(markdown.getByText('Ada Writer', { exact: true })).toBeVisible();
    await expect(markdown.getByText('notes.md')).toBeVisible();
    await expect(markdown.getByRole('heading', { name: 'Another heading' })).toBeVisible();
    await expect(markdown.getByText('title: Deep')).toBeHidden();
    await expect(markdown.getByRole('emphasis')).toHaveText('Markdown');

    const page = await lectern.open('A page');
    await expect(page.getByText('1 July 2019')).toBeVisible();
    await expect(page.getByText('Bo Author')).toBeVisible();
    await expect(page.getByText('The page’s text.')).toBeVisible();

    await expect((await lectern.open('An old page')).getByText('Its old text.')).toBeVisible();
    await expect((await lectern.open('The plain text has no title of its own.')).getByText('It has two sentences.')).toBeVisible();
  });

  test('are sorted and filtered', async ({ app }) => {
    const lectern = new Lectern(app.page);
    const titles = lectern.library.getByRole('option').locator('.document-title');
    const sortBy = async (order: string) => {
      await lectern.library.getByRole('button', { name: 'Sort documents' }).click();
      await app.page.getByRole('menu').getByText(order, { exact: true }).click();
    };
    // What has no date stands where it was added: now.
    const undated = /^(An old page|Long Markdown|The plain text)/;
    await expect(titles).toHaveText([undated, undated, undated, FIRST_SEED, 'Deep *notes*', 'A page']);
    await sortBy('Oldest first');
    await expect(titles).toHaveText(['A page', 'Deep *notes*', FIRST_SEED, undated, undated, undated]);
    await sortBy('Title');
    await expect(titles).toHaveText(['A page', 'An old page', 'Deep *notes*', FIRST_SEED, 'Long Markdown', /^The plain text/]);
    await sortBy('Z to A');
    await expect(titles.first()).toHaveText(/^The plain text/);

    const typed = lectern.library.getByRole('textbox', { name: 'Filter documents' });
    await typed.fill('PAGE old');
    await expect(titles).toHaveText(['An old page']);
    await typed.press('Enter');
    await lectern.article('An old page').waitFor();
    await expect(lectern.option('An old page')).toHaveAttribute('aria-selected', 'true');
    await lectern.library.getByRole('button', { name: 'Clear the filter' }).click();
    await typed.fill('notes.md');
    await expect(titles).toHaveText(['Deep *notes*']);
    await typed.fill('nothing has this');
    await expect(titles).toHaveCount(0);
    await typed.press('Escape');
    await expect(titles).toHaveCount(6);

    await lectern.library.getByRole('button', { name: 'Reading' }).click();
    await expect(titles).toHaveText(['An old page']);
    await app.page.keyboard.press('ControlOrMeta+Shift+F');
    await lectern.library.getByRole('button', { name: 'Finished' }).click();
    await expect(titles).toHaveText(['An old page']);
    await expect(lectern.option('An old page')).toHaveAccessibleDescription(/Finished/);
    await lectern.library.getByRole('button', { name: 'All documents', exact: true }).click();

    await lectern.open('A page');
    await app.page.getByRole('textbox', { name: 'Add tag to document' }).fill('subject/history');
    await app.page.keyboard.press('Enter');
    await app.page.keyboard.press('Escape');
    await lectern.library.getByRole('button', { name: 'subject', exact: true }).click();
    await expect(titles).toHaveText(['A page']);
    await lectern.library.getByRole('button', { name: 'Finished' }).click();
    await expect(titles).toHaveText(['A page']);
    await lectern.library.getByRole('button', { name: 'Stop filtering by subject' }).click();
    await expect(titles).toHaveText(['An old page', 'A page']);
    await lectern.library.getByRole('button', { name: 'All documents', exact: true }).click();
    await expect(titles).toHaveCount(6);

    const narrowTo = async (choice: string) => {
      await lectern.library.getByRole('button', { name: 'Filter by kind, author or folder' }).click();
      await app.page.getByRole('menu').getByText(choice).click();
    };
    // A menu that comes to lie under the pointer while it is pressed takes no choice from its release.
    await lectern.library.getByRole('button', { name: 'Filter by kind, author or folder' }).hover();
    await app.page.mouse.down();
    await app.page.getByRole('menu').getByText('Markdown').dispatchEvent('pointerup');
    await app.page.mouse.up();
    await app.page.getByRole('menu').press('Escape');
    await expect(titles).toHaveCount(6);
    await narrowTo('Lectern’s own documents');
    await expect(titles).toHaveText([FIRST_SEED]);
    await lectern.library.getByRole('button', { name: 'Stop filtering by Lectern’s own documents' }).click();
    await narrowTo('Bo Author');
    await expect(titles).toHaveText(['A page']);
    await narrowTo('Markdown');
    await expect(titles).toHaveCount(0);
    await lectern.library.getByRole('button', { name: 'Stop filtering by Bo Author' }).click();
    await expect(titles).toHaveText(['Long Markdown', 'Deep *notes*']);
    await lectern.library.getByRole('button', { name: 'All documents', exact: true }).click();

    const folder = (name: string) => lectern.library.getByRole('button', { name, exact: true });
    await folder('library').press('ArrowRight');
    await folder('library/a').click();
    await expect(titles).toHaveText(['Long Markdown', 'Deep *notes*', 'An old page', 'A page']);
    await folder('library/a/b').press('Enter');
    await expect(titles).toHaveText(['Deep *notes*', 'An old page']);
    expect(await axeFindingsByDayAndNight(app.page)).toEqual([]);
    await folder('library/a').press('ArrowLeft');
    await expect(folder('library/a/b')).toBeHidden();
    await lectern.library.getByRole('button', { name: 'Stop filtering by library/a/b' }).click();
    await expect(titles).toHaveCount(6);

    await sortBy('Last read');
    await expect(titles.first()).toHaveText('A page');
    await lectern.allSaved();
    const again = new Lectern(await app.restart());
    await expect(again.library.getByRole('heading', { name: 'Documents · last read' })).toBeVisible();
    await expect(again.library.getByRole('option').first()).toHaveAccessibleName('A page');
  });
});

test.describe('what happens in a library folder outside of Lectern', () => {
  const text =
    'Kept words stand here.\n\nThe first paragraph is about rivers and their long way to the sea.\n\nThe second one is about mountains.\n';
  test.use({ library: { 'sub/kept.md': `# Kept\n\n${text}` } });

  test('is shown: files come, change and go', async ({ app }) => {
    const lectern = new Lectern(app.page);
    await lectern.open('Kept');
    const folder = path.join(app.libraryFolder, 'new/folder');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'added.md'), '# Added\n\nSome words.');
    await expect(lectern.option('Added')).toBeVisible();
    await writeFile(path.join(folder, 'added.md'), '# Changed\n\nSome other words.');
    await expect(lectern.option('Changed')).toBeVisible();
    await expect(lectern.option('Added')).toHaveCount(0);
    await rename(path.join(folder, 'added.md'), path.join(folder, 'other.md'));
    const article = await lectern.open('Changed');
    await expect(article.getByText('other.md')).toBeVisible();
    await rm(path.join(folder, 'other.md'));
    await lectern.open('Kept');
    await rm(path.join(app.libraryFolder, 'new'), { recursive: true });
  });

  test('a removed file leaves the list; with notes on it, it stays as missing, with them', async ({ app }) => {
    const lectern = new Lectern(app.page);
    await writeFile(path.join(app.libraryFolder, 'bare.md'), '# Bare\n\nNobody read this.');
    await expect(lectern.option('Bare')).toBeVisible();
    await lectern.open('Kept');
    await lectern.write(await lectern.highlight('about mountains'), 'Which ones?');
    await lectern.allSaved();
    await rm(path.join(app.libraryFolder, 'bare.md'));
    await expect(lectern.option('Bare')).toHaveCount(0);
    await rm(path.join(app.libraryFolder, 'sub/kept.md'));
    await expect(lectern.option('Kept')).toHaveAccessibleDescription(/The file is gone; your notes on it are kept/);

    const again = new Lectern(await app.restart());
    await again.option('Kept').click();
    await expect(app.page.getByRole('alert').getByText(/“Kept” is no longer where it was\. Your notes on it are kept/)).toBeVisible();
    await expect(again.noteWith('Which ones?')).toBeVisible();
    await writeFile(path.join(app.libraryFolder, 'sub/kept.md'), `# Kept\n\n${text}`);
    await expect(again.option('Kept')).not.toHaveAccessibleDescription(/The file is gone; your notes on it are kept/);
  });

  test('a renamed file keeps its notes, while Lectern runs and while it does not', async ({ app }) => {
    const lectern = new Lectern(app.page);
    await lectern.open('Kept');
    await lectern.write(await lectern.highlight('rivers and their long way'), 'Which rivers?');
    await lectern.allSaved();
    await rename(path.join(app.libraryFolder, 'sub/kept.md'), path.join(app.libraryFolder, 'moved.md'));
    await expect(lectern.article('Kept').getByText('moved.md')).toBeVisible();
    await expect(lectern.library.getByRole('option')).toHaveCount(2);
    await expect(lectern.noteWith('Which rivers?')).toBeVisible();

    await app.quit();
    await rename(path.join(app.libraryFolder, 'moved.md'), path.join(app.libraryFolder, 'again.md'));
    const again = new Lectern(await app.start());
    await expect(again.article('Kept').getByText('again.md')).toBeVisible();
    await expect(again.noteWith('Which rivers?')).toBeVisible();
    await expect(again.library.getByRole('option')).toHaveCount(2);
  });

  test('an edited file keeps its notes: what moved is found again, what vanished is listed with its quote', async ({ app }) => {
    const lectern = new Lectern(app.page);
    await lectern.open('Kept');
    await lectern.write(await lectern.highlight('rivers and their long way'), 'Moves along');
    await lectern.write(await lectern.highlight('about mountains'), 'Vanishes');
    await lectern.allSaved();
    await writeFile(
      path.join(app.libraryFolder, 'sub/kept.md'),
      '# Kept\n\nSomething new comes first.\n\nKept words stand here.\n\nThe first paragraph is about rivers and their long way to the sea.\n\nNothing else.\n',
    );
    await expect(lectern.article('Kept').getByText('Something new comes first.')).toBeVisible();
    await expect(app.page.getByText('The file was changed by another program, so it was read again.')).toBeVisible();
    await expect(lectern.noteWith('Moves along').getByText('moved', { exact: true })).toBeVisible();
    const lost = lectern.notes.getByRole('region', { name: 'Without a place' });
    await expect(lost.getByRole('listitem')).toHaveCount(1);
    await expect(lost.getByRole('listitem').filter({ hasText: 'Vanishes' }).getByText('about mountains')).toBeVisible();
    await expect.poll(() => lectern.painted('yellow')).toEqual(['rivers and their long way']);

    // Back as it was, everything has its place again.
    await writeFile(path.join(app.libraryFolder, 'sub/kept.md'), `# Kept\n\n${text}`);
    await expect(lost).toHaveCount(0);
    await expect.poll(() => lectern.painted('yellow')).toEqual(['rivers and their long way', 'about mountains']);
  });

  test('a passage that was edited is placed again, one of which much changed is asked about and confirmed by key', async ({ app }) => {
    const before =
      'Every spring the river rises above the lower bridge, and the old town waits behind its sandbags.\n\nThe baker writes the height of the water on the wall beside her oven, with the year and with her initials.\n\nNobody has ever asked her why she does so.';
    await writeFile(path.join(app.libraryFolder, 'river.md'), `# River\n\n${before}\n`);
    const lectern = new Lectern(app.page);
    await expect(lectern.option('River')).toBeVisible();
    await lectern.open('River');
    await lectern.write(await lectern.highlight('the old town waits behind its sandbags'), 'One word');
    await lectern.write(await lectern.highlight('the height of the water on the wall', 'green'), 'Much of it');
    await lectern.allSaved();
    const after = before
      .replace('the old town', 'the whole town')
      .replace('the height of the water on the wall', 'how high it came upon a wall');
    await writeFile(path.join(app.libraryFolder, 'river.md'), `# River\n\nA preface.\n\n${after}\n`);
    const sure = lectern.noteWith('One word');
    await expect(sure.getByText('moved', { exact: true })).toBeVisible();
    await expect(lectern.article('River').getByText('1 was found again and 1 is likely where a dashed line is.')).toBeVisible();
    await expect.poll(() => lectern.painted('yellow')).toEqual(['the whole town waits behind its sandbags']);
    await expect.poll(() => lectern.painted('green')).toEqual([]);
    const asked = lectern.noteWith('Much of it');
    await expect(asked.getByText('Is it the underlined passage now?')).toBeVisible();
    await expect.poll(() => lectern.painted('close-green')).toEqual([expect.stringContaining('upon a wall')]);
    const [likely = ''] = await lectern.painted('close-green');
    expect(await axeFindings(app.page)).toEqual([]);

    await asked.focus();
    await app.page.keyboard.press('y');
    await expect(asked.getByText('Is it the underlined passage now?')).toHaveCount(0);
    await expect(asked).toBeFocused();
    await expect.poll(() => lectern.painted('green')).toEqual([likely]);
    await app.page.keyboard.press('ControlOrMeta+z');
    await expect.poll(() => lectern.painted('close-green')).toEqual([likely]);
    await asked.getByRole('button', { name: 'Yes, it is' }).click();
    await expect.poll(() => lectern.painted('green')).toEqual([likely]);
    await expect(asked).toBeFocused();
    await lectern.allSaved();

    const again = new Lectern(await app.restart());
    await again.open('River');
    await expect.poll(() => again.painted('green')).toEqual([likely]);
    await expect.poll(() => again.painted('yellow')).toEqual(['the whole town waits behind its sandbags']);
  });

  test('what became of passages is reviewed by key: each beside what stands there now, accepted, taken back, placed by hand', async ({
    app,
  }) => {
    const before =
      'Every spring the river rises above the lower bridge, and the old town waits behind its sandbags.\n\nThe baker writes the height of the water on the wall beside her oven, with the year and with her initials.\n\nNobody has ever asked her why she does so. The postman, who knows everything, does not know it either.';
    await writeFile(path.join(app.libraryFolder, 'river.md'), `# River\n\n${before}\n`);
    const lectern = new Lectern(app.page);
    await expect(lectern.option('River')).toBeVisible();
    await lectern.open('River');
    await lectern.highlight('the old town waits behind its sandbags');
    await lectern.highlight('the height of the water on the wall', 'green');
    await lectern.highlight('The postman, who knows everything', 'pink');
    await lectern.allSaved();
    const after = before
      .replace('the old town', 'the whole town')
      .replace('the height of the water on the wall', 'how high it came upon a wall')
      .replace(' The postman, who knows everything, does not know it either.', '');
    await writeFile(path.join(app.libraryFolder, 'river.md'), `# River\n\n${after}\n`);
    const article = lectern.article('River');
    await expect(article.getByRole('button', { name: 'Review…' })).toBeVisible();
    // From the card of another note: what is placed by hand afterwards is not that one.
    await lectern.notes.getByRole('listitem').filter({ hasText: 'the old town' }).focus();
    await app.page.keyboard.press('r');
    const dialog = app.page.getByRole('dialog', { name: 'Change review' });
    await expect(dialog).toContainText('1 note kept or found its place, 2 want a look.');
    const rows = dialog.getByRole('list', { name: 'Passages' }).getByRole('listitem');
    await expect(rows).toHaveCount(2);
    await expect(rows.first()).toContainText('Close');
    await expect(dialog.getByRole('region', { name: 'As you read it' })).toContainText(
      'The baker writes the height of the water on the wall',
    );
    await expect(dialog.getByRole('region', { name: 'As you read it' }).getByRole('deletion').first()).toBeVisible();
    await expect(dialog.getByRole('region', { name: 'Now' }).getByRole('insertion').first()).toBeVisible();
    expect(await axeFindings(app.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'The whole text…' }).click();
    const texts = app.page.getByRole('dialog', { name: 'Texts that notes were made on' });
    const marked = texts.getByRole('listitem').filter({ hasText: 'The baker writes' });
    await expect(marked.locator('mark')).toHaveText('the height of the water on the wall');
    expect(await axeFindings(app.page)).toEqual([]);
    await texts.getByRole('button', { name: 'Compare with the present text' }).click();
    await expect(texts.getByText('3 paragraphs changed.')).toBeVisible();
    await expect(marked.getByRole('deletion').first()).toBeVisible();
    expect(await axeFindings(app.page)).toEqual([]);
    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('r');
    await expect(rows.first().getByRole('button')).toBeFocused();
    await app.page.keyboard.press('j');
    await expect(rows.nth(1).getByRole('button')).toBeFocused();
    await expect(dialog.getByRole('region', { name: 'Now' })).toContainText('The passage is not in the text any more');
    await app.page.keyboard.press('k');
    await app.page.keyboard.press('Enter');
    await expect(rows).toHaveCount(1);
    await expect(rows.first().getByRole('button')).toBeFocused();
    await app.page.keyboard.press('ControlOrMeta+z');
    await expect(rows).toHaveCount(2);
    // What has the focus is what is shown.
    await expect(rows.nth(1).getByRole('button')).toBeFocused();
    await expect(rows.nth(1).getByRole('button')).toHaveAttribute('aria-current');
    await dialog.getByRole('button', { name: '1 placed' }).click();
    await expect(rows).toHaveCount(1);
    await expect(dialog.getByRole('region', { name: 'As you read it' }).getByRole('deletion')).toHaveText('old');
    await expect(dialog.getByRole('region', { name: 'Now' }).getByRole('insertion')).toHaveText('whole');
    await dialog.getByRole('button', { name: '2 to see' }).click();
    await dialog.getByRole('button', { name: 'Accept here' }).click();
    await expect(rows).toHaveCount(1);
    await dialog.getByRole('button', { name: 'Place by hand' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(app.page.getByText('Select where “The postman, who knows everything” is now, then press E.')).toBeVisible();
    await article.getByText('Every spring').click();
    await lectern.select('why she does so');
    await app.page.keyboard.press('e');
    await expect.poll(() => lectern.painted('pink')).toEqual(['why she does so']);
    await lectern.allSaved();
    await expect(article.getByText('The document has changed since you marked passages in it: 1 was found again.')).toBeVisible();
  });

  test('notes that lost their places are a place of their own, also of a document that was not opened since, with what to do', async ({
    app,
  }) => {
    const before =
      'Every spring the river rises.\n\nThe baker writes the height of the water on her wall.\n\nThe postman knows everything.';
    await writeFile(path.join(app.libraryFolder, 'river.md'), `# River\n\n${before}\n`);
    const { page } = app;
    const lectern = new Lectern(page);
    await expect(lectern.option('River')).toBeVisible();
    await lectern.open('River');
    await lectern.highlight('The baker writes the height');
    await lectern.highlight('The postman knows everything', 'green');
    await lectern.highlight('Every spring', 'pink');
    await lectern.allSaved();
    const place = lectern.library.getByRole('button', { name: 'Without a place' });
    await expect(place).toHaveCount(0);
    await lectern.open('Kept');
    await writeFile(path.join(app.libraryFolder, 'river.md'), '# River\n\nAll of it is other by now.\n');
    await expect(lectern.option('River')).toHaveAccessibleDescription(/3 to review/);
    await expect(place).toHaveAccessibleDescription('3 notes');
    await page.keyboard.press('ControlOrMeta+4');
    const main = page.getByRole('main');
    const rows = main.getByRole('list', { name: 'Notes without a place' }).getByRole('listitem');
    await expect(rows).toHaveCount(3);
    await expect(rows.first().getByRole('heading', { name: 'River' })).toBeVisible();
    await expect(rows.first()).toContainText('Every spring');
    expect(await axeFindings(page)).toEqual([]);
    const size = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 640 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await axeFindings(page)).toEqual([]);
    await page.setViewportSize(size ?? { width: 1440, height: 900 });

    const quote = (index: number) => rows.nth(index).locator('.found-open');
    await quote(0).focus();
    await page.keyboard.press('j');
    await expect(quote(1)).toBeFocused();
    await page.keyboard.press('Delete');
    await expect(rows).toHaveCount(2);
    await expect(place).toHaveAccessibleDescription('2 notes');
    await expect(quote(1)).toBeFocused();
    await rows.nth(1).getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Keep as a note on the document' }).click();
    await expect(rows).toHaveCount(1);
    await expect(quote(0)).toBeFocused();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Change review' });
    await expect(dialog.getByRole('listitem')).toContainText('Every spring');
    await page.keyboard.press('Escape');
    await expect(lectern.noteWith('The postman knows everything').getByText('The postman knows everything')).toBeVisible();
    await page.keyboard.press('ControlOrMeta+4');
    await quote(0).focus();
    await page.keyboard.press('e');
    await expect(page.getByText('Select where “Every spring” is now, then press E.')).toBeVisible();
    await expect(page.getByText('All of it is other by now.')).toBeVisible();
    await lectern.select('All of it');
    await page.keyboard.press('e');
    await expect.poll(() => lectern.painted('pink')).toEqual(['All of it']);
    await expect(place).toHaveCount(0);
  });

  test('a file that was renamed and edited is offered with the notes, and goes on with them or not', async ({ app }) => {
    const before = [
      'Every spring the river rises above the lower bridge, and the old town waits behind its sandbags.',
      'The baker writes the height of the water on the wall beside her oven, with the year and with her initials.',
      'Nobody has ever asked her why she does so. The postman, who knows everything, does not know it either.',
    ].join('\n\n');
    await writeFile(path.join(app.libraryFolder, 'river.md'), `# River\n\n${before}\n`);
    const { page } = app;
    const lectern = new Lectern(page);
    await expect(lectern.option('River')).toBeVisible();
    await lectern.open('River');
    await lectern.highlight('the height of the water on the wall');
    await lectern.allSaved();
    await rm(path.join(app.libraryFolder, 'river.md'));
    await writeFile(path.join(app.libraryFolder, 'flood.md'), `# Flood\n\n${before.replace('Every spring', 'In spring')}\n`);
    await expect(lectern.option('Flood')).toBeVisible();
    await lectern.open('Flood');
    const remark = page.getByRole('note').filter({ hasText: 'This looks like “River”, with its 1 note.' });
    await expect(remark).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    await remark.getByRole('button', { name: 'It is the same' }).click();
    await expect(lectern.noteWith('the height of the water')).toBeVisible();
    await expect(lectern.option('River')).toHaveCount(0);
    await expect.poll(() => lectern.painted('yellow')).toEqual(['the height of the water on the wall']);
    await page.keyboard.press('ControlOrMeta+z');
    // The message that tells so does not lie over what is offered.
    await expect(page.getByText('They are two documents again.')).toBeVisible();
    await expect(remark).toBeVisible();
    await expect(lectern.noteWith('the height of the water')).toHaveCount(0);
    await remark.getByRole('button', { name: 'Not the same' }).click();
    await expect(remark).toHaveCount(0);
    // The record that is left goes to the trash with its note, and comes back.
    await lectern.option('River').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Remove from the list' }).click();
    const messages = page.getByRole('status', { name: 'Last messages' });
    await expect(messages).toContainText('Removed the record of 1 document, and moved 1 note to the trash.');
    // It stays while the pointer is on it.
    await messages.getByText('Removed the record').hover();
    await expect(lectern.option('River')).toHaveCount(0);
    await messages.getByRole('button', { name: 'Undo' }).click();
    await expect(lectern.option('River')).toBeVisible();
    await lectern.open('Kept');
    await lectern.open('Flood');
    await expect(remark).toHaveCount(0);

    await lectern.run('another document’s file');
    const dialog = page.getByRole('dialog', { name: 'This is another document’s file' });
    await dialog.getByRole('radio', { name: /River/ }).check();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'It is the same' }).click();
    await expect(lectern.noteWith('the height of the water')).toBeVisible();

    await page.keyboard.press('ControlOrMeta+5');
    await page.getByRole('button', { name: /^Take back.*“Flood” was said to be “River”/ }).click();
    await expect(page.getByRole('list', { name: 'What changed' })).toContainText('“Flood” was parted from “River” again');
    await expect(lectern.option('Flood')).toBeVisible();
  });

  test('two equal files are one document', async ({ app }) => {
    const lectern = new Lectern(app.page);
    await expect(lectern.library.getByRole('option')).toHaveCount(2);
    await writeFile(path.join(app.libraryFolder, 'copy.md'), `# Kept\n\n${text}`);
    await writeFile(path.join(app.libraryFolder, 'last.md'), '# Last');
    await expect(lectern.option('Last')).toBeVisible();
    await expect(lectern.option('Kept')).toHaveCount(1);
    await expect(lectern.library.getByRole('option')).toHaveCount(3);
    await rm(path.join(app.libraryFolder, 'sub/kept.md'));
    await expect((await lectern.open('Kept')).getByText('copy.md')).toBeVisible();
  });
});

test.describe('files that are dropped or opened', () => {
  const own = (dataFolder: string) => path.join(dataFolder, 'documents');

  /** Drops files of these contents, or of so many bytes. */
  async function drop(page: Page, files: Record<string, string | number>): Promise<void> {
    const transfer = await page.evaluateHandle((contents) => {
      const dropped = new DataTransfer();
      for (const [name, content] of Object.entries(contents)) {
        dropped.items.add(new File([typeof content === 'number' ? new Uint8Array(content).fill(32) : content], name));
      }
      return dropped;
    }, files);
    // Who drops something sees the window first.
    await expect(page.getByRole('navigation', { name: 'Library' })).toBeVisible();
    await page.locator('body').dispatchEvent('dragenter', { dataTransfer: transfer });
    await expect(page.getByText('Drop to copy into the library')).toBeVisible();
    await page.locator('body').dispatchEvent('drop', { dataTransfer: transfer });
    await expect(page.getByText('Drop to copy into the library')).toBeHidden();
  }

  test('are copied, none over another, and the first one opens', async ({ app }) => {
    const lectern = new Lectern(app.page);
    await drop(app.page, { 'one.md': '# One\n\nThe first.', 'two.txt': 'The second text.\n', 'image.png': 'no document' });
    await lectern.article('One').waitFor();
    await expect(app.page.locator('[data-pane=main] [data-pane-entry]')).toBeFocused();
    await expect(lectern.option('The second text.')).toBeVisible();
    await expect(app.page.getByRole('alert').getByText(/“image\.png” is not a kind of document that Lectern reads/)).toBeVisible();
    await drop(app.page, { 'one.md': '# Another one\n\nUnder the same name.' });
    await lectern.article('Another one').waitFor();
    await drop(app.page, { 'same.md': '# One\n\nThe first.' });
    await lectern.article('One').waitFor();
    // The document opens a moment before the folder in which its copy was received is taken away.
    await expect.poll(async () => (await readdir(own(app.dataFolder))).sort()).toEqual(['one (2).md', 'one.md', 'two.txt']);
    expect(await readFile(path.join(own(app.dataFolder), 'one.md'), 'utf8')).toBe('# One\n\nThe first.');
  });

  test('that are too large are told of before anything is sent, and keep none of the others out', async ({ app }) => {
    const lectern = new Lectern(app.page);
    const sent: string[] = [];
    app.page.on('request', (request) => sent.push(request.url()));
    await drop(app.page, { 'large.txt': 33 * 1_048_576, 'bad.mobi': 'BOOKMOBI', 'small.md': '# Small\n\nIt came.' });
    await lectern.article('Small').waitFor();
    await expect(
      app.page.getByRole('alert').getByText(/“large\.txt” has 33 MB, and Lectern opens files of its kind of up to 32 MB/),
    ).toBeVisible();
    expect(sent.filter((url) => url.includes('large.txt'))).toEqual([]);
    await expect.poll(() => readdir(own(app.dataFolder))).toEqual(['small.md']);
  });

  test('say how far they are when it takes a while, and can be cancelled: what was copied stays', async ({ app, hostName }) => {
    test.skip(hostName === 'electron', 'There is no request to hold back.');
    const lectern = new Lectern(app.page);
    const letGo = await holdUploads(app.page, 'library.import');
    const files = Object.fromEntries(['one', 'two', 'three', 'four'].map((name) => [`${name}.md`, `# ${name}`]));
    await lectern.library.getByRole('textbox', { name: 'Filter documents' }).focus();
    await drop(app.page, files);
    const progress = app.page.getByRole('progressbar', { name: 'Copying files into the library' });
    await expect(progress).toBeVisible();
    await expect(app.page.getByText('Copying 1 of 4…')).toBeVisible();
    await app.page.keyboard.press('Escape');
    await expect(progress).toBeVisible();
    expect(await axeFindings(app.page)).toEqual([]);
    await app.page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Cancel' }).click();
    letGo();
    await expect(app.page.getByText('Cancelled. 1 of 4 files was copied, and stays in the library.')).toBeVisible();
    await expect(progress).toBeHidden();
    await expect(lectern.option('one')).toBeVisible();
    await expect(lectern.option('two')).toBeHidden();
    await expect(lectern.library.getByRole('textbox', { name: 'Filter documents' })).toBeFocused();
  });

  test('or that is pasted opens, and goes with undo; a field takes what is pasted itself', async ({ app }) => {
    const lectern = new Lectern(app.page);
    const paste = (html: string, text: string) =>
      app.page.evaluate(
        (forms) => {
          const clipboardData = new DataTransfer();
          for (const [type, content] of forms) clipboardData.setData(type, content);
          document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
        },
        [
          ['text/html', html],
          ['text/plain', text],
        ] as const,
      );
    await lectern.library.getByRole('textbox', { name: 'Filter documents' }).focus();
    await paste('<h1>Not this</h1>', 'Not this');
    await expect(lectern.library.getByRole('listbox', { name: 'Documents' })).toBeVisible();
    await lectern.library.getByRole('listbox', { name: 'Documents' }).focus();
    await paste('<h1>A lake: in <em>May</em></h1><p>Its water is still.</p>', 'A lake: in May\nIts water is still.');
    await expect(lectern.article('A lake: in May').getByText('Its water is still.')).toBeVisible();
    await expect(lectern.option('Not this')).toHaveCount(0);
    await expect.poll(() => readdir(own(app.dataFolder))).toEqual(['A lake in May.html']);
    await app.page.keyboard.press('Control+z');
    await expect(lectern.option('A lake: in May')).toHaveCount(0);
    await expect.poll(() => readdir(own(app.dataFolder))).toEqual([]);
  });

  test('“Open files…” does the same', async ({ app }) => {
    const lectern = new Lectern(app.page);
    const chooser = app.page.waitForEvent('filechooser');
    await app.page.getByRole('button', { name: 'Open files…' }).click();
    await (await chooser).setFiles([
      { name: 'chosen.html', mimeType: 'text/html', buffer: Buffer.from('<title>Chosen page</title><p>Its text.</p>') },
      { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.from('') },
    ]);
    await expect(lectern.article('Chosen page').getByText('Its text.')).toBeVisible();
    await expect(app.page.getByRole('alert').getByText('“empty.txt” is empty: there is nothing in it to read.')).toBeVisible();
    await expect.poll(() => readdir(own(app.dataFolder))).toEqual(['chosen.html']);
  });
});

test('a library folder is added and taken away by its path', async ({ app }) => {
  const lectern = new Lectern(app.page);
  const folder = path.join(path.dirname(app.libraryFolder), 'more texts');
  await mkdir(path.join(folder, 'inner'), { recursive: true });
  await writeFile(path.join(folder, 'inner/more.md'), '# One more\n\nWords to note.');

  await lectern.library.getByRole('button', { name: 'Library folders…' }).click();
  const dialog = app.page.getByRole('dialog', { name: 'Library folders' });
  const field = dialog.getByRole('textbox', { name: 'Path of a folder on this machine' });
  const add = dialog.getByRole('button', { name: 'Add folder' });
  await field.fill('more texts');
  await add.click();
  await expect(dialog.getByRole('alert')).toHaveText(/“more texts” is not a whole path\./);
  await field.fill(`${folder} of others`);
  await add.click();
  await expect(dialog.getByRole('alert')).toHaveText(/is not there\. It may have been moved/);
  await field.fill(path.join(folder, 'inner/more.md'));
  await add.click();
  await expect(dialog.getByRole('alert')).toHaveText(/is a file, not a folder\./);
  await field.fill(folder);
  await add.click();
  await expect(dialog.getByRole('listitem').filter({ hasText: folder })).toContainText('1 document');
  await field.fill(folder);
  await field.press('Enter');
  await expect(dialog.getByRole('alert')).toHaveText(/is already in the library\./);
  await app.page.keyboard.press('Escape');

  // A folder where a browser saves pages: what comes there is on top, whatever date it states, with the address that it is from.
  const inbox = dialog.getByRole('button', { name: `Make ${folder} the inbox` });
  await lectern.library.getByRole('button', { name: 'Library folders…' }).click();
  await inbox.click();
  await expect(dialog.getByRole('button', { name: `${folder} is the inbox` })).toHaveAttribute('aria-pressed', 'true');
  expect(await axeFindings(app.page)).toEqual([]);
  await app.page.keyboard.press('Escape');
  const saved =
    '<!-- saved from url=(0030)https://example.org/2001/story/ --><title>Old story</title><meta name="date" content="2001-02-03">';
  await writeFile(path.join(folder, 'story.html'), `${saved}<p>It was long ago.`);
  await expect(lectern.option('Old story')).toHaveAccessibleDescription(/saved .* example\.org\/2001\/story$/);
  await expect(lectern.library.getByRole('option').first()).toHaveAccessibleName('Old story');
  const story = await lectern.open('Old story');
  await expect(story.getByRole('button', { name: 'example.org/2001/story' })).toBeVisible();

  await lectern.open('One more');
  await lectern.write(await lectern.highlight('Words to note'), 'Noted');
  await writeFile(path.join(folder, 'later.md'), '# Later');
  await expect(lectern.option('Later')).toBeVisible();
  await lectern.allSaved();

  const again = new Lectern(await app.restart());
  await expect(again.noteWith('Noted')).toBeVisible();
  await again.library.getByRole('button', { name: 'Library folders…' }).click();
  await app.page.getByRole('button', { name: `Take ${folder} out of the library` }).click();
  await expect(app.page.getByRole('dialog').getByRole('listitem').filter({ hasText: folder })).toHaveCount(0);
  await app.page.keyboard.press('Escape');
  await expect(again.option('Later')).toHaveCount(0);
  await expect(again.option('One more')).toHaveAccessibleDescription(/The file is gone; your notes on it are kept/);
  expect(await readFile(path.join(folder, 'inner/more.md'), 'utf8')).toBe('# One more\n\nWords to note.');
});

test.describe('texts in other encodings', () => {
  const french = 'À la bibliothèque, les élèves étudient « déjà » l’œuvre complète.\nÇa coûte 20 €.\n'.repeat(3);
  const japanese = '図書館で本を読みました。とても面白かったです。日本語の文章がここにあります。\n'.repeat(3);
  const chinese = '我在图书馆读了一本书。这本书非常有意思，里面写了很多历史故事。\n'.repeat(3);
  const russian = 'Вчера вечером мы читали книгу о реках и морях.\n';
  test.use({
    library: {
      'french.txt': encode('windows-1252', french),
      'japanese.txt': encode('shift_jis', japanese),
      'chinese.txt': encode('gb18030', chinese),
      'utf-16.txt': Buffer.from(`\ufeffWords in two bytes each, «ключ».\n`, 'utf16le'),
      'russian.txt': encode('koi8-r', russian),
    },
  });

  test('are read right, and as the reader says where they are not', async ({ app }) => {
    const lectern = new Lectern(app.page);
    await expect(
      (await lectern.open('À la bibliothèque, les élèves étudient « déjà » l’œuvre complète.')).getByText(/Ça coûte 20 €\./),
    ).toBeVisible();
    await expect((await lectern.open('図書館で本を読みました。')).getByText(/とても面白かったです。/)).toBeVisible();
    await expect((await lectern.open('我在图书馆读了一本书。')).getByText(/里面写了很多历史故事。/)).toBeVisible();
    await expect((await lectern.open('Words in two bytes each, «ключ».')).getByText('«ключ»').last()).toBeVisible();

    await lectern.library.getByRole('textbox', { name: 'Filter documents' }).fill('russian.txt');
    await expect(lectern.library.getByRole('option')).toHaveCount(1);
    await lectern.library.getByRole('option').click();
    const choose = async (encoding: string) => {
      await expect(app.page.getByRole('article').getByText('russian.txt')).toBeVisible();
      await expect(app.page.getByRole('progressbar', { name: 'Opening the document' })).toHaveCount(0);
      await app.page.keyboard.press('ControlOrMeta+i');
      const details = app.page.getByRole('dialog', { name: 'Details of the document' });
      await details.getByRole('combobox', { name: 'Encoding' }).selectOption(encoding);
      await details.getByRole('button', { name: 'Keep' }).click();
      await expect(details).toBeHidden();
      await lectern.allSaved();
    };
    const title = 'Вчера вечером мы читали книгу о реках и морях.';
    await choose('windows-1251');
    await expect(lectern.article(title)).toHaveCount(0);
    await choose('koi8-r');
    await expect(lectern.article(title).locator('.reading-text').getByText(russian.trim())).toBeVisible();
    await expect(lectern.option(title)).toBeVisible();
    await lectern.article(title).focus();
    await app.page.keyboard.press('ControlOrMeta+z');
    await expect(app.page.getByText('Undone: Change encoding')).toBeVisible();
    await expect(lectern.article(title)).toHaveCount(0);
    await app.page.getByRole('article').focus();
    await app.page.keyboard.press('ControlOrMeta+Shift+z');
    await expect(lectern.article(title).locator('.reading-text').getByText(russian.trim())).toBeVisible();
    const again = new Lectern(await app.restart());
    await expect(again.article(title)).toBeVisible();
  });
});

test.describe('1,200 documents', () => {
  test.use({
    library: Object.fromEntries(Array.from({ length: 1_200 }, (_, index) => [`${index % 100}/${index}.txt`, `Text ${index}.\n`])),
  });

  test('scroll and filter', async ({ app }) => {
    const lectern = new Lectern(app.page);
    const list = lectern.library.getByRole('listbox', { name: 'Documents' });
    const all = lectern.library.getByRole('button', { name: 'All documents', exact: true });
    await expect(all).toHaveAccessibleDescription('1,201 documents');
    await lectern.library.getByRole('button', { name: 'Sort documents' }).click();
    await app.page.getByRole('menu').getByText('Title', { exact: true }).click();
    await list.focus();
    await list.press('End');
    await expect(lectern.option('Text 1199.')).toBeVisible();
    await expect(lectern.option('Text 1199.')).toHaveAttribute('aria-setsize', '1201');
    await expect.poll(() => lectern.library.getByRole('option').count()).toBeLessThan(100);
    await list.press('Home');
    await expect(lectern.option(FIRST_SEED)).toBeVisible();
    // By their covers likewise, and what stood on top stays there.
    await list.press('End');
    await list.press('g');
    await expect(lectern.option('Text 1199.')).toBeVisible();
    await list.press('ArrowLeft');
    await list.press('ArrowUp');
    await expect(list.locator('[data-active]')).toBeInViewport();
    await expect.poll(() => lectern.library.getByRole('option').count()).toBeLessThan(100);
    await list.press('g');
    await lectern.library.getByRole('textbox', { name: 'Filter documents' }).fill('text 1134');
    await expect(lectern.library.getByRole('option')).toHaveCount(1);
    await expect((await lectern.open('Text 1134.')).getByText('1134.txt')).toBeVisible();
  });
});

test.describe('a library folder with files that are not read, which loses all at once', () => {
  test.use({ library: { 'one.md': '# One\n\nThe first.', 'two.md': '# Two\n\nThe second.', 'book.mobi': 'BOOKMOBI', 'empty.txt': '' } });

  test('says so under its folders, and in a message with its path until the files are back', async ({ app }) => {
    const lectern = new Lectern(app.page);
    await expect(lectern.option('Two')).toBeVisible();
    await lectern.library.getByRole('button', { name: 'Library folders…' }).click();
    const dialog = app.page.getByRole('dialog', { name: 'Library folders' });
    await expect(dialog.getByText('2 documents')).toBeVisible();
    await dialog.getByRole('button', { name: '2 files not read' }).click();
    const list = dialog.getByRole('list', { name: /^Files of .* that are not read$/ });
    await expect(list.getByRole('listitem')).toHaveText([/^book\.mobi.*Kindle books/, /^empty\.txt.*nothing in it to read/]);
    expect(await axeFindings(app.page)).toEqual([]);
    await app.page.keyboard.press('Escape');

    const away = path.join(app.dataFolder, '..', 'away');
    await mkdir(away);
    const move = (from: string, to: string) =>
      Promise.all(['one.md', 'two.md', 'empty.txt'].map((name) => rename(path.join(from, name), path.join(to, name))));
    await move(app.libraryFolder, away);
    const problem = app.page.getByRole('region', { name: 'Problems with your data' }).getByRole('listitem');
    await expect(problem).toHaveText(/3 files of a library folder are gone at once\./);
    await expect(problem.getByTitle(app.libraryFolder)).toBeVisible();
    await expect(lectern.option('Two')).toHaveAccessibleDescription(/File missing|is gone/);
    await move(away, app.libraryFolder);
    await expect(problem).toHaveCount(0);
    await expect(lectern.option('Two')).not.toHaveAccessibleDescription(/File missing|is gone/);

    // Gone for good: the reader says so, and both the message and the rows go.
    await move(app.libraryFolder, away);
    await problem.getByRole('button', { name: 'Library folders…' }).click();
    await dialog.getByRole('button', { name: 'They are gone for good' }).click();
    await expect(problem).toHaveCount(0);
    await app.page.keyboard.press('Escape');
    await expect(lectern.option('Two')).toHaveCount(0);
  });
});
