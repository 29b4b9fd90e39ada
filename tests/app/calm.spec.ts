import { expect, test } from './fixtures';
import { Lectern } from './models/lectern';

const PARAGRAPHS = Array.from({ length: 60 }, (_, index) => `Paragraph ${index + 1} tells of a quay where ships lie and wait.`);

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
  const [written, told] = [await editor.boundingBox(), await message.boundingBox()];
  if (!written || !told) throw new Error('Both are on the screen.');
  expect(told.y + told.height <= written.y || told.y >= written.y + written.height).toBe(true);
});
