import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { below, makePdf } from '../unit/formats/pdf/make-pdf';
import { expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { Lectern } from './models/lectern';

const quad = (x1: number, y1: number, x2: number, y2: number) => `${x1} ${y2} ${x2} ${y2} ${x1} ${y1} ${x2} ${y1}`;

test.use({
  library: {
    'jars.pdf': makePdf([below(50, 500, ['Forty jars stand behind the door,', 'and all of them are full of oil.'], 12)], {
      info: { Title: 'The Jars' },
      annotations: [
        [
          `/Subtype /Highlight /Rect [50 495 120 512] /QuadPoints [${quad(50, 497, 103, 511)}] /C [0.4 0.9 0.4] /T (Ada) /Contents (Count them.)`,
          '/Subtype /Text /Rect [350 550 370 570] /T (Eve) /Contents (Where is this from?)',
        ],
      ],
    }),
  },
  viewport: { width: 1440, height: 900 },
});

/** How many green pixels the pages have that are drawn; -1 while none is. */
const greenOnPages = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.page-sheet canvas');
    const { data } = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
    if (!data) return -1;
    let green = 0;
    for (let at = 0; at < data.length; at += 4) if ((data[at + 1] ?? 0) > Math.max(data[at] ?? 0, data[at + 2] ?? 0) + 60) green += 1;
    return green;
  });

test('what stands in a PDF is taken in as notes of who made it, taken back, and a copy with all notes in it leads to where they are', async ({
  app,
}) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const offer = page.getByRole('region', { name: 'Notes in the file' });
  await lectern.open('The Jars');
  await expect(offer).toContainText('This file holds 2 notes by Ada and Eve.');
  // It is drawn once: as an annotation, or as a note.
  await expect.poll(() => greenOnPages(page)).toBeGreaterThan(0);
  expect(await axeFindings(page)).toEqual([]);
  await offer.getByRole('button', { name: 'Take them in' }).click();
  await expect(lectern.noteWith('Count them.')).toContainText('Ada');
  await expect(lectern.noteWith('Where is this from?')).toContainText('Eve');
  await expect.poll(() => lectern.painted('green')).toEqual(['Forty jars']);
  await expect.poll(() => greenOnPages(page)).toBe(0);
  await expect(offer).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(lectern.noteWith('Count them.')).toHaveCount(0);
  await expect.poll(() => greenOnPages(page)).toBeGreaterThan(0);
  // What is in the trash is not offered again.
  await expect(offer).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(lectern.noteWith('Where is this from?')).toBeVisible();

  const note = await lectern.highlight('full of oil', 'pink');
  await lectern.write(note, 'Or of wine?');
  await lectern.allSaved();
  await page.keyboard.press('ControlOrMeta+Shift+e');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption('PDF (a copy of the document with your notes in it)');
  await expect(dialog.getByRole('textbox', { name: 'Preview' })).toHaveValue(/1 note on its passage\./);
  await expect(dialog.getByRole('button', { name: 'Copy' })).toHaveCount(0);
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole('textbox', { name: 'Author' }).fill('Zoë');
  const files = await app.saved(() => dialog.getByRole('button', { name: 'Export', exact: true }).click());
  await expect(dialog).toBeHidden();
  const [[name = '', copy = ''] = []] = Object.entries(files);
  // The name is remembered.
  await page.keyboard.press('ControlOrMeta+,');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await expect(page.getByRole('dialog', { name: 'Settings' }).getByRole('textbox', { name: 'Your name' })).toHaveValue('Zoë');
  await page.keyboard.press('Escape');
  expect(name).toBe('The Jars (with notes).pdf');

  await writeFile(path.join(app.libraryFolder, name), copy.replace('(The Jars)', '(Ten Jars)'), 'latin1');
  await lectern.open('Ten Jars');
  await expect(offer).toContainText('The notes in this copy are those of “The Jars”.');
  expect(await axeFindings(page)).toEqual([]);
  await offer.getByRole('button', { name: 'Open it' }).click();
  await expect(lectern.noteWith('Or of wine?')).toBeVisible();
  await expect(offer).toHaveCount(0);
});
