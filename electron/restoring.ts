import {
  type BackupSummary,
  type BroughtOutcome,
  type CallsOf,
  fail,
  LARGEST_ZIP,
  ok,
  type RestorePlan,
  type Result,
  type UploadedFile,
} from '#api';
import { type Applied, createEngine, fromElsewhere, type Source, type Turns } from './interchange/import';
import { freeRoom, openTarget, type TargetParts } from './library-target';
import type { Log } from './log';
import { type BackupContents, openForeignBackup, openOwnBackup, summariseBackups } from './notebook';
import { createPause } from './pacing';
import { count } from './storage/records';
import { collectBytes } from './uploaded';

interface RestoringOptions extends TargetParts {
  dataFolder: string;
  turns: Turns;
  /** Tells the windows of the tags as they are now. */
  tellTags(): void;
  log: Log;
}

/** Restoring the library from a backup: a plan, the doing of it, and taking it back. One at a time. */
export interface Restoring {
  list(): Promise<{ backups: BackupSummary[]; last?: BroughtOutcome }>;
  /** From a backup of this library, by its name. */
  plan(name: string): Promise<Result<RestorePlan>>;
  /** From a zip that the reader brought. Throws what its bytes throw as they come. */
  planZip(file: UploadedFile): Promise<Result<RestorePlan>>;
  apply(planId: string, undelete: boolean): Promise<Result<BroughtOutcome>>;
  /** Lets go of a plan, and of the backup that it holds, unless it is being carried out. */
  forget(planId: string): Promise<void>;
  /** Ends what is being applied after the document that it is at. */
  stop(): void;
  undo(planId?: string): Promise<Result<BroughtOutcome>>;
  /** Ends what is being applied and lets go of the backup. */
  close(): Promise<void>;
}

/** What restoring answers. */
export const restoreCalls = (restoring: Restoring): CallsOf<'restore'> => ({
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
  'restore.undo': ({ planId }) => restoring.undo(planId),
});

/** A backup with those of its dropped files that can be brought back. */
interface BackupSource extends Source {
  contents: BackupContents;
  absent: number;
}

export function createRestoring(options: RestoringOptions): Restoring {
  const { dataFolder, dropped, turns, emit, log } = options;
  const engine = createEngine<BackupSource>({
    wording,
    turns,
    openTarget: ({ contents }) => openTarget(options, contents.files),
    freeRoom: () => freeRoom(dataFolder),
    onProgress: (done, total) => emit('restore.progress', { done, total }),
    onTags: options.tellTags,
    log,
    pause: createPause(),
  });

  const open = async (opened: Result<BackupContents>): Promise<Result<BackupSource>> => {
    if (!opened.ok) return opened;
    const contents = opened.value;
    const files: string[] = [];
    let absent = 0;
    for (const [name, file] of contents.files) {
      if (await dropped.isKept(file)) files.push(name);
      else if (!(await dropped.has(name))) absent += 1;
    }
    const { notebooks, tags, text, archives, versions, close } = contents;
    return ok({
      contents,
      absent,
      incoming: { notebooks, tags, text, files, archives, versions },
      sizeOf: (name) => contents.files.get(name)?.size ?? 0,
      close,
    });
  };

  const plan = async (from: () => Promise<Result<BackupContents>>): Promise<Result<RestorePlan>> => {
    const planned = await engine.plan(async () => open(await from()));
    if (!planned.ok) return planned;
    const { id, source, plan: made } = planned.value;
    const { contents, absent } = source;
    const notices = [...contents.notices, ...(absent > 0 ? [absentFiles(absent)] : [])];
    return ok({ ...made.shown, id, madeAt: contents.madeAt?.toISOString(), notices });
  };

  return {
    async list() {
      const last = engine.last();
      return { backups: await summariseBackups(dataFolder, log), ...(last && { last }) };
    },
    plan: (name) => plan(() => openOwnBackup(dataFolder, name)),
    async planZip(file) {
      const bytes = await collectBytes(file, LARGEST_ZIP);
      return bytes ? plan(() => openFromElsewhere(file.name, bytes)) : zipTooLarge(file.name, dataFolder);
    },
    apply: engine.apply,
    forget: engine.forget,
    stop: engine.stop,
    undo: engine.undo,
    close: engine.close,
  };
}

async function openFromElsewhere(name: string, bytes: Uint8Array): Promise<Result<BackupContents>> {
  const opened = await openForeignBackup(name, bytes);
  return opened.ok ? ok({ ...opened.value, notebooks: opened.value.notebooks.map(fromElsewhere) }) : opened;
}

const zipTooLarge = (name: string, dataFolder: string) =>
  fail(
    'document-too-large',
    `“${name}” has more than the ${LARGEST_ZIP / 1_048_576} MB that a zip may have to be opened here. Copy it under its own name into the folder “backups” in ${dataFolder}: it is listed here then.`,
  );

const wording = {
  noun: 'restore',
  chosenMeanwhile: 'Another backup was chosen meanwhile. Choose again what to restore from.',
  takenBack: 'The restore was taken back. Notes that it had brought are in the trash; what you changed since is as you left it.',
  nothingDone: 'Nothing was restored',
  describe,
};

function describe({ record, failure, skipped, stopped }: Applied, total: number): string {
  const undoable = record.notebooks.length + record.files.length > 0;
  const done = [
    ...(record.added > 0 ? [`${count(record.added, 'note')} ${record.added === 1 ? 'is' : 'are'} back`] : []),
    ...(record.changed > 0 ? [`${count(record.changed, 'note')} now ${record.changed === 1 ? 'has' : 'have'} both texts`] : []),
    ...(record.versions > 0 ? [`${count(record.versions, 'old version')} ${record.versions === 1 ? 'is' : 'are'} back`] : []),
    ...(record.files.length > 0 ? [`${count(record.files.length, 'file')} ${record.files.length === 1 ? 'is' : 'are'} back`] : []),
  ].join(', ');
  const told = done === '' ? '' : ` ${done}.`;
  const ended = failure
    ? `The restore ended before everything was done: ${failure.message} ${record.notebooks.length} of ${count(total, 'document')} ${record.notebooks.length === 1 ? 'was' : 'were'} restored, and nothing is half done.${told} Restore again for the rest, or undo.`
    : stopped
      ? `The restore was stopped. Nothing is half done.${told}`
      : undoable || record.versions > 0
        ? `Restored.${told}`
        : 'Everything in this backup is here already, so nothing was changed.';
  return [ended, ...new Set(skipped)].join(' ');
}

const absentFiles = (number: number): string =>
  number === 1
    ? 'One file that was dropped into Lectern is not here, and its content does not lie beside these backups.'
    : `${number} files that were dropped into Lectern are not here, and their contents do not lie beside these backups.`;
