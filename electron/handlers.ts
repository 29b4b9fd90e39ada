import {
  type AppInfo,
  type BroughtOutcome,
  type CallsOf,
  type Capabilities,
  type CoreHandlers,
  type DataProblem,
  type Emit,
  fail,
  ok,
  type RecoveryChoice,
  type Result,
  type UploadHandlers,
} from '#api';
import type { Notebook } from '#model';
import { type BulkEdits, bulkCalls } from './bulk-edits';
import type { Collections } from './collections';
import { type Comparing, textsCalls } from './comparing';
import type { Editions } from './editions';
import { type Forgetting, forgetCalls } from './forgetting';
import { type Importing, importCalls } from './importing';
import { type Exports, exportCalls } from './interchange/export';
import { type Joining, joinCalls } from './joining';
import { type FirstPages, type Library, libraryCalls } from './library';
import { type Links, linkCalls } from './links';
import type { Log } from './log';
import type {
  Journal,
  KeptMessages,
  MachineStore,
  NotebookCalls,
  NotebookStore,
  Review,
  SettingsStore,
  TagCalls,
  TagStore,
} from './notebook';
import { type Restoring, restoreCalls } from './restoring';
import { type Search, searchCalls } from './search';

/** The parts of the core. */
export interface Parts {
  notebooks: NotebookStore;
  notebookCalls: NotebookCalls;
  tags: TagStore;
  tagCalls: TagCalls;
  settings: SettingsStore;
  collections: Collections;
  machine: MachineStore;
  messages: KeptMessages;
  journal: Journal;
  forgetting: Forgetting;
  library: Library;
  firstPages: FirstPages;
  review: Review;
  search: Search;
  restoring: Restoring;
  joining: Joining;
  editions: Editions;
  links: Links;
  comparing: Comparing;
  importing: Importing;
  bulkEdits: BulkEdits;
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

/** What the core answers to each method: the calls of its parts, and those about all of them. */
export function createHandlers(parts: Parts, surroundings: Surroundings): CoreHandlers {
  const {
    notebooks,
    notebookCalls,
    tagCalls,
    settings,
    collections,
    library,
    firstPages,
    search,
    restoring,
    importing,
    joining,
    editions,
    comparing,
    exports,
    journal,
  } = parts;
  tellOutsideChanges(parts, surroundings);
  return {
    ...appCalls(parts, surroundings),
    'settings.read': () => settings.read(),
    'settings.update': async ({ patch }, client) => {
      const updated = await settings.update(patch);
      if (!updated.ok) return updated;
      surroundings.emit('settings.changed', { settings: updated.value, client });
      if (patch.collections) collections.settingsChanged(updated.value);
      return updated;
    },
    ...libraryCalls({ library, firstPages, notebook: notebookCalls.find, revisionOf: notebooks.revisionOf }),
    ...notebookCalls.calls,
    ...tagCalls.calls,
    ...forgetCalls(parts.forgetting),
    ...noted({ ...restoreCalls(restoring), ...importCalls(importing) }, journal),
    ...joinCalls(joining, editions, library),
    ...linkCalls(parts.links),
    ...textsCalls(comparing),
    ...bulkCalls(parts.bulkEdits),
    ...searchCalls(search, { colourNames: () => settings.read().colourNames, awaited: library.putOffFor }),
    ...exportCalls(exports),
  };
}

function appCalls(parts: Parts, { dataFolder, version, capabilities, problems, log, emit }: Surroundings): CallsOf<'app'> {
  const { notebooks, tags, settings, machine, messages, library } = parts;
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
    'app.recover': ({ problemId, choice }) => recover(parts, emit, problemId, choice),
  };
}

