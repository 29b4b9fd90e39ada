import {
  type AppInfo,
  type Capabilities,
  type CoreMethodName,
  type Emit,
  emptyNotebook,
  fail,
  type Notebook,
  type NotebookChange,
  ok,
  type ParsedArgs,
  type Result,
  type Returns,
  type TagDetails,
  tagKey,
} from './api';
import { type ExportSource, previewExport, renderExport } from './interchange';
import type { Library } from './library';
import type { Log } from './log';
import type { NotebookStore, SettingsStore, TagStore } from './notebook';
import type { Search } from './search';

/** The parts of the core. */
export interface Parts {
  notebooks: NotebookStore;
  tags: TagStore;
  settings: SettingsStore;
  library: Library;
  search: Search;
}

interface Surroundings {
  dataFolder: string;
  version: string;
  capabilities: Capabilities;
  log: Log;
  emit: Emit;
}

/** One function for each method of the core, with the renderer that called as second argument. */
export type CoreHandlers = {
  [K in CoreMethodName]: (args: ParsedArgs<K>, origin: string) => Promise<Returns<K>> | Returns<K>;
};

/** What the core answers to each method, out of its parts. */
export function createHandlers(parts: Parts, { dataFolder, version, capabilities, log, emit }: Surroundings): CoreHandlers {
  const { notebooks, tags, settings, library, search } = parts;
  const exportSource: ExportSource = {
    document: (id) => library.summary(id),
    notebook: (id) => notebooks.get(id),
    notebooks: () => notebooks.all(),
    text: async (textHash) => {
      const kept = await notebooks.readText(textHash);
      return kept.ok ? kept.value : undefined;
    },
  };
  /** Text hashes that were noted before the document's notebook was there, by document. */
  const earlyTextHashes = new Map<string, string>();

  /** The reader's notebook on a document, empty when there is none; `undefined` for an unknown document. */
  const findNotebook = (documentId: string): Notebook | undefined => {
    const identity = library.identity(documentId);
    return notebooks.get(documentId) ?? (identity && emptyNotebook(documentId, identity));
  };

  const apply = async (documentId: string, changes: readonly NotebookChange[], origin: string): Promise<Result<{ savedAt: string }>> => {
    const empty = findNotebook(documentId);
    if (!empty) return unknownDocument();
    const textHash = earlyTextHashes.get(documentId);
    const create = () => (textHash ? { ...empty, identity: { ...empty.identity, textHash } } : empty);
    const applied = await notebooks.apply(documentId, changes, create);
    if (!applied.ok) return applied;
    earlyTextHashes.delete(documentId);
    library.notebookChanged(documentId);
    emit('notebook.changed', { documentId, changes: [...changes], origin });
    await rememberTags(tagsOf(changes));
    return applied;
  };

  const rememberTags = async (names: readonly string[]): Promise<void> => {
    const known = new Set(tags.list().map(({ name }) => tagKey(name)));
    const added = names.filter((name) => !known.has(tagKey(name)));
    if (added.length === 0) return;
    // The notebook is saved; what is not kept is only the tag's first casing, which every notebook can tell.
    const remembered = await tags.remember(added);
    if (!remembered.ok) log.warn('The tags of a note were not remembered', remembered.failure.message);
    emit('tags.changed', { tags: listTags(parts) });
  };

  const keepText = async (documentId: string, textHash: string, text: string): Promise<Result<null>> => {
    if (!findNotebook(documentId)) return unknownDocument();
    const kept = await notebooks.keepText(textHash, text);
    if (!kept.ok) return kept;
    // Read only now: the file may have been moved while its text was written.
    const identity = notebooks.get(documentId)?.identity;
    if (!identity) earlyTextHashes.set(documentId, textHash);
    else if (identity.textHash !== textHash) return notebooks.setIdentity(documentId, { ...identity, textHash });
    return ok(null);
  };

  return {
    'app.info': (): AppInfo => ({
      version,
      platform: platformName(),
      dataFolder,
      capabilities,
      problems: [...notebooks.problems(), ...tags.problems(), ...settings.problems()],
    }),
    'app.report': ({ message, stack }) => {
      log.error('The page reports', stack ?? message);
      return null;
    },

    'settings.read': () => settings.read(),
    'settings.update': ({ patch }) => settings.update(patch),

    'library.list': () => library.list(),
    'library.open': ({ documentId }) => library.open(documentId),
    'library.notebook': ({ documentId }) => {
      const notebook = findNotebook(documentId);
      return notebook ? ok(notebook) : unknownDocument();
    },
    'library.add-folder': ({ path }) => library.addFolder(path),
    'library.remove-folder': ({ folderId }) => library.removeFolder(folderId),
    'library.import': ({ files }) => library.importFiles(files),

    'notebook.apply': ({ documentId, changes }, origin) => apply(documentId, changes, origin),
    'notebook.keep-text': ({ documentId, textHash, text }) => keepText(documentId, textHash, text),
    'notebook.all-notes': () => [...notebooks.all()].flatMap(({ id, notes }) => notes.map((note) => ({ documentId: id, note }))),
    'notebook.all-deleted': () =>
      [...notebooks.all()].flatMap(({ id, deletedNotes }) =>
        deletedNotes.map(({ note, deletedAt }) => ({ documentId: id, note, deletedAt })),
      ),

    'tags.list': () => listTags(parts),
    'tags.apply': async ({ changes }) => {
      const applied = await tags.apply(changes);
      if (applied.ok) emit('tags.changed', { tags: listTags(parts) });
      return applied;
    },

    'search.run': ({ query, limit }) => search.run(query, limit),

    'export.preview': (request) => previewExport(exportSource, request),
    'export.render': (request) => renderExport(exportSource, request),
  };
}

/** The kept tags, and those that only notebooks know (when tags.json was lost, or came with a notebook). */
function listTags({ tags, notebooks }: Parts): TagDetails[] {
  const byKey = new Map(tags.list().map((tag) => [tagKey(tag.name), tag]));
  for (const notebook of notebooks.all()) {
    for (const name of [...notebook.tags, ...notebook.notes.flatMap((note) => note.tags)]) {
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

function platformName(): AppInfo['platform'] {
  if (process.platform === 'darwin') return 'mac';
  return process.platform === 'win32' ? 'windows' : 'linux';
}
