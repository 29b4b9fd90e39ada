import { LINKED } from './page-attributes';
import { PICTURES } from './pages/sheets';
import type { View } from './places';

/** What shows a picture of a document: an image, or on a page what lies over it there. */
export type PictureElement = HTMLImageElement | HTMLCanvasElement;

/** CSS pixels; what is smaller is a sign in a line. */
const SMALLEST = 48;

function isPicture(element: Element): element is PictureElement {
  if (element instanceof HTMLCanvasElement) return element.matches(PICTURES);
  if (!(element instanceof HTMLImageElement)) return false;
  return element.complete && element.naturalWidth >= SMALLEST && element.naturalHeight >= SMALLEST;
}

/** Where an image is loaded from, and what the document calls it. */
export const describeImage = ({ currentSrc, src, alt }: HTMLImageElement): { src: string; alt: string } => ({
  src: currentSrc || src,
  alt,
});

/** Tells `listener` the pictures that are clicked, but for those in links. Ends when the returned function is called. */
export function watchPictures(container: HTMLElement, listener: (picture: PictureElement) => void): () => void {
  const stop = new AbortController();
  container.addEventListener(
    'click',
    ({ target }) => {
      if (!(target instanceof Element) || !isPicture(target) || target.closest(LINKED)) return;
      if (document.getSelection()?.isCollapsed !== false) listener(target);
    },
    { signal: stop.signal },
  );
  return () => stop.abort();
}

/** The first picture of which something is on the screen. */
export function pictureInSight({ layer, scroller }: Pick<View, 'layer' | 'scroller'>): PictureElement | undefined {
  const view = scroller.getBoundingClientRect();
  const isInSight = (element: Element): boolean => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > view.top && top < view.bottom;
  };
  return [...layer.root.querySelectorAll(`img, ${PICTURES}`)].filter(isPicture).find(isInSight);
}
