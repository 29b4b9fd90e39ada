import path from 'node:path';
import { type CallsOf, documentNotFound, type Emit, type ForgettingPlan, fail, ok, type Result } from '#api';
import {
  createWordCounter,
  heirOf,
  isForgotten,
  justAfter,
  markedSame,
  momentToForget,
  type Notebook,
  type NotebookChange,
  wholeDeleted,
  wholeNotes,
} from '#model';
import type { Library } from './library';
import type { Log } from './log';
import {
  type BulkRecords,
  type ForgettingIntent,
  type Journal,
  type KeptMessages,
  type MachineStore,
  type NotebookStore,
  openForgettingIntents,
} from './notebook';
import type { StaleDerived } from './stale-derived';
import { writeFailure } from './storage/failures';
import { createLimiter } from './storage/limiter';

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
  /** What changes of many, and joinings, are taken back by. */
  records: readonly Pick<BulkRecords, 'forget'>[];
  /** Makes changes of a notebook for all windows. */
  change(documentId: string, changes: NotebookChange[]): Promise<Result<unknown>>;
  log: Log;
}

/** Forgetting documents: the only deletion that cannot be undone. */
export interface Forgetting {
  /** What would go, and what would stay. Nothing is done. */
  plan(documentId: string): Promise<Result<ForgettingPlan>>;
  /** Forgets a document, where it is still as it was listed (`state` of the plan). What is begun is done in the end: what fails, or is cut off, is done at the next start. */
  apply(documentId: string, state: string, client?: string): Promise<Result<{ unreadableBackups: number }>>;
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
  'forget.apply': ({ documentId, state }, client) => forgetting.apply(documentId, state, client),
});

