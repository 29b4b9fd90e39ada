import type { DocumentSource } from '#api';
import type { Heading } from '#model';
import { guessLanguage } from '#model';
import { drawHtml, readPage } from './draw-html';
import { drawPlainText } from './draw-plain-text';
import { type Hyphenator, hyphenate, loadHyphenator } from './hyphenation';
import { watchImages } from './images';
import { markdownInWorker } from './markdown';
import { createSection } from './section';
import { afterPaint, createSlices } from './slices';
import { watchTables } from './tables';
import { createTextLayer, type GrowingTextLayer, type TextLayer } from './text-layer';
import { parseInert } from './trusted-types';

export interface RenderOptions {
  /** Whose images are loaded. */
  documentId: string;
  /** Lets words be parted at the ends of lines, in a language that has patterns for it. */
  hyphenate?: boolean;
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
/** UTF-16 code units of the longest text that is hyphenated: every place where a word may be parted is an element. */
const LONGEST_HYPHENATED = 1_000_000;

/**
 * Draws a document into `container` (which it empties first): the first section at once, the rest in slices of 8 ms. A plain
 * text's first section is there when this returns, unless its words are to be parted.
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
  watchTables(container, stop.signal);
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
  const sample = text.slice(header.end, header.end + SAMPLE);
  drawing.container.lang ||= guessLanguage(sample) ?? '';
  return append(drawing, drawPlainText(text, header), { total: text.length, sample });
}

function drawPage(drawing: Drawing, html: string, header: string): Promise<'complete' | 'cancelled'> {
  const page = readPage(parseInert(html));
  const sample = page.text.slice(0, SAMPLE);
  drawing.container.lang = page.lang || drawing.container.lang || (guessLanguage(sample) ?? '');
  if (page.dir === 'rtl' || page.dir === 'ltr') drawing.container.dir = page.dir;
  return append(drawing, withHeader(header, drawHtml(page, drawing.options.documentId)), { total: header.length + page.total, sample });
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

/** UTF-16 code units of the beginning of a text, by which its language is known. */
const SAMPLE = 5_000;

interface Size {
  /** UTF-16 code units that there are to draw. */
  total: number;
  /** The beginning of the text. */
  sample: string;
}

/** What parts the words of a document; tells the reader who asked for it when nothing can. */
async function hyphenatorOf({ container, notify }: Drawing, { total, sample }: Size): Promise<Hyphenator | undefined> {
  if (total > LONGEST_HYPHENATED) {
    notify('This text is too long to be hyphenated, so its words stay whole.');
    return undefined;
  }
  const hyphenator = await loadHyphenator(container.lang);
  // Scripts in which words are not parted need no word about it.
  const isParted = /\p{Script=Latin}{6}|\p{Script=Cyrillic}{6}|\p{Script=Greek}{6}/u.test(sample);
  if (!hyphenator && isParted) notify('Lectern cannot tell how the words of this text are hyphenated, so they stay whole.');
  return hyphenator;
}

/** Puts sections into the document: those that show something first at once, then, after they are painted, the others in slices. */
async function append(drawing: Drawing, sections: Iterable<HTMLElement>, size: Size): Promise<'complete' | 'cancelled'> {
  const { container, layer, options, signal, started } = drawing;
  const hyphenator = options.hyphenate ? await hyphenatorOf(drawing, size) : undefined;
  const slices = createSlices();
  let painted = false;
  for (const section of sections) {
    if (signal.aborted) return 'cancelled';
    if (hyphenator) hyphenate(section, hyphenator);
    container.append(section);
    layer.append(section);
    if (!painted && layer.blocks.length > 0 && layer.length > layer.bodyStart) {
      painted = true;
      started();
      await afterPaint();
    } else {
      const pause = slices.breathe();
      if (pause) {
        options.onProgress?.(Math.min(1, layer.length / Math.max(1, size.total)));
        await pause;
      }
    }
  }
  if (signal.aborted) return 'cancelled';
  layer.finish();
  options.onProgress?.(1);
  return 'complete';
}
