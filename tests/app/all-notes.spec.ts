import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { emptyNotebook, type Note } from '#model';
import type { HostFolders } from './fixtures/host.ts';
import { settled } from './fixtures/settled.ts';
import { expect, test } from './fixtures.ts';
import { Lectern } from './models/lectern.ts';

const DOCUMENTS = 5;
const NOTES = 300;

const passage = (document: number, note: number): string => `Passage ${note} of text ${document} is about stones.`;
const textOf = (document: number): string =>
  [`Text number ${document}`, ...Array.from({ length: NOTES }, (_, note) => passage(document, note))].join('\n\n');

const library = Object.fromEntries(Array.from({ length: DOCUMENTS }, (_, index) => [`text-${index}.txt`, textOf(index)]));

/** Gives every document its notes, each newer than those before it. */
async function seedNotes({ data }: HostFolders): Promise<void> {
  const folder = path.join(data, 'notebooks');
  await mkdir(folder, { recursive: true });
  for (let document = 0; document < DOCUMENTS; document += 1) {
    const text = textOf(document);
    const rawHash = createHash('sha256').update(text).digest('hex');
    const notes = Array.from({ length: NOTES }, (_, index): Note => {
      const exact = passage(document, index);
      const start = text.indexOf(exact);
      const at = new Date(Date.UTC(2026, 0, 1 + document, 0, index)).toISOString();
      return {
        id: `01890000-0000-7000-8000-${String(document * NOTES + index).padStart(12, '0')}`,
        anchor: { start, end: start + exact.length, exact, prefix: '', suffix: '', textHash: '0'.repeat(64) },
        colour: index % 2 === 0 ? 'yellow' : 'blue',
        body: `word${document * NOTES + index}`,
        tags: index % 10 === 0 ? ['tenth'] : [],
        createdAt: at,
        modifiedAt: at,
        history: [],
      };
    });
    const id = rawHash.slice(0, 32);
    const notebook = { ...emptyNotebook(id, { paths: [], fileName: `text-${document}.txt`, rawHash, history: [] }), notes };
    await writeFile(path.join(folder, `${id}.json`), JSON.stringify(notebook));
  }
}

