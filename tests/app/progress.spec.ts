import { expect, test } from './fixtures';
import { Lectern } from './models/lectern';

const LONG = Array.from({ length: 40 }, (_, index) => `Paragraph ${index + 1} tells of a quay where ships lie and wait.`).join('\n\n');

test.use({ library: { 'long.md': `# A long walk\n\n${LONG}\n`, 'short.md': '# A note\n\nA few words.\n' } });

test('a document is being read once the reader goes on in it, and finished once its end was seen and time was spent', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await page.clock.install();
  const status = page.getByRole('button', { name: /^Reading status/ });
  const place = page.getByRole('contentinfo');

  await lectern.open('A note');
  await expect(status).toHaveAccessibleName('Reading status: Unread');
  await expect(place).not.toContainText('%');
  await expect(place).not.toContainText('Paragraph');

  await lectern.open('A long walk');
  await expect(place).toContainText(/Paragraph 1 of 400 %/);
  await expect(status).toHaveAccessibleName('Reading status: Unread');
  await page.keyboard.press('PageDown');
  await expect(status).toHaveAccessibleName('Reading status: Reading');
  await page.keyboard.press('End');
  await expect(place).toContainText(/Paragraph 40 of 40.*100 %.*At the end/);
  await expect(status).toHaveAccessibleName('Reading status: Reading');
  await page.clock.runFor(40_000);
  await expect(status).toHaveAccessibleName('Reading status: Finished');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(status).toHaveAccessibleName('Reading status: Reading');
  await page.clock.runFor(40_000);
  await expect(status).toHaveAccessibleName('Reading status: Reading');

  await page.keyboard.press('Home');
  await status.click();
  await page.getByRole('menu').getByText('Unread', { exact: true }).click();
  await expect(status).toHaveAccessibleName('Reading status: Unread');
});
