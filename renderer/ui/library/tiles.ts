/** How covers stand in the list: columns of them, all of one size; in CSS pixels. */
export interface Tiles {
  columns: number;
  width: number;
  height: number;
  coverHeight: number;
}

/** CSS pixels: the narrowest tile, the space between two, and around the cover and the lines under it as document-tile.css has it. */
const NARROWEST = 112;
export const TILE_GAP = 4;
const BESIDE_COVER = 2 * 7;
const ABOVE_COVER = 8;
const BELOW_COVER = 8 + 4 * 16 + 8;

/** Height by width of the room for a cover: that of most books; others are as large in it as they fit. */
const COVER = 1.45;

/** As many columns as there is room for in a list of that width, and at least two. */
export function tilesIn(width: number): Tiles {
  const columns = Math.max(2, Math.floor((width + TILE_GAP) / (NARROWEST + TILE_GAP)));
  const tile = Math.floor((width - (columns - 1) * TILE_GAP) / columns);
  const coverHeight = Math.round((tile - BESIDE_COVER) * COVER);
  return { columns, width: tile, height: ABOVE_COVER + coverHeight + BELOW_COVER, coverHeight };
}
