import { fileNameOf, type NotebookOutline } from '#model';

/** The title that the library shows of a document; `undefined` while or when it does not list it. */
type TitleOf = (documentId: string) => string | undefined;

/** Titles of documents, kept until they may be others: a list by title needs all of them with each page. */
export interface DocumentTitles {
  of(outline: NotebookOutline): string;
  /** From now on titles are asked for here. */
  follow(titleOf: TitleOf): void;
  /** These documents may have other titles. */
  touch(ids: Iterable<string>): void;
  /** Nobody asks for a list any more. */
  clear(): void;
}

export function createDocumentTitles(): DocumentTitles {
  let ask: TitleOf = () => undefined;
  const kept = new Map<string, { outline: NotebookOutline; title: string }>();
  return {
    of(outline) {
      const known = kept.get(outline.id);
      if (known?.outline === outline) return known.title;
      const title = ask(outline.id) ?? nameWithoutRow(outline);
      kept.set(outline.id, { outline, title });
      return title;
    },
    follow(titleOf) {
      ask = titleOf;
      kept.clear();
    },
    touch(ids) {
      for (const id of ids) kept.delete(id);
    },
    clear: () => kept.clear(),
  };
}

/** While the library is scanned for the first time, and for a notebook whose document it does not list. */
const nameWithoutRow = ({ title, identity }: NotebookOutline): string =>
  title ?? identity.title ?? fileNameOf(identity) ?? 'A document that is no longer here';
