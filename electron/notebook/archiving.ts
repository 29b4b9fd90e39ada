import path from 'node:path';
import { ok, type RecoveryChoice, type Result } from '#api';
import type { ArchivedVersion, Notebook, NoteVersion } from '#model';
import { withoutKnown } from '../storage/archive-file';
import type { KnownBackups } from '../storage/backups/known';
import { writeFailure } from '../storage/failures';
import type { StorageContext } from '../storage/file-kind';
import { findLostArchives } from './lost-archives';
import type { NotebookFiles } from './notebook-files';
import { titleOf } from './recover-notebook';
import { openVersionArchive, versionsToArchive, withoutArchived } from './version-archive';

/** The archive of old versions beside the notebooks that they come from. */
export interface Archiving {
  /** Moves the oldest versions of a notebook's notes to the archive, in the background. */
  moveOldest(id: string): void;
  /** The archived versions of a note, oldest first. Throws when the archive cannot be read. */
  read(id: string, noteId: string): Promise<NoteVersion[]>;
  /** All archived versions of a document. Throws when the archive cannot be read. */
  all(id: string): Promise<ArchivedVersion[]>;
  /** The documents that have archived versions. */
  ids(): Promise<string[]>;
  /** Deletes those of a document, once nothing of it is being moved. Throws the system's error. */
  remove(id: string): Promise<void>;
  /** Those of `versions` that a document's archive has not. Throws when the archive cannot be read. */
  lacking(id: string, versions: readonly ArchivedVersion[]): Promise<ArchivedVersion[]>;
  /** Puts those into a document's archive that it has not, and answers how many. After a failure the archive is as it was. */
  bring(id: string, versions: readonly ArchivedVersion[]): Promise<Result<number>>;
  /** Does what the reader chose about versions that were lost. */
  recover(choice: RecoveryChoice): Promise<Result<string>>;
  /** Resolves when nothing is being moved. */
  idle(): Promise<void>;
}

interface ArchivingOptions {
  context: StorageContext;
  files: NotebookFiles;
  known: KnownBackups;
  /** Told of a notebook that got thinner by it. */
  onMoved(before: Notebook, after: Notebook): void;
}

/** Opens the archive of a data folder and looks at what of it is lost. */
export async function openArchiving({ context, files, known, onMoved }: ArchivingOptions): Promise<Archiving> {
  const { dataFolder, folder, quarantine, problems, log } = context;
  const documents = [...files.entries()].map(([id]) => id);
  const archive = await openVersionArchive({ dataFolder, documents, quarantine, log });
  const nameOf = (id: string): string => {
    const { value, copy } = files.get(id) ?? {};
    const notebook = value ?? copy;
    return notebook ? titleOf(notebook) : id;
  };
  const lost = await findLostArchives({ dataFolder, guard: folder, archive, known, problems, log, titleOf: nameOf });
  folder.onRenewed(archive.beginAnew);
  const moving = new Set<Promise<void>>();
  /** Documents of which the last move failed: logged once, not with each save. */
  const failing = new Set<string>();

  /** The versions leave the notebook once they are on the disk in the archive. */
  const move = async (id: string): Promise<void> => {
    const file = files.get(id);
    const versions = file?.value ? versionsToArchive(file.value) : [];
    if (!file || versions.length === 0 || lost.has(id)) return;
    try {
      await folder.check();
      await archive.add(id, versions);
      await file.change((notebook) => {
        if (!notebook) throw new Error(`The notebook ${id} is gone`);
        const after = withoutArchived(notebook, versions);
        onMoved(notebook, after);
        return after;
      });
      failing.delete(id);
    } catch (error) {
      if (!failing.has(id)) log.error(`old versions of the notes in ${id} stay in the notebook`, error);
      failing.add(id);
    }
  };

  return {
    moveOldest(id) {
      const moved = move(id).finally(() => moving.delete(moved));
      moving.add(moved);
    },
    read: archive.read,
    all: archive.all,
    ids: archive.ids,
    async remove(id) {
      await Promise.all(moving);
      await archive.remove(id);
      lost.forget(id);
    },
    lacking: async (id, versions) => withoutKnown(versions, await archive.all(id)),
    async bring(id, versions) {
      try {
        await folder.check();
        const number = await archive.bring(id, versions);
        await lost.settle(id);
        return ok(number);
      } catch (error) {
        return writeFailure(error, path.join(dataFolder, 'history'));
      }
    },
    recover: lost.recover,
    async idle() {
      await Promise.all(moving);
    },
  };
}
