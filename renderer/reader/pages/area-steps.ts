import type { AreaBox } from '#model';

/** The size of a page, in points. */
export type PageSize = Pick<AreaBox, 'width' | 'height'>;

/** Points: what is smaller is a click, and no area. */
const LEAST = 6;

/** The box between two points of a page; `undefined` where they are one. */
export function boxBetween(one: { x: number; y: number }, other: { x: number; y: number }): AreaBox | undefined {
  const [width, height] = [Math.abs(one.x - other.x), Math.abs(one.y - other.y)];
  if (width < LEAST || height < LEAST) return undefined;
  return { x: Math.min(one.x, other.x), y: Math.min(one.y, other.y), width, height };
}

const within = (points: number, least: number, most: number): number => Math.max(least, Math.min(most, points));

/** A box moved by so many points, no farther than its page goes. */
export const moveBox = ({ x, y, width, height }: AreaBox, right: number, down: number, page: PageSize): AreaBox => ({
  x: within(x + right, 0, page.width - width),
  y: within(y + down, 0, page.height - height),
  width,
  height,
});

/** A box whose lower right corner is moved by so many points. */
export const sizeBox = ({ x, y, width, height }: AreaBox, right: number, down: number, page: PageSize): AreaBox => ({
  x,
  y,
  width: within(width + right, Math.min(LEAST, page.width - x), page.width - x),
  height: within(height + down, Math.min(LEAST, page.height - y), page.height - y),
});

/** The box of another page that lies as a box lies on its own. */
export const boxOnto = ({ x, y, width, height }: AreaBox, from: PageSize, to: PageSize): AreaBox => ({
  x: (x / from.width) * to.width,
  y: (y / from.height) * to.height,
  width: (width / from.width) * to.width,
  height: (height / from.height) * to.height,
});
