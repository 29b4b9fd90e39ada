import {
  type AppInfo,
  type Capabilities,
  type CoreMethodName,
  type DataProblem,
  type Emit,
  fail,
  ok,
  type ParsedArgs,
  type RecoveryChoice,
  type Result,
  type Returns,
  type UploadHandlers,
} from '#api';
import { emptyNotebook, fileNameOf, type Notebook, type NotebookChange, type TagDetails, tagKey } from '#model';
import type { Exports } from './interchange/export';
import type { Library } from './library';
import type { Log } from './log';
import type { KeptMessages, MachineStore, NotebookStore, SettingsStore, TagStore } from './notebook';
import type { Restoring } from './restoring';
import type { Search } from './search';

/** The parts of the core. */
export interface Parts {
  notebooks: NotebookStore;
  tags: TagStore;
  settings: SettingsStore;
  machine: MachineStore;
  messages: KeptMessages;
  library: Library;
  search: Search;
  restoring: Restoring;
  exports: Exports;
}

interface Surroundings {
  dataFolder: string;
  version: string;
  capabilities: Capabilities;
  /** What is wrong beside the reader's files. */
  problems: readonly DataProblem[];
  log: Log;
  emit: Emit;
}

/** One function for each method of the core, with the renderer that called as second argument. */
export type CoreHandlers = {
  [K in CoreMethodName]: (args: ParsedArgs<K>, origin: string) => Promise<Returns<K>> | Returns<K>;
};

/** What the core answers to each method, out of its parts. */
export function createHandlers(parts: Parts, { dataFolder, version, capabilities, problems, log, emit }: Surroundings): CoreHandlers {
  const { notebooks, tags, settings, machine, messages, library, search, restoring, exports } = parts;
  /** Hashes of kept texts that their documents' notebooks do not name yet, by document. */
  const textHashes = new Map<string, string>();
  /** The number of the last save, by page and document. */
  const lastTurns = new Map<string, number>();

  /** The reader's notebook on a document, empty when there is none; `undefined` for an unknown document. */
  const findNotebook = (documentId: string): Notebook | undefined => {
    const identity = library.identity(documentId);
    return notebooks.get(documentId) ?? (identity && emptyNotebook(documentId, identity));
  };

  const apply = async (args: ParsedArgs<'notebook.apply'>, origin: string): Promise<Returns<'notebook.apply'>> => {
    const { documentId, changes, turn } = args;
    if (turn && !isNext(documentId, turn)) return overtaken();
    // A page may know a document that has gone since, or goes by another name: its reader's words are kept all the same.
    const empty = findNotebook(documentId) ?? (args.identity && emptyNotebook(documentId, args.identity));
    if (!empty) return unknownDocument();
    // Its paths are this machine's, and kept there.
    const identity = { ...empty.identity, paths: [], fileName: fileNameOf(empty.identity) };
    const create = () => ({ ...empty, identity: { ...identity, textHash: textHashes.get(documentId) } });
    const applied = await notebooks.apply(documentId, changes, create);
    if (!applied.ok) return applied;
    await library.notebookChanged(documentId, empty.identity);
    emit('notebook.changed', { documentId, changes, revision: applied.value.revision, origin });
    await recordTextHash(documentId);
    await rememberTags(tagsOf(changes));
    return applied;
  };

  /** Whether no later save of the same page and document has come before. */
  const isNext = (documentId: string, { page, number }: NonNullable<ParsedArgs<'notebook.apply'>['turn']>): boolean => {
    const key = `${page} ${documentId}`;
    if (number <= (lastTurns.get(key) ?? 0)) return false;
    lastTurns.set(key, number);
    return true;
  };

  const rememberTags = async (names: readonly string[]): Promise<void> => {
    const known = new Set(tags.list().map(({ name }) => tagKey(name)));
    const added = names.filter((name) => !known.has(tagKey(name)));
    if (added.length === 0) return;
    // The notebook is saved; what is not kept is only the tag's first casing, which every notebook can tell.
    const remembered = await tags.remember(added);
    if (!remembered.ok) log.warn('The tags of a note were not remembered', remembered.failure.message);
    tellTags();
  };

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

  const tellTags = () => emit('tags.changed', { tags: listTags(parts) });
  const tellSettings = () => emit('settings.restored', { settings: settings.read() });
  const takeFolders = () => library.takeFolders(machine.folders());

  const recover = async (problemId: string, choice: RecoveryChoice): Promise<Result<{ message: string }>> => {
    const notebook = await notebooks.recover(problemId, choice);
    if (notebook) {
      if (notebook.ok) for (const id of notebook.value.documentIds) await tellRecovered(id);
      return notebook.ok ? ok({ message: notebook.value.message }) : notebook;
    }
    const ofTags = await tags.recover(problemId, choice);
    if (ofTags) {
      if (ofTags.ok) tellTags();
      return ofTags.ok ? ok({ message: ofTags.value }) : ofTags;
    }
    const ofMachine = await machine.recover(problemId, choice);
    if (ofMachine) {
      if (ofMachine.ok) takeFolders();
      return ofMachine.ok ? ok({ message: ofMachine.value }) : ofMachine;
    }
    const ofSettings = await settings.recover(problemId, choice);
    if (!ofSettings) return fail('problem-solved', 'This is no longer a problem.');
    if (!ofSettings.ok) return ofSettings;
    tellSettings();
    return ok({ message: ofSettings.value });
  };

  const tellRecovered = async (documentId: string): Promise<void> => {
    await library.notebookRestored(documentId);
    const notebook = notebooks.get(documentId);
    if (!notebook) return;
    emit('notebook.restored', { notebook, revision: notebooks.revisionOf(notebook) });
    tellTags();
  };

  tags.onOutsideChange(tellTags);
  settings.onOutsideChange(tellSettings);
  machine.onOutsideChange(takeFolders);
  notebooks.onOutsideChange((notebook, isNew) => {
    const revision = notebooks.revisionOf(notebook);
    const tell = () => {
      emit('notebook.restored', { notebook, revision });
      tellTags();
    };
    if (!isNew) {
      library.notebookChanged(notebook.id);
      return tell();
    }
    library
      .notebookRestored(notebook.id)
      .then(tell)
      .catch((error: unknown) => log.error(`the notebook ${notebook.id} of another machine could not be shown`, error));
  });

  return {
    'app.info': (): AppInfo => ({
      version,
      platform: platformName(),
      dataFolder,
      capabilities,
      problems: [...problems, ...messages.list(), ...[library, notebooks, tags, settings, machine].flatMap((part) => part.problems())],
    }),
    'app.report': ({ message, stack }) => {
      log.error('The page reports', stack ?? message);
      return null;
    },
    'app.dismiss': async ({ problemId }) => {
      if (messages.remove(problemId)) emit('app.problem-solved', { id: problemId });
      await messages.flush();
      return null;
    },
    'app.recover': ({ problemId, choice }) => recover(problemId, choice),

    'settings.read': () => settings.read(),
    'settings.update': ({ patch }) => settings.update(patch),

    'library.list': () => library.list(),
    'library.open': async ({ documentId }) => {
      const opened = await library.open(documentId);
      return opened.ok ? ok({ ...opened.value, revision: notebooks.revisionOf(opened.value.notebook) }) : opened;
    },
    'library.notebook': ({ documentId }) => {
      const notebook = findNotebook(documentId);
      return notebook ? ok({ notebook, revision: notebooks.revisionOf(notebook) }) : unknownDocument();
    },
    'library.add-folder': ({ path }) => library.addFolder(path),
    'library.remove-folder': ({ folderId }) => library.removeFolder(folderId),
    'library.unread-files': ({ folderId }) => library.unreadFiles(folderId),
    'library.forget-missing': ({ folderId }) => library.forgetMissing(folderId),

    'notebook.apply': apply,
    'notebook.keep-text': ({ documentId, textHash, text }) => keepText(documentId, textHash, text),
    'notebook.archived-versions': async ({ documentId, noteId }) => {
      try {
        return ok(await notebooks.archivedVersions(documentId, noteId));
      } catch (error) {
        log.error(`the oldest versions of a note in ${documentId} could not be read`, error);
        return fail(
          'document-unreadable',
          'The oldest versions of this note could not be read. They are in the folder “history” of your data.',
        );
      }
    },
    'notebook.all-notes': () => [...notebooks.all()].flatMap(({ id, notes }) => notes.map((note) => ({ documentId: id, note }))),
    'notebook.all-deleted': () =>
      [...notebooks.all()].flatMap(({ id, deletedNotes }) =>
        deletedNotes.map(({ note, deletedAt }) => ({ documentId: id, note, deletedAt })),
      ),

    'restore.list': () => restoring.list(),
    'restore.plan': ({ name }) => restoring.plan(name),
    'restore.apply': ({ planId, undelete }) => restoring.apply(planId, undelete),
    'restore.forget': async ({ planId }) => {
      await restoring.forget(planId);
      return null;
    },
    'restore.stop': () => {
      restoring.stop();
      return null;
    },
    'restore.undo': () => restoring.undo(),

    'tags.list': () => listTags(parts),
    'tags.apply': async ({ changes }) => {
      const applied = await tags.apply(changes);
      if (applied.ok) tellTags();
      return applied;
    },

    'search.stop-indexing': () => {
      search.stopReading();
      return null;
    },
    'search.run': ({ query, limit }, origin) => search.run(origin, query, limit),

    'export.preview': (request, origin) => exports.preview(origin, request),
    'export.prepare': (request, origin) => exports.prepare(origin, request),
  };
}

