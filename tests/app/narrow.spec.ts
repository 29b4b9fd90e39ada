import { expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { settled } from './fixtures/settled.ts';
import { FIRST_SEED, Lectern } from './models/lectern';

const TEXT = '# A text\n\nSome words to read.\n\n## A heading\n\nMore of them.\n';

const PROSE = 'A meeting of the harbour board was held on Thursday, at which no progress was made on the matter of the old quay. ';

test.use({ library: { 'prose.md': `# Prose\n\n${PROSE.repeat(12)}\n`, 'a.md': TEXT, 'b.md': '# Another\n\nOther words.' } });

test('a window that is narrowed leaves the text alone, and the library comes over it when it is asked for', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const toggle = page.getByRole('button', { name: 'Library pane' });
  await lectern.open('A text');
  await lectern.option('A text').focus();
  await page.setViewportSize({ width: 320, height: 640 });
  await expect(lectern.library).toBeHidden();
  await expect(lectern.article('A text')).toBeFocused();
  await expect(toggle).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  for (const button of await page.getByRole('banner').getByRole('button').all()) await expect(button).toBeInViewport({ ratio: 1 });
  await expect(lectern.saving).toBeInViewport({ ratio: 1 });

  await toggle.click();
  await expect(lectern.library).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await lectern.option('Another').click();
  await expect(lectern.library).toBeHidden();
  await expect(lectern.article('Another')).toBeFocused();

  await toggle.click();
  await expect(lectern.library).toBeVisible();
  await toggle.press('Escape');
  await expect(lectern.library).toBeHidden();
  await expect(toggle).toBeFocused();
  await page.getByRole('button', { name: 'Typography' }).click();
  const panel = page.getByRole('dialog', { name: 'Typography' });
  await expect(panel).toBeInViewport({ ratio: 1 });
  await expect(panel.getByRole('switch').last()).toBeVisible();
  await page.keyboard.press('Escape');

  await toggle.press('Enter');
  await lectern.library.getByRole('textbox', { name: 'Filter documents' }).focus();
  await page.keyboard.press('Escape');
  await expect(lectern.library).toBeHidden();
  await expect(lectern.article('Another')).toBeFocused();

  await lectern.select('Other words');
  for (const button of await page.getByRole('toolbar', { name: 'Selection' }).getByRole('button').all())
    await expect(button).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('n');
  await page.keyboard.type('Whose?');
  await page.keyboard.press('Escape');
  await lectern.article('Another').focus();
  await page.keyboard.press('Escape');
  await expect(lectern.notes).toBeHidden();
  await expect(lectern.article('Another')).toBeFocused();
  await page.keyboard.press('f');
  await page.keyboard.press('q');
  const messages = page.getByRole('region', { name: 'Messages' });
  await expect(messages.getByText('It is on the reading list.')).toBeVisible();
  await expect(messages.getByText('It is a favourite.')).toBeHidden();
  await messages.getByRole('button', { name: /^and \d more$/ }).click();
  await expect(messages.getByText('It is a favourite.')).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await toggle.click();
  await lectern.library.getByRole('button', { name: 'Library folders…' }).click({ trial: true });
  await toggle.click();
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(lectern.library).toBeVisible();
  await expect(lectern.option(FIRST_SEED)).toBeVisible();
});

test('beside both panes as they come, a line has at least 45 characters in a window of 1,024 pixels', async ({ app }) => {
  const { page } = app;
  await page.setViewportSize({ width: 1024, height: 700 });
  const lectern = new Lectern(page);
  await lectern.open('Prose');
  await expect(lectern.library).toBeVisible();
  await expect(lectern.notes).toBeVisible();
  const paragraph = page.locator('.reading-text p').first();
  const perLine = await settled(page, () =>
    paragraph.evaluate((element) => {
      const text = element.textContent ?? '';
      const lineHeight = Number.parseFloat(getComputedStyle(element).lineHeight);
      return text.length / Math.round(element.getBoundingClientRect().height / lineHeight);
    }),
  );
  expect(perLine).toBeGreaterThanOrEqual(45);
});
