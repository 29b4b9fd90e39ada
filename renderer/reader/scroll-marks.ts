/** Where something is in a document, for being marked beside its scroll bar. */
export interface ScrollMark {
  /** CSS pixels from the top of what is scrolled; NaN for what is not drawn yet. */
  top: number;
  /** A custom property of the page with its colour. */
  colour: `--${string}`;
}

/** CSS pixels: how high a mark is, and how far from one a press still means it. */
const HEIGHT = 3;
const REACH = 6;

/** The rows (CSS pixels) at which marks stand in a column of `height` that stands for all of `scrollHeight`; NaN for those without a place. */
export const markRows = (tops: readonly number[], scrollHeight: number, height: number): number[] =>
  tops.map((top) => Math.min(Math.max(0, Math.round((top / Math.max(1, scrollHeight)) * height)), Math.max(0, height - HEIGHT)));

/** The index of the mark that a press at `y` means: the nearest one, of several the last that is painted; none where none is near. */
export function markAt(rows: readonly number[], y: number): number | undefined {
  let nearest: number | undefined;
  let least = REACH;
  for (const [index, row] of rows.entries()) {
    const distance = Math.abs(row + HEIGHT / 2 - y);
    if (!(distance <= least)) continue;
    nearest = index;
    least = distance;
  }
  return nearest;
}

/** Paints marks over the whole width of a canvas, later ones over earlier ones. */
export function paintMarks(canvas: HTMLCanvasElement, marks: readonly ScrollMark[], rows: readonly number[]): void {
  const { clientWidth, clientHeight } = canvas;
  const scale = devicePixelRatio;
  canvas.width = Math.round(clientWidth * scale);
  canvas.height = Math.round(clientHeight * scale);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(scale, scale);
  const style = getComputedStyle(canvas);
  const colours = new Map<string, string>();
  for (const [index, { colour }] of marks.entries()) {
    const row = rows[index];
    if (row === undefined || Number.isNaN(row)) continue;
    const known = colours.get(colour) ?? style.getPropertyValue(colour);
    colours.set(colour, known);
    context.fillStyle = known;
    context.fillRect(0, row, clientWidth, HEIGHT);
  }
}
