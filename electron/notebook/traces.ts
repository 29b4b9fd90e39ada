import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Anchor, ArchivedVersion, Notebook } from '#model';
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
  /** All of them; `undefined` for one that cannot be read, and of which no backup has a copy. */
  notebooks(): Iterable<Notebook | undefined>;
}

/** Finds and removes what is kept of a document beside its notebook. */
export interface DocumentTraces {
  find(id: string, copies: readonly string[]): Promise<Traces>;
  /** Lets no backup from before offer the document any more. Throws the system's error. */
  letGo(id: string): Promise<void>;
  /** Removes them; doing it again does what is left. Throws the system's error, and when Lectern is closed meanwhile. */
  remove(id: string, gone: ToForget): Promise<{ unreadableBackups: number }>;
}

export function createDocumentTraces({ context, archiving, texts, backups, notebooks }: Surroundings): DocumentTraces {
  const { dataFolder, folder, quarantine } = context;
  const pause = createPause();

  const textsOf = async (id: string): Promise<string[]> => {
    const own = new Set<string>();
    const needed = new Set<string>();
    for (const notebook of notebooks()) {
      // It may need any of them.
      if (!notebook) return [];
      for (const hash of hashesIn(notebook)) (notebook.id === id ? own : needed).add(hash);
    }
    for (const hash of hashesOf(await archiving.all(id))) own.add(hash);
    for (const other of await archiving.ids()) if (other !== id) for (const hash of hashesOf(await archiving.all(other))) needed.add(hash);
    return [...own.difference(needed)].sort();
  };

  return {
    async find(id, copies) {
      const hashes = await textsOf(id);
      return {
        texts: hashes,
        archivedVersions: (await archiving.all(id)).length,
        quarantined: await quarantine.namesOf(id),
        backups: await backups.holding(forgottenOf(id, { texts: hashes, copies }, pause)),
      };
    },
    async letGo(id) {
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

/** The texts that a notebook's anchors count on, those of versions and of deleted notes too. */
function* hashesIn({ identity, notes, deletedNotes }: Notebook): Generator<string> {
  if (identity.textHash !== undefined) yield identity.textHash;
  for (const { textHash } of identity.history) if (textHash !== undefined) yield textHash;
  for (const { anchor, history } of [...notes, ...deletedNotes.map(({ note }) => note)])
    yield* hashesOfAnchors([anchor, ...history.map((version) => version.anchor)]);
}

const hashesOf = (versions: readonly ArchivedVersion[]): Generator<string> =>
  hashesOfAnchors(versions.map(({ version }) => version.anchor));

function* hashesOfAnchors(anchors: Iterable<Anchor | undefined>): Generator<string> {
  for (const anchor of anchors) if (anchor) yield anchor.textHash;
}
