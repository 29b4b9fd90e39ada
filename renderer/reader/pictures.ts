import type { View } from './places';

interface Picture {
  src: string;
  alt: string;
}

/** CSS pixels; what is smaller is a sign in a line. */
const SMALLEST = 48;

const isPicture = (image: HTMLImageElement): boolean => image.complete && image.naturalWidth >= SMALLEST && image.naturalHeight >= SMALLEST;
const pictureOf = ({ currentSrc, src, alt }: HTMLImageElement): Picture => ({ src: currentSrc || src, alt });

/** Tells `listener` the pictures that are clicked, but for those in links. Ends when the returned function is called. */
export function watchPictures(container: HTMLElement, listener: (picture: Picture) => void): () => void {
  const stop = new AbortController();
  container.addEventListener(
    'click',
    ({ target }) => {
      if (!(target instanceof HTMLImageElement) || !isPicture(target) || target.closest('[data-href], [data-title]')) return;
      if (document.getSelection()?.isCollapsed !== false) listener(pictureOf(target));
    },
    { signal: stop.signal },
  );
  return () => stop.abort();
}

/** The first picture of which something is on the screen. */
export function pictureInSight({ layer, scroller }: Pick<View, 'layer' | 'scroller'>): Picture | undefined {
  const view = scroller.getBoundingClientRect();
  const image = [...layer.root.querySelectorAll('img')].find((each) => {
    if (!isPicture(each)) return false;
    const { top, bottom } = each.getBoundingClientRect();
    return bottom > view.top && top < view.bottom;
  });
  return image && pictureOf(image);
}
