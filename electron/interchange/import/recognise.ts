import { fileNameOf, heirOf, type Notebook } from '#model';
import type { Pause } from '../../pacing';
import type { Incoming, Present, PresentDocument } from './incoming';

/** The document here that a notebook belongs to, and by what it was known; `foundBy` is absent where it is not here. */
export interface Recognised {
  id: string;
  foundBy?: 'content' | 'id' | 'title';
  /** Whether the reader has said since that it is another one's file: that has the notes of both. */
  isJoined?: boolean;
}

/** Tells which document here a notebook belongs to. */
export type Recognise = (notebook: Notebook) => Recognised;

/**
 * Prepares to recognise documents. A backup is of this library, where an id says most; what was exported may come from anywhere: there
 * the same content says most, then the id, then title and author, if no other document has them.
 */
export async function createRecognise({ exported }: Pick<Incoming, 'exported'>, present: Present, pause: Pause): Promise<Recognise> {
  const byContent = new Map<string, string>();
  const byName = new Map<string, string | undefined>();
  const ids = new Set<string>();
  const sameAs = new Map<string, string>();
  const add = ({ id, rawHash, title, author }: PresentDocument) => {
    ids.add(id);
    if (rawHash !== undefined) byContent.set(rawHash, id);
    const name = nameOf(title, author);
    byName.set(name, byName.has(name) && byName.get(name) !== id ? undefined : id);
  };
  for (const document of present.documents()) {
    add(document);
    await pause();
  }
  for (const { id, identity, sameAs: other } of present.notebooks()) {
    ids.add(id);
    if (other !== undefined) sameAs.set(id, other);
    byContent.set(identity.rawHash, id);
    await pause();
  }
  const isHere = (id: string) => ids.has(id) || present.lockedBecause(id) !== undefined;

  /** What a document was said to be, where that is here. */
  const sameAsOf = (id: string): string | undefined => {
    const other = sameAs.get(id);
    return other !== undefined && ids.has(other) ? other : undefined;
  };

  const find: Recognise = ({ id, identity, title }) => {
    const content = byContent.get(identity.rawHash);
    if (!exported) return { id: isHere(id) ? id : (content ?? id) };
    if (content !== undefined) return { id: content, foundBy: 'content' };
    if (isHere(id)) return { id, foundBy: 'id' };
    const told = exported.documents.get(id);
    const named = byName.get(nameOf(told?.title ?? title ?? fileNameOf(identity) ?? '', told?.author));
    return named === undefined ? { id } : { id: named, foundBy: 'title' };
  };

  return (notebook) => {
    const found = find(notebook);
    const id = heirOf(found.id, sameAsOf);
    return id === found.id ? found : { ...found, id, isJoined: true };
  };
}

const nameOf = (title: string, author = ''): string =>
  [title, author].map((part) => part.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()).join('\n');
