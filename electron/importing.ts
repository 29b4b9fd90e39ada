import path from 'node:path';
import {
  type BroughtOutcome,
  type CallsOf,
  fail,
  type ImportedFiles,
  importedFilesSchema,
  LARGEST_IMPORT,
  type NotesImport,
  ok,
  type Result,
  type UploadedFile,
} from '#api';
import type { Creator } from '#model';
import { decodeText } from './formats/document-text';
import {
  type Applied,
  type Collected,
  createEngine,
  type GivenFile,
  type Incoming,
  incomingOf,
  ofAnother,
  openUnfinishedImport,
  readExports,
  type Source,
  type Turns,
} from './interchange/import';
import type { Library } from './library';
import { freeRoom, openTarget, type TargetParts } from './library-target';
import type { Log } from './log';
import type { KeptMessages } from './notebook';
import { createPause } from './pacing';
import { count } from './storage/records';
import { collectBytes } from './uploaded';

interface ImportingOptions extends TargetParts {
  dataFolder: string;
  localFolder: string;
  turns: Turns;
  messages: Pick<KeptMessages, 'add'>;
  /** Tells the windows of the tags as they are now. */
  tellTags(): void;
  log: Log;
}

/** Importing notes out of Lectern's own exports: a plan, the doing of it, and taking it back. All of it is done, or nothing. */
export interface Importing {
  /** From files that are handed over as one: see `importedFilesSchema`. Throws what its bytes throw as they come. */
  plan(file: UploadedFile): Promise<Result<NotesImport>>;
  apply(planId: string, undelete: boolean): Promise<Result<BroughtOutcome>>;
  /** Lets go of a plan, unless it is being carried out. */
  forget(planId: string): Promise<void>;
  /** Ends what is being applied after the document that it is at; no note of it stays. */
  stop(): void;
  undo(planId?: string): Promise<Result<BroughtOutcome>>;
  /** Takes back what the end of Lectern cut off, and says so; before any window is there. */
  recover(): Promise<void>;
  last(): BroughtOutcome | undefined;
  close(): Promise<void>;
}

/** What importing answers. */
export const importCalls = (importing: Importing): CallsOf<'import'> => ({
  'import.last': () => ({ last: importing.last() }),
  'import.apply': ({ planId, undelete }) => importing.apply(planId, undelete),
  'import.forget': async ({ planId }) => {
    await importing.forget(planId);
    return null;
  },
  'import.stop': () => {
    importing.stop();
    return null;
  },
  'import.undo': ({ planId }) => importing.undo(planId),
});

interface ExportSource extends Source {
  collected: Collected;
}

export function createImporting(options: ImportingOptions): Importing {
  const { dataFolder, localFolder, library, turns, emit, log } = options;
  const pause = createPause();
  const engine = createEngine<ExportSource>({
    wording,
    turns,
    openTarget: () => openTarget(options),
    unfinished: openUnfinishedImport(path.join(localFolder, 'import-unfinished.jsonl'), log),
    freeRoom: () => freeRoom(dataFolder),
    onProgress: (done, total) => emit('import.progress', { done, total }),
    onTags: options.tellTags,
    log,
    pause,
  });

  const open = async ({ files, creator }: Given): Promise<Result<ExportSource>> => {
    const read = await readExports(files, pause);
    if (!read.ok) return read;
    const collected = creator ? ofAnother(read.value, creator) : read.value;
    const incoming = incomingOf(collected, createTexts(library, collected));
    return ok({ collected, incoming, sizeOf: () => 0, close: async () => undefined });
  };

  return {
    async plan(file) {
      const bytes = await collectBytes(file, LARGEST_IMPORT);
      if (!bytes) return tooLarge();
      const given = unpack(bytes);
      if (!given) return fail('file-not-importable', 'The files did not arrive whole. Choose them again.');
      const planned = await engine.plan(() => open(given));
      if (!planned.ok) return planned;
      const { id, plan, source } = planned.value;
      const { bad, notices } = source.collected;
      return ok({ id, documents: plan.imported, badRecords: [...bad], notices: [...notices] });
    },
    apply: engine.apply,
    forget: engine.forget,
    stop: engine.stop,
    undo: engine.undo,
    async recover() {
      const { documents, failures } = await engine.recover(openTarget(options));
      const [failure] = failures;
      if (documents === 0 && !failure) return;
      const message = failure
        ? `Lectern was ended in the midst of an import of notes, and not all of what had come could be taken back. ${failure.message} It is tried again at the next start of Lectern, and before the next import.`
        : 'Lectern was ended in the midst of an import of notes. What had come was taken back; nothing of yours was changed. Import again.';
      options.messages.add({ id: 'import:cut-off', message });
    },
    last: engine.last,
    close: engine.close,
  };
}

