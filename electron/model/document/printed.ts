/**
 * A stretch of the text that stands in a line of a page (counted from 0). `left` and `baseline` are where it begins, in points from the upper left
 * corner of the page as it is seen; `width` is along the line, `size` that of its letters; `angle` is that of the line in degrees, clockwise, 0 unless told.
 */
export type PrintedRun = readonly [
  start: number,
  end: number,
  page: number,
  left: number,
  baseline: number,
  width: number,
  size: number,
  angle?: number,
];

/** Letters beside each other in a line of a page: the parts of a `PrintedRun` by their names. */
export interface PrintedLetters {
  page: number;
  left: number;
  baseline: number;
  width: number;
  size: number;
  angle: number;
}

/** The same, with the stretch of the text that they are, in UTF-16 code units. */
export interface PlacedRun extends PrintedLetters {
  start: number;
  end: number;
}

/** A run with its parts named. */
export const placedRun = ([start, end, page, left, baseline, width, size, angle = 0]: PrintedRun): PlacedRun => ({
  start,
  end,
  page,
  left,
  baseline,
  width,
  size,
  angle,
});