/** What the core does with each file that is handed over. */
export const createUploadHandlers = ({ library, restoring }: Parts): UploadHandlers => ({
  'library.import': (file) => library.importFile(file),
  'restore.plan-zip': (file) => restoring.planZip(file),
});

/** The kept tags, and those that only notebooks know (when tags.json was lost, or came with a notebook). */
export function listTags({ tags, notebooks }: Pick<Parts, 'tags' | 'notebooks'>): TagDetails[] {
  const byKey = new Map(tags.list().map((tag) => [tagKey(tag.name), tag]));
  for (const id of notebooks.ids()) {
    const { tags: own = [], noteTags = [] } = notebooks.outline(id) ?? {};
    for (const name of [...own, ...noteTags]) {
      const key = tagKey(name);
      if (!byKey.has(key)) byKey.set(key, { name });
    }
  }
  return [...byKey.values()];
}

const tagsOf = (changes: readonly NotebookChange[]): string[] =>
  changes.flatMap((change) => (change.type === 'set-tags' ? change.tags : change.type === 'put-note' ? change.note.tags : []));

const unknownDocument = () =>
  fail('document-not-found', 'This document is no longer in the library. If its file was moved, add the folder where it is now.');

const overtaken = () => fail('cancelled', 'These changes were sent again meanwhile. They are kept here and are tried again.');

function platformName(): AppInfo['platform'] {
  if (process.platform === 'darwin') return 'mac';
  return process.platform === 'win32' ? 'windows' : 'linux';
}
