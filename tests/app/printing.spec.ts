import { expect, test } from './fixtures';
import { Lectern } from './models/lectern';

const PARAGRAPHS = Array.from({ length: 400 }, (_, index) => `Paragraph ${index + 1} tells of a quay where ships lie and wait.`);

test.use({ library: { 'walk.md': `# A long walk\n\n${PARAGRAPHS.join('\n\n')}\n` } });

test('the document is printed whole with its highlights and, when wanted, its notes, and nothing of the window', async ({
  app,
  browserName,
}) => {
  test.skip(browserName !== 'chromium', 'Only Chromium tells what it prints.');
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open('A long walk');
  await lectern.write(await lectern.highlight('Paragraph 3 tells', 'green'), 'Which **quay**?');
  await page.keyboard.press('ControlOrMeta+p');
  const dialog = page.getByRole('dialog', { name: 'Print' });
  await expect(dialog.getByRole('switch', { name: 'With 1 note, after the text' })).toBeChecked();
  const printed = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        window.print = () => {
          dispatchEvent(new Event('beforeprint'));
          resolve(document.querySelector('.printed-notes')?.textContent ?? '');
        };
      }),
  );
  await dialog.getByRole('button', { name: 'Print…' }).click();
  expect(await printed).toBe('NotesParagraph 3 tellsWhich quay?');

  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.printed-notes')).toBeVisible();
  await expect(lectern.library).toBeHidden();
  await expect(lectern.notes).toBeHidden();
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page.getByRole('contentinfo')).toBeHidden();
  // What is said of the document leads to its details.
  await expect(page.getByRole('article').getByRole('button').filter({ visible: true })).toHaveCount(1);
  const last = page.getByText('Paragraph 400 tells');
  expect(
    await last.evaluate(
      (element) => element.getBoundingClientRect().height > 0 && element.checkVisibility({ contentVisibilityAuto: true }),
    ),
  ).toBe(true);
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('white');
  await page.emulateMedia({ media: null });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(page.locator('.printed-notes')).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).not.toBe('white');
});
