import type { Area, AreaBox } from '#model';
import type { Stretch, TextLayer } from './text-layer';

/** The reader's place. */
export interface Place {
  /** Where the first paragraph that is visible begins, in the text layer. */
  offset: number;
  /** Where the eye is (`eyeInView`), in the text layer, and how much of the text lies above it: 0 to 1. */
  eye: number;
  progress: number;
  /** All of the text fits on the screen. */
  fits: boolean;
  /** The last line was reached. */
  atEnd: boolean;
  /** Of a document that is shown as pages: the one that is being read, from 0, and how many there are. */
  sheet?: { index: number; count: number };
}

/** A passage: offsets in the text layer. With an area of a page it is that, where the text lies over its pages. */
export type Passage = Pick<Stretch, 'start' | 'end'> & { area?: Area };

/** Where something begins. */
export type Spot = Omit<Passage, 'end'>;

/** Where a drawn text stands on the screen. Points and rectangles are in CSS pixels of the window. */
export interface Places {
  position(): Place;
  /** CSS pixels to scroll until the eye is at an offset, as `position` tells it. */
  distanceToEye(offset: number): number;
  /** Where the first block begins whose beginning is on the screen; without one, the first that is visible. */
  firstBeginning(): number;
  /** The rectangle of what is on the screen of a passage; without height at the edge of the view that the passage lies beyond. */
  visibleRectOf(passage: Passage): DOMRect;
  /** Where a passage begins and ends on the screen, as rectangles without width; `undefined` where one of them is not laid out. */
  edgesOf(passage: Passage): { start: DOMRect; end: DOMRect } | undefined;
  /** The place in the text at a point; `undefined` outside of it. */
  caretAt(x: number, y: number): CaretPosition | undefined;
  /** The place in the text nearest to a point, of what is on the screen. */
  caretBeside(x: number, y: number): CaretPosition | undefined;
  /** The text stands in one column, so that browsers draw a selection through it as they should. */
  readonly isOneColumn: boolean;
  /** The height of a line at an offset; 0 where none is drawn. */
  lineHeightAt(offset: number): number;
  /** The rectangle of the line that an offset stands in. */
  lineRectOf(offset: number): DOMRect | undefined;
  /** The first line that is whole on the screen: an offset in it, and its distance from the top of the view. */
  firstLine(): { offset: number; y: number } | undefined;
  /** Where passages begin, in CSS pixels from the top of what is scrolled. NaN for what is not drawn yet. */
  topsOf(spots: readonly Spot[]): number[];
  /** The text that is on the screen or within a screen of it. */
  nearby(): Passage;
  /** The pages that it lies over; absent where it flows. */
  readonly sheets?: PagePlaces;
}

/** Where pages stand. Pages are counted from 1, points from the upper left corner of each. */
export interface PagePlaces {
  readonly count: number;
  /** The size of a page, in points. */
  sizeOf(page: number): Pick<AreaBox, 'width' | 'height'>;
  /** The page that is nearest to a point of the window, and which point of it that is: on it, or at its edge. */
  pointAt(x: number, y: number, onPage?: number): { page: number; x: number; y: number } | undefined;
  rectOf(area: Area): DOMRect;
  /** What of the width of a page is within the view, in points. */
  seenAcross(page: number): { left: number; right: number };
}

/** A drawn document and the element that scrolls it. */
export interface View {
  layer: TextLayer;
  scroller: HTMLElement;
  places: Places;
}

/** The offset in the text at a point of the window, in CSS pixels; `undefined` outside of it. */
export function offsetAtPoint({ layer, places }: Pick<View, 'layer' | 'places'>, x: number, y: number): number | undefined {
  const caret = places.caretAt(x, y);
  return caret ? layer.offsetOf(caret.offsetNode, caret.offset) : undefined;
}