/** Files, and whose notes are in them, where they are another person's. */
interface Given {
  files: GivenFile[];
  creator: Creator | undefined;
}

/** The files within what was handed over; `undefined` where it is not whole. */
function unpack(bytes: Uint8Array): Given | undefined {
  const end = bytes.indexOf(0x0a);
  const listed = end === -1 ? undefined : readList(bytes.subarray(0, end));
  if (!listed) return undefined;
  let at = end + 1;
  const files = listed.files.map(({ name, size, modified }) => {
    at += size;
    return { name, modified, bytes: bytes.subarray(at - size, at) };
  });
  return at === bytes.length ? { files, creator: listed.creator } : undefined;
}

function readList(line: Uint8Array): ImportedFiles | undefined {
  try {
    return importedFilesSchema.parse(JSON.parse(new TextDecoder().decode(line)));
  } catch {
    return undefined;
  }
}

/**
 * Gives texts that anchors count on, of the documents here that have the same content: they are kept with the notes, so that these are found
 * in later versions of the documents.
 */
function createTexts(library: Library, { notebooks }: Collected): Incoming['text'] {
  const rawHashes = new Map<string, string>();
  for (const { identity, notes } of notebooks) for (const { anchor } of notes) if (anchor) rawHashes.set(anchor.textHash, identity.rawHash);
  let idOf: Map<string, string> | undefined;
  return async (textHash) => {
    idOf ??= new Map([...library.ids()].flatMap((id) => [[library.identity(id)?.rawHash ?? '', id] as const]));
    const id = idOf.get(rawHashes.get(textHash) ?? '');
    const read = id === undefined ? undefined : await library.readText(id);
    return read?.ok && read.value.text.textHash === textHash ? decodeText(read.value.text) : undefined;
  };
}

const tooLarge = () =>
  fail(
    'document-too-large',
    `All files together have more than ${LARGEST_IMPORT / 1_048_576} MB, which is more than is imported at once. Import some of them first.`,
  );

const wording = {
  noun: 'import',
  chosenMeanwhile: 'Other files were chosen meanwhile. Choose again what to import.',
  takenBack: 'The import was taken back. Notes that it had brought are in the trash; what you changed since is as you left it.',
  nothingDone: 'Nothing was imported',
  describe,
};

function describe({ record, failure, skipped, stopped }: Applied): string {
  const { added, changed, notebooks } = record;
  const done = [
    ...(added > 0 ? [`${count(added, 'note')} came`] : []),
    ...(changed > 0 ? [`${count(changed, 'note')} ${changed === 1 ? 'was' : 'were'} updated`] : []),
  ].join(', ');
  const isLeft = notebooks.length > 0;
  const ended =
    failure && isLeft
      ? `The import failed: ${failure.message} What had been done could not be taken back, either: ${count(notebooks.length, 'document')} ${notebooks.length === 1 ? 'has' : 'have'} notes of it. Undo when there is room again.`
      : failure
        ? `Nothing was imported: ${failure.message}`
        : stopped
          ? 'The import was stopped. No note of it stays.'
          : isLeft
            ? `Imported.${done === '' ? '' : ` ${done}.`}`
            : 'All of this is here already, so nothing was changed.';
  return [ended, ...new Set(skipped)].join(' ');
}
