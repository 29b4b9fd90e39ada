/** How a picture stands in its window: so many times as large as it fits, its middle so many CSS pixels from that of the window. */
export interface PictureView {
  scale: number;
  x: number;
  y: number;
}

/** All of it. */
export const WHOLE: PictureView = { scale: 1, x: 0, y: 0 };

const NEAREST = 12;

/** Nearer or farther, so that the point `at` (CSS pixels from the middle of the window) stays where it is. */
export function zoomedAround(view: PictureView, factor: number, at: { x: number; y: number }): PictureView {
  const scale = Math.min(NEAREST, Math.max(1, view.scale * factor));
  if (scale === 1) return WHOLE;
  const by = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by };
}

/** Moved, as far as there is something beyond the edges. */
export const panned = (view: PictureView, x: number, y: number): PictureView =>
  view.scale === 1 ? view : { ...view, x: view.x + x, y: view.y + y };
