import { largestDocument, revisions } from '#formats/list';
import type { DocumentSection } from '#model';
import type { DocumentBytes, Format } from '../format';
import { goOn } from '../join-sections';
import { toParts } from '../parts';
import { unreadable } from '../unreadable';
import { createBookStyles } from './book-styles';
import { type Chapter, drawPicture, readChapter } from './chapter';
import { headingsIn, joinHeadings, pagesIn } from './contents';
import { readCover } from './cover';
import { readEmbedded } from './embedded';
import { type Book, openBook } from './package';

/** EPUB 2 and 3: its chapters as one text, in the order of the spine. Each is read when those before it are drawn. */
export const epub: Format = {
  id: 'epub',
  async *read(source, { signal }) {
    const book = await openBook(checkSize(source), signal);
    try {
      const { metadata, notices } = book;
      const endNotices: string[] = [];
      yield* toParts(
        {
          part: 'head',
          revision: revisions.epub,
          ...(metadata.language !== undefined && { language: metadata.language }),
          metadata,
          notices,
        },
        readChapters(book, signal, endNotices),
        signal,
        endNotices,
      );
    } finally {
      await book.close();
    }
  },
  cover: (source, { signal }) => within(source, signal, (book) => readCover(book, signal)),
  embedded: (source, path, { signal }) => within(source, signal, (book) => readEmbedded(book, path)),
};

async function within<T>(source: DocumentBytes, signal: AbortSignal, read: (book: Book) => Promise<T>): Promise<T> {
  const book = await openBook(checkSize(source), signal);
  try {
    return await read(book);
  } finally {
    await book.close();
  }
}

function checkSize(source: DocumentBytes): DocumentBytes {
  if (source.size === 0) throw unreadable.empty(source.fileName);
  if (source.size > largestDocument('epub')) throw unreadable.tooLarge(source.fileName, 'epub', source.size);
  return source;
}

/** Parts that could not be read and are named, each in a sentence; of more it is only told how many there are. */
const NAMED = 20;

/** Fills `notices` with which parts could not be read. */
async function* readChapters(book: Book, signal: AbortSignal, notices: string[]): AsyncGenerator<DocumentSection | undefined> {
  let drawn = 0;
  let malformed = 0;
  let unnamed = 0;
  const tell = (sentence: string): void => {
    if (notices.length < NAMED) notices.push(sentence);
    else unnamed += 1;
  };
  const { contents, pages } = book.navigation;
  const styles = createBookStyles(book);
  for (const [index, item] of book.spine.entries()) {
    signal.throwIfAborted();
    const part = `“${item.path.split('/').at(-1)}” (part ${index + 1} of ${book.spine.length})`;
    let chapter: Chapter | undefined;
    try {
      chapter = await readChapter(book, item, styles, signal);
      if (!chapter) tell(`${part} is missing in this book.`);
      else if (chapter.problem === 'kind') tell(`${part} is of a kind that Lectern cannot show.`);
      else if (chapter.problem === 'markup') malformed += 1;
    } catch {
      signal.throwIfAborted();
      tell(`${part} is damaged and could not be read.`);
    }
    if (index === 0 && !chapter?.isWordless) {
      const cover = await readCover(book, signal).catch(() => undefined);
      if (cover && !chapter?.pictures.has(cover.path))
        for (const section of (await drawPicture(book, cover.path, 'Cover')).sections) yield section && { ...section, progress: 0 };
    }
    /** A link to the chapter leads to its first section. */
    let name: string | undefined = item.path;
    for (const section of goOn(drawn, chapter?.sections ?? [])) {
      if (!section) {
        yield undefined;
        continue;
      }
      const start = drawn + (drawn > 0 && name !== undefined ? 1 : 0);
      const targets = name === undefined ? section.targets : [[name, start] as const, ...section.targets];
      name = undefined;
      drawn += section.text.length;
      const headings = headingsIn({ targets, blocks: section.blocks }, contents);
      const fonts = styles.fonts.take();
      const begun = pagesIn({ targets }, pages, chapter?.pages ?? new Map());
      yield {
        ...section,
        targets,
        // Chapters are called as the table of contents calls them; what it does not list is not one.
        headings: contents.size > 1 ? headings : joinHeadings(headings, section.headings),
        ...(begun.length > 0 && { pages: begun }),
        ...(chapter?.writing && { writing: chapter.writing }),
        ...(fonts.length > 0 && { fonts }),
        progress: (index + section.progress) / book.spine.length,
      };
    }
  }
  if (unnamed > 0) notices.push(`So it is with ${unnamed} more ${unnamed === 1 ? 'part' : 'parts'} of this book.`);
  if (malformed > 0) notices.push(describeMalformed(malformed, book.spine.length));
}

/** `count` of `all` parts are not well formed. */
function describeMalformed(count: number, all: number): string {
  const which = count === all ? 'This book has' : count === 1 ? 'One part of this book has' : `${count} parts of this book have`;
  return `${which} errors in the XML. What you see may differ a little from what was meant.`;
}
