import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type ArchivedVersion, type NotebookOutline, textHashesOf } from '#model';
import { createPause, type Pause } from '../pacing';
import { archiveName } from '../storage/archive-file';
import type { Backups } from '../storage/backups/backups';
import type { Forgotten } from '../storage/backups/rewrite';
import type { StorageContext } from '../storage/file-kind';
import { giveUp } from '../storage/given-up';
import { syncFolder } from '../storage/guarded-write';
import { isRecord } from '../storage/records';
import type { Archiving } from './archiving';
import { withoutDocument } from './journal';
import { withoutSightings } from './machine';
import type { Texts } from './texts';

/** What is kept of a document beside its notebook, in `DATA`. */
export interface Traces {
  /** SHA-256 of kept texts that no other document needs. */
  texts: string[];
  archivedVersions: number;
  /** Names in the quarantine. */
  quarantined: string[];
  /** Backups that hold something of it, and those that cannot be read; paths. */
  backups: { holding: string[]; unreadable: string[] };
}

/** What goes of a document beside what its id names. `copies`: names in `DATA/documents`, with `/`. */
export interface ToForget {
  texts: readonly string[];
  copies: readonly string[];
}

interface Surroundings {
  context: StorageContext;
  archiving: Archiving;
  texts: Texts;
  backups: Backups;
  /** Of all notebooks; `undefined` for one that cannot be read, and of which no backup has a copy. */
  outlines(): Iterable<NotebookOutline | undefined>;
}

/** Finds and removes what is kept of a document beside its notebook. */
export interface DocumentTraces {
  find(id: string, copies: readonly string[]): Promise<Traces>;
  /** Lets no backup from before offer the document any more. Throws the system's error. */
  giveUp(id: string): Promise<void>;
  /** Removes them; doing it again does what is left. Throws the system's error, and when Lectern is closed meanwhile. */
  remove(id: string, gone: ToForget): Promise<{ unreadableBackups: number }>;
}

export function createDocumentTraces({ context, archiving, texts, backups, outlines }: Surroundings): DocumentTraces {
  const { dataFolder, folder, quarantine } = context;
  const pause = createPause();

  return {
    async find(id, copies) {
      const hashes = await textsOfNoOther(id, { outlines, archiving, pause });
      return {
        texts: hashes,
        archivedVersions: (await archiving.all(id)).length,
        quarantined: await quarantine.namesOf(id),
        backups: await backups.holding(forgottenOf(id, { texts: hashes, copies }, pause)),
      };
    },
    async giveUp(id) {
      await giveUp(dataFolder, folder, `notebooks/${id}.json`);
      await giveUp(dataFolder, folder, archiveName(id));
    },
    async remove(id, gone) {
      await folder.check();
      const documents = path.join(dataFolder, 'documents');
      for (const name of gone.copies) await rm(path.join(documents, ...name.split('/')), { force: true });
      if (gone.copies.length > 0) await syncFolder(documents);
      await archiving.remove(id);
      for (const hash of gone.texts) await texts.remove(hash);
      await quarantine.forget(id);
      const { unreadable } = await backups.forget(forgottenOf(id, gone, pause));
      return { unreadableBackups: unreadable.length };
    },
  };
}

interface TextsOptions extends Pick<Surroundings, 'outlines'> {
  archiving: Pick<Archiving, 'all' | 'ids'>;
  pause: Pause;
}

/** The texts that a document counts on and no other one, sorted; none where one cannot be read that may need any of them. */
export async function textsOfNoOther(id: string, { outlines, archiving, pause }: TextsOptions): Promise<string[]> {
  const own = new Set<string>();
  const needed = new Set<string>();
  for (const outline of outlines()) {
    if (!outline) return [];
    for (const hash of textHashesOf(outline)) (outline.id === id ? own : needed).add(hash);
    await pause();
  }
  for (const hash of hashesOf(await archiving.all(id))) own.add(hash);
  const left = own.difference(needed);
  for (const other of left.size > 0 ? await archiving.ids() : []) {
    if (other === id) continue;
    for (const hash of hashesOf(await archiving.all(other))) left.delete(hash);
    await pause();
  }
  return [...left].sort();
}

function* hashesOf(versions: readonly ArchivedVersion[]): Generator<string> {
  for (const { version } of versions) if (version.anchor) yield version.anchor.textHash;
}

/** What of a backup is of a document. */
function forgottenOf(id: string, { texts, copies }: ToForget, pause: Pause): Forgotten {
  const names = new Set([
    `notebooks/${id}.json`,
    archiveName(id),
    ...texts.map((hash) => `texts/${hash}.gz`),
    ...copies.map((name) => `documents/${name}`),
  ]);
  return {
    goes: (name) => names.has(name),
    isMixed: (name) => name.startsWith('journal/') || name.startsWith('machines/'),
    without: (name, bytes) => (name.startsWith('journal/') ? withoutDocument(bytes, id, pause) : withoutDocumentOnMachine(bytes, id)),
  };
}

/** The file of a machine without what it says of a document; the same bytes where it says nothing. */
function withoutDocumentOnMachine(bytes: Buffer, id: string): Buffer {
  if (!bytes.includes(id)) return bytes;
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString());
  } catch {
    return bytes;
  }
  const rest = isRecord(content) ? withoutSightings(content, id) : content;
  return rest === content ? bytes : Buffer.from(JSON.stringify(rest, undefined, '\t'));
}
