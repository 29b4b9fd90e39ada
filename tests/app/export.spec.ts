import type { Locator, Page } from '@playwright/test';
import { Parser } from 'htmlparser2';
import { parse as parseYaml } from 'yaml';
import { type App, expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe';
import { holdExports } from './fixtures/held-calls';
import type { SavedFiles } from './fixtures/host';
import { Lectern } from './models/lectern';

const QUOTE = 'She said "yes, no", then left.';
const ARABIC = 'والكتابة تحفظ ما قرأناه';
const BODY = '# 5 > 4, *really* 🧭\n\n- a "list", [[linked]]\n- `=1+1` & <b>bold</b>\n\nشكرا';

test.use({
  library: {
    'abroad/voyage.txt': ` date 2020-02-29 A voyage\n\nThe captain was silent. ${QUOTE} Nobody followed her.\n\nThe last line.\n`,
    'abroad/writing.md': `---\ntitle: "Writing: a start?"\ntags: [craft]\n---\n\n${ARABIC} من النسيان.\n`,
    'third.txt': 'The third text\n\nOnly this.\n',
  },
});

const FORMATS = {
  markdown: 'Markdown (Obsidian reads its properties)',
  html: 'HTML (one page, prints well)',
  csv: 'CSV (Readwise’s columns)',
  jsonLd: 'W3C Web Annotation (JSON-LD)',
} as const;

/** Two documents with notes; the first is open, with the keyboard on its note. */
async function prepare(app: App): Promise<{ lectern: Lectern; note: Locator; dialog: ExportDialog }> {
  const lectern = new Lectern(app.page);
  await lectern.open('Writing: a start?');
  await lectern.highlight(ARABIC, 'pink');
  await lectern.tag(lectern.noteWith(ARABIC), 'craft/memory');
  await lectern.open('A voyage');
  const note = await lectern.highlight(QUOTE, 'green');
  await lectern.write(note, BODY);
  await lectern.tag(note, 'sea, far');
  return { lectern, note, dialog: new ExportDialog(app) };
}

class ExportDialog {
  readonly app: App;
  readonly page: Page;
  readonly box: Locator;
  readonly scope: Locator;
  readonly layout: Locator;
  readonly preview: Locator;

  constructor(app: App) {
    const { page } = app;
    this.app = app;
    this.page = page;
    this.box = page.getByRole('dialog', { name: 'Export' });
    this.scope = this.box.getByRole('combobox', { name: 'What' });
    this.layout = this.box.getByRole('combobox', { name: 'Files' });
    this.preview = this.box.getByRole('textbox', { name: 'Preview' });
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+Shift+e');
    await expect(this.box).toBeVisible();
  }

  async choose(format: keyof typeof FORMATS): Promise<void> {
    await this.box.getByRole('combobox', { name: 'Format' }).selectOption(FORMATS[format]);
    const extension = { markdown: '.md', html: '.html', csv: '.csv', jsonLd: '.jsonld' }[format];
    await expect(this.box.getByRole('figure')).toContainText(extension);
  }

  /** Exports and gives the files that the reader then has, by name. */
  async save(): Promise<SavedFiles> {
    const files = await this.app.saved(() => this.box.getByRole('button', { name: 'Export', exact: true }).click());
    await expect(this.box).toBeHidden();
    return files;
  }

  async exportText(): Promise<string> {
    return Object.values(await this.save())[0] ?? '';
  }
}

test('each format holds the note word for word, in the preview as in the file', async ({ app }) => {
  const { note, dialog } = await prepare(app);

  await note.focus();
  await dialog.open();
  await dialog.choose('markdown');
  await expect(dialog.box.getByRole('status')).toHaveText('1 note from 1 document in 1 file');
  const markdown = await expectExport(dialog);
  const [, properties = '', content = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(markdown) ?? [];
  expect(parseYaml(properties)).toMatchObject({ title: 'A voyage', date: '2020-02-29', source: 'abroad/voyage.txt', tags: ['sea', 'far'] });
  expect(content).toContain(`> ${QUOTE}`);
  expect(content).toContain(BODY);

  await dialog.open();
  await dialog.choose('html');
  const html = await expectExport(dialog);
  const { text, elements } = readHtml(html);
  expect(text).toContain(QUOTE);
  expect(text).toContain('5 > 4, really 🧭');
  expect(text).toContain('a "list", [[linked]]');
  expect(text).toContain('شكرا');
  expect(elements.filter((name) => ['link', 'img', 'iframe', 'form'].includes(name))).toEqual([]);

  await dialog.open();
  await dialog.choose('csv');
  const rows = readCsv(await expectExport(dialog));
  expect(rows[0]?.join()).toBe(
    'Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags,Chapter,Page',
  );
  expect(rows[1]?.slice(0, 8)).toEqual([QUOTE, 'A voyage', '', '', BODY, 'green', 'sea,far', 'order']);

  await dialog.open();
  await dialog.choose('jsonLd');
  const { first } = JSON.parse(await expectExport(dialog));
  expect(first.items[0]).toMatchObject({
    type: 'Annotation',
    body: [{ value: BODY, format: 'text/markdown' }, { value: 'sea' }, { value: 'far' }],
    target: { selector: [{ type: 'TextQuoteSelector', exact: QUOTE }, { type: 'TextPositionSelector' }] },
  });
});

test('a note, a document, several, a tag or everything goes to one file, many, or the clipboard', async ({ app }) => {
  const { page } = app;
  const { lectern, note, dialog } = await prepare(app);
  const counts = dialog.box.getByRole('status');

  await note.hover();
  await note.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Export note…' }).click();
  await expect(dialog.scope.getByRole('option')).toHaveText(['This note', '“A voyage”', 'All notes of all documents', 'Chosen documents…']);
  expect(Object.keys(await dialog.save())).toEqual(['A voyage (note).md']);

  await dialog.open();
  await dialog.scope.selectOption('All notes of all documents');
  await expect(counts).toHaveText('2 notes from 2 documents in 1 file');
  await dialog.layout.selectOption('One file for each document');
  await expect(counts).toHaveText('2 notes from 2 documents in 2 files');
  await dialog.choose('csv');
  const files = await dialog.save();
  expect(Object.keys(files).sort()).toEqual(['A voyage.csv', 'Writing a start.csv']);
  expect(readCsv(files['Writing a start.csv'] ?? '')[1]?.[0]).toBe(ARABIC);

  await dialog.open();
  await dialog.scope.selectOption('Chosen documents…');
  await expect(dialog.box.getByRole('alert')).toHaveText('Choose the documents whose notes you want.');
  await expect(dialog.box.getByRole('button', { name: 'Export', exact: true })).toBeDisabled();
  await expect(dialog.box.getByRole('checkbox')).toHaveCount(2);
  await dialog.box.getByRole('textbox', { name: 'Filter documents with notes' }).fill('start');
  await dialog.box.getByRole('checkbox', { name: 'Writing: a start?' }).press('Space');
  await expect(counts).toHaveText('1 note from 1 document in 1 file');
  await expect(dialog.preview).toHaveValue(new RegExp(ARABIC));
  expect(Object.keys(await dialog.save())).toEqual(['Writing a start.md']);

  const filter = lectern.library.getByRole('textbox', { name: 'Filter documents' });
  await filter.fill('abroad');
  await expect(lectern.library.getByRole('option')).toHaveCount(2);
  await dialog.open();
  await dialog.scope.selectOption('The 2 documents in the list');
  await expect(counts).toHaveText('2 notes from 2 documents in 1 file');
  await expect(dialog.preview).toHaveValue(new RegExp(`${ARABIC}[^]*yes, no|yes, no[^]*${ARABIC}`));
  await page.keyboard.press('Escape');
  await filter.fill('');

  await lectern.library.getByRole('button', { name: 'Options for craft', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Export…' }).click();
  await expect(dialog.scope.getByRole('option').first()).toHaveText('Everything tagged #craft');
  await expect(counts).toHaveText('1 note from 1 document in 1 file');
  await expect(dialog.preview).toHaveValue(new RegExp(ARABIC));
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await dialog.box.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText('The export is on the clipboard.')).toBeVisible();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(await dialog.preview.inputValue());
  await page.keyboard.press('Escape');

  await lectern.open('The third text');
  await dialog.open();
  await expect(dialog.box.getByRole('alert')).toContainText('this document has no notes yet');
  await expect(dialog.box.getByRole('button', { name: 'Export', exact: true })).toBeDisabled();
});

test('CSV is made safe for spreadsheets when the reader asks for it', async ({ app }) => {
  const lectern = new Lectern(app.page);
  await lectern.open('A voyage');
  await lectern.write(await lectern.highlight(QUOTE), '=1+1');
  const dialog = new ExportDialog(app);
  await dialog.open();
  const safe = dialog.box.getByRole('checkbox', { name: 'Safe for spreadsheets' });
  await expect(safe).toHaveCount(0);
  await dialog.choose('csv');
  await expect(dialog.preview).toHaveValue(/,=1\+1,/);
  await safe.check();
  await expect(safe).toHaveAccessibleDescription(/apostrophe/);
  await expect(dialog.preview).toHaveValue(/,'=1\+1,/);
  expect(readCsv(await dialog.exportText())[1]?.[4]).toBe("'=1+1");
});

test('an export that takes a while says how far it is, leaves the window free, and can be cancelled', async ({ app, hostName }) => {
  test.skip(hostName === 'electron', 'There is no request to hold back.');
  const { page } = app;
  const { dialog } = await prepare(app);
  const downloads: string[] = [];
  page.on('download', (download) => downloads.push(download.suggestedFilename()));
  const start = dialog.box.getByRole('button', { name: 'Export', exact: true });
  const bar = page.getByRole('progressbar', { name: 'Exporting' });
  await dialog.open();
  await dialog.scope.selectOption('All notes of all documents');
  await expect(dialog.box.getByRole('status')).toHaveText('2 notes from 2 documents in 1 file');
  const expected = await dialog.preview.inputValue();

  const letGo = await holdExports(page);
  await start.press('Enter');
  await expect(dialog.box.getByText('Exporting: 0 of 2 documents…')).toBeVisible();
  await expect(dialog.box.getByRole('status')).toHaveText('Exporting 2 documents. Cancel ends it; Escape closes only this dialog.');
  await expect(dialog.box.getByRole('region', { name: 'Progress' })).toBeFocused();
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await expect(dialog.box.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('The export was cancelled. Nothing of it was kept.')).toBeVisible();
  await expect(start).toBeFocused();
  expect(downloads).toEqual([]);

  const files = await app.saved(async () => {
    await start.press('Enter');
    await expect(bar).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog.box).toBeHidden();
    await expect(page.getByRole('region', { name: 'Messages' }).getByRole('progressbar', { name: 'Exporting' })).toBeVisible();
    await expect(page.getByRole('status', { name: 'Announcements' })).toHaveText(
      'Exporting 2 documents goes on. Cancel is among the messages.',
    );
    expect(await axeFindings(page)).toEqual([]);
    await dialog.open();
    await expect(dialog.box.getByRole('progressbar', { name: 'Exporting' })).toBeVisible();
    letGo();
  });
  expect(files).toEqual({ 'All notes.md': expected });
  await expect(dialog.box).toBeHidden();
  await expect(bar).toBeHidden();

  app.expectTrouble(/net::ERR_CONNECTION_RESET/);
  await page.route('**/export/*', (route) => route.abort('connectionreset'));
  await dialog.open();
  await start.click();
  await expect(page.getByRole('alert').getByText(/^The export broke off before its end, and nothing of it was kept/)).toBeVisible();
  await expect(dialog.box).toBeVisible();
  expect(downloads).toEqual(['All notes.md']);
});

/** Exports, and compares the file with its preview. */
async function expectExport(dialog: ExportDialog): Promise<string> {
  const preview = await dialog.preview.inputValue();
  const text = await dialog.exportText();
  expect(text).toBe(preview);
  return text;
}

function readHtml(html: string): { text: string; elements: string[] } {
  const elements: string[] = [];
  let text = '';
  const parser = new Parser({ onopentag: (name) => elements.push(name), ontext: (data) => (text += data) });
  parser.end(html);
  return { text, elements };
}

/** Rows of fields by RFC 4180. */
function readCsv(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\n]*))(,|\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\n') rows.push([]);
  }
  return rows;
}
