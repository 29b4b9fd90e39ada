import { validate as isUuid } from 'uuid';
import { type Colour, colourSchema, documentIdSchema, type Note } from '#model';
import { dictOf, isDict, type PdfDict, PdfString, type PdfValue, stringOf, textOf } from './objects/syntax';

/** What only Lectern knows of an annotation stands under this key of it (ISO 32000-2, annex E: keys of the second class). */
export const OWN_KEY = 'LCTN_Note';

/** What an annotation that Lectern wrote keeps, beside what all programs read, so that its note comes back whole. */
export interface OwnData {
  /** The id of the document that the note was made on. */
  madeOn: string;
  /** The quote of its passage, and where that began in the text, in UTF-16 code units. */
  exact?: string;
  start?: number;
  /** It is on a page, or on the area of one where the annotation is, and not on words. */
  isArea: boolean;
  colour: Colour;
  tags: readonly string[];
  isBookmark: boolean;
  /** The id of the note of which it is a further passage. */
  partOf?: string;
}

export const writeOwn = ({ anchor, colour, tags, motivation, partOf }: Note, madeOn: string): PdfDict =>
  dictOf({
    MadeOn: stringOf(madeOn),
    Exact: anchor && stringOf(anchor.exact),
    Start: anchor?.start,
    Area: anchor?.area ? true : undefined,
    Colour: stringOf(colour),
    Tags: tags.length > 0 ? tags.map(stringOf) : undefined,
    Bookmark: motivation === undefined ? undefined : true,
    PartOf: partOf === undefined ? undefined : stringOf(partOf),
  });

/** `undefined` where there is none, or none that can be understood. */
export function readOwn(annotation: PdfDict): OwnData | undefined {
  const own = annotation.get(OWN_KEY);
  if (!isDict(own)) return undefined;
  const madeOn = documentIdSchema.safeParse(textIn(own.get('MadeOn')));
  const colour = colourSchema.safeParse(textIn(own.get('Colour')));
  if (!madeOn.success || !colour.success) return undefined;
  const tags = own.get('Tags');
  const exact = textIn(own.get('Exact'));
  const start = own.get('Start');
  const partOf = textIn(own.get('PartOf'));
  return {
    madeOn: madeOn.data,
    ...(exact !== undefined && { exact }),
    ...(typeof start === 'number' && { start }),
    isArea: own.get('Area') === true,
    colour: colour.data,
    tags: Array.isArray(tags) ? tags.flatMap((tag: PdfValue) => textIn(tag)?.trim().slice(0, 200) || []) : [],
    isBookmark: own.get('Bookmark') === true,
    ...(isUuid(partOf) && { partOf }),
  };
}

export const textIn = (value: PdfValue | undefined): string | undefined => (value instanceof PdfString ? textOf(value) : undefined);

/** What everybody reads of a note: its words, and its tags below them. */
export const contentsOf = ({ body, tags }: Pick<Note, 'body' | 'tags'>): string =>
  [body, tagLine(tags)].filter((part) => part !== '').join('\n\n');

/** The words of a note in what everybody reads of it. */
export const bodyIn = (contents: string, tags: readonly string[]): string => {
  const line = tagLine(tags);
  return line !== '' && contents.endsWith(line) ? contents.slice(0, -line.length).trimEnd() : contents;
};

const tagLine = (tags: readonly string[]): string => tags.map((tag) => `#${tag}`).join(' ');
