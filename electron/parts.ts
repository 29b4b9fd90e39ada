import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CallsOf, DataProblem, Emit } from '#api';
import { wholeNotes } from '#model';
import { createBulkEdits } from './bulk-edits';
import { type Collections, createCollections } from './collections';
import { createComparing } from './comparing';
import type { CoreOptions } from './core';
import { createEditions } from './editions';
import { createForgetting, forgetOnMachine } from './forgetting';
import type { Parts } from './handlers';
import { createImporting } from './importing';
import { createExports } from './interchange/export';
import { createTurns } from './interchange/import';
import { createJoining } from './joining';
import { type Library, openFirstPages, openLibrary } from './library';
import { createLinks } from './links';
import {
  createJournal,
  createNotebookCalls,
  createPagedNotes,
  createTagCalls,
  knownBackups,
  type NotebookStore,
  openBulkRecords,
  openDroppedFiles,
  openJoiningRecords,
  openKeptMessages,
  openMachine,
  openNotebooks,
  openReview,
  openSettings,
  openTags,
  readMachineId,
  type WriteLock,
} from './notebook';
import { createPause } from './pacing';
import { createRestoring } from './restoring';
import { openSearch, type SearchSource, searchCalls, searchNote } from './search';
import { createStaleDerived, folderOfFirstPages, folderOfModels } from './stale-derived';
import { backupFolder } from './storage/backups/manifest';
import { removeUnfinishedWrites } from './storage/guarded-write';
import { keptTextsFolder } from './storage/kept-text';
import { createLimiter } from './storage/limiter';
import { createTagSettling } from './tag-settling';

/** What an export or the index reads is soon forgotten: with a small young generation it takes some MB of memory in place of fifty. */
const SOON_FORGOTTEN = { resourceLimits: { maxYoungGenerationSizeMb: 4 } };

