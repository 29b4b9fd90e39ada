import { z } from 'zod';
import type { FileNote } from './file-notes';
import type { Heading } from './outline';
import type { PageTree } from './pdf-reading';
import type { PrintedRun } from './printed';

/**
 * How a document comes from its reader to both ends: a head, sections in order, an end; between them what turns out of its pages. It has one text, the sections' texts joined;
 * every offset is a UTF-16 code unit of it and final as it comes. The leaves of the drawn nodes are lengths into it, in order, so that what is
 * drawn and the text agree by construction.
 */
export type DocumentPart = DocumentHead | DocumentSheets | DocumentSection | DocumentEnd;

export interface DocumentHead {
  part: 'head';
  /** Of the format's reader: when it alone has changed, anchors are carried over in silence. */
  revision: number;
  /** A BCP 47 tag, stated or guessed. */
  language?: string;
  /** Stated by the document as a whole. */
  direction?: 'ltr' | 'rtl';
  /** The WHATWG label of the encoding that the file was decoded with, where it is one text. */
  encoding?: string;
  metadata: DocumentMetadata;
  /** It is a page that holds more than its article: its sections tell what is outside. */
  hasArticle?: true;
  /** It is protected by a password, with which it was read: its text is kept nowhere. */
  isLocked?: true;
  /** It has pages as they were printed: their sizes, as far as they are known. Its sections tell where their words stand on them. */
  sheets?: readonly Sheet[];
  /** Of a large PDF, by what its pages are found. */
  pageTree?: PageTree;
  /** Whole sentences for the reader. */
  notices: readonly string[];
}

/** The size of a page as it is seen, in points (1/72 inch). */
export type Sheet = readonly [width: number, height: number];

/** Pages of another size than the head has. Comes before the sections that are printed on them. */
export interface DocumentSheets {
  part: 'sheets';
  changes: readonly SheetChange[];
}

/** From this page (from 0) on all pages are of this size. */
export type SheetChange = readonly [page: number, sheet: Sheet];

/** A stretch of the document that is drawn and laid out together: 60 to 100 blocks, fewer where they are long. */
export interface DocumentSection {
  part: 'section';
  text: string;
  nodes: readonly DrawnNode[];
  blocks: readonly Block[];
  headings: readonly Heading[];
  targets: readonly (readonly [name: string, offset: number])[];
  /** The pages that begin in it, in order, where the document has any. */
  pages?: readonly PageStart[];
  /** Stretches that are not of the article, where a page holds more, such as navigation or comments: in order, apart. Their nodes have the look `outside`. */
  outside?: readonly Stretch[];
  /** Where its words stand on pages: in order, apart, all but white space. */
  printed?: readonly PrintedRun[];
  /** Its lines go downwards, as the document's style sheets say: the next one stands to the left, or to the right. */
  writing?: 'vertical-rl' | 'vertical-lr';
  /** Fonts of the document with which something in it is drawn, each told once. */
  fonts?: readonly OwnFont[];
  /** How much of the document there is with this section, 0 to 1. */
  progress: number;
}

/** A font that a document brings along. */
export interface OwnFont {
  /** By which `--own-font` names it. */
  family: string;
  /** As CSS writes them. */
  weight: string;
  style: 'normal' | 'italic';
  /** Where it lies in the document. */
  path: string;
}

export interface DocumentEnd {
  part: 'end';
  /** SHA-256 of the whole text's UTF-8, in lower-case hexadecimal. */
  textHash: string;
  /** UTF-16 code units */
  length: number;
  /** What reading had to give up, in whole sentences for the reader. */
  notices: readonly string[];
  /** Highlights and notes that stand in its file; absent without any. */
  fileNotes?: readonly FileNote[];
}

/** What a printed page is called ("143", "xii"), and where it begins. */
export type PageStart = readonly [label: string, offset: number];

/** A part of the document’s text. */
export type Stretch = readonly [start: number, end: number];

export type BlockKind = 'header' | 'paragraph' | 'heading' | 'item' | 'cell' | 'preformatted' | 'verse' | 'rule';

/**
 * A run of text that reads as one: what a paragraph is to a reader, to quotes and to the keyboard. One that begins where the
 * one before it ends goes on from that: they were parted only for their length.
 */
