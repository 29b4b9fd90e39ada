import { heirOf } from '../join';
import { linkName } from '../text/titles';
import { type NoteLinks, namesIn, pathIn, placeKey } from './note-links';

/** What links need to know of one document. */
export interface LinkedDocument {
  /** As the library shows it; `undefined` for a document that it does not list. */
  title?: string | undefined;
  /** Of its file in its library folder, with `/` and without its ending. */
  path?: string | undefined;
  /** The ending of its file: `.pdf`. */
  ending?: string | undefined;
  /** That library folder. */
  folderId?: string | undefined;
  /** What else it says it is called. */
  aliases?: readonly string[] | undefined;
  /** By which the document went before the reader gave it another title. */
  formerTitle?: string | undefined;
  /** Of the document that has its words. */
  sameAs?: string | undefined;
  /** Where its notes lead to. */
  links?: readonly NoteLinks[] | undefined;
  /** The notes on the whole document that go by a name. */
  namedNotes?: readonly (readonly [name: string, noteId: string])[] | undefined;
}

/** By document the notes that lead somewhere. */
export type LinkSources = Map<string, string[]>;

/** A place that a title names: documents, or a note that has it for a heading. */
export interface NamedPlace {
  documentIds: string[];
  note?: { documentId: string; noteId: string };
}

/**
 * Which documents and notes lead to which, by title and by address. A path names the documents whose files lie there. A title names the documents that have it
 * now; else the notes that begin with it as a heading; else the documents whose files are called so; else those that say that they are called so, too; else those that
 * went by it before the reader renamed them: so no link is lost by renaming, and a present title
 * always comes first. A link in the text of a document names files of its library folder before all titles, the nearest of several: one in
 * the same folder, else the one with the shortest path, as Obsidian has it. What changes costs its own links; asking costs those that lead there.
 */
export class LinkIndex {
  readonly #documents = new Map<string, LinkedDocument>();
  readonly #titles = new Many();
  readonly #fileNames = new Many();
  readonly #aliases = new Many();
  readonly #formerTitles = new Many();
  readonly #namedNotes = new Many();
  /** By name or place the documents with notes that lead there. */
  readonly #sources = new Many();
  /** By document the places of its notes that something leads to, and how many documents do. */
  readonly #notesLinkedIn = new Map<string, Map<string, number>>();
  readonly #joined = new Map<string, string>();

  /** A document as it is now; `undefined` for one that is no more. */
  put(id: string, document: LinkedDocument | undefined): void {
    const before = this.#documents.get(id);
    if (before) this.#each(id, before, 'remove');
    if (document) {
      this.#documents.set(id, document);
      this.#each(id, document, 'add');
    } else this.#documents.delete(id);
  }

