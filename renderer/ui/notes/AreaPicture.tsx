import { useEffect, useRef, useState } from 'react';
import type { Anchor } from '#model';
import { readerHandle } from '../../state/reader-handle';
import { useStore } from '../../state/store';
import './area-picture.css';

/** CSS pixels: how high a picture is at most, and how far from the screen it is drawn. */
const HIGHEST = 160;
const AHEAD = 300;

/** What an area of a page shows, once its card is near the screen; its words are the name of the area. Nothing where the document is not shown as pages. */
export function AreaPicture({ anchor: { area, textHash } }: { anchor: Anchor }) {
  const root = useRef<HTMLSpanElement>(null);
  const opening = useStore(({ open }) => (open?.textHash === textHash && open.phase === 'ready' ? open.opening : undefined));
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => {
    const element = root.current;
    const pages = readerHandle()?.pages;
    if (!element || !pages || !area || opening === undefined) return;
    const stop = new AbortController();
    const draw = async (): Promise<void> => {
      const room = { width: element.parentElement?.clientWidth ?? 0, height: HIGHEST };
      const picture = await pages.pictureOf(area, room, stop.signal);
      if (stop.signal.aborted) return;
      element.replaceChildren(picture);
      setDrawn(true);
    };
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        // A page that cannot be drawn is told where it is shown; the name of the area stays.
        draw().catch(() => undefined);
      },
      { rootMargin: `${AHEAD}px` },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      stop.abort();
      element.replaceChildren();
      setDrawn(false);
    };
  }, [area, opening]);
  return <span ref={root} className="area-picture" aria-hidden="true" data-drawn={isDrawn || undefined} />;
}
