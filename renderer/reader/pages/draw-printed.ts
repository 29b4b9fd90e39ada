import type { Block, DocumentSection, PrintedRun } from '#model';

/** Puts an element where a page is: its box, in points, which a style sheet scales. */
export type PutOnPage = (element: HTMLElement, page: number) => void;

/**
 * Draws the text of a section over its pages: each run where its letters are printed, unseen, to be selected, marked and found. All of the text is
 * in text nodes, in its order, so that a text layer counts it as it counts a text that flows. What is neither in a run nor in a block has no box.
 */
export function drawPrinted({ text, blocks, headings, printed = [] }: DocumentSection, start: number, putOnPage: PutOnPage): HTMLElement {
  const section = document.createElement('div');
  const levels = new Map(headings.map((heading) => [heading.start, heading.level]));
  let page = printed[0]?.[2] ?? 0;
  let stretch: HTMLElement | undefined;
  let holder: { element: HTMLElement; block: Block | undefined } | undefined;
  let next = 0;

  function turnTo(onPage: number): HTMLElement {
    if (stretch && onPage === page) return stretch;
    page = onPage;
    holder = undefined;
    stretch = document.createElement('div');
    stretch.className = 'page-text';
    putOnPage(stretch, onPage);
    section.append(stretch);
    return stretch;
  }

  function blockAt(offset: number): Block | undefined {
    while ((blocks[next]?.[1] ?? Number.POSITIVE_INFINITY) <= offset) next += 1;
    const block = blocks[next];
    return block && block[0] <= offset && block[2] !== 'header' ? block : undefined;
  }

  function holderOf(block: Block | undefined, onPage: number): HTMLElement {
    const parent = turnTo(onPage);
    if (holder && holder.block === block) return holder.element;
    const level = block && levels.get(block[0]);
    const element = document.createElement(!block ? 'div' : level === undefined ? 'p' : `h${level}`);
    if (!block) {
      // Running heads and page numbers are part of the text that nobody reads.
      element.className = 'page-furniture';
      element.ariaHidden = 'true';
    }
    parent.append(element);
    holder = { element, block };
    return element;
  }

  /** White space, which has no box. */
  function addGap(from: number, to: number): void {
    const block = blockAt(from);
    const gap = text.slice(from - start, to - start);
    if (block) holderOf(block, page).append(gap);
    else {
      turnTo(page).append(gap);
      // What comes next comes after it.
      holder = undefined;
    }
  }

  let at = start;
  for (const run of printed) {
    const [from, to, onPage] = run;
    if (at < from) addGap(at, from);
    holderOf(blockAt(from), onPage).append(drawRun(run, text.slice(from - start, to - start)));
    at = to;
  }
  if (at < start + text.length) addGap(at, start + text.length);
  return section;
}

/** A letter at 100 px, as its font says: how much lies above and below the baseline. */
const MEASURED = 100;
const FONT = 'serif';

/** How the letters of the unseen text are measured, at 100 px. */
interface Measure {
  widthOf(text: string): number;
  ascent: number;
}
let measuring: Measure | undefined;

/** Writing whose letters stand beside each other whatever these are: each is as wide as it is alone, as `.page-run` has no kerning and no ligatures. */
const UNJOINED =
  /^[\u0020-\u02af\u0370-\u052f\u1e00-\u205e\u20a0-\u20bf\u2100-\u218f\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef]*$/;

function measure(): Measure | undefined {
  if (measuring) return measuring;
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return undefined;
  context.font = `${MEASURED}px ${FONT}`;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = context.measureText('x');
  // In a line that is as high as the letters are large, the baseline lies here.
  const ascent = 0.5 + (above - below) / MEASURED / 2;
  // A browser keeps what it measured: by letters, not by lines, of which a book has tens of thousands.
  const widths = new Map<string, number>();
  const widthOfLetter = (letter: string): number => {
    const known = widths.get(letter) ?? context.measureText(letter).width;
    widths.set(letter, known);
    return known;
  };
  const widthOf = (text: string): number => {
    if (!UNJOINED.test(text)) return context.measureText(text).width;
    let width = 0;
    for (let at = 0; at < text.length; at++) width += widthOfLetter(text.charAt(at));
    return width;
  };
  measuring = { widthOf, ascent };
  return measuring;
}

/** Letters of one line do not reach into those of the next, so that what is marked is not painted twice there. */
const FLAT = 0.8;

function drawRun([, , , left, baseline, width, size, angle = 0]: PrintedRun, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = 'page-run';
  element.append(text);
  const { widthOf, ascent = 0.8 } = measure() ?? {};
  const natural = ((widthOf?.(text) ?? 0) * size) / MEASURED;
  const stretched = natural > 0 && width > 0 ? width / natural : 1;
  const turned = angle === 0 ? '' : `rotate(${angle}deg) `;
  element.style.cssText = `left:${left}px;top:${(baseline - ascent * size).toFixed(2)}px;font-size:${size}px;transform-origin:0 ${ascent.toFixed(3)}em;transform:${turned}scale(${stretched.toFixed(4)}, ${FLAT})`;
  return element;
}