/** Opens the parts of the core one after the other, and gives each what it needs of the others. `onSearchable` is told the search once it can answer. */
export async function openParts(
  options: CoreOptions,
  { claim }: WriteLock,
  emit: Emit,
  onSearchable: (calls: CallsOf<'search'>) => void,
): Promise<Parts> {
  const { dataFolder, localFolder, machineName = os.hostname(), seedsFolder, workersFolder, log } = options;
  const [editsFolder, joiningsFolder] = [path.join(localFolder, 'bulk-edits'), path.join(localFolder, 'joinings')];
  const inData = ['history', 'journal', 'quarantine'].map((name) => path.join(dataFolder, name));
  await removeUnfinishedWrites(
    [dataFolder, ...inData, keptTextsFolder(dataFolder), backupFolder(dataFolder), localFolder, editsFolder, joiningsFolder],
    log,
  );
  const onProblem = (problem: DataProblem) => emit('app.problem', problem);
  const onSolved = (id: string) => emit('app.problem-solved', { id });
  const messages = await openKeptMessages({ localFolder, log });
  const known = knownBackups({ dataFolder, cacheFile: path.join(localFolder, 'backups.json'), log });
  const file = { dataFolder, known, log, claim, onProblem, onSolved, messages };
  const notebooks = await openNotebooks({ ...file, localFolder, backupDelay: options.backupDelay });
  const shared = { ...file, folder: notebooks.folder };
  const [tags, settings, id] = await Promise.all([openTags(shared), openSettings(shared), readMachineId({ localFolder, log })]);
  const machine = await openMachine({ ...shared, id, name: machineName, earlier: settings.earlierMachine() });
  known.forget();
  const folders = machine.folders();
  const journal = createJournal({ dataFolder, machineId: id, check: notebooks.folder.check, log });
  const records = await openBulkRecords(editsFolder, log);
  const joinings = await openJoiningRecords(joiningsFolder, log);
  const indexFile = path.join(localFolder, 'index.sqlite');
  const stale = createStaleDerived({ localFolder, indexFile, outlines: notebooks.outlines });
  const here = { machine, messages, emit };
  const forgottenElsewhere = await stale.begin().catch((error: unknown) => {
    log.error('the index could not be removed to be made anew', error);
    return [];
  });
  for (const each of forgottenElsewhere) {
    const unseen = await forgetOnMachine(each, here);
    if (!unseen.ok) log.error(`where the document ${each} was seen could not be forgotten`, unseen.failure.message);
  }
  const search = openSearch({
    file: indexFile,
    start: options.startSearch ?? (() => new Worker(path.join(workersFolder, 'search-worker.cjs'), SOON_FORGOTTEN)),
    log,
    onProgress: (progress) => emit('search.progress', progress),
  });
  const colourNames = () => settings.read().colourNames;
  // Nothing is put off for it: what the library has to do comes later in any case.
  const calls = searchCalls(search, { colourNames, awaited: (work) => work });
  void search.known.then((documents) => {
    if (documents > 0) onSearchable(calls);
  });
  const collections = createCollections({ settings, outlines: notebooks.outlines, journal, touch: search.touch });
  const review = await openReview({ notebooks, cacheFile: path.join(localFolder, 'reviews.sqlite'), log });
  const pagedNotes = createPagedNotes({
    outlines: notebooks.outlines,
    notebook: notebooks.read,
    unplaced: (id) => review.of(id)?.unplaced,
    isMissing: (id) => library.summary(id)?.missing ?? true,
    journal,
    tags: tags.list,
    canUndo: (editId) => records.stateOf(editId) === 'done',
    joiningOf: (id) => joining.lastOf(id),
    pause: createPause(),
  });
  const links = createLinks({ library: { ids: () => library.ids(), summary: (id) => library.summary(id) }, notebooks });
  const library = await openLibrary({
    dataFolder,
    refusal: shared.folder.refusal,
    localFolder,
    seedsFolder,
    startReading:
      options.startReading ??
      (() => new Worker(path.join(workersFolder, 'reading-worker.cjs'), { workerData: folderOfModels(localFolder) })),
    folders,
    notebooks,
    machine,
    async keptText(textHash) {
      const text = await notebooks.readText(textHash);
      return text.ok ? text.value : undefined;
    },
    toReview(id) {
      const notes = review.of(id);
      return notes && { close: notes.close.length, unplaced: notes.unplaced.length };
    },
    index: {
      ...search,
      touch(ids) {
        search.touch(ids);
        pagedNotes.touch(ids);
        links.touch(ids);
        review.touch(ids);
      },
    },
    log,
    emit,
  });
  // What the first window waits for comes before.
  void library.begun.then(() => {
    search.follow(searched(library, notebooks, collections));
    search.touch(library.ids());
    review.touch(library.ids());
  });
  pagedNotes.follow((documentId) => library.summary(documentId)?.title);
  const tagCalls = createTagCalls({ tags, notebooks, journal, emit }, log);
  const inTurn = createLimiter(1);
  const joining = createJoining({ notebooks, machine, records: joinings, library, journal, emit, tellTags: tagCalls.tell, log, inTurn });
  const editions = createEditions({ keepApart: joining.keepApart, notebooks, library, journal, emit, inTurn });
  const notebookCalls = createNotebookCalls({
    notebooks,
    lists: pagedNotes,
    library: {
      identity: (id) => library.identity(id),
      async notebookChanged(id, identity) {
        await library.notebookChanged(id, identity);
        joining.moveLeft(id);
      },
    },
    rememberTags: tagCalls.remember,
    settleTags: (id) => tagSettling.look(id),
    journal: {
      ...journal,
      async removeEarlier(before) {
        await journal.removeEarlier(before);
        await records.removeEarlier(before);
        await joinings.removeEarlier(before);
      },
    },
    emit,
    log,
  });
  const turns = createTurns();
  const bulkEdits = createBulkEdits({
    notebooks,
    notebookCalls,
    isMissing: (id) => library.summary(id)?.missing ?? true,
    tags,
    tagCalls,
    settings,
    records,
    journal,
    messages,
    turns,
    emit,
    log,
  });
  await bulkEdits.recover();
  const tagSettling = createTagSettling({ notebooks, tags, change: notebookCalls.changeAsPart, turns, log });
  const tellTags = () => {
    tagCalls.tell();
    tagSettling.lookAtAll();
  };
  void library.begun.then(tagSettling.lookAtAll);
  const brought = { dataFolder, notebooks, tags, library, dropped: openDroppedFiles(dataFolder), turns, emit, log };
  const restoring = createRestoring({ ...brought, tellTags });
  const importing = createImporting({ ...brought, localFolder, messages, tellTags });
  await importing.recover();
  const comparing = createComparing({ notebooks, library, log });
  const forgetting = createForgetting({
    dataFolder,
    stale,
    notebooks,
    library,
    here,
    journal,
    records: [records, joinings],
    change: notebookCalls.change,
    log,
  });
  const exports = createExports({
    source: {
      document: (id) => library.summary(id),
      notebook(id) {
        const notebook = notebooks.get(id);
        return notebook && collections.named(notebook);
      },
      identity: (id) => library.identity(id),
      *notebooks() {
        for (const notebook of notebooks.all()) yield collections.named(notebook);
      },
      list: (query) => library.idsOf(query),
    },
    textsFolder: keptTextsFolder(dataFolder),
    colourNames,
    fileOf: (id) => library.file(id)?.path,
    start: options.startExport ?? (() => new Worker(path.join(workersFolder, 'export-worker.cjs'), SOON_FORGOTTEN)),
    pause: createPause(),
    onProgress: (progress) => emit('export.progress', progress),
    log,
  });
  return {
    notebooks,
    notebookCalls,
    tags,
    tagCalls,
    settings,
    collections,
    machine,
    messages,
    journal,
    forgetting,
    library,
    firstPages: openFirstPages({ folder: folderOfFirstPages(localFolder), warn: log.warn }),
    review,
    search,
    restoring,
    importing,
    bulkEdits,
    joining,
    editions,
    links,
    comparing,
    exports,
  };
}

/** What is searched: every document that the library lists, under the title that the list shows, with the reader's notes on it. */
const searched = (library: Library, notebooks: NotebookStore, collections: Collections): SearchSource => ({
  ids: () => library.ids(),
  document(id) {
    const row = library.summary(id);
    if (!row) return undefined;
    const { path: file = '', content } = library.file(id) ?? {};
    // What a library folder lies in says nothing of what is in it.
    const top = path.basename(file.slice(0, file.length - row.relativePath.length));
    const folder = path.posix.join(top, path.posix.dirname(row.relativePath));
    const { title, date, author, format, tags, favourite, later, status, missing, toReview, addedAt } = row;
    const outline = notebooks.outline(id);
    return {
      id,
      title,
      folder,
      date,
      author,
      format,
      isFavourite: favourite === true,
      isLater: later !== undefined,
      collections: collections.namesOf(outline),
      status,
      isMissing: missing,
      hasUnplaced: (toReview?.unplaced ?? 0) > 0,
      addedAt,
      content,
      tags: [...tags],
      notesState: outline?.notesState ?? '',
      // Of thousands of documents few are told to the index.
      get notes() {
        return wholeNotes(notebooks.get(id)?.notes ?? []).map(searchNote);
      },
    };
  },
  read: (id) => library.readText(id),
});