/** What was restored or imported, and taken back, is noted in the journal: one entry each. */
function noted(calls: CallsOf<'restore' | 'import'>, journal: Pick<Journal, 'add'>): CallsOf<'restore' | 'import'> {
  const note = async (type: 'restored' | 'imported', doing: Result<BroughtOutcome> | Promise<Result<BroughtOutcome>>, isUndo: boolean) => {
    const done = await doing;
    if (done.ok && (isUndo || done.value.undoable)) journal.add([{ type, message: done.value.message }]);
    return done;
  };
  return {
    ...calls,
    'restore.apply': async (args, client) => note('restored', calls['restore.apply'](args, client), false),
    'restore.undo': async (args, client) => note('restored', calls['restore.undo'](args, client), true),
    'import.apply': async (args, client) => note('imported', calls['import.apply'](args, client), false),
    'import.undo': async (args, client) => note('imported', calls['import.undo'](args, client), true),
  };
}

/** Does what the reader chose about a file, whichever part has it. */
async function recover(parts: Parts, emit: Emit, problemId: string, choice: RecoveryChoice): Promise<Result<{ message: string }>> {
  const { notebooks, tags, tagCalls, machine, settings, collections, library } = parts;
  const notebook = await notebooks.recover(problemId, choice);
  if (notebook) {
    if (!notebook.ok) return notebook;
    for (const id of notebook.value.documentIds) {
      await library.notebookRestored(id);
      const recovered = notebooks.get(id);
      if (recovered) tellRestored(recovered, parts, emit);
    }
    return ok({ message: notebook.value.message });
  }
  const others: [Pick<TagStore, 'recover'>, () => void][] = [
    [tags, tagCalls.tell],
    [machine, () => library.takeFolders(machine.folders())],
    [
      settings,
      () => {
        collections.look();
        emit('settings.changed', { settings: settings.read() });
      },
    ],
  ];
  for (const [store, tell] of others) {
    const recovered = await store.recover(problemId, choice);
    if (!recovered) continue;
    if (recovered.ok) tell();
    return recovered.ok ? ok({ message: recovered.value }) : recovered;
  }
  return fail('problem-solved', 'This is no longer a problem.');
}

function tellRestored(notebook: Notebook, { notebooks, tagCalls }: Parts, emit: Emit): void {
  emit('notebook.restored', { notebook, revision: notebooks.revisionOf(notebook) });
  tagCalls.tell();
}

/** Tells the windows what other programs and machines change. */
function tellOutsideChanges(parts: Parts, { emit, log }: Pick<Surroundings, 'emit' | 'log'>): void {
  const { notebooks, settings, machine, library, forgetting } = parts;
  settings.onOutsideChange(() => emit('settings.changed', { settings: settings.read() }));
  machine.onOutsideChange(() => library.takeFolders(machine.folders()));
  notebooks.onOutsideChange((notebook, isNew) => {
    void forgetting.follow(notebook);
    const tell = () => tellRestored(notebook, parts, emit);
    if (!isNew) {
      void library.notebookChanged(notebook.id);
      return tell();
    }
    library
      .notebookRestored(notebook.id)
      .then(tell)
      .catch((error: unknown) => log.error(`the notebook ${notebook.id} of another machine could not be shown`, error));
  });
}

/** What the core does with each file that is handed over. */
export const createUploadHandlers = ({ library, restoring, importing, journal }: Parts): UploadHandlers => ({
  'library.import': async (file) => {
    const outcome = await library.importFile(file);
    const { documentId, wasKnown } = outcome;
    const title = documentId === undefined || wasKnown ? undefined : library.summary(documentId)?.title;
    if (documentId !== undefined && title !== undefined) journal.add([{ type: 'document-added', documentId, title }]);
    return outcome;
  },
  'restore.plan-zip': (file) => restoring.planZip(file),
  'import.plan': (file) => importing.plan(file),
});

/** The system, as windows know it. */
export function platformName(): AppInfo['platform'] {
  if (process.platform === 'darwin') return 'mac';
  return process.platform === 'win32' ? 'windows' : 'linux';
}
