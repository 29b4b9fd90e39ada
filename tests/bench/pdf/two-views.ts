import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import type { DocumentPart, DocumentSection } from '#model';
import { documentBytes } from '../../../electron/formats/format';
import { readerOf } from '../../../electron/formats/registry';
import { chromiumArguments, findChromium } from '../../app/chromium';
import { loadEngine, serveEnginePage } from '../engine-page';

/** Passages of each file that are marked, on its pages and in its text by turns. */
const PASSAGES = 200;

export interface TwoViews {
  files: number;
  passages: number;
  /** Of these, those that hold the same words in the other view. */
  same: number;
  /** Names of files of which they do not. */
  others: string[];
}

/** Draws each file as its pages and as a text that flows, and compares passages that are marked in the one with what the other has there. */
export async function measureTwoViews(folder: string, names: readonly string[]): Promise<TwoViews> {
  const served = await serveEnginePage(process.cwd());
  const executablePath = findChromium();
  const browser = await chromium.launch({ args: chromiumArguments, ...(executablePath && { executablePath }) });
  const views: TwoViews = { files: 0, passages: 0, same: 0, others: [] };
  try {
    const page = await browser.newPage();
    await loadEngine(page, served.address);
    for (const name of names) {
      const parts = await readParts(name, await readFile(path.join(folder, name)));
      if (!parts.some(({ part }) => part === 'section')) continue;
      const same = await countSame(page, parts);
      views.files += 1;
      views.passages += PASSAGES;
      views.same += same;
      if (same < PASSAGES) views.others.push(name);
    }
  } finally {
    await browser.close();
    await served.close();
  }
  return views;
}

/** None where it cannot be read. */
async function readParts(name: string, bytes: Uint8Array): Promise<DocumentPart[]> {
  const reader = await readerOf('pdf');
  return Array.fromAsync(reader.read(documentBytes(bytes, name), { signal: new AbortController().signal })).catch(() => []);
}

const countSame = (page: Page, parts: readonly DocumentPart[]): Promise<number> =>
  page.evaluate(
    async ([lines, count]) => {
      const { engine } = globalThis;
      const drawIn = async (isPaged: boolean) => {
        const container = document.createElement('div');
        document.body.append(container);
        const drawing = {
          begin: () => {},
          resize: () => {},
          draw: (part: DocumentSection, start: number) => engine.drawPrinted(part, start, () => {}),
          append: (section: HTMLElement) => container.append(section),
        };
        const given: DocumentPart[] = JSON.parse(lines);
        const rendering = engine.renderDocument(container, engine.inTurn(given), { documentId: 'doc-1', ...(isPaged && { drawing }) });
        await rendering.done;
        return rendering;
      };
      const views = [await drawIn(true), await drawIn(false)] as const;
      let same = 0;
      for (let index = 0; index < count; index++) {
        const [marked, other] = index % 2 === 0 ? views : views.toReversed();
        const { layer } = marked ?? views[0];
        const start = (index * 7919) % Math.max(1, layer.length);
        const end = Math.min(layer.length, start + 1 + ((index * 37) % 300));
        const range = layer.rangeOf(start, end);
        // As the reader's selection is told, and drawn in the other view.
        const [from, to] = range
          ? [layer.offsetOf(range.startContainer, range.startOffset), layer.offsetOf(range.endContainer, range.endOffset)]
          : [];
        const there = other?.layer.rangeOf(from ?? 0, to ?? 0);
        if (range && there && String(range) === String(there) && String(range) === layer.text.slice(start, end)) same += 1;
      }
      for (const view of views) {
        view.dispose();
        view.container.remove();
      }
      return same;
    },
    [JSON.stringify(parts), PASSAGES] as const,
  );
