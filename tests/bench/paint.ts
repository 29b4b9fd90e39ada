import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { readPartsOf } from '../read-parts';
import { openEnginePage } from './engine-page';

/** Medians in ms, and what they are to each other. */
export interface PaintFigures {
  /** From the call to the first painted frame: Lectern's sections, and all paragraphs at once by innerHTML. */
  firstPaint: number;
  naiveFirstPaint: number;
  paintsSooner: number;
  /** Drawing 10,000 highlights, layout included: CSS highlights, and `<mark>` elements. */
  highlights: number;
  naiveHighlights: number;
  highlightsFaster: number;
}

const RUNS = 5;

/** Measures drawing of the text in `longText` (a file) in Chromium, each kind on a fresh page and in turns. */
export async function benchPaint(root: string, longText: string): Promise<PaintFigures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lectern-lines-'));
  const lines = path.join(folder, 'long.ndjson');
  const parts = await readPartsOf('text', await readFile(longText, 'utf8'));
  await writeFile(lines, parts.map((part) => `${JSON.stringify(part)}\n`).join(''));
  const engine = await openEnginePage(root, { files: { 'long.txt': longText, 'long.ndjson': lines }, withoutPolicy: true });
  try {
    const times = {
      firstPaint: [] as number[],
      naiveFirstPaint: [] as number[],
      highlights: [] as number[],
      naiveHighlights: [] as number[],
    };
    for (let run = 0; run < RUNS; run += 1) {
      await engine.reload();
      times.firstPaint.push(await firstPaint(engine.page));
      times.highlights.push(await drawHighlights(engine.page));
      await engine.reload();
      times.naiveFirstPaint.push(await naiveFirstPaint(engine.page));
      await engine.reload();
      await firstPaint(engine.page);
      times.naiveHighlights.push(await drawMarks(engine.page));
    }
    const figures = {
      firstPaint: median(times.firstPaint),
      naiveFirstPaint: median(times.naiveFirstPaint),
      highlights: median(times.highlights),
      naiveHighlights: median(times.naiveHighlights),
    };
    return {
      ...figures,
      paintsSooner: figures.naiveFirstPaint / figures.firstPaint,
      highlightsFaster: figures.naiveHighlights / figures.highlights,
    };
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Opens the text as the reader's view does, parsing included, and leaves it drawn as a whole. */
function firstPaint(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const text = await (await fetch('/long.txt')).text();
    const { body } = await fetch('/long.ndjson');
    const container = document.querySelector<HTMLElement>('#document');
    if (!container || !body) throw new Error('The page has no document.');
    const began = performance.now();
    const parts = globalThis.engine.readParts(body, new AbortController().signal);
    const rendering = globalThis.engine.renderDocument(container, parts, { documentId: 'bench' });
    const painted = new Promise<number>((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))));
    const elapsed = (await painted) - began;
    await rendering.done;
    if (container.textContent !== text) throw new Error('The drawn text is not the text.');
    Object.assign(globalThis, { rendering });
    return elapsed;
  });
}

/** All paragraphs at once; making the markup is not counted. */
function naiveFirstPaint(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const text = await (await fetch('/long.txt')).text();
    const container = document.querySelector<HTMLElement>('#document');
    if (!container) throw new Error('The page has no document.');
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const markup = escaped
      .split(/\n\s*\n/)
      .map((paragraph) => `<p>${paragraph}</p>`)
      .join('\n\n');
    const began = performance.now();
    container.innerHTML = markup;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - began;
  });
}

interface Drawn {
  rendering: ReturnType<typeof globalThis.engine.renderDocument>;
}

function drawHighlights(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { layer, container } = (globalThis as unknown as Drawn).rendering;
    const passages = layer.paragraphs.filter(({ start, end }) => end - start > 40).slice(0, 10_000);
    const entries = passages.map(({ start }, index) => ({
      id: String(index),
      start: start + 5,
      end: start + 35,
      colour: 'yellow' as const,
    }));
    if (entries.length < 10_000) throw new Error('The text is too short for 10,000 highlights.');
    const highlights = globalThis.engine.createHighlightLayer(layer);
    container.getBoundingClientRect();
    const began = performance.now();
    highlights.set(entries);
    container.getBoundingClientRect();
    return performance.now() - began;
  });
}

function drawMarks(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { layer, container } = (globalThis as unknown as Drawn).rendering;
    const passages = layer.paragraphs.filter(({ start, end }) => end - start > 40).slice(0, 10_000);
    container.getBoundingClientRect();
    const began = performance.now();
    for (const { start } of passages) layer.rangeOf(start + 5, start + 35)?.surroundContents(document.createElement('mark'));
    container.getBoundingClientRect();
    return performance.now() - began;
  });
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
