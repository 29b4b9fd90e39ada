import { fileNameOf, type Notebook } from '#model';

/** The title that the library shows of a document; `undefined` while or when it does not list it. */
export type TitleOf = (documentId: string) => string | undefined;

/** Titles of documents, kept until they may be others: a list by title needs all of them with each page. */
export interface DocumentTitles {
  of(notebook: Notebook): string;
  /** From now on titles are asked for here. */
  follow(titleOf: TitleOf): void;
  /** These documents may have other titles. */
  touch(ids: Iterable<string>): void;
  letGo(): void;
}

export function createDocumentTitles(): DocumentTitles {
  let ask: TitleOf = () => undefined;
  const kept = new Map<string, { notebook: Notebook; title: string }>();
  return {
    of(notebook) {
      const known = kept.get(notebook.id);
      if (known?.notebook === notebook) return known.title;
      const title = ask(notebook.id) ?? nameWithoutRow(notebook);
      kept.set(notebook.id, { notebook, title });
      return title;
    },
    follow(titleOf) {
      ask = titleOf;
      kept.clear();
    },
    touch(ids) {
      for (const id of ids) kept.delete(id);
    },
    letGo: () => kept.clear(),
  };
}

/** While the library is scanned for the first time, and for a notebook whose document it does not list. */
const nameWithoutRow = ({ title, identity }: Notebook): string =>
  title ?? identity.title ?? fileNameOf(identity) ?? 'A document that is no longer here';
