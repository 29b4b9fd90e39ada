import { type CallsOf, documentNotFound, type Emit, fail, ok, type ParsedArgs, type Result, type Returns } from '#api';
import { doneBetween, editsAnother, emptyNotebook, fileNameOf, type Identity, type Notebook, type NotebookChange, passageOf } from '#model';
import { createPause } from '../pacing';
import type { Journal } from './journal';
import type { PagedNotes } from './lists/paged-notes';
import type { Applied, NotebookStore } from './notebook-store';
import { createTrash } from './trash';

interface Surroundings {
  notebooks: NotebookStore;
  lists: PagedNotes;
  library: {
    /** What a document is, as far as the library knows it. */
    identity(documentId: string): Identity | undefined;
    /** Its notebook is another; of one that was just made, `identity` says where its document was last seen. */
    notebookChanged(documentId: string, identity?: Identity): Promise<void>;
  };
  /** Keeps the casing of tags that are new; those that `isNew` here are in use again where they had gone. */
  rememberTags(names: readonly string[], isNew: (name: string) => boolean): Promise<void>;
  /** A notebook may carry tags that have gone elsewhere. */
  settleTags(documentId: string): void;
  /** Of what is done that notebooks do not tell. */
  journal: Pick<Journal, 'add' | 'countEarlier' | 'removeEarlier'>;
  emit: Emit;
  log: { error(message: string, cause?: unknown): void };
}

/** What the notebooks answer, and how a notebook is found, empty where there is none. */
export interface NotebookCalls {
  calls: CallsOf<'notebook'>;
  /** The reader's notebook on a document, empty when there is none; `undefined` for an unknown document. */
  find(documentId: string): Notebook | undefined;
  /** Makes changes of a notebook for all windows. */
  change(documentId: string, changes: NotebookChange[]): Promise<Result<unknown>>;
  /** The same for a part of a change of many, which the journal tells as a whole; gives the tags that came by it. */
  changeAsPart(documentId: string, changes: NotebookChange[]): Promise<Result<string[]>>;
}

