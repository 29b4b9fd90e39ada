import { LARGEST_DOCUMENT, revisions } from '#formats/list';
import type { DocumentSection } from '#model';
import type { Format } from '../format';
import { goOn } from '../join-sections';
import { toParts } from '../parts';
import { unreadable } from '../unreadable';
import { type Chapter, readChapter } from './chapter';
import { headingsIn, pagesIn } from './contents';
import { type Book, openBook } from './package';

/** EPUB 2 and 3: its chapters as one text, in the order of the spine. Each is read when those before it are drawn. */
export const epub: Format = {
  id: 'epub',
  async *read(source, { signal }) {
    if (source.size === 0) throw unreadable.empty(source.fileName);
    if (source.size > LARGEST_DOCUMENT) throw unreadable.tooLarge(source.fileName, source.size);
    const book = await openBook(await source.read(0, source.size), source.fileName, signal);
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
};

/** Fills `notices` with which parts could not be read. */
async function* readChapters(book: Book, signal: AbortSignal, notices: string[]): AsyncGenerator<DocumentSection | undefined> {
  let drawn = 0;
  const { contents, pages } = book.navigation;
  for (const [index, item] of book.spine.entries()) {
    signal.throwIfAborted();
    const part = `“${item.path.split('/').at(-1)}” (part ${index + 1} of ${book.spine.length})`;
    let chapter: Chapter | undefined;
    try {
      chapter = await readChapter(book, item, signal);
      if (!chapter) notices.push(`${part} is missing in this book.`);
    } catch {
      signal.throwIfAborted();
      notices.push(`${part} is damaged and could not be read.`);
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
      const begun = pagesIn({ targets }, pages, chapter?.pages ?? new Map());
      yield {
        ...section,
        targets,
        // Chapters are called as the table of contents calls them; what it does not list is not one.
        headings: contents.size > 1 ? headings : section.headings,
        ...(begun.length > 0 && { pages: begun }),
        progress: (index + section.progress) / book.spine.length,
      };
    }
  }
}
