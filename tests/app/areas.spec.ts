import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { below, makePdf } from '../unit/formats/pdf/make-pdf';
import { expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { settled } from './fixtures/settled.ts';
import { Lectern } from './models/lectern';

const jars = (next: string) =>
  makePdf([below(50, 500, ['Forty jars stand behind the door.'], 12), below(50, 500, [next], 12)], { info: { Title: 'The Jars' } });

test.use({
  library: {
    'scan.pdf': makePdf([[], []], { info: { Title: 'A Scan' } }),
    'jars.pdf': jars('Ten are empty.'),
  },
  // Wide enough for the notes beside the pages.
  viewport: { width: 1440, height: 900 },
});

test('areas of pages without text are marked by keyboard and with the pointer, written on, recoloured, found and kept', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open('A Scan');
  const areas = article.locator('.page-area');
  const tools = page.getByRole('dialog', { name: 'Highlight' });
  await expect(article.locator('canvas').first()).toBeVisible();
  await expect(page.getByText('you can mark areas of them')).toBeVisible();

  await article.focus();
  await page.keyboard.press('m');
  const frame = page.getByRole('application', { name: 'Area of page 1' });
  await expect(frame).toBeFocused();
  expect(await axeFindings(page)).toEqual([]);
  const before = await frame.boundingBox();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(async () => ((await frame.boundingBox())?.y ?? 0) > (before?.y ?? 0)).toBe(true);
  await expect.poll(async () => ((await frame.boundingBox())?.width ?? 0) > (before?.width ?? 0)).toBe(true);
  await page.keyboard.press('Escape');
  await expect(frame).toHaveCount(0);
  await expect(areas).toHaveCount(0);
  await page.keyboard.press('m');
  await expect(frame).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(tools).toBeVisible();
  const first = lectern.noteWith('Area of p. 1');
  await expect(first).toHaveAccessibleName(/Yellow area/);
  await expect(first.locator('canvas')).toBeVisible();
  await lectern.write(first, 'What a stain');
  await page.keyboard.press('3');
  await expect(areas).toHaveAttribute('data-colour', 'blue');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(areas).toHaveAttribute('data-colour', 'yellow');

  // It is sized and moved by keys and with the pointer, each time as one step that can be taken back.
  const boxOf = async () => (await areas.first().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const made = await settled(page, boxOf);
  const isMade = async () => (await boxOf()).y === made.y && (await boxOf()).height === made.height;
  await page.keyboard.press('.');
  await page.keyboard.press('.');
  await expect.poll(async () => (await boxOf()).height > made.height).toBe(true);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(isMade).toBe(true);
  await page.mouse.click(made.x + made.width / 2, made.y + made.height / 2);
  await expect(tools).toBeVisible();
  await settled(page, () => page.locator('.area-hold').boundingBox());
  await page.mouse.move(made.x + made.width, made.y + made.height);
  await page.mouse.down();
  await page.mouse.move(made.x + made.width - 40, made.y + made.height + 40, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await boxOf()).height - made.height)).toBe(40);
  expect(Math.round((await boxOf()).width - made.width)).toBe(-40);
  await page.mouse.move(made.x + made.width / 2, made.y + made.height / 2);
  await page.mouse.down();
  await page.mouse.move(made.x + made.width / 2, made.y + made.height / 2 + 30, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await boxOf()).y - made.y)).toBe(30);
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(isMade).toBe(true);
  await page.keyboard.press('Shift+e');
  await expect(frame).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status', { name: 'Announcements' })).toHaveText('Moved: Area of p. 1');
  await expect.poll(async () => (await boxOf()).y > made.y).toBe(true);
  await expect(areas).toHaveCount(1);
  await expect(first).toContainText('What a stain');

  // The keyboard comes back to what is marked by, and its going elsewhere ends the marking.
  await page.keyboard.press('Escape');
  await article.focus();
  await page.keyboard.press('m');
  await expect(frame).toBeFocused();
  await page.keyboard.press('ControlOrMeta+f');
  await page.getByRole('textbox', { name: 'Find in document' }).fill('jar');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(frame).toBeFocused();
  await page.keyboard.press('ControlOrMeta+f');
  await page.getByRole('button', { name: 'Close find' }).focus();
  await page.keyboard.press('m');
  await expect(frame).toBeFocused();
  await first.getByText('What a stain').click();
  await expect(frame).toHaveCount(0);
  await expect(page.getByText('No area was marked.')).toBeVisible();

  // The other page, with the pointer.
  await page.keyboard.press('Escape');
  await article.focus();
  await page.keyboard.press('m');
  // Who scrolls on takes along what is marked by.
  await frame.hover();
  await page.mouse.wheel(0, 5_000);
  await expect(page.getByRole('application', { name: 'Area of page 2' })).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('PageUp');
  await expect(page.getByRole('application', { name: 'Area of page 1' })).toBeInViewport();
  await page.keyboard.press('PageDown');
  await expect(page.getByRole('application', { name: 'Area of page 2' })).toBeFocused();
  const second = page.getByRole('application', { name: 'Area of page 2' });
  const at = (await settled(page, () => second.boundingBox())) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(at.x + 10, at.y + 10);
  await page.mouse.down();
  await page.mouse.move(at.x + 110, at.y + 90, { steps: 4 });
  await page.mouse.up();
  await expect(lectern.noteWith('Area of p. 2')).toBeVisible();
  await expect(areas).toHaveCount(2);
  // What can be done with it stands beside it when it is clicked.
  await page.keyboard.press('Escape');
  await expect(tools).toHaveCount(0);
  await page.mouse.click(at.x + 60, at.y + 50);
  await tools.getByRole('button', { name: 'Delete' }).click();
  await expect(areas).toHaveCount(1);

  // One that is hardly larger than the pointer is held in its middle, too.
  await article.focus();
  await page.keyboard.press('m');
  await page.mouse.move(at.x + 100, at.y + 50);
  await page.mouse.down();
  await page.mouse.move(at.x + 112, at.y + 62, { steps: 4 });
  await page.mouse.up();
  await expect(areas).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(tools).toHaveCount(0);
  await page.mouse.click(at.x + 106, at.y + 56);
  await expect(tools).toBeVisible();
  const small = (await settled(page, () => areas.last().boundingBox())) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(at.x + 106, at.y + 56);
  await page.mouse.down();
  await page.mouse.move(at.x + 66, at.y + 56, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round(((await areas.last().boundingBox())?.x ?? 0) - small.x)).toBe(-40);
  expect(Math.round((await areas.last().boundingBox())?.width ?? 0)).toBe(Math.round(small.width));
  await tools.getByRole('button', { name: 'Delete' }).click();
  await expect(areas).toHaveCount(1);

  await article.focus();
  await page.keyboard.press('Shift+m');
  await page.getByRole('textbox', { name: 'Note text' }).fill('All of it');
  await page.keyboard.press('Escape');
  await expect(lectern.noteWith('Page 2')).toContainText('All of it');
  await lectern.allSaved();

  const again = new Lectern(await app.restart());
  await again.noteWith('What a stain').getByText('just now').click();
  await expect(again.noteWith('What a stain').locator('canvas')).toBeVisible();
  await expect(again.article('A Scan').locator('.page-area')).toHaveCount(2);
  // As text there is nothing to lie on, and nothing is lost.
  await again.article('A Scan').focus();
  await again.page.keyboard.press('m');
  await expect(again.page.getByRole('application', { name: 'Area of page' })).toBeFocused();
  await again.page.keyboard.press('a');
  await expect(again.page.getByText('The text is shown.')).toBeVisible();
  await expect(again.page.getByText('No area was marked')).toBeVisible();
  await expect(again.article('A Scan')).toBeFocused();
  await expect(again.noteWith('What a stain')).toContainText('Area of p. 1');
  await expect(again.noteWith('All of it')).toContainText('Page 2');
  await expect(again.page.getByRole('progressbar', { name: 'Opening the document' })).toHaveCount(0);
  expect(await axeFindings(again.page)).toEqual([]);
});

