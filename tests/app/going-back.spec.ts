import { expect, test } from './fixtures';
import { Lectern } from './models/lectern';

const paragraphs = Array.from({ length: 200 }, (_, index) => `Stage ${index + 1} went down to the river and along it for a day.`);
test.use({ library: { 'walk.txt': `A walk in stages\n\n${paragraphs.join('\n\n')}\n` } });

test('after a jump the way back stays until reading goes on', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open('A walk in stages');
  const back = page.getByRole('button', { name: /^Back to paragraph/ });
  await article.focus();
  await page.keyboard.press('ControlOrMeta+f');
  await page.getByRole('textbox', { name: 'Find in document' }).fill('Stage 120');
  await expect(page.getByText('Stage 120 went')).toBeInViewport();
  await expect(back).toHaveText('Back to paragraph 1');
  await page.keyboard.press('Escape');
  await page.keyboard.press('u');
  await expect(page.getByText('Stage 1 went')).toBeInViewport();
  await expect(back).toBeHidden();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByText('Stage 120 went')).toBeInViewport();

  await page.keyboard.press('F3');
  await page.getByRole('textbox', { name: 'Find in document' }).fill('Stage 7 went');
  await expect(back).toBeVisible();
  await page.keyboard.press('Escape');
  await page.mouse.move(700, 450);
  await page.mouse.wheel(0, 400);
  await expect(back).toBeVisible();
  await page.mouse.wheel(0, 1_500);
  await expect(back).toBeHidden();
});
