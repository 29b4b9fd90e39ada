import { type CallsOf, documentNotFound, ok } from '#api';
import type { Notebook } from '#model';
import type { FirstPages } from './first-pages';
import type { Library } from './types';

interface Surroundings {
  library: Library;
  firstPages: FirstPages;
  /** The reader's notebook on a document, empty when there is none; `undefined` for an unknown document. */
  notebook(documentId: string): Notebook | undefined;
  revisionOf(notebook: Notebook): number;
}

/** What the library answers. */
export const libraryCalls = ({ library, firstPages, notebook: find, revisionOf }: Surroundings): CallsOf<'library'> => ({
  'library.overview': async () => ({ ...(await library.counted()), folders: library.folders(), scanning: library.scanning() }),
  'library.documents': ({ query, ...wanted }) => library.page(query, wanted),
  'library.document-ids': ({ query }) => library.idsOf(query),
  'library.titles': ({ text, limit }) => library.titles(text, limit),
  'library.authors': ({ text, limit }) => library.authors(text, limit),
  'library.series': ({ text, limit }) => library.series(text, limit),
  'library.folder-names': ({ text, limit }) => library.folderNames(text, limit),
  'library.folder-rows': ({ open }) => library.folderRows(open),
  'library.find': async (wanted) => ({ documentId: await library.find(wanted) }),
  'library.open': async ({ documentId, password }) => {
    const opened = await library.open(documentId, password);
    return opened.ok ? ok({ ...opened.value, revision: revisionOf(opened.value.notebook) }) : opened;
  },
  'library.notebook': ({ documentId }) => {
    const notebook = find(documentId);
    if (!notebook) return documentNotFound();
    return ok({ notebook, revision: revisionOf(notebook), document: library.summary(documentId) });
  },
  'library.first-page': async ({ rawHash }) => ({ page: await firstPages.of(rawHash) }),
  'library.keep-first-page': async ({ rawHash, page }) => {
    // A document may have been forgotten while its page was drawn.
    if (library.idOfContent(rawHash) !== undefined) await firstPages.keep(rawHash, page);
    return null;
  },
  'library.add-folder': ({ path }) => library.addFolder(path),
  'library.remove-folder': ({ folderId }) => library.removeFolder(folderId),
  'library.set-inbox': ({ folderId }) => library.setInbox(folderId),
  'library.unread-files': ({ folderId }) => library.unreadFiles(folderId),
  'library.withdraw': ({ documentId }) => library.withdraw(documentId),
  'library.forget-missing': ({ folderId }) => library.forgetMissing(folderId),
});
