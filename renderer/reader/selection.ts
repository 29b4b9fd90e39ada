import { endOfNext, firstIndex, startOfPrevious, type TextUnit } from '#model';
import type { Stretch, TextLayer } from './text-layer';

/** A document as selecting sees it; a `Rendering` is one. */
export interface Selectable {
  container: HTMLElement;
  layer: TextLayer;
}

/** What the reader selected: offsets in the text layer, without white space at its ends. */
export interface SelectedPassage {
  start: number;
  end: number;
}

export type SelectionUnit = TextUnit | 'paragraph';

/** The part of the window's selection that lies in the document's body; `undefined` when there is none. */
export function readSelection({ container, layer }: Selectable): SelectedPassage | undefined {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(container)) return undefined;
  const [start, end] = trim(layer, clampedStart(range, container, layer), clampedEnd(range, container, layer));
  return layer.staticRangeOf(start, end) && { start, end };
}

/** `isDrawn`: the reader has just let the pointer go that drew it. */
type SelectionListener = (passage: SelectedPassage | undefined, isDrawn: boolean) => void;

/**
 * Tells the selection to `listener` whenever it changed, and that there is none while a mouse's button or a pen is held: a toolbar must not
 * come before the reader is done. Ends when the returned function is called.
 */
export function watchSelection(document_: Selectable, listener: SelectionListener): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let held = false;
  let frame = 0;
  let isDrawn = false;
  const tell = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      listener(readSelection(document_), isDrawn);
      isDrawn = false;
    });
  };
  document.addEventListener('selectionchange', () => !held && tell(), { signal });
  // Lines are drawn over from beside the text, too.
  const area = document_.container.parentElement ?? document_.container;
  area.addEventListener(
    'pointerdown',
    ({ pointerType, button }) => {
      held = pointerType !== 'touch' && button === 0;
      if (!held) return;
      cancelAnimationFrame(frame);
      listener(undefined, false);
    },
    { signal },
  );
  const release = ({ type }: Event): void => {
    if (!held) return;
    held = false;
    isDrawn = type === 'pointerup';
    tell();
  };
  for (const type of ['pointerup', 'pointercancel', 'blur']) window.addEventListener(type, release, { signal });
  return () => {
    stop.abort();
    cancelAnimationFrame(frame);
  };
}

/** Selects a passage; false when it is not drawn yet. */
export function selectRange(layer: TextLayer, start: number, end: number): boolean {
  const range = layer.staticRangeOf(start, end);
  if (!range) return false;
  document.getSelection()?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  return true;
}

export const clearSelection = (): void => document.getSelection()?.removeAllRanges();

/**
 * Selects by keyboard: moves the selection's moving end by one unit. Where nothing is selected the first unit after `from`
 * (an offset; the start of the body unless told) is. Returns what is selected then.
 */
export function extendSelection(
  document_: Selectable,
  direction: 'forward' | 'backward',
  unit: SelectionUnit,
  from?: number,
): SelectedPassage | undefined {
  const { container, layer } = document_;
  const selection = document.getSelection();
  if (!selection) return undefined;
  if (!container.contains(selection.focusNode) || (selection.isCollapsed && from !== undefined)) {
    const place = layer.staticRangeOf(...caretAt(layer, from ?? layer.bodyStart));
    if (!place) return undefined;
    selection.collapse(place.startContainer, place.startOffset);
  }
  if (unit === 'paragraph') extendByParagraph(selection, layer, direction);
  else extendByUnit(selection, layer, direction, unit);
  scrollToFocus(selection, layer);
  return readSelection(document_);
}

/** The first character at or after `offset` that is no white space, as a range. */
function caretAt(layer: TextLayer, offset: number): [start: number, end: number] {
  const from = Math.max(offset, layer.bodyStart);
  const next = layer.text.slice(from).search(/\S/);
  const start = next === -1 ? from : from + next;
  return [start, start + 1];
}

