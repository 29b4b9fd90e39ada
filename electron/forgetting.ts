import path from 'node:path';
import { type CallsOf, documentNotFound, type Emit, type ForgettingPlan, fail, ok, type Result } from '#api';
import { createWordCounter, isForgotten, momentToForget, type Notebook, type NotebookChange } from '#model';
import type { Library } from './library';
import type { Log } from './log';
import {
  type ForgettingIntent,
  type Journal,
  type KeptMessages,
  type MachineStore,
  type NotebookStore,
  openForgettingIntents,
} from './notebook';
import type { StaleDerived } from './stale-derived';
import { writeFailure } from './storage/failures';

interface OnMachine {
  machine: Pick<MachineStore, 'forget'>;
  messages: KeptMessages;
  emit: Emit;
}

interface Surroundings {
  here: OnMachine;
  dataFolder: string;
  stale: StaleDerived;
  notebooks: NotebookStore;
  library: Library;
  journal: Pick<Journal, 'forget' | 'count'>;
  /** Makes changes of a notebook for all windows. */
  change(documentId: string, changes: NotebookChange[]): Promise<Result<unknown>>;
  log: Log;
}

/** Forgetting documents: the only deletion that cannot be undone. */
export interface Forgetting {
  /** What would go, and what would stay. Nothing is done. */
  plan(documentId: string): Promise<Result<ForgettingPlan>>;
  /** Forgets a document. What is begun is done in the end: what fails, or is cut off, is done at the next start. */
  apply(documentId: string): Promise<Result<{ unreadableBackups: number }>>;
  /** Does what an earlier end left undone; what fails is logged, and tried at the next start. */
  resume(): Promise<void>;
  /** Another machine forgot a document: this one forgets it, too, unless something was written on it since. */
  follow(notebook: Notebook): Promise<void>;
  /** Resolves when nothing is being forgotten: done, or broken off since Lectern is closed. To be called once nothing has the index open: it goes then. */
  close(): Promise<void>;
}

/** Forgets where a document was seen on this machine, and what its reader was told of its files. */
export async function forgetOnMachine(id: string, { machine, messages, emit }: OnMachine): Promise<Result<null>> {
  for (const { id: message } of messages.list())
    if (message.startsWith(`${id}:`) && messages.remove(message)) emit('app.problem-solved', { id: message });
  await messages.flush();
  return machine.forget(id);
}

/** What forgetting answers. */
export const forgetCalls = (forgetting: Forgetting): CallsOf<'forget'> => ({
  'forget.plan': ({ documentId }) => forgetting.plan(documentId),
  'forget.apply': ({ documentId }) => forgetting.apply(documentId),
});

