import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { chromiumArguments, findChromium } from '../../tests/app/chromium.ts';
import { root } from '../vite.shared.ts';
import { type IconImage, icnsSizes, packIcns, packIco } from './icon-files.ts';

const ICO_SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256];
/** Of the picture for Linux: its window, launcher and packages. */
const PNG_SIZE = 512;
/** macOS draws its icons this much smaller than their square. */
const MAC_SCALE = 824 / 1024;

const folder = path.join(root, 'electron/icons');

/** Draws the mark in a square of `size` pixels, in `scale` of its width. */
async function draw(page: Page, svg: string, size: number, scale = 1): Promise<IconImage> {
  await page.setViewportSize({ width: size, height: size });
  const side = Math.round(size * scale);
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh;background:none"><img src="${source}" width="${side}" height="${side}" decoding="sync" alt="">`,
  );
  return { size, png: await page.screenshot({ omitBackground: true }) };
}

/** Makes the icons of all systems from `renderer/icon.svg`, which the page has as it is. */
async function makeIcons(): Promise<void> {
  const svg = await readFile(path.join(root, 'renderer/icon.svg'), 'utf8');
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
  try {
    const page = await browser.newPage();
    const drawAll = async (sizes: readonly number[], scale?: number) => {
      const images: IconImage[] = [];
      for (const size of sizes) images.push(await draw(page, svg, size, scale));
      return images;
    };
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'icon.ico'), packIco(await drawAll(ICO_SIZES)));
    await writeFile(path.join(folder, 'icon.icns'), packIcns(await drawAll(icnsSizes, MAC_SCALE)));
    await writeFile(path.join(folder, 'icon.png'), (await draw(page, svg, PNG_SIZE)).png);
  } finally {
    await browser.close();
  }
}

await makeIcons();
