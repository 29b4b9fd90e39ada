import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import { documentIdSchema, isSameVersion, type Note, type Notebook, type NoteVersion, noteVersionSchema } from '../api';
import { NotVerifiedError, systemCode } from './failures';
import { syncFolder } from './guarded-write';

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

const fileOf = (dataFolder: string, id: string): string => path.join(dataFolder, 'history', `${documentIdSchema.parse(id)}.jsonl.gz`);

/**
 * Adds versions to `history/<id>.jsonl.gz`: one gzip member more, whose lines are JSON, durable and read back. Throws the system's
 * error, or `NotVerifiedError`, with the file as it was.
 */
export async function archiveVersions(dataFolder: string, id: string, lines: readonly Line[]): Promise<void> {
  const file = fileOf(dataFolder, id);
  await mkdir(path.dirname(file), { recursive: true });
  const member = await compress(Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
  const handle = await open(file, 'a+');
  try {
    const { size } = await handle.stat();
    try {
      await handle.appendFile(member);
      await handle.sync();
      const written = Buffer.alloc(member.length);
      await handle.read(written, 0, written.length, size);
      if (!written.equals(member)) throw new NotVerifiedError(file, false);
    } catch (error) {
      await handle.truncate(size);
      throw error;
    }
  } finally {
    await handle.close();
  }
  await syncFolder(path.dirname(file));
}

/** The archived versions of a note, oldest first, each once; lines that make no sense are left out. Throws when the file cannot be read. */
export async function readArchive(dataFolder: string, id: string, noteId: string): Promise<NoteVersion[]> {
  let packed: Buffer;
  try {
    packed = await readFile(fileOf(dataFolder, id));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
  const found: NoteVersion[] = [];
  for (const text of (await decompress(packed)).toString().split('\n')) {
    const line = lineSchema.safeParse(parseJson(text));
    if (!line.success || line.data.noteId !== noteId) continue;
    if (!found.some((each) => isSameVersion(each, line.data.version))) found.push(line.data.version);
  }
  return found.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
