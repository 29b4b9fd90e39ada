import type { DocumentEnd, DocumentHead, DocumentPart, DocumentSection, DocumentSheets } from '#model';
import { drawSection } from './draw-tree';
import { loadFonts } from './fonts';
import { createHeadingLevels } from './heading-levels';
import { hyphenate, hyphenatorOf, loadHyphenator } from './hyphenation';
import { watchImages } from './images';
import type { Own } from './page-attributes';
import { createQueue } from './queue';
import { afterPaint, createSlices } from './slices';
import { watchTables } from './tables';
import { createTextLayer, type GrowingTextLayer, type TextLayer } from './text-layer';
import { watchVerticalText } from './vertical';

export interface RenderOptions {
  /** Whose images are loaded. */
  documentId: string;
  /** The reader's own choice, in place of what the document says. */
  language?: string | undefined;
  /** Of a page that holds more than its article, only that is shown at first. */
  showsArticle?: boolean;
  /** What is drawn of what the document brings along. */
  own?: Own | undefined;
  /** Draws sections otherwise than as a text that flows, from the head on. */
  drawing?: SectionDrawing | undefined;
  /** What is to be seen first: all but the first section waits for it. */
  first?: Promise<void> | undefined;
  /** Lets words be parted at the ends of lines, in a language that has patterns for it. */
  hyphenate?: boolean;
  /** Stops the drawing; what is drawn stays. */
  signal?: AbortSignal;
  /** 0 to 1, after each slice. */
  onProgress?(fraction: number): void;
  /** What is known of the document before its text. */
  onHead?(head: DocumentHead): void;
  /** What is known of it when the whole text has arrived. */
  onEnd?(end: DocumentEnd): void;
  /** A whole sentence for the reader: what the document's reader says of it, and what drawing had to give up. */
  onNotice?(sentence: string): void;
}

/** How the sections of a document are drawn: all of their text in text nodes, in its order. */
export interface SectionDrawing {
  begin(head: DocumentHead): void;
  resize(part: DocumentSheets): void;
  /** `start`: where the section begins in the text. */
  draw(part: DocumentSection, start: number): HTMLElement;
  /** Puts a section that was drawn at the end of the document. */
  append(section: HTMLElement, part: DocumentSection): void;
}

/** A document that is being drawn or is drawn. */
export interface Rendering {
  readonly container: HTMLElement;
  readonly layer: TextLayer;
  /** Shows the article alone, or all of a page. */
  showArticle(isAlone: boolean): void;
  /** The first section is in the document, or there will be none. */
  readonly started: Promise<void>;
  /** Rejects with what the parts reject with, else only on a bug. */
  readonly done: Promise<'complete' | 'cancelled'>;
  /** Stops the drawing and empties the container. */
  dispose(): void;
}

/**
 * Draws a document into `container` (which it empties first) as its parts come: the first section at once, the rest in slices of 8 ms.
 * Parts are taken as fast as they come, so that the whole text may be known before all of it is drawn.
 */
