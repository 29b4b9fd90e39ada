import type { Colour } from '../choices';
import type { Anchor, Area, Note } from '../notebook';

/** A highlight or note that stands in the file of a document, made with Lectern or another program. */
export interface FileNote {
  /** Of the note that it becomes: a UUID, the same whenever the file is read. */
  id: string;
  /** The words that it marks, in UTF-16 code units of the document's text; absent where it marks none. */
  start?: number;
  end?: number;
  /** The part of a page that it is on, or the page; absent where it marks words, or is on the document. */
  area?: Area;
  /** The annotations that it is, as pdf.js calls them: what draws the file draws them too. */
  annotations: readonly string[];
  colour: Colour;
  /** Markdown. */
  body: string;
  tags: readonly string[];
  /** Who made it, as the file says; absent where it does not. */
  author?: string;
  /** ISO 8601 moments; absent where the file does not say them. */
  createdAt?: string;
  modifiedAt?: string;
  isBookmark?: true;
  /** The id of the one of which it is a further passage. */
  partOf?: string;
  /** Lectern wrote it into the file: the id of the document that its note was made on. */
  madeOn?: string;
}

/** Whose a note is where its file does not say it. */
const NOBODY = 'an unnamed person';

/** Who made what stands in a file; `undefined` for what Lectern wrote there without a name: that is the reader's own. */
export const creatorOf = ({ author, madeOn }: Pick<FileNote, 'author' | 'madeOn'>): string | undefined =>
  author ?? (madeOn === undefined ? NOBODY : undefined);

/** What a note of a file marks. */
type FilePlace = { start: number; end: number } | { area: Area };

/** The note that what stands in a file becomes when the reader takes it in at `takenAt` (ISO 8601); `anchorOf` describes a passage of the text, or an area. */
export function noteOfFile(
  { id, start, end, area, colour, body, tags, isBookmark, partOf, author, madeOn, ...dates }: Omit<FileNote, 'annotations'>,
  anchorOf: (place: FilePlace) => Anchor,
  takenAt: string,
): Note {
  const createdAt = dates.createdAt ?? dates.modifiedAt ?? takenAt;
  const name = creatorOf({ ...(author !== undefined && { author }), ...(madeOn !== undefined && { madeOn }) });
  const place = area ? { area } : start !== undefined && end !== undefined ? { start, end } : undefined;
  return {
    id,
    ...(name !== undefined && { creator: { name } }),
    ...(isBookmark && { motivation: 'bookmarking' as const }),
    ...(partOf !== undefined && { partOf }),
    ...(place && { anchor: anchorOf(place) }),
    colour,
    body,
    tags: [...tags],
    createdAt,
    modifiedAt: dates.modifiedAt ?? createdAt,
    takenAt,
    history: [],
  };
}
