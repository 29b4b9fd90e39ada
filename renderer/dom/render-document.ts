import type { DocumentSource } from '../../electron/api';
import type { Heading } from '../domain/outline';
import { drawHtml, readPage } from './draw-html';
import { drawPlainText } from './draw-plain-text';
import { watchImages } from './images';
import { markdownInWorker } from './markdown';
import { createSection } from './section';
import { afterPaint, createSlices } from './slices';
import { createTextLayer, type GrowingTextLayer, type TextLayer } from './text-layer';
import { parseInert } from './trusted-types';

export interface RenderOptions {
  /** Whose images are loaded. */
  documentId: string;
  /** Stops the drawing; what is drawn stays. */
  signal?: AbortSignal;
  /** 0 to 1, after each slice. */
  onProgress?(fraction: number): void;
  /** A whole sentence for the reader, when drawing had to give something up. */
  onNotice?(sentence: string): void;
  /** ms for Markdown; 3,000 unless told. */
  markdownTimeLimit?: number;
}

/** A document that is being drawn or is drawn. */
export interface Rendering {
  readonly container: HTMLElement;
  readonly layer: TextLayer;
  /** Grows until `done`. */
  readonly headings: readonly Heading[];
  /** The source's notices and those of drawing. */
  readonly notices: readonly string[];
  /** The first section is in the document. */
  readonly started: Promise<void>;
  /** Rejects only on a bug. */
  readonly done: Promise<'complete' | 'cancelled'>;
  /** Stops the drawing and empties the container. */
  dispose(): void;
}

const MARKDOWN_TIME_LIMIT = 3_000;

/**
 * Draws a document into `container` (which it empties first): the first section at once, the rest in slices of 8 ms. A plain
 * text's first section is there when this returns.
 */
export function renderDocument(container: HTMLElement, source: DocumentSource, options: RenderOptions): Rendering {
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([stop.signal, options.signal]) : stop.signal;
  const layer = createTextLayer(container);
  const notices = [...source.notices];
  const started = Promise.withResolvers<void>();
  container.replaceChildren();
  container.lang = source.metadata.language ?? '';
  container.removeAttribute('dir');
  watchImages(container, stop.signal);
  const notify = (sentence: string): void => {
    notices.push(sentence);
    options.onNotice?.(sentence);
  };
  const drawing: Drawing = { container, layer, source, options, signal, notify, started: started.resolve };
  const done = draw(drawing).finally(started.resolve);
  return {
    container,
    layer,
    headings: layer.headings,
    notices,
    started: started.promise,
    done,
    dispose() {
      stop.abort();
      container.replaceChildren();
    },
  };
}

interface Drawing {
  container: HTMLElement;
  layer: GrowingTextLayer;
  source: DocumentSource;
  options: RenderOptions;
  signal: AbortSignal;
  notify(sentence: string): void;
  started(): void;
}

async function draw(drawing: Drawing): Promise<'complete' | 'cancelled'> {
  const { source, layer } = drawing;
  if (source.format === 'text') return drawText(drawing);
  if (source.format === 'html') {
    layer.expect(undefined, 0);
    return drawPage(drawing, source.text, '');
  }
  const header = source.text.slice(0, source.header.end);
  const outcome = await markdownInWorker(
    source.text.slice(source.header.end),
    drawing.options.markdownTimeLimit ?? MARKDOWN_TIME_LIMIT,
    drawing.signal,
  );
  if (outcome.state === 'cancelled') return 'cancelled';
  if (outcome.state === 'done') {
    layer.expect(undefined, source.header.end);
    return drawPage(drawing, outcome.html, header);
  }
  drawing.notify(
    outcome.state === 'too-slow'
      ? 'This Markdown takes too long to lay out, so you see it as it is written.'
      : 'This Markdown is nested too deep to lay out, so you see it as it is written.',
  );
  return drawText(drawing);
}

function drawText(drawing: Drawing): Promise<'complete' | 'cancelled'> {
  const { text, header } = drawing.source;
  drawing.layer.expect(text, header.end);
  return append(drawing, drawPlainText(text, header), text.length);
}

function drawPage(drawing: Drawing, html: string, header: string): Promise<'complete' | 'cancelled'> {
  const page = readPage(parseInert(html));
  if (page.lang) drawing.container.lang = page.lang;
  if (page.dir === 'rtl' || page.dir === 'ltr') drawing.container.dir = page.dir;
  return append(drawing, withHeader(header, drawHtml(page, drawing.options.documentId)), header.length + page.total);
}

/** Puts the front matter in front, as hidden text. */
function* withHeader(header: string, sections: Iterable<HTMLElement>): Generator<HTMLElement> {
  if (header !== '') {
    const element = document.createElement('div');
    element.className = 'doc-header';
    element.hidden = true;
    element.append(header);
    yield createSection([element]);
  }
  yield* sections;
}

/** Puts sections into the document: those that show something first at once, then, after they are painted, the others in slices. */
async function append(
  { container, layer, options, signal, started }: Drawing,
  sections: Iterable<HTMLElement>,
  total: number,
): Promise<'complete' | 'cancelled'> {
  const slices = createSlices();
  let painted = false;
  for (const section of sections) {
    if (signal.aborted) return 'cancelled';
    container.append(section);
    layer.append(section);
    if (!painted && layer.blocks.length > 0 && layer.length > layer.bodyStart) {
      painted = true;
      started();
      await afterPaint();
    } else {
      const pause = slices.breathe();
      if (pause) {
        options.onProgress?.(Math.min(1, layer.length / Math.max(1, total)));
        await pause;
      }
    }
  }
  if (signal.aborted) return 'cancelled';
  layer.finish();
  options.onProgress?.(1);
  return 'complete';
}