test.describe('1,500 notes of five documents', () => {
  test.use({ library, before: { prepare: seedNotes } });

  test('are gone through by keys, narrowed, deleted and restored, and the keyboard is never lost', async ({ app }) => {
    const { page } = app;
    const lectern = new Lectern(page);
    await expect(lectern.library.getByRole('option', { name: 'Text number 4' })).toBeVisible();
    await page.keyboard.press('ControlOrMeta+2');
    const main = page.getByRole('main');
    const rows = main.getByRole('list', { name: 'All notes' }).getByRole('listitem');
    const row = (place: number) => rows.and(page.locator(`[aria-posinset="${place}"]`));
    const button = (place: number) => row(place).locator('.found-open');
    await expect(main.getByRole('status')).toHaveText('1,500 notes');
    await expect(row(1)).toContainText('word1499');
    await expect(row(1).getByRole('heading', { name: 'Text number 4' })).toBeVisible();
    await expect.poll(() => rows.count()).toBeLessThan(60);

    // From wherever the keyboard is: J goes to the list, and Ctrl A selects its notes.
    await page.keyboard.press('j');
    await expect(button(1)).toBeFocused();
    await main.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('ControlOrMeta+a');
    await expect(main.getByText('1,500 selected')).toBeVisible();
    await main.getByRole('toolbar', { name: 'Selected notes' }).getByRole('button', { name: 'Export…' }).press('Enter');
    await expect(page.getByRole('dialog', { name: 'Export' }).getByRole('status')).toHaveText('1,500 notes from 5 documents in 1 file');
    await page.keyboard.press('Escape');
    await main.getByRole('button', { name: 'Clear' }).press('Enter');
    await expect(button(1)).toBeFocused();
    await page.keyboard.press('End');
    await expect(button(1500)).toBeFocused();
    await expect(row(1500)).toBeInViewport();
    await expect(row(1500)).toContainText('word0');
    await page.keyboard.press('ArrowUp');
    await expect(button(1499)).toBeFocused();
    await page.keyboard.press('Home');
    await expect(button(1)).toBeFocused();
    await page.keyboard.press('PageDown');
    const focused = rows.filter({ has: page.locator(':focus') });
    await expect(focused).not.toHaveAttribute('aria-posinset', /^[12]$/);
    // Far away from the row that has it, the keyboard still does.
    const before = await settled(page, () => focused.getAttribute('aria-posinset'));
    await main.locator('.all-notes-scroller').evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await expect(row(1500)).toBeInViewport();
    await expect(focused).toHaveAttribute('aria-posinset', before ?? '');
    await page.keyboard.press('ArrowUp');
    await expect(focused).toHaveAttribute('aria-posinset', `${Number(before) - 1}`);
    await expect(focused).toBeInViewport();

    await main.getByRole('combobox', { name: 'Order' }).selectOption('By colour');
    await expect(row(1).getByRole('heading', { level: 2, name: 'Yellow' })).toContainText('750');
    await main.getByRole('combobox', { name: 'Order' }).selectOption('By tag');
    await expect(row(1).getByRole('heading', { level: 2, name: 'tenth' })).toContainText('150');
    // It is found again as it was left.
    await main.locator('.all-notes-scroller').evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await expect(row(1500)).toBeInViewport();
    await lectern.open('Text number 2');
    await page.keyboard.press('ControlOrMeta+2');
    await expect(main.getByRole('combobox', { name: 'Order' })).toHaveValue('tag');
    await expect.poll(() => rows.last().getAttribute('aria-posinset').then(Number)).toBeGreaterThan(1400);
    await expect(row(100)).toHaveCount(0);

    await main.getByRole('combobox', { name: 'Order' }).selectOption('By day');
    await main.getByRole('combobox', { name: 'Changed' }).selectOption('Chosen days');
    await main.getByLabel('Until').fill('2025-12-30');
    await expect(main.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
    await expect(main.getByText('No note fits the days that you filter by.')).toBeVisible();
    await main.getByRole('combobox', { name: 'Changed' }).selectOption('Any day');
    await expect(row(1).getByRole('heading', { level: 2 })).toContainText('January 2026');
    await main.getByRole('combobox', { name: 'Order' }).selectOption('Newest first');
    await main.getByRole('combobox', { name: 'Tag' }).selectOption('#tenth');
    await expect(main.getByRole('status')).toHaveText('150 of 1,500 notes');
    await main.getByRole('combobox', { name: 'Document' }).selectOption('Text number 2');
    await expect(main.getByRole('status')).toHaveText('30 of 1,500 notes');
    await main.getByRole('searchbox', { name: 'Filter notes' }).fill('WORD740 stones');
    await expect(main.getByRole('status')).toHaveText('1 of 1,500 notes');
    await button(1).press('Enter');
    const card = lectern.noteWith('word740');
    await expect(card).toHaveAttribute('aria-current', 'true');
    await card.focus();
    await page.keyboard.press('Delete');
    await expect(card).toBeHidden();
    await page.keyboard.press('ControlOrMeta+2');
    await expect(main.getByRole('status')).toHaveText('0 of 1,499 notes');

    await page.keyboard.press('ControlOrMeta+3');
    const deleted = main.getByRole('list', { name: 'Trash' }).getByRole('listitem');
    await expect(deleted).toHaveText(/word740.*Text number 2/);
    await deleted.getByRole('button', { name: 'Restore' }).press('Enter');
    await expect(main.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
    await expect(main.getByRole('heading', { level: 1, name: 'Trash' })).toBeFocused();
    await page.keyboard.press('ControlOrMeta+2');
    await expect(main.getByRole('status')).toHaveText('1 of 1,500 notes');
    await main.getByRole('searchbox', { name: 'Filter notes' }).fill('');
    await main.getByRole('combobox', { name: 'Tag' }).selectOption('Any tag');
    await main.getByRole('combobox', { name: 'Document' }).selectOption('Any document');
    await expect(main.getByRole('status')).toHaveText('1,500 notes');

    // A note is written where it stands, and the list keeps still meanwhile.
    await expect(row(3)).toContainText('word1497');
    await row(3).getByText('word1497').click();
    const editor = row(3).getByRole('textbox', { name: 'Note text' });
    await expect(editor).toBeFocused();
    await page.keyboard.type(' written here');
    await expect(lectern.saving).toHaveText('All changes saved');
    await expect(editor).toHaveText('word1497 written here');
    await page.keyboard.press('Escape');
    // It is the newest now, and the keyboard goes along with it.
    await expect(row(1)).toContainText('word1497 written here');
    await expect(button(1)).toBeFocused();
    await page.keyboard.press('j');
    await expect(button(2)).toBeFocused();
    await page.keyboard.press('e');
    await expect(row(2).getByRole('textbox', { name: 'Note text' })).toHaveText('word1499');
    await page.keyboard.press('Escape');
    await expect(button(2)).toBeFocused();
  });
});

test.describe('a note that cannot be saved', () => {
  test.use({ library: { 'one.txt': 'One text\n\nIts only passage stands here.' } });

  test('is said to be missing among all notes, until it is saved', async ({ app, hostName }) => {
    test.skip(hostName === 'electron', 'There is no request to answer in the place of the host.');
    const { page } = app;
    const lectern = new Lectern(page);
    await lectern.open('One text');
    const failure = { code: 'disk-full', message: 'The disk is full.' };
    await page.route('**/api/notebook.apply', (route) => route.fulfill({ json: { ok: false, failure } }));
    await lectern.highlight('only passage');
    await page.keyboard.press('ControlOrMeta+2');
    const main = page.getByRole('main');
    await expect(main.getByText('1 change that is not saved yet is not in this list.')).toBeVisible();
    await expect(main.getByRole('heading', { name: 'No notes yet' })).toBeVisible();
    await page.unroute('**/api/notebook.apply');
    await page.evaluate(() => window.dispatchEvent(new Event('blur')));
    await expect(main.getByRole('listitem')).toContainText('only passage');
    await expect(main.getByText('not saved yet')).toHaveCount(0);
  });
});
