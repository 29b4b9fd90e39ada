import { expect, test } from './fixtures';
import { settled } from './fixtures/settled.ts';
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

  // A note on the whole document stands at its top.
  await page.keyboard.press('ControlOrMeta+Shift+n');
  await page.keyboard.type('On all of it');
  await page.keyboard.press('Escape');
  await expect(page.getByText('Stage 1 went')).toBeInViewport();
  await expect(back).toBeVisible();
  await page.keyboard.press('u');
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

test('marks beside the scroll bar show where highlights and hits are, and lead there', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open('A walk in stages');
  await lectern.highlight('Stage 150', 'green');
  await lectern.highlight('Stage 2', 'pink');
  const column = page.locator('.scroll-marks');
  /** The rows that are painted, as the first of each mark (CSS pixels). */
  const rows = () =>
    column.evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      const painted = (row: number) => pixels[(row * width + 2) * 4 + 3] !== 0;
      return Array.from({ length: height }, (_, row) => row).filter((row) => painted(row) && (row === 0 || !painted(row - 1)));
    });
  await expect.poll(async () => (await rows()).length).toBe(2);
  const [, last = 0] = await settled(page, rows);
  await column.click({ position: { x: 3, y: last + 1 } });
  await expect(page.getByText('Stage 150 went')).toBeInViewport();
  await expect(lectern.noteWith('Stage 150')).toHaveAttribute('aria-current', 'true');

  await page.keyboard.press('ControlOrMeta+f');
  await page.getByRole('textbox', { name: 'Find in document' }).fill('Stage 80 went');
  await expect.poll(async () => (await rows()).length).toBe(3);
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await rows()).length).toBe(2);
});
