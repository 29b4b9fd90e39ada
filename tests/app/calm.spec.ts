import { expect, test } from './fixtures';
import { settled } from './fixtures/settled.ts';
import { Lectern } from './models/lectern';

const PARAGRAPHS = Array.from({ length: 60 }, (_, index) => `Paragraph ${index + 1} tells of a quay.`);

test.use({ library: { 'walk.md': `# A long walk\n\n${PARAGRAPHS.join('\n\n')}\n` }, viewport: { width: 1024, height: 700 } });

test('a message covers nothing that is being written', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open('A long walk');
  const note = await lectern.highlight('Paragraph 8 tells');
  await note.press('Enter');
  const editor = note.getByRole('textbox', { name: 'Note text' });
  await expect(editor).toBeFocused();
  await editor.evaluate((element) => {
    const { bottom } = element.getBoundingClientRect();
    element.closest('.reading-scroller')?.scrollBy(0, bottom - innerHeight + 60);
  });
  await page.keyboard.type('Words');
  await page.keyboard.press('ControlOrMeta+Alt+n');
  const message = page.getByRole('region', { name: 'Messages' }).locator('.notice').filter({ hasText: 'Notes of others' });
  await expect(message).toBeVisible();
  const [written, told] = await settled(page, async () => [await editor.boundingBox(), await message.boundingBox()] as const);
  if (!written || !told) throw new Error('Both are on the screen.');
  expect(told.y + told.height <= written.y || told.y >= written.y + written.height).toBe(true);
});

test('the line that is being read stays where it is when panes, notes, size or theme change, and Space leaves two lines', async ({
  app,
}) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open('A long walk');
  await article.focus();
  /** The tops of the paragraphs that are whole on the screen, each one line, by their numbers. */
  const tops = (): Promise<Record<string, number>> =>
    page.evaluate(() =>
      Object.fromEntries(
        [...document.querySelectorAll('.reading-text p')].flatMap((paragraph) => {
          const words = document.createRange();
          words.selectNodeContents(paragraph);
          const { top, bottom } = words.getBoundingClientRect();
          const number = /\d+/.exec(paragraph.textContent ?? '')?.[0];
          return number !== undefined && top > 44 && bottom < innerHeight - 28 ? [[number, top]] : [];
        }),
      ),
    );
  const before = await settled(page, tops);
  await page.keyboard.press('Space');
  await expect.poll(async () => Object.keys(await tops())).not.toEqual(Object.keys(before));
  const after = await settled(page, tops);
  const both = Object.keys(before).filter((number) => number in after);
  expect(both.length).toBeGreaterThan(0);

  const number = both[0] ?? '';
  const y = after[number] ?? Number.NaN;
  const isStill = async () => {
    await settled(page, tops);
    await expect.poll(async () => Math.abs(((await tops())[number] ?? Number.NaN) - y)).toBeLessThanOrEqual(1);
  };
  for (const key of [
    'ControlOrMeta+b',
    'ControlOrMeta+Alt+b',
    'ControlOrMeta+=',
    'ControlOrMeta+Shift+d',
    'ControlOrMeta+b',
    'ControlOrMeta+Alt+b',
  ]) {
    await page.keyboard.press(key);
    await isStill();
  }
});

test('the list of documents answers J, K, E and Delete', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const list = page.getByRole('listbox', { name: 'Documents' });
  await expect(list.getByRole('option')).toHaveCount(2);
  await list.focus();
  const active = () => list.getAttribute('aria-activedescendant');
  await expect(list).toHaveAttribute('aria-activedescendant', /./);
  const first = await active();
  await page.keyboard.press('j');
  await expect.poll(active).not.toBe(first);
  await page.keyboard.press('k');
  await expect.poll(active).toBe(first);
  await page.keyboard.press('e');
  await expect(page.getByRole('dialog', { name: 'Details of the document' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('dialog', { name: /^Forget/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list).toBeFocused();
  await lectern.allSaved();
});