export function createForgetting({ dataFolder, stale, notebooks, library, here, journal, change, log }: Surroundings): Forgetting {
  const own = path.join(dataFolder, 'documents') + path.sep;
  const intents = openForgettingIntents(dataFolder, notebooks.folder.check);
  let turn: Promise<unknown> = Promise.resolve();

  /** The files of a document: names of copies in the library's own folder, and paths of those that are not Lectern's. */
  const filesOf = (id: string): { copies: string[]; staying: string[] } => {
    const paths = library.identity(id)?.paths ?? [];
    const isCopy = (file: string) => file.startsWith(own);
    return {
      copies: paths.filter(isCopy).map((file) => file.slice(own.length).split(path.sep).join('/')),
      staying: paths.filter((file) => !isCopy(file)),
    };
  };

  const refusal = (id: string) => (notebooks.isLost(id) ? undefined : notebooks.lockedBecause(id));

  const carryOut = async (id: string, { at, texts, copies }: ForgettingIntent): Promise<Result<{ unreadableBackups: number }>> => {
    await notebooks.traces.letGo(id);
    const unseen = await forgetOnMachine(id, here);
    if (!unseen.ok) return unseen;
    const changed = await change(id, [{ type: 'forget', at }]);
    // Of one whose notebook and file are gone there is nothing to change.
    if (!changed.ok && changed.failure.code !== 'document-not-found') return changed;
    const present = notebooks.get(id);
    if (present && !isForgotten(present)) {
      // What is kept of it may belong to that.
      await intents.put(id, undefined);
      return fail(
        'document-changed',
        'Something was written on this document meanwhile, so that stays, and with it what older versions and backups hold.',
      );
    }
    await journal.forget(id);
    const removed = await notebooks.traces.remove(id, { texts, copies });
    await library.filesRemoved(copies.map((name) => own + name.split('/').join(path.sep)));
    await stale.mark();
    await intents.put(id, undefined);
    return ok(removed);
  };

  const logUndone = (error: unknown) => log.error('what was to be forgotten could not be as a whole', error);

  const carryOutAll = async (all: ReadonlyMap<string, ForgettingIntent>): Promise<void> => {
    for (const [id, intent] of all) {
      const done = await carryOut(id, intent);
      if (done.ok) log.info(`the document ${id} is forgotten to the end`);
      else log.error(`the document ${id} could not be forgotten as a whole`, done.failure.message);
    }
  };

  /** One document after the other. */
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = turn.then(act);
    turn = done.catch(() => undefined);
    return done;
  };

  return {
    async plan(id) {
      const notebook = notebooks.get(id);
      const row = library.summary(id);
      const locked = refusal(id);
      if (locked) return { ok: false, failure: locked };
      if (!row && !notebook) return documentNotFound();
      const { copies, staying } = filesOf(id);
      const traces = await notebooks.traces.find(id, copies);
      const words = createWordCounter();
      for (const { body } of notebook?.notes ?? []) words.add(`${body}\n`);
      return ok({
        title: row?.title ?? notebook?.title ?? notebook?.identity.title ?? id,
        notes: notebook?.notes.length ?? 0,
        words: words.total(),
        deletedNotes: notebook?.deletedNotes.length ?? 0,
        tags: [...(notebook?.tags ?? [])],
        texts: traces.texts.length,
        archivedVersions: traces.archivedVersions,
        backups: traces.backups.holding.length,
        unreadableBackups: traces.backups.unreadable.length,
        copies,
        quarantined: traces.quarantined.length,
        activities: await journal.count(id),
        filesStaying: staying,
      });
    },
    apply: (id) =>
      inTurn(async () => {
        const locked = refusal(id);
        if (locked) return { ok: false, failure: locked };
        if (!library.summary(id) && !notebooks.get(id)) return documentNotFound();
        const { copies } = filesOf(id);
        try {
          await notebooks.flush();
          const { texts } = await notebooks.traces.find(id, copies);
          const now = new Date().toISOString();
          const notebook = notebooks.get(id);
          const intent = { at: notebook ? momentToForget(notebook, now) : now, texts, copies };
          await intents.put(id, intent);
          const done = await carryOut(id, intent);
          return done.ok || done.failure.code === 'document-changed' ? done : unfinished(done.failure.message);
        } catch (error) {
          log.error(`the document ${id} could not be forgotten as a whole`, error);
          return unfinished(writeFailure(error, dataFolder).failure.message);
        }
      }),
    resume: () => inTurn(async () => carryOutAll(await intents.list())).catch(logUndone),
    async close() {
      await turn;
      // At the next start it would be removed, too, but that may be long from now.
      await stale.end().catch((error: unknown) => log.error('the index could not be removed yet', error));
    },
    async follow(notebook) {
      const { id, forgottenAt: at } = notebook;
      if (at === undefined || !isForgotten(notebook)) return;
      await inTurn(async () => {
        const unseen = await forgetOnMachine(id, here);
        if (!unseen.ok) log.error(`where the document ${id} was seen could not be forgotten`, unseen.failure.message);
        // The machine that began, or any at its next start, does the rest.
        if ((await intents.list()).has(id)) return;
        const { copies } = filesOf(id);
        const { archivedVersions, quarantined, backups } = await notebooks.traces.find(id, copies);
        const isLeft = archivedVersions + quarantined.length + backups.holding.length + copies.length + (await journal.count(id)) > 0;
        if (!isLeft) return;
        const intent = { at, texts: [], copies };
        await intents.put(id, intent);
        await carryOutAll(new Map([[id, intent]]));
      }).catch(logUndone);
    },
  };
}

const unfinished = (why: string) =>
  fail(
    'write-failed',
    `The document could not be forgotten as a whole yet. ${why} It is done at the next start of Lectern, or when you try again.`,
  );