export function createForgetting({ dataFolder, stale, notebooks, library, here, journal, records, change, log }: Surroundings): Forgetting {
  const own = path.join(dataFolder, 'documents') + path.sep;
  const intents = openForgettingIntents(dataFolder, notebooks.folder.check);
  const inTurn = createLimiter(1);

  /** The files of a document: names of copies in the library's own folder, and paths of those that are not Lectern's. */
  const filesOf = (id: string): { copies: string[]; staying: string[] } => {
    const others = library.editions(id).filter(({ isShown }) => !isShown);
    const paths = [...(library.identity(id)?.paths ?? []), ...others.flatMap((each) => each.paths)];
    const isCopy = (file: string) => file.startsWith(own);
    return {
      copies: paths.filter(isCopy).map((file) => file.slice(own.length).split(path.sep).join('/')),
      staying: paths.filter((file) => !isCopy(file)),
    };
  };

  /** Of the notes, the trash and the tags of documents. */
  const stateOf = (ids: readonly string[]): string =>
    JSON.stringify(
      ids.map((id) => {
        const { notesState = '', deletedCount = 0, tags = [] } = notebooks.outline(id) ?? {};
        return [id, notesState, deletedCount, tags];
      }),
    );

  /** The documents that were joined with this one, and it: what backups and old versions hold of those is its reader's, too. */
  const withJoined = (id: string): string[] => {
    const sameAsOf = (each: string) => notebooks.outline(each)?.sameAs;
    const joined = [...notebooks.outlines()].filter(
      (each) => each.id !== id && each.sameAs !== undefined && heirOf(each.id, sameAsOf) === id,
    );
    return [...joined.map((each) => each.id), id];
  };

  const refusal = (ids: readonly string[]) =>
    ids.map((id) => (notebooks.isLost(id) ? undefined : notebooks.lockedBecause(id))).find((failure) => failure !== undefined);

  const carryOut = async (id: string, { at, texts, copies }: ForgettingIntent): Promise<Result<{ unreadableBackups: number }>> => {
    await notebooks.traces.giveUp(id);
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
    for (const each of records) await each.forget(id);
    const removed = await notebooks.traces.remove(id, { texts, copies });
    await library.filesRemoved(copies.map((name) => own + name.split('/').join(path.sep)));
    await stale.mark();
    await intents.put(id, undefined);
    return ok(removed);
  };

  /** Lets those that were joined with a document stay so when they are forgotten: else each would be one of its own again, with the same file. */
  const stayJoined = async (ids: readonly string[], now: string): Promise<Result<null>> => {
    for (const id of ids) {
      const kept = await notebooks.update(id, (present) => {
        if (!present) throw new Error(`The notebook ${id} is gone`);
        return markedSame(present, present.sameAs, justAfter(Date.parse(momentToForget(present, now))));
      });
      if (!kept.ok) return kept;
    }
    return ok(null);
  };

  /** Keeps that a document is to be forgotten, with what goes along, so that it is done in the end. */
  const intend = async (id: string, now: string): Promise<ForgettingIntent> => {
    const { copies } = filesOf(id);
    const { texts } = await notebooks.traces.find(id, copies);
    const notebook = notebooks.get(id);
    const intent = { at: notebook ? momentToForget(notebook, now) : now, texts, copies };
    await intents.put(id, intent);
    return intent;
  };

  /** What is kept of documents of which one has the file; backups count once. */
  const tracesOf = async (ids: readonly string[], copies: readonly string[]) => {
    const found: Awaited<ReturnType<NotebookStore['traces']['find']>>[] = [];
    for (const id of ids) found.push(await notebooks.traces.find(id, id === ids.at(-1) ? copies : []));
    const distinct = (of: (each: (typeof found)[number]) => readonly string[]) => new Set(found.flatMap(of)).size;
    return {
      texts: distinct(({ texts }) => texts),
      archivedVersions: found.reduce((sum, { archivedVersions }) => sum + archivedVersions, 0),
      quarantined: distinct(({ quarantined }) => quarantined),
      backups: distinct(({ backups }) => backups.holding),
      unreadableBackups: distinct(({ backups }) => backups.unreadable),
    };
  };

  const logUndone = (error: unknown) => log.error('what was to be forgotten could not be as a whole', error);

  const carryOutAll = async (all: ReadonlyMap<string, ForgettingIntent>): Promise<void> => {
    for (const [id, intent] of all) {
      const done = await carryOut(id, intent);
      if (done.ok) log.info(`the document ${id} is forgotten to the end`);
      else log.error(`the document ${id} could not be forgotten as a whole`, done.failure.message);
    }
  };

  const tell = (documentId: string, client?: string): void =>
    here.emit('notebook.forgotten', { documentId, isGone: library.file(documentId) === undefined, client });

  return {
    async plan(id) {
      const notebook = notebooks.get(id);
      const row = library.summary(id);
      const all = withJoined(id);
      const locked = refusal(all);
      if (locked) return { ok: false, failure: locked };
      if (!row && !notebook) return documentNotFound();
      const { copies, staying } = filesOf(id);
      const traces = await tracesOf(all, copies);
      const words = createWordCounter();
      for (const { body } of notebook?.notes ?? []) words.add(`${body}\n`);
      return ok({
        state: stateOf(all),
        title: row?.title ?? notebook?.title ?? notebook?.identity.title ?? id,
        notes: wholeNotes(notebook?.notes ?? []).length,
        words: words.total(),
        deletedNotes: wholeDeleted(notebook?.deletedNotes ?? []).length,
        tags: [...(notebook?.tags ?? [])],
        ...traces,
        copies,
        activities: (await Promise.all(all.map((each) => journal.count(each)))).reduce((sum, each) => sum + each, 0),
        filesStaying: staying,
      });
    },
    apply: (id, state, client) =>
      inTurn(async () => {
        const all = withJoined(id);
        const locked = refusal(all);
        if (locked) return { ok: false, failure: locked };
        if (!library.summary(id) && !notebooks.get(id)) return documentNotFound();
        try {
          await notebooks.flush();
          if (stateOf(all) !== state) return changedSince();
          const now = new Date().toISOString();
          const joined = await stayJoined(all.slice(0, -1), now);
          if (!joined.ok) return unfinished(joined.failure.message);
          const intended = new Map<string, ForgettingIntent>();
          for (const each of all) intended.set(each, await intend(each, now));
          let unreadableBackups = 0;
          for (const [each, { at }] of intended) {
            // What only those needed that went before goes along.
            const done = await carryOut(each, await intend(each, at));
            if (!done.ok) return done.failure.code === 'document-changed' ? done : unfinished(done.failure.message);
            unreadableBackups = Math.max(unreadableBackups, done.value.unreadableBackups);
          }
          tell(id, client);
          return ok({ unreadableBackups });
        } catch (error) {
          log.error(`the document ${id} could not be forgotten as a whole`, error);
          return unfinished(writeFailure(error, dataFolder).failure.message);
        }
      }),
    resume: () => inTurn(async () => carryOutAll(await intents.list())).catch(logUndone),
    async close() {
      await inTurn(async () => undefined);
      // At the next start it would be removed, too, but that may be long from now.
      await stale.end().catch((error: unknown) => log.error('the index could not be removed yet', error));
    },
    async follow(notebook) {
      const { id, forgottenAt: at } = notebook;
      if (at === undefined || !isForgotten(notebook)) return;
      await inTurn(async () => {
        const unseen = await forgetOnMachine(id, here);
        if (!unseen.ok) log.error(`where the document ${id} was seen could not be forgotten`, unseen.failure.message);
        tell(id);
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

const changedSince = () =>
  fail(
    'document-changed',
    'Nothing was forgotten: something was written on this document since you were shown what goes. Look at it once more.',
  );

const unfinished = (why: string) =>
  fail(
    'write-failed',
    `The document could not be forgotten as a whole yet. ${why} It is done at the next start of Lectern, or when you try again.`,
  );
