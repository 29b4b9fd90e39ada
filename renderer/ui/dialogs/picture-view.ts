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

/** CSS pixels of the window and of the picture as it fits into it. */
export interface PictureRoom {
  width: number;
  height: number;
  picture: { width: number; height: number };
}

/** CSS pixels of a picture that stay in sight. */
const KEPT = 60;

/** Moved, so far that a part of it stays in sight; whole it stays where it is. */
export function panned(view: PictureView, x: number, y: number, { width, height, picture }: PictureRoom): PictureView {
  if (view.scale === 1) return view;
  const within = (at: number, room: number, size: number): number => {
    const most = Math.max(0, (room + size * view.scale) / 2 - KEPT);
    return Math.min(most, Math.max(-most, at));
  };
  return { ...view, x: within(view.x + x, width, picture.width), y: within(view.y + y, height, picture.height) };
}