  /**
   * What stands in the brackets of `[[Title#Heading|words]]` names; nothing where no document and no note goes by it. `besideId`: the document in the text of
   * which it stands.
   */
  find(written: string, besideId?: string): NamedPlace {
    const byPath = this.#documentsAt(pathIn(written));
    if (byPath.length > 0) return { documentIds: this.#nearest(byPath, besideId) };
    for (const name of namesIn(written)) {
      const files = besideId === undefined ? [] : this.#documentsOf(this.#fileNames, name).filter((id) => this.#areTogether(id, besideId));
      if (files.length > 0) return { documentIds: this.#nearest(files, besideId) };
      const place = this.#named(name);
      if (place.documentIds.length > 0 || place.note) return { ...place, documentIds: this.#nearest(place.documentIds, besideId) };
    }
    return { documentIds: [] };
  }

  #areTogether(id: string, besideId: string): boolean {
    const folderId = this.#documents.get(besideId)?.folderId;
    return folderId !== undefined && this.#documents.get(id)?.folderId === folderId;
  }

  /** The nearest of some documents to another; all of them where none lies in its library folder. */
  #nearest(ids: string[], besideId: string | undefined): string[] {
    if (besideId === undefined || ids.length < 2) return ids;
    const besidePath = this.#documents.get(besideId)?.path ?? '';
    const [nearest] = ids
      .filter((id) => this.#areTogether(id, besideId))
      .map((id) => ({ id, path: this.#documents.get(id)?.path ?? '' }))
      .sort(
        (one, other) =>
          Number(folderOf(one.path) !== folderOf(besidePath)) - Number(folderOf(other.path) !== folderOf(besidePath)) ||
          one.path.split('/').length - other.path.split('/').length ||
          (one.path < other.path ? -1 : 1),
      );
    return nearest ? [nearest.id] : ids;
  }

  #named(name: string): NamedPlace {
    const documentIds = this.#documentsOf(this.#titles, name);
    if (documentIds.length > 0) return { documentIds };
    const [note] = this.#namedNotes.of(name);
    if (note !== undefined) {
      const [documentId = '', noteId = ''] = note.split('/');
      return { documentIds: [], note: { documentId: this.heir(documentId), noteId } };
    }
    const byFile = this.#documentsOf(this.#fileNames, name);
    if (byFile.length > 0) return { documentIds: byFile };
    const byAlias = this.#documentsOf(this.#aliases, name);
    if (byAlias.length > 0) return { documentIds: byAlias };
    return { documentIds: this.#documentsOf(this.#formerTitles, name) };
  }

  /** The document that has the words of another one by now. */
  heir(id: string): string {
    return this.#joined.size === 0 ? id : heirOf(id, (each) => this.#joined.get(each));
  }

  /** The notes of other documents that lead to a document, or to one of its notes. */
  toDocument(documentId: string): LinkSources {
    const ids = this.#idsOf(documentId);
    const keys = ids.flatMap((id) => [placeKey(id), ...(this.#notesLinkedIn.get(id)?.keys() ?? [])]);
    const names = ids.flatMap((id) => this.#namesOf(id)).filter((name) => this.#leadsTo(name, documentId));
    const sources = this.#collect(keys, names);
    for (const id of ids) sources.delete(id);
    return sources;
  }

  /** The other notes that lead to one note. */
  toNote(documentId: string, noteId: string): LinkSources {
    const ids = this.#idsOf(documentId);
    const names = ids.flatMap((id) => this.#namesOfNotes(id)).flatMap(([name, id]) => (id === noteId ? name : []));
    const keys = ids.map((id) => placeKey(id, noteId));
    return this.#collect(keys, names, noteId);
  }

  /** The notes of a document that other notes lead to, and how many do. */
  linkedNotes(documentId: string): Map<string, number> {
    /** By name or place. */
    const noteIds = new Map<string, string>();
    for (const id of this.#idsOf(documentId)) {
      for (const place of this.#notesLinkedIn.get(id)?.keys() ?? []) noteIds.set(place, place.slice(id.length + 1));
      for (const [name, noteId] of this.#namesOfNotes(id)) noteIds.set(name, noteId);
    }
    const counts = new Map<string, number>();
    for (const id of this.#sourcesOf(noteIds.keys())) {
      for (const { noteId, names, places } of this.#documents.get(id)?.links ?? []) {
        const reached = new Set([...names, ...places].flatMap((each) => noteIds.get(each) ?? []));
        reached.delete(noteId);
        for (const each of reached) counts.set(each, (counts.get(each) ?? 0) + 1);
      }
    }
    return counts;
  }

  #each(
    id: string,
    { title, path, ending, aliases = [], formerTitle, sameAs, links = [], namedNotes = [] }: LinkedDocument,
    act: 'add' | 'remove',
  ): void {
    if (title !== undefined) this.#titles[act](linkName(title), id);
    // `[[Paper.pdf]]` names one by its ending, too.
    if (path !== undefined) for (const name of fileNames(path, ending)) this.#fileNames[act](linkName(lastPart(name)), id);
    for (const alias of new Set(aliases.map(linkName))) this.#aliases[act](alias, id);
    if (formerTitle !== undefined) this.#formerTitles[act](linkName(formerTitle), id);
    for (const [name, noteId] of namedNotes) this.#namedNotes[act](name, placeKey(id, noteId));
    if (act === 'remove') this.#joined.delete(id);
    else if (sameAs !== undefined) this.#joined.set(id, sameAs);
    for (const name of new Set(links.flatMap(({ names }) => names))) this.#sources[act](name, id);
    for (const place of new Set(links.flatMap(({ places }) => places))) {
      this.#sources[act](place, id);
      if (place.includes('/')) this.#countPlace(place, act === 'add' ? 1 : -1);
    }
  }

  #countPlace(place: string, step: 1 | -1): void {
    const id = documentOf(place);
    const counts = this.#notesLinkedIn.get(id) ?? new Map<string, number>();
    const count = (counts.get(place) ?? 0) + step;
    if (count > 0) counts.set(place, count);
    else counts.delete(place);
    if (counts.size > 0) this.#notesLinkedIn.set(id, counts);
    else this.#notesLinkedIn.delete(id);
  }

  /** The documents whose files lie where a path with folders in it says, from the top of their library folder or from one in it. */
  #documentsAt(path: string | undefined): string[] {
    if (path === undefined) return [];
    const end = `/${linkName(path)}`;
    const isThere = (id: string): boolean => {
      const { path: at = '', ending } = this.#documents.get(id) ?? {};
      return fileNames(at, ending).some((name) => `/${linkName(name)}`.endsWith(end));
    };
    const ids = [...this.#fileNames.of(linkName(lastPart(path)))].filter(isThere);
    return [...new Set(ids.map((id) => this.heir(id)))].filter((id) => this.#documents.get(id)?.title !== undefined);
  }

  #documentsOf(titles: Many, name: string): string[] {
    const ids = [...titles.of(name)].map((id) => this.heir(id));
    return [...new Set(ids)].filter((id) => this.#documents.get(id)?.title !== undefined);
  }

  /** A document with those whose words it has. */
  #idsOf(documentId: string): string[] {
    const joined = [...this.#joined.keys()].filter((id) => id !== documentId && this.heir(id) === documentId);
    return [documentId, ...joined];
  }

  #namesOf(id: string): string[] {
    const { title, path, ending, aliases = [], formerTitle, namedNotes = [] } = this.#documents.get(id) ?? {};
    const files = path === undefined ? [] : fileNames(path, ending).map(lastPart);
    const titles = [title, ...files, ...aliases, formerTitle].flatMap((each) => (each === undefined ? [] : linkName(each)));
    return [...titles, ...namedNotes.map(([name]) => name)];
  }

  #leadsTo(name: string, documentId: string): boolean {
    const { documentIds, note } = this.find(name);
    return note?.documentId === documentId || documentIds.includes(documentId);
  }

  /** The names of a document's notes that no document has. */
  #namesOfNotes(id: string): (readonly [name: string, noteId: string])[] {
    return (this.#documents.get(id)?.namedNotes ?? []).filter(([name, noteId]) => this.find(name).note?.noteId === noteId);
  }

  #sourcesOf(keys: Iterable<string>): Set<string> {
    const ids = new Set<string>();
    for (const key of keys) for (const id of this.#sources.of(key)) ids.add(id);
    return ids;
  }

  #collect(places: readonly string[], names: readonly string[], apartFrom?: string): LinkSources {
    const wanted = new Set([...places, ...names]);
    const found: LinkSources = new Map();
    for (const id of this.#sourcesOf(wanted)) {
      const noteIds: string[] = [];
      for (const links of this.#documents.get(id)?.links ?? []) {
        const leads = links.places.some((place) => wanted.has(place)) || links.names.some((name) => wanted.has(name));
        if (leads && links.noteId !== apartFrom) noteIds.push(links.noteId);
      }
      if (noteIds.length > 0) found.set(id, noteIds);
    }
    return found;
  }
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A file by its name with its ending and without. */
const fileNames = (path: string, ending: string | undefined): string[] => (ending === undefined ? [path] : [path, path + ending]);

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

const documentOf = (place: string): string => place.split('/', 1)[0] ?? place;

/** Several values by key, each once. */
class Many {
  readonly #values = new Map<string, Set<string>>();

  of = (key: string): ReadonlySet<string> => this.#values.get(key) ?? none;

  add(key: string, value: string): void {
    const values = this.#values.get(key);
    if (values) values.add(value);
    else this.#values.set(key, new Set([value]));
  }

  remove(key: string, value: string): void {
    const values = this.#values.get(key);
    values?.delete(value);
    if (values?.size === 0) this.#values.delete(key);
  }
}

const none: ReadonlySet<string> = new Set();