export function createNotebookCalls(surroundings: Surroundings): NotebookCalls {
  const { notebooks, lists, library, rememberTags, settleTags, journal, emit, log } = surroundings;
  /** Hashes of kept texts that their documents' notebooks do not name yet, by document. */
  const textHashes = new Map<string, string>();
  const isNext = createTurns();

  const find = (documentId: string): Notebook | undefined => {
    const identity = library.identity(documentId);
    return notebooks.get(documentId) ?? (identity && emptyNotebook(documentId, identity));
  };

  const apply = async (args: ParsedArgs<'notebook.apply'>, client?: string): Promise<Returns<'notebook.apply'>> => {
    const { documentId, changes, turn } = args;
    if (turn && !isNext(documentId, turn)) return overtaken();
    const written = await write(args, client);
    if (!written.ok) return written;
    const { before, after, savedAt, revision } = written.value;
    const done = doneBetween(before, after);
    if (done.length > 0) journal.add(done);
    await recordTextHash(documentId);
    await rememberTags(
      tagsOf(changes).filter((name) => carries(after, name)),
      (name) => !carries(before, name),
    );
    settleTags(documentId);
    return ok({ savedAt, revision });
  };

  const write = async (
    { documentId, changes, identity: told }: Omit<ParsedArgs<'notebook.apply'>, 'turn'>,
    client?: string,
  ): Promise<Result<Applied>> => {
    // A page may know a document that has gone since, or goes by another name: its reader's words are kept all the same.
    const empty = find(documentId) ?? (told && emptyNotebook(documentId, told));
    if (!empty) return documentNotFound();
    // Its paths are this machine's, and kept there.
    const identity = { ...empty.identity, paths: [], fileName: fileNameOf(empty.identity) };
    const create = () => ({ ...empty, identity: { ...identity, textHash: textHashes.get(documentId) } });
    const applied = await notebooks.apply(documentId, changes, create);
    if (!applied.ok) return applied;
    const { revision, before, after } = applied.value;
    if (changes.some((each) => editsAnother(before ?? after, each)))
      log.error(`a note of another person in ${documentId} was to be edited; its words stay as they are`);
    await library.notebookChanged(documentId, empty.identity);
    emit('notebook.changed', { documentId, changes, revision, client });
    return applied;
  };

  const change = (documentId: string, changes: NotebookChange[]) => apply({ documentId, changes });
  const trash = createTrash({ notebooks, change, journal, log, pause: createPause() });

  const keepText = async (documentId: string, textHash: string, text: string): Promise<Result<null>> => {
    const kept = await notebooks.keepText(textHash, text);
    if (!kept.ok) return kept;
    textHashes.set(documentId, textHash);
    return recordTextHash(documentId);
  };

  /** Notes the text that anchors count on as the document's, once there is a notebook to note it in. */
  const recordTextHash = async (documentId: string): Promise<Result<null>> => {
    const textHash = textHashes.get(documentId);
    if (textHash === undefined || !notebooks.get(documentId)) return ok(null);
    const noted = await notebooks.changeIdentity(documentId, (identity) => ({ ...identity, textHash }));
    if (noted.ok && textHashes.get(documentId) === textHash) textHashes.delete(documentId);
    return noted;
  };

  const passage = async (textHash: string, start: number, end: number): Promise<Returns<'notebook.passage'>> => {
    const text = await notebooks.readText(textHash);
    return text.ok ? ok(passageOf(text.value, start, end)) : text;
  };

  const archivedVersions = async (documentId: string, noteId: string): Promise<Returns<'notebook.archived-versions'>> => {
    try {
      return ok(await notebooks.archivedVersions(documentId, noteId));
    } catch (error) {
      log.error(`the oldest versions of a note in ${documentId} could not be read`, error);
      return fail(
        'document-unreadable',
        'The oldest versions of this note could not be read. They are in the folder “history” of your data.',
      );
    }
  };

  return {
    find,
    change,
    async changeAsPart(documentId, changes) {
      const written = await write({ documentId, changes });
      if (!written.ok) return written;
      const { before, after } = written.value;
      return ok(tagsOf(changes).filter((name) => carries(after, name) && !carries(before, name)));
    },
    calls: {
      'notebook.apply': apply,
      'notebook.keep-text': ({ documentId, textHash, text }) => keepText(documentId, textHash, text),
      'notebook.passage': ({ textHash, start, end }) => passage(textHash, start, end),
      'notebook.archived-versions': ({ documentId, noteId }) => archivedVersions(documentId, noteId),
      'notebook.notes': ({ query, ...place }, client) => lists.notes(client, query, place),
      'notebook.note-ids': ({ query }, client) => lists.noteIds(client, query),
      'notebook.note-choices': ({ within, documentId }, client) => lists.choices(client, within, documentId),
      'notebook.unplaced-notes': (place, client) => lists.unplacedNotes(client, place),
      'notebook.deleted-notes': (place, client) => lists.deletedNotes(client, place),
      'notebook.activities': ({ documentId, ...place }, client) => lists.activities(client, documentId, place),
      'notebook.count-deleted': ({ before }) => trash.count(before),
      'notebook.empty-trash': ({ before }) => trash.empty(before),
    },
  };
}

/** Tells whether no later save of the same page and document has come before. */
function createTurns(): (documentId: string, turn: NonNullable<ParsedArgs<'notebook.apply'>['turn']>) => boolean {
  /** The number of the last save, by page and document. */
  const last = new Map<string, number>();
  return (documentId, { page, number }) => {
    const key = `${page} ${documentId}`;
    if (number <= (last.get(key) ?? 0)) return false;
    last.set(key, number);
    return true;
  };
}

/** The tags that changes give, each once. */
const tagsOf = (changes: readonly NotebookChange[]): string[] => {
  const given = changes.flatMap((change) => {
    if (change.type === 'retag-notes') return change.notes.flatMap(({ tags }) => tags);
    return change.type === 'set-tags' ? change.tags : change.type === 'put-note' ? change.note.tags : [];
  });
  return [...new Set(given)];
};

const carries = (notebook: Notebook | undefined, name: string): boolean =>
  notebook !== undefined && [notebook.tags, ...notebook.notes.map(({ tags }) => tags)].some((tags) => tags.includes(name));

const overtaken = () => fail('cancelled', 'These changes were sent again meanwhile. They are kept here and are tried again.');
