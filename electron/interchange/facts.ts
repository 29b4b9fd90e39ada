import { createHash } from 'node:crypto';
import { recordsOf } from '#model';
import type { Pause } from '../pacing';
import type { DocumentHead, SelectedDocument } from './selection';

/** What a file of an export says of all its notes before the first of them. */
export interface FilePart {
  title: string;
  documentCount: number;
  noteCount: number;
  first: DocumentHead;
  /** Where its documents lie in the library. */
  sources: string[];
  /** Those of documents, then those of notes, each once. */
  tags: string[];
  /** ms since the epoch: when the first note was made, and when the last was changed. */
  created: number;
  modified: number;
  /** SHA-256 over the ids of its notes in their order, hexadecimal. */
  fingerprint: string;
  /** Eight hexadecimal digits that depend on the ids of its notes and on when they were changed. */
  stamp: string;
}

/** Notes that are looked at between two pauses. */
const SLICE = 500;

/** What a file that holds `documents` says of them. */
export async function describePart(title: string, documents: readonly SelectedDocument[], pause: Pause): Promise<FilePart> {
  const [first] = documents;
  if (!first) throw new Error(`There is no document in ${title}.`);
  const tags = new Set(documents.flatMap(({ head }) => head.tags));
  const fingerprint = createHash('sha256');
  const states = createHash('sha256');
  let noteCount = 0;
  let created = Number.POSITIVE_INFINITY;
  let modified = Number.NEGATIVE_INFINITY;
  for (const { notes } of documents) {
    for (let start = 0; start < notes.length; start += SLICE) {
      const slice = notes.slice(start, start + SLICE);
      for (const note of slice) {
        for (const tag of note.tags) tags.add(tag);
        created = Math.min(created, Date.parse(note.createdAt));
        for (const { modifiedAt } of recordsOf(note)) modified = Math.max(modified, Date.parse(modifiedAt));
      }
      const records = slice.flatMap(recordsOf);
      fingerprint.update(`${records.map(({ id }) => id).join()},`);
      states.update(`${records.map(({ id, modifiedAt }) => `${id} ${modifiedAt}`).join()},`);
      await pause();
    }
    noteCount += notes.length;
    await pause();
  }
  return {
    title,
    documentCount: documents.length,
    noteCount,
    first: first.head,
    sources: documents.map(({ head }) => head.source),
    tags: [...tags],
    created,
    modified,
    fingerprint: fingerprint.digest('hex'),
    stamp: states.digest('hex').slice(0, 8),
  };
}
