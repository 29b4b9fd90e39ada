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

/** A box between a left and a right edge: as wide as it was, where it fits there. */
export function boxBetweenEdges(box: AreaBox, { left, right }: { left: number; right: number }): AreaBox {
  const width = Math.min(box.width, right - left);
  return width < LEAST ? box : { ...box, width, x: within(box.x, left, right - width) };
}

/** Points by which a key moves a box, or an edge of it. */
export const STEP = 12;

/** Which edges of a box are drawn: of the left (-1) and right (1) one, and of the upper (-1) and lower (1) one; 0 for neither. */
export interface Pulled {
  across: -1 | 0 | 1;
  down: -1 | 0 | 1;
}

export const LOWER_RIGHT: Pulled = { across: 1, down: 1 };
export const UPPER_LEFT: Pulled = { across: -1, down: -1 };

/** A box of which edges are moved by so many points, no farther than its page and its other edges let them. */
export function pullBox({ x, y, width, height }: AreaBox, pulled: Pulled, right: number, down: number, page: PageSize): AreaBox {
  const [left, newWidth] = pullSide([x, width], pulled.across, right, page.width);
  const [top, newHeight] = pullSide([y, height], pulled.down, down, page.height);
  return { x: left, y: top, width: newWidth, height: newHeight };
}

function pullSide([start, size]: readonly [number, number], side: -1 | 0 | 1, by: number, most: number): [start: number, size: number] {
  const end = start + size;
  const least = Math.min(LEAST, size);
  if (side === 1) return [start, within(size + by, Math.min(least, most - start), most - start)];
  if (side === 0) return [start, size];
  const pulled = within(start + by, 0, end - least);
  return [pulled, end - pulled];
}

/** The box of another page that lies as a box lies on its own. */
export const boxOnto = ({ x, y, width, height }: AreaBox, from: PageSize, to: PageSize): AreaBox => ({
  x: (x / from.width) * to.width,
  y: (y / from.height) * to.height,
  width: (width / from.width) * to.width,
  height: (height / from.height) * to.height,
});