/** By the text, block by block: browsers take the lines of a page as blocks of their own, and each system has ends of words of its own. */
function extendByUnit(selection: Selection, layer: TextLayer, direction: 'forward' | 'backward', unit: TextUnit): void {
  const focus = focusOffset(selection, layer) ?? layer.bodyStart;
  const { text, blocks } = layer;
  const step = direction === 'forward' ? 1 : -1;
  const at = direction === 'forward' ? focus : Math.max(layer.bodyStart, focus - 1);
  const first = Math.max(0, firstIndex(blocks.length, (index) => (blocks[index]?.start ?? 0) > at) - 1);
  for (let index = first; ; index += step) {
    const block = blocks[index];
    if (!block || block.end <= layer.bodyStart) return;
    const within = text.slice(block.start, block.end);
    const found =
      direction === 'forward' ? endOfNext(within, focus - block.start, unit) : startOfPrevious(within, focus - block.start, unit);
    if (found === undefined) continue;
    moveFocus(selection, layer, Math.max(layer.bodyStart, block.start + found));
    return;
  }
}

/** Browsers stop at line breaks of the source when they extend by paragraph, so this goes by the layer's own, and by headings. */
function extendByParagraph(selection: Selection, layer: TextLayer, direction: 'forward' | 'backward'): void {
  const focus = focusOffset(selection, layer) ?? layer.bodyStart;
  if (direction === 'forward') {
    const [next] = caretAt(layer, focus);
    moveFocus(selection, layer, Math.max(focus, paragraphAt(layer, next)?.end ?? focus));
  } else {
    const last = layer.text.slice(layer.bodyStart, focus).trimEnd().length - 1;
    moveFocus(selection, layer, paragraphAt(layer, layer.bodyStart + Math.max(0, last))?.start ?? focus);
  }
}

/** The paragraph at an offset, or the heading or other block outside of paragraphs. */
function paragraphAt(layer: TextLayer, offset: number): Stretch | undefined {
  const paragraph = layer.paragraphs[layer.paragraphIndexAt(offset)];
  return paragraph && offset >= paragraph.start && offset < paragraph.end ? paragraph : layer.blockAt(offset);
}

const focusOffset = (selection: Selection, layer: TextLayer): number | undefined =>
  selection.focusNode ? layer.offsetOf(selection.focusNode, selection.focusOffset) : undefined;

function moveFocus(selection: Selection, layer: TextLayer, offset: number): void {
  const after = layer.staticRangeOf(offset, offset + 1);
  const before = layer.staticRangeOf(offset - 1, offset);
  // The end of a paragraph belongs to it and not to the white space after it.
  if (before && (!after || before.endContainer !== after.startContainer) && offset > (layer.blockAt(offset)?.start ?? 0)) {
    selection.extend(before.endContainer, before.endOffset);
  } else if (after) selection.extend(after.startContainer, after.startOffset);
}

function scrollToFocus(selection: Selection, layer: TextLayer): void {
  const offset = focusOffset(selection, layer);
  if (offset === undefined) return;
  const at = Math.min(Math.max(0, offset), layer.length - 1);
  const range = layer.rangeOf(at, at + 1);
  const rect = range?.getBoundingClientRect();
  const node = range?.startContainer;
  const element = node instanceof Element ? node : node?.parentElement;
  if (rect && (rect.top < 0 || rect.bottom > window.innerHeight)) element?.scrollIntoView({ block: 'nearest' });
}

function clampedStart(range: Range, container: HTMLElement, layer: TextLayer): number {
  const inside = container.contains(range.startContainer);
  const offset = inside ? (layer.offsetOf(range.startContainer, range.startOffset) ?? layer.bodyStart) : layer.bodyStart;
  return Math.max(offset, layer.bodyStart);
}

function clampedEnd(range: Range, container: HTMLElement, layer: TextLayer): number {
  const inside = container.contains(range.endContainer);
  return inside ? (layer.offsetOf(range.endContainer, range.endOffset) ?? layer.length) : layer.length;
}

function trim(layer: TextLayer, start: number, end: number): [start: number, end: number] {
  const text = layer.text.slice(start, end);
  return [start + text.length - text.trimStart().length, Math.max(start, end - (text.length - text.trimEnd().length))];
}
