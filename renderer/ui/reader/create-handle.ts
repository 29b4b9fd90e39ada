import { anchorIn, anchorOfArea, nextWordStart, previousWordStart, quoteText } from '#model';
import { contentAt, pictured } from '../../reader/content-at';
import type { PageView } from '../../reader/pages/page-view';
import { type PictureElement, pictureInSight } from '../../reader/pictures';
import { offsetAtPoint, type View } from '../../reader/places';
import type { Rendering } from '../../reader/render-document';
import { clearSelection, extendSelection, readSelection, selectRange } from '../../reader/selection';
import type { TextLayer } from '../../reader/text-layer';
import { reportError } from '../../state/actions/notices';
import type { DocumentPicture, ReaderHandle, SelectionStep } from '../../state/reader-handle';
import type { Place } from './keep-place';
import type { Find } from './reader-find';

interface HandleParts {
  documentId: string;
  rendering: Rendering;
  view: View;
  pages: PageView | undefined;
  place: Place;
  find: Find;
  placeOf: TextLayer['placeOf'];
  sheetCount(): number;
  recordsAt: ReaderHandle['recordsAt'];
  describe(picture: PictureElement): Promise<DocumentPicture | undefined>;
}

/** CSS pixels that a picture of what stands where a link leads has at most. */
const PREVIEW = { width: 400, height: 270 };

/** What actions may ask of this document. */
export function createHandle({
  documentId,
  rendering,
  view,
  pages,
  place,
  find,
  placeOf,
  sheetCount,
  recordsAt,
  describe,
}: HandleParts): ReaderHandle {
  const { layer, places } = view;
  const whole = () => ({ ...layer.landmarks, text: layer.text, sheetCount: sheetCount() });
  const { sheets } = places;
  const current = (): number => (places.position().sheet?.index ?? 0) + 1;
  return {
    documentId,
    text: () => layer.text,
    whole,
    anchorOf: (passage, textHash) => anchorIn(whole(), passage, textHash),
    anchorOfArea: (area, textHash) => anchorOfArea(whole(), area, textHash),
    partsShown: layer.shownParts,
    ...(sheets &&
      pages && {
        pages: {
          ...sheets,
          get count() {
            return sheets.count;
          },
          current,
          pictureOf: pages.pictureOf,
        },
      }),
    scrollTo(offset, { block = 'start', focus = false } = {}) {
      if (focus) rendering.container.closest<HTMLElement>('[data-pane-entry]')?.focus({ preventScroll: true });
      void place.goTo(offset, block).catch(reportError);
    },
    reveal: (spot) => void place.goToSpot(spot).catch(reportError),
    arrive: place.arrive,
    topOffset: place.topOffset,
    firstBeginning: places.firstBeginning,
    rememberPlace: place.remember,
    topOf(spot) {
      const [top] = places.topsOf([spot]);
      return top === undefined || Number.isNaN(top) ? undefined : top;
    },
    topsOf: places.topsOf,
    nearbyOffsets: places.nearby,
    ...find.handle,
    selection: () => readSelection(rendering),
    bodyStart: () => layer.bodyStart,
    edgesOf: places.edgesOf,
    recordsAt,
    offsetAt: (x, y) => offsetAtPoint(view, x, y),
    quote: (passage) =>
      layer
        .shownParts(passage)
        .map((part) => quoteText(layer.text, part, layer.paragraphs))
        .join('\n\n'),
    placeOf: (passage) => ({
      contextElement: rendering.container,
      lineHeight: passage.area ? 0 : places.lineHeightAt(passage.end - 1),
      getBoundingClientRect: () => places.visibleRectOf(passage),
    }),
    select: (step) => selectByStep(rendering, view, step),
    clearSelection,
    async contentAt(name, stop) {
      const words = contentAt(layer, await placeOf(name));
      // A page that cannot be drawn is told where it is shown.
      const picture = await pages?.pictureAt(name, PREVIEW, stop).catch(() => undefined);
      return picture ? [pictured(picture, words)] : words;
    },
    async pictureInSight() {
      const picture = pictureInSight(view);
      return picture && describe(picture);
    },
  };
}

/** Moves one end of the selection by a unit of text. */
function selectByStep(rendering: Rendering, view: View, { edge, direction, unit }: SelectionStep): void {
  const { layer } = view;
  const selection = readSelection(rendering);
  if (edge === 'end' || !selection) {
    extendSelection(rendering, direction, unit, view.places.position().offset);
    return;
  }
  const start = direction === 'forward' ? nextWordStart(layer.text, selection.start) : previousWordStart(layer.text, selection.start);
  if (start >= layer.bodyStart && start < selection.end) selectRange(layer, start, selection.end);
}
