import { anchorIn } from '../anchors/resolve';
import type { Colour, Note } from '../notebook';
import type { Landmarks } from './locator';

/** A highlight or note that stands in the file of a document, made with Lectern or another program. */
export interface FileNote {
  /** Of the note that it becomes: a UUID, the same whenever the file is read. */
  id: string;
  /** The words that it marks, in UTF-16 code units of the document's text; absent where it marks none. */
  start?: number;
  end?: number;
  colour: Colour;
  /** Markdown. */
  body: string;
  tags: readonly string[];
  /** Who made it, as the file says; absent where it does not. */
  author?: string;
  /** ISO 8601 moments. */
  createdAt: string;
  modifiedAt: string;
  isBookmark?: true;
  /** Lectern wrote it into the file: the id of the document that its note was made on. */
  madeOn?: string;
}

/** Whose a note is where its file does not say it. */
const NOBODY = 'Someone unnamed';

/** Who made what stands in a file; `undefined` for what Lectern wrote there without a name: that is the reader's own. */
export const creatorOf = ({ author, madeOn }: FileNote): string | undefined => author ?? (madeOn === undefined ? NOBODY : undefined);

/** The note that what stands in a file becomes when the reader takes it in at `takenAt` (ISO 8601). */
export function noteOfFile(
  { id, start, end, colour, body, tags, createdAt, modifiedAt, isBookmark, ...from }: FileNote,
  whole: Landmarks & { text: string },
  textHash: string,
  takenAt: string,
): Note {
  const name = creatorOf({ id, colour, body, tags, createdAt, modifiedAt, ...from });
  return {
    id,
    ...(name !== undefined && { creator: { name } }),
    ...(isBookmark && { motivation: 'bookmarking' }),
    ...(start !== undefined && end !== undefined && { anchor: anchorIn(whole, { start, end }, textHash) }),
    colour,
    body,
    tags: [...tags],
    createdAt,
    modifiedAt,
    takenAt,
    history: [],
  };
}
