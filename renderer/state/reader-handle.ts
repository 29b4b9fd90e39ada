import type { Anchor, Area, PagedText } from '#model';
import type { PagePlaces, Passage, Spot } from '../reader/places';
import type { FindState, SelectedPassage } from './store';

/** A step of selecting by keyboard: one end of the selection moves by a unit of text. */
export interface SelectionStep {
  edge: 'start' | 'end';
  direction: 'forward' | 'backward';
  unit: 'word' | 'sentence' | 'paragraph';
}

/** A virtual element in floating-ui's sense; its rectangle is asked for anew whenever the text scrolls. */
export interface PassagePlace {
  contextElement: Element;
  /** Of the text at its end, in CSS pixels. */
  lineHeight: number;
  getBoundingClientRect(): DOMRect;
}

/** A picture of the document, as it is loaded, and what the document calls it. */
export interface DocumentPicture {
  src: string;
  alt: string;
}

/** The pages on the screen. */
export interface ShownPages extends PagePlaces {
  /** The one that is being read, from 1. */
  current(): number;
  /** A picture of a part of a page; rejects as `signal` is aborted. */
  pictureOf(area: Area, room: { width: number; height: number }, signal: AbortSignal): Promise<HTMLCanvasElement>;
}

/**
 * What actions may ask of the document on the screen. The reader's view registers it when a document is drawn; offsets are
 * UTF-16 code units in the text layer.
 */
export interface ReaderHandle {
  documentId: string;
  /** The whole text layer. */
  text(): string;
  /** The same with its headings and pages. */
  whole(): PagedText;
  /** Describes a passage of the text that has this hash, or a page or part of one. */
  anchorOf(passage: SelectedPassage, textHash: string): Anchor;
  anchorOfArea(area: Area, textHash: string): Anchor;
  /** The parts of a passage that its reader sees: several where what stands between them is outside of the article. */
  partsShown(passage: SelectedPassage): SelectedPassage[];
  /** Absent where it is not shown as pages. */
  pages?: ShownPages;
  /** Brings a passage into view; `focus` also moves the keyboard's focus to the text. */
  scrollTo(offset: number, options?: { block?: 'start' | 'center'; focus?: boolean }): void;
  /** Brings what a note is on into the middle of the view. */
  reveal(spot: Spot): void;
  /** Tells where a jump led that somebody else made the view go. */
  arrive(): void;
  /** The start of the first visible paragraph; `undefined` until the view is where the document is opened. */
  topOffset(): number | undefined;
  /** Where the first paragraph begins whose beginning is on the screen; without one, the paragraph that fills it. */
  firstBeginning(): number;
  /** Has the reader's place saved now, and not only when scrolling has rested for a while. */
  rememberPlace(): void;
  /** Draws the hits of a find in what there is of the text. While more is drawn, `updateFind` is told of more. */
  find(query: string): Pick<FindState, 'count' | 'hasMore'>;
  /** Makes a hit the current one, and unless told otherwise brings it into view. */
  showHit(index: number, options?: { scroll?: boolean }): void;
  /** The first hit at or after the top of the view, from 0. */
  hitNearTop(): number;
  clearFind(): void;
  /** All hits, in the order of the text. */
  hits(): readonly SelectedPassage[];
  /** Where a passage begins: CSS pixels from the top of the scrolled content; `undefined` while it is not drawn. */
  topOf(spot: Spot): number | undefined;
  /** The same for many, NaN for what is not drawn; far from the screen it is estimated. */
  topsOf(spots: readonly Spot[]): number[];
  /** The text that is on the screen or within a screen of it; what lies outside is not laid out yet. */
  nearbyOffsets(): { start: number; end: number };
  /** Moves an end of the selection; without one, it begins at the first paragraph on the screen. */
  select(step: SelectionStep): void;
  /** What is selected at this moment; the store's `selection` is a frame behind. */
  selection(): SelectedPassage | undefined;
  /** The end of the hidden header. */
  bodyStart(): number;
  /** Where a passage begins and ends on the screen, as rectangles without width; `undefined` while that is not drawn near it. */
  edgesOf(passage: SelectedPassage): { start: DOMRect; end: DOMRect } | undefined;
  /** The note records whose passages or areas are at a point of the window, in CSS pixels, the smallest first. */
  recordsAt(x: number, y: number): string[];
  /** The offset in the text at a point of the window, in CSS pixels. */
  offsetAt(x: number, y: number): number | undefined;
  /** A passage as it reads, for copying. */
  quote(passage: SelectedPassage): string;
  /** What of a passage is on the screen, for what floats beside it. */
  placeOf(passage: Passage): PassagePlace;
  clearSelection(): void;
  /** A copy of what stands at a place that the document names, on pages with a picture of it; nothing where there is none, or it is not drawn yet. */
  contentAt(name: string, signal: AbortSignal): Promise<Node[]>;
  /** The first picture on the screen that is more than a sign in a line. */
  pictureInSight(): Promise<DocumentPicture | undefined>;
}

let current: ReaderHandle | undefined;

export const setReaderHandle = (handle: ReaderHandle | undefined): void => {
  current = handle;
};

/** The document on the screen, if one is drawn. */
export const readerHandle = (): ReaderHandle | undefined => current;
