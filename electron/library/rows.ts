import path from 'node:path';
import type { DocumentSummary, Failure } from '#api';
import { formatOf, titleFromName } from '#formats/list';
import type { NotebookOutline } from '#model';
import type { Located } from './catalog';
import type { Folder } from './folders';

const emptyRow = { tags: [], status: 'unread', progress: 0, noteCount: 0 } as const satisfies Partial<DocumentSummary>;

interface Surroundings {
  notebook: NotebookOutline | undefined;
  /** Why the notebook may not be changed. */
  locked: Failure | undefined;
  /** Its notes that wait for the reader's look. */
  toReview: DocumentSummary['toReview'];
  /** The folder that holds the document. */
  folder: Folder | undefined;
}

interface RowOfFile {
  inInbox: boolean;
  /** What it is called where the reader has not said. */
  title: string;
  otherEditions: number;
}

/** The row of a document that has a file. */
export function rowOf(
  { id, files }: Located,
  { notebook, locked, toReview, folder, inInbox, title, otherEditions }: Surroundings & RowOfFile,
): DocumentSummary {
  const [file] = files;
  return {
    ...identifying(id, file.path, folder),
    ...readerPart(notebook),
    // A file that cannot be read keeps the title that it had while it could.
    title: notebook?.title ?? ((file.problem && notebook?.identity.title) || title),
    date: notebook?.date ?? file.date,
    author: notebook?.author ?? file.author,
    language: notebook?.language ?? file.language,
    site: file.site,
    address: file.address,
    publisher: file.publisher,
    series: file.series,
    volume: file.volume,
    subjects: file.subjects && [...file.subjects],
    aliases: file.aliases && [...file.aliases],
    hasCover: file.hasCover,
    format: file.format,
    size: file.size,
    words: file.words,
    addedAt: moment(Math.min(...files.map(({ addedAt }) => addedAt))),
    changedAt: moment(file.changedAt),
    missing: file.absent === true,
    ...(inInbox && { inInbox }),
    ...(toReview && { toReview }),
    ...(otherEditions > 0 && { otherEditions }),
    problem: file.problem ?? locked,
  };
}

/** The row of a document whose file is gone, and of which only the reader's notebook is left. */
export function missingRow(
  notebook: NotebookOutline,
  { locked, toReview, folder, lastPath }: Omit<Surroundings, 'notebook'> & { lastPath: string },
): DocumentSummary {
  const { id, identity } = notebook;
  const seen = identity.history[0]?.until ?? notebook.firstNoteAt ?? notebook.lastReadAt ?? moment(0);
  return {
    ...identifying(id, lastPath, folder),
    ...readerPart(notebook),
    title: notebook.title ?? identity.title ?? (titleFromName(lastPath) || id),
    author: notebook.author,
    date: notebook.date,
    language: notebook.language,
    format: formatOf(lastPath) ?? 'text',
    size: 0,
    words: 0,
    addedAt: seen,
    changedAt: seen,
    missing: true,
    ...(toReview && { toReview }),
    problem: locked,
  };
}

function identifying(
  id: string,
  file: string,
  folder: Folder | undefined,
): Pick<DocumentSummary, 'id' | 'fileName' | 'folderId' | 'relativePath'> {
  const inside = folder !== undefined && file.startsWith(folder.path + path.sep);
  const relative = inside ? file.slice(folder.path.length + 1) : path.basename(file);
  return { id, fileName: path.basename(file), folderId: folder?.id ?? '', relativePath: relative.split(path.sep).join('/') };
}

/** As the windows make it of a whole notebook (`summariseNotebook`). */
function readerPart(notebook: NotebookOutline | undefined) {
  if (!notebook) return { ...emptyRow, tags: [] };
  const { tags, favourite, later, collections, status, progress, lastReadAt, noteCount } = notebook;
  return { tags: [...tags], favourite, later, collections: collections?.map(({ id }) => id), status, progress, lastReadAt, noteCount };
}

const moment = (ms: number): string => new Date(ms).toISOString();