export type Block = readonly [start: number, end: number, kind: BlockKind];

/** What is drawn: an element, or a leaf. A number is a leaf of so many code units of text, drawn as they are. */
export type DrawnNode = number | DrawnElement | Unseen | Replaced | Ornament;

export interface DrawnElement {
  /** One of the allowed elements, in lower case (allowed.ts). */
  e: string;
  /** Allowed attributes by name; links and images by the address that the document wrote. */
  a?: Readonly<Record<string, string>>;
  /** Looks that only a format's reader gives, never a document. */
  l?: readonly Look[];
  /** Allowed style properties. */
  s?: Readonly<Record<string, string>>;
  /** What the document's own style sheets say of it, which the window draws where the reader lets it. */
  own?: OwnStyles;
  c?: readonly DrawnNode[];
}

/** Values by property (`allowedOwnStyles`). */
export type OwnStyles = Readonly<Record<string, string>>;

/** Text that is part of the document and not drawn: headers, front matter. */
export interface Unseen {
  unseen: number;
}

/** Text that is drawn as something else, as one whole: a formula over its TeX. */
export interface Replaced {
  replaced: number;
  /** Without text of its own: its leaves are ornaments. */
  by: DrawnElement;
}

/** Drawn and not part of the text: list markers, chips, check boxes. */
export interface Ornament {
  ornament: string;
}

/** What a reader of a format says of an element, for style sheets (`doc-<look>`). */
export type Look =
  | 'header'
  /** What a document says of itself in front of its text, as a list that is opened. */
  | 'properties'
  /** Not of the article. */
  | 'outside'
  | 'heading'
  | 'paragraph'
  | 'list-item'
  | 'preformatted'
  | 'verse'
  | 'rule'
  | 'inline'
  /** Goes on where the block before was cut only for its length. */
  | 'continued'
  /** A part of a cut list or table: goes on from the part before, and in the next one. */
  | 'goes-on'
  | 'unfinished'
  /** The frame in which a table is scrolled sideways. */
  | 'table'
  | 'columns'
  | 'long-words'
  /** A chip in place of a film, a sound, or what comes from elsewhere. */
  | 'media'
  /** Its direction was told by its first letter. */
  | 'directed'
  /** A remark that stands out of the text, of some kind, and its title. */
  | 'callout'
  | `callout-${CalloutLook}`
  | 'callout-title'
  | 'footnotes'
  /** One note of several paragraphs, which a reference shows whole. */
  | 'footnote'
  /** A link in the place of another document of which all or a part stands there. */
  | 'embed'
  /** A tag in the text of a Markdown document. */
  | 'tag'
  /** What only the site has that is made of a Markdown document. */
  | 'shortcode'
  /** An item whose box to be ticked is its marker. */
  | 'task'
  /** A cell of a formula that stands at one side. */
  | 'math-left'
  | 'math-right'
  | `code-${CodeLook}`;

/** The parts of code that look apart. */
export const codeLooks = ['keyword', 'name', 'type', 'string', 'number', 'comment'] as const;
export type CodeLook = (typeof codeLooks)[number];

/** The kinds of remarks that look apart. */
export const calloutLooks = ['note', 'tip', 'important', 'warning', 'caution', 'quote'] as const;
export type CalloutLook = (typeof calloutLooks)[number];

/** What a document says of itself, out of its header. */
export const documentMetadataSchema = z.object({
  title: z.string().optional(),
  /** ISO `YYYY-MM-DD`. */
  date: z.iso.date().optional(),
  author: z.string().optional(),
  language: z.string().optional(),
  /** What the site is called that a page was saved from. */
  site: z.string().optional(),
  /** Where it was saved from, as it says itself: an absolute `http` or `https` address without a fragment. */
  address: z.string().optional(),
  publisher: z.string().optional(),
  /** The series that a book belongs to, and its number there. */
  series: z.string().optional(),
  volume: z.string().optional(),
  /** What it is about, in words of whoever made it. */
  subjects: z.array(z.string()).optional(),
  /** What else it is called, in links above all. */
  aliases: z.array(z.string()).optional(),
  hasCover: z.boolean().optional(),
});
export type DocumentMetadata = z.infer<typeof documentMetadataSchema>;
