import path from 'node:path';
import type { CallsOf, DocumentSummary, LinkedHerePage, LinkedPlace } from '#api';
import { nameWithoutExtension } from '#formats/list';
import { compareTitles, LinkIndex, type LinkSources, type NamedPlace, type NotebookOutline, withoutMarks } from '#model';
import type { NotebookStore } from './notebook';
import { createPause } from './pacing';

interface Surroundings {
  library: { ids(): Iterable<string>; summary(id: string): DocumentSummary | undefined };
  notebooks: Pick<NotebookStore, 'outlines' | 'outline' | 'read'>;
}

interface Wanted {
  documentId: string;
  noteId?: string | undefined;
  from: number;
  count: number;
}

/** Links between documents and notes, both ways. */
export interface Links {
  /** The documents whose notes lead to a document, or to one of its notes, by title. */
  here(wanted: Wanted): Promise<LinkedHerePage>;
  /** `besideId`: the document in the text of which the link stands. */
  find(title: string, besideId?: string): Promise<NamedPlace>;
  /** Those of `titles` that name nothing. */
  missing(titles: readonly string[]): Promise<string[]>;
  place(wanted: { documentId: string; noteId?: string | undefined }): Promise<LinkedPlace>;
  /** These documents, their titles or their notes may be others. */
  touch(ids: Iterable<string>): void;
}

/** What links answer. */
export const linkCalls = (links: Links): CallsOf<'links'> => ({
  'links.here': (wanted) => links.here(wanted),
  'links.find': ({ title, besideId }) => links.find(title, besideId),
  'links.missing': ({ titles }) => links.missing(titles),
  'links.place': (wanted) => links.place(wanted),
});

/** Notes that are told of a document that leads somewhere. */
const MOST_NOTES = 50;
/** UTF-16 code units that are told of such a note. */
const MOST_WORDS = 160;

/** Kept up to date with each question, from what was touched since; no note is read but those that are told. */
export function createLinks({ library, notebooks }: Surroundings): Links {
  const pause = createPause();
  const index = new LinkIndex();
  const touched = new Set<string>();
  let isBegun = false;
  let turn: Promise<unknown> = Promise.resolve();

  const refresh = async (): Promise<void> => {
    if (!isBegun) {
      isBegun = true;
      for (const id of library.ids()) touched.add(id);
      for (const { id } of notebooks.outlines()) touched.add(id);
    }
    for (const id of touched) {
      touched.delete(id);
      index.put(id, linked(library.summary(id), notebooks.outline(id)));
      await pause();
    }
  };

  /** Answers after what was asked before, from what is known by then. */
  const inTurn = <T>(answer: () => T | Promise<T>): Promise<T> => {
    const answered = turn.then(refresh).then(answer);
    turn = answered.catch(() => undefined);
    return answered;
  };

  const titleOf = (id: string): string =>
    library.summary(id)?.title ??
    notebooks.outline(id)?.title ??
    notebooks.outline(id)?.identity.title ??
    'A document that is no longer here';

  const pageOfSources = async (sources: LinkSources, { from, count }: Wanted) => {
    const all = [...sources].map(([documentId, noteIds]) => ({ documentId, noteIds, title: titleOf(documentId) }));
    all.sort((a, b) => compareTitles(a.title, b.title) || (a.documentId < b.documentId ? -1 : 1));
    const first = Math.min(from, Math.max(0, all.length - count));
    const rows: LinkedHerePage['rows'] = [];
    for (const { documentId, noteIds, title } of all.slice(first, first + count)) {
      const wanted = new Set(noteIds.slice(0, MOST_NOTES));
      const notes = ((await notebooks.read(documentId))?.notes ?? []).filter(({ id }) => wanted.has(id));
      const told = notes.map(({ id, body }) => ({ noteId: id, words: wordsOf(body) }));
      rows.push({ documentId, title, count: noteIds.length, notes: told });
      await pause();
    }
    return { total: all.length, from: first, rows };
  };

  return {
    here: (wanted) =>
      inTurn(async () => {
        const { documentId, noteId } = wanted;
        const sources = noteId === undefined ? index.toDocument(documentId) : index.toNote(documentId, noteId);
        return { ...(await pageOfSources(sources, wanted)), linkedNotes: [...index.linkedNotes(documentId)] };
      }),
    find: (title, besideId) => inTurn(() => index.find(title, besideId)),
    missing: (titles) =>
      inTurn(() =>
        titles.filter((title) => {
          const { documentIds, note } = index.find(title);
          return documentIds.length === 0 && !note;
        }),
      ),
    place: ({ documentId, noteId }) =>
      inTurn(async () => {
        const heir = index.heir(documentId);
        const isHere = library.summary(heir) !== undefined;
        if (!isHere || noteId === undefined) return isHere ? { documentId: heir } : {};
        const notebook = await notebooks.read(heir);
        const note = notebook?.notes.some(({ id }) => id === noteId)
          ? 'here'
          : notebook?.deletedNotes.some(({ note: { id } }) => id === noteId)
            ? 'in-trash'
            : 'gone';
        return { documentId: heir, note };
      }),
    touch(ids) {
      if (isBegun) for (const id of ids) touched.add(id);
    },
  };
}

const linked = (row: DocumentSummary | undefined, outline: NotebookOutline | undefined) =>
  (row || outline) && {
    title: row?.title,
    path: row && path.posix.join(path.posix.dirname(row.relativePath), nameWithoutExtension(row.fileName)),
    ending: row && path.extname(row.fileName),
    folderId: row?.folderId,
    aliases: row?.aliases,
    formerTitle: outline?.identity.title,
    sameAs: outline?.sameAs,
    links: outline?.links,
    namedNotes: outline?.namedNotes,
  };

function wordsOf(body: string): string {
  const words = withoutMarks(body.slice(0, MOST_WORDS * 4))
    .replace(/\s+/g, ' ')
    .trim();
  return words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS)}…` : words;
}