test('an area of a page stands in exports by its name, and beside the text of its page where that is shown', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open('The Jars');
  await expect(article.locator('canvas').first()).toBeVisible();
  await article.focus();
  await page.keyboard.press('m');
  await page.keyboard.press('Enter');
  await lectern.write(lectern.noteWith('Area of p. 1'), 'Count them');
  await lectern.allSaved();
  await page.keyboard.press('ControlOrMeta+Shift+e');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog.getByRole('textbox', { name: 'Preview' })).toHaveValue(/> Area of p\. 1\n\nCount them/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  await expect(page.getByTitle('Area of p. 1')).toBeVisible();
  await page.getByTitle('Area of p. 1').click();
  await expect(lectern.noteWith('Count them')).toHaveAttribute('aria-current', 'true');

  // What is being marked goes with the pages that it lies on, and the text has the keyboard.
  await page.getByRole('button', { name: 'Pages', exact: true }).click();
  await expect(article.locator('canvas').first()).toBeVisible();
  await article.focus();
  await page.keyboard.press('m');
  await expect(page.getByRole('application', { name: 'Area of page' })).toBeFocused();
  await writeFile(path.join(app.libraryFolder, 'jars.pdf'), jars('Nine are empty.'));
  await expect(page.getByText('No area was marked')).toBeVisible();
  await expect(article).toBeFocused();
});