export function renderDocument(container: HTMLElement, parts: AsyncIterable<DocumentPart>, options: RenderOptions): Rendering {
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([stop.signal, options.signal]) : stop.signal;
  const layer = createTextLayer(container);
  const started = Promise.withResolvers<void>();
  container.replaceChildren();
  container.removeAttribute('lang');
  container.removeAttribute('dir');
  container.classList.remove('doc-article');
  watchImages(container, stop.signal);
  watchTables(container, stop.signal);
  watchVerticalText(container, stop.signal);
  const done = draw({ container, layer, parts, options, signal, started: started.resolve }).finally(started.resolve);
  return {
    container,
    layer,
    showArticle: layer.showArticle,
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
  parts: AsyncIterable<DocumentPart>;
  options: RenderOptions;
  signal: AbortSignal;
  started(): void;
}

async function draw(drawing: Drawing): Promise<'complete' | 'cancelled'> {
  const { layer, options, signal } = drawing;
  const sections = createQueue<DocumentSection>();
  signal.addEventListener('abort', sections.end, { once: true });
  if (signal.aborted) return 'cancelled';
  const received = receive(drawing, sections).finally(sections.end);
  // Told below, when what did arrive is drawn.
  received.catch(() => undefined);
  await appendAll(drawing, sections);
  if (signal.aborted) return 'cancelled';
  await received;
  layer.finish();
  options.onProgress?.(1);
  return 'complete';
}

/** Takes the parts in as they come. */
async function receive(
  { container, layer, parts, options, signal }: Drawing,
  sections: { put(part: DocumentSection): void },
): Promise<void> {
  const slices = createSlices();
  let isDamagedTold = false;
  const tellDamaged = (): void => {
    if (!isDamagedTold) options.onNotice?.('A font of this book is damaged, so its text stands in the usual one.');
    isDamagedTold = true;
  };
  for await (const part of parts) {
    if (signal.aborted) return;
    if (part.part === 'section') {
      if (options.own?.fonts) loadFonts(part.fonts ?? [], options.own, signal, tellDamaged);
      layer.receive(part);
      sections.put(part);
      await options.first;
    } else if (part.part === 'sheets') options.drawing?.resize(part);
    else {
      for (const notice of part.notices) options.onNotice?.(notice);
      if (part.part === 'head') {
        setLanguage(container, part, options.language);
        if (part.hasArticle && options.showsArticle) layer.showArticle(true);
        options.drawing?.begin(part);
        options.onHead?.(part);
      } else {
        layer.receiveEnd(part);
        options.onEnd?.(part);
      }
    }
    await slices.breathe();
  }
}

function setLanguage(container: HTMLElement, { language, direction }: DocumentHead, chosen = language): void {
  // Without one of its own, no language is better than the application's.
  container.lang = chosen ?? '';
  if (direction) container.dir = direction;
}

/** Parts the words of passages of which the document's own style sheets say so, though the reader has not chosen it for all of the text. */
async function hyphenateOwn(section: HTMLElement, language: string): Promise<void> {
  const passages = section.querySelectorAll<HTMLElement>('[style*="hyphens: auto"]');
  const hyphenator = passages.length > 0 ? await loadHyphenator(language) : undefined;
  for (const passage of hyphenator ? passages : []) if (hyphenator) hyphenate(passage, hyphenator);
}

/** Puts sections into the document: those that show something first at once, then, after they are painted, the others in slices. */
async function appendAll(drawing: Drawing, sections: AsyncIterable<DocumentSection>): Promise<void> {
  const { container, layer, options, signal, started } = drawing;
  const notify = (sentence: string): void => options.onNotice?.(sentence);
  const unknown = new Set<string>();
  const slices = createSlices();
  const tellLevels = createHeadingLevels();
  let hyphenator: Awaited<ReturnType<typeof hyphenatorOf>>;
  let painted = false;
  for await (const part of sections) {
    if (signal.aborted) return;
    if (options.hyphenate && !options.drawing && layer.sections.length === 0) hyphenator = await hyphenatorOf(container.lang, part, notify);
    const section =
      options.drawing?.draw(part, layer.length) ??
      drawSection(part, layer.length, { documentId: options.documentId, own: options.own, onUnknown: (name) => unknown.add(name) });
    tellLevels(section);
    if (hyphenator) hyphenate(section, hyphenator);
    else if (options.own?.styles) await hyphenateOwn(section, container.lang);
    if (signal.aborted) return;
    if (options.drawing) options.drawing.append(section, part);
    else container.append(section);
    layer.append(section, part);
    if (!painted && layer.blocks.length > 0 && layer.length > layer.bodyStart) {
      painted = true;
      started();
      await afterPaint();
      await options.first;
    } else {
      const pause = slices.breathe();
      if (pause) {
        options.onProgress?.(part.progress);
        await pause;
      }
    }
  }
  if (unknown.size > 0)
    notify(
      `This window does not know how to show some of this document (${[...unknown].slice(0, 5).join(', ')}), so only its words are shown.`,
    );
}
