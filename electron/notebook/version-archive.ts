import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import { documentIdSchema, isSameVersion, type Note, type Notebook, type NoteVersion, noteVersionSchema } from '#model';
import type { Log } from '../log';
import { isConflictCopyOf } from '../storage/conflict-copies';
import { orNothing, systemCode } from '../storage/failures';
import { writeNewFile } from '../storage/guarded-write';
import type { Quarantine } from '../storage/quarantine';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Versions of a note that stay in its notebook; older ones go to `history/`. */
const VERSIONS_KEPT = 50;

const lineSchema = z.object({ noteId: z.uuid(), version: noteVersionSchema });
type Line = z.infer<typeof lineSchema>;

/** What of a notebook is to go to the archive; empty when nothing is. */
export function versionsToArchive({ notes, deletedNotes }: Notebook): Line[] {
  return [...notes, ...deletedNotes.map(({ note }) => note)].flatMap((note) =>
    oldestOf(note).map((version) => ({ noteId: note.id, version })),
  );
}

/** The notebook without what was archived. */
export function withoutArchived(notebook: Notebook, archived: readonly Line[]): Notebook {
  const thin = (note: Note): Note => {
    const gone = archived.filter(({ noteId }) => noteId === note.id);
    if (gone.length === 0) return note;
    return { ...note, history: note.history.filter((each) => !gone.some(({ version }) => isSameVersion(version, each))) };
  };
  return {
    ...notebook,
    notes: notebook.notes.map(thin),
    deletedNotes: notebook.deletedNotes.map((deleted) => ({ ...deleted, note: thin(deleted.note) })),
  };
}

function oldestOf({ history }: Note): NoteVersion[] {
  const versions = history.filter(({ provisional }) => !provisional);
  return versions.slice(0, Math.max(0, versions.length - VERSIONS_KEPT));
}

/** `DATA/history`: the versions of notes that are no longer in their notebooks, a file for each document. */
export interface VersionArchive {
  /** Keeps versions, durable and read back. Throws the system's error, or `NotVerifiedError`, with the file as it was. */
  add(id: string, lines: readonly Line[]): Promise<void>;
  /** The archived versions of a note, oldest first, each once. Throws when a file cannot be read. */
  read(id: string, noteId: string): Promise<NoteVersion[]>;
}

/** The archive of a data folder. A file that cannot be unpacked goes to `quarantine`, and is begun anew. */
export function openVersionArchive({
  dataFolder,
  quarantine,
  log,
}: {
  dataFolder: string;
  quarantine: Quarantine;
  log: Log;
}): VersionArchive {
  const folder = path.join(dataFolder, 'history');
  const nameOf = (id: string) => `${documentIdSchema.parse(id)}.jsonl.gz`;
  /** One write of a document's file after the other. */
  const chains = new Map<string, Promise<void>>();

  const write = async (id: string, lines: readonly Line[]): Promise<void> => {
    const file = path.join(folder, nameOf(id));
    const before = await readIfThere(file);
    const known = before && (await unpack(before).catch(() => undefined));
    if (before && known === undefined) log.warn(`${file} cannot be unpacked; it is kept as ${await quarantine.move(file)}`);
    const added = await compress(Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
    await writeNewFile(file, before && known !== undefined ? Buffer.concat([before, added]) : added);
  };

  return {
    add(id, lines) {
      const done = (chains.get(id) ?? Promise.resolve()).then(() => write(id, lines));
      const chain = done.catch(() => undefined).finally(() => chains.get(id) === chain && chains.delete(id));
      chains.set(id, chain);
      return done;
    },
    async read(id, noteId) {
      const found: NoteVersion[] = [];
      // Also the copies that a sync tool left when two machines archived.
      const names = (await readdir(folder).catch(orNothing)).filter((name) => name === nameOf(id) || isConflictCopyOf(name, nameOf(id)));
      for (const name of names) {
        for (const text of (await unpack(await readFile(path.join(folder, name)))).split('\n')) {
          const line = lineSchema.safeParse(parseJson(text));
          if (!line.success || line.data.noteId !== noteId) continue;
          if (!found.some((each) => isSameVersion(each, line.data.version))) found.push(line.data.version);
        }
      }
      return found.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
    },
  };
}

const unpack = async (bytes: Buffer): Promise<string> => (await decompress(bytes)).toString();

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
