import { hash } from 'node:crypto';
import type { FileFacts } from './facts';
import { deriveId, type NotebookIndex } from './identity';
import { ManyByKey } from './many-by-key';

/** One document: all files of equal content. */
export interface Located {
  id: string;
  /** At least one; the shown one first. */
  files: readonly [FileFacts, ...FileFacts[]];
}

interface Sighting {
  /** Files that are new or were read again. */
  files: readonly FileFacts[];
  /** Paths without a file. */
  gone: readonly string[];
  /**
   * Every file of the library was seen. Before that, a file at a notebook's path whose content differs stays unnamed:
   * the notebook's own content may turn up elsewhere.
   */
  settled: boolean;
}

export interface Placed {
  /** Documents whose rows may be others than before. */
  touched: Set<string>;
  /** Documents whose content is another than before, which is nowhere any more. */
  edited: Set<string>;
  /** Those whose content is another, too, though the one before is still there: in another document, or as an edition of this one. */
  given: Set<string>;
}

/**
 * Which file is which document. All files of equal content are one document, so every document has one key, the raw
 * hash (a file without readable content has its path as its key). A key gets its document in this order: a notebook
 * whose hash on this machine it is; a notebook of which it is an edition, or of which one was at one of its paths and is nowhere any more;
 * the document that was at one of its paths and has no file any more; a notebook that had this content at another time or on another
 * machine, and has no file here; a new one. A document is shown by one key: its other editions are beside that.
 */
export class Catalog {
  readonly #notebooks: NotebookIndex;
  readonly #files = new Map<string, FileFacts>();
  readonly #pathsOfKey = new ManyByKey();
  readonly #idOfKey = new Map<string, string>();
  readonly #keyOfId = new Map<string, string>();
  /** The document last seen at a path, and the last key of a document, since the start. */
  readonly #lastIdAt = new Map<string, string>();
  readonly #lastKeyOf = new Map<string, string>();
  readonly #unnamed = new Set<string>();
  /** Keys of editions of documents that have another file. */
  readonly #beside = new Set<string>();
  /** The document beside which a path's file was last seen, and the key that it had. */
  readonly #lastBesideAt: Map<string, { id: string; key: string }>;
  /** Keys that may have lost their last file. */
  readonly #emptied = new Set<string>();

  /** `remembered`: what was known of the files at the end of the last run. */
  constructor(notebooks: NotebookIndex, remembered?: Catalog) {
    this.#notebooks = notebooks;
    this.#lastBesideAt = new Map(remembered ? remembered.#lastBesideAt : []);
  }

  fileAt = (path: string): FileFacts | undefined => this.#files.get(path);
  files = (): MapIterator<FileFacts> => this.#files.values();
  ids = (): Iterable<string> => this.#keyOfId.keys();
  has = (id: string): boolean => this.#keyOfId.has(id);

  /** The document that a file is of, be it the one that is shown or another edition. */
  idAt(path: string): string | undefined {
    const file = this.#files.get(path);
    return file && this.idWithHash(keyOf(file));
  }

  idWithHash = (rawHash: string): string | undefined => this.#idOfKey.get(rawHash) ?? this.#documentBeside(rawHash);

  /** The hash of the text of a content, where a file here has it and it can be read. */
  textWithHash = (rawHash: string): string | undefined => this.#filesOf(rawHash)[0]?.textHash;

  /** Whether a content is another edition of a document that is here. */
  isBeside = (id: string, rawHash: string): boolean => this.#documentBeside(rawHash) === id;

  /** The other editions of a document, each with its files. */
  editions(id: string): Located[] {
    const keys = new Set(this.#notebooks.get(id)?.editions);
    return [...keys].flatMap((key) => {
      const [first, ...others] = this.isBeside(id, key) ? this.#filesOf(key) : [];
      return first ? [{ id, files: [first, ...others] }] : [];
    });
  }

  pathsWithHash = (rawHash: string): Iterable<string> => this.#pathsOfKey.get(rawHash);

  /** A document with its files: those that can be reached first, among them those that its notebook knows first. */
  locate(id: string): Located | undefined {
    const files = this.#filesOf(this.#keyOfId.get(id) ?? '');
    const known = this.#notebooks.get(id)?.paths ?? [];
    const rank = ({ path, absent }: FileFacts) =>
      (absent ? known.length + 1 : 0) + (known.includes(path) ? known.indexOf(path) : known.length);
    const [first, ...others] = files.length > 1 ? files.sort((a, b) => rank(a) - rank(b)) : files;
    return first && { id, files: [first, ...others] };
  }

  /** How many documents that can be read each folder holds; one of equal files counts where its first file is. Of those that `isCounted`. */
  countByFolder(isCounted: (id: string) => boolean = () => true): Map<string, number> {
    const counts = new Map<string, number>();
    for (const [id, key] of this.#keyOfId) {
      if (!isCounted(id)) continue;
      const [only = ''] = this.#pathsOfKey.get(key);
      const file = this.#pathsOfKey.count(key) === 1 ? this.#files.get(only) : this.locate(id)?.files[0];
      if (file && !file.problem) counts.set(file.folderId, (counts.get(file.folderId) ?? 0) + 1);
    }
    return counts;
  }

  /** Takes in what was seen and names what has no name yet. */
  place({ files, gone, settled }: Sighting): Placed {
    const placed = placedNone();
    for (const file of files) this.#attach(file, placed);
    this.#nameByHash(placed);
    for (const path of gone) this.#detach(path, placed);
    const left = this.#releaseEmpty();
    this.#nameByPath(settled, left, placed);
    return placed;
  }

  #filesOf(key: string): FileFacts[] {
    return [...this.#pathsOfKey.get(key)].map((path) => this.#files.get(path)).filter((file) => file !== undefined);
  }

  #attach(file: FileFacts, placed: Placed): void {
    const before = this.#files.get(file.path);
    const key = keyOf(file);
    if (before && keyOf(before) !== key) this.#detach(file.path, placed);
    this.#files.set(file.path, file);
    this.#pathsOfKey.add(key, file.path);
    const id = this.#idOfKey.get(key);
    if (id) {
      this.#lastIdAt.set(file.path, id);
      this.#touch(id, key, placed);
    } else this.#unnamed.add(key);
  }

  /** The document beside which an edition is. */
  #documentBeside(key: string): string | undefined {
    return this.#beside.has(key) ? this.#documentOfEdition(key) : undefined;
  }

  /** The document of which a content is an edition, as the reader said. */
  #documentOfEdition(key: string): string | undefined {
    const [id] = [...this.#notebooks.withEdition(key)].sort();
    return id;
  }

  /** The document of which a file was an edition that was edited into this key. */
  #documentOfEdited(key: string): string | undefined {
    if (isPathKey(key)) return undefined;
    for (const path of this.#pathsOfKey.get(key)) {
      const last = this.#lastBesideAt.get(path);
      if (last && !this.#pathsOfKey.has(last.key) && this.#notebooks.get(last.id)?.editions?.includes(last.key)) return last.id;
    }
    return undefined;
  }

  #detach(path: string, { touched }: Placed): void {
    const file = this.#files.get(path);
    if (!file) return;
    const key = keyOf(file);
    const id = this.idWithHash(key);
    if (id) touched.add(id);
    this.#files.delete(path);
    this.#pathsOfKey.delete(key, path);
    this.#emptied.add(key);
  }

  /** Takes the name from every key that has no file any more; the documents concerned. */
  #releaseEmpty(): Set<string> {
    const left = new Set<string>();
    for (const key of this.#emptied) {
      if (this.#pathsOfKey.has(key)) continue;
      const id = this.#idOfKey.get(key);
      this.#unnamed.delete(key);
      this.#beside.delete(key);
      if (id) {
        this.#idOfKey.delete(key);
        this.#keyOfId.delete(id);
        left.add(id);
      }
    }
    this.#emptied.clear();
    return left;
  }

  #nameByHash(placed: Placed): void {
    for (const key of [...this.#unnamed]) {
      const candidates = [...this.#notebooks.withHash(key)].filter((id) => !this.#hasContent(id));
      const paths = new Set(candidates.length > 1 ? this.#pathsOfKey.get(key) : []);
      const id = candidates.find((each) => this.#notebooks.get(each)?.paths.some((path) => paths.has(path))) ?? candidates.sort()[0];
      if (id) this.#name(key, id, placed);
    }
  }

  /** Whether a document has a file that can be read: a content of its own that it cannot be taken from. */
  #hasContent(id: string): boolean {
    const key = this.#keyOfId.get(id);
    return key !== undefined && !isPathKey(key) && this.#pathsOfKey.has(key);
  }

  /** Documents that lost their content (`left`) or never had it go on with what is now at their paths. */
  #nameByPath(settled: boolean, left: ReadonlySet<string>, placed: Placed): void {
    const edited = new Map<string, string>();
    for (const key of [...this.#unnamed]) {
      const whole = this.#documentOfEdition(key);
      if (whole !== undefined) {
        if (this.#keyOfId.has(whole)) this.#putBeside(key, whole, placed);
        else if (settled) this.#name(key, whole, placed);
        continue;
      }
      const edition = this.#documentOfEdited(key);
      if (edition !== undefined) {
        edited.set(key, edition);
        continue;
      }
      const paths = [...this.#pathsOfKey.get(key)];
      const earlier = paths.map((path) => this.#lastIdAt.get(path)).find((id) => id !== undefined && !this.#keyOfId.has(id));
      const candidates = [...paths.flatMap((path) => [...this.#notebooks.withPath(path)]), ...this.#notebooks.withOtherHash(key)];
      const noted = candidates.find((id) => !this.#keyOfId.has(id));
      if (earlier) this.#name(key, earlier, placed);
      else if (noted && settled) this.#name(key, noted, placed);
      else if (!noted) this.#nameAnew(key, placed);
    }
    if (!settled) return;
    // Only now it is known which documents have a file that is shown.
    for (const [key, id] of edited) {
      this.#notebooks.addEdition(id, key);
      if (this.#keyOfId.has(id)) this.#putBeside(key, id, placed);
      else this.#name(key, id, placed);
    }
    for (const id of left) this.#reclaim(id, placed);
  }

  /**
   * Once every file was seen: documents with a notebook go on with what is at their paths, also where that was taken
   * for another document that has no notebook.
   */
  settle(): Placed {
    const placed = placedNone();
    this.#nameByPath(true, new Set(this.#notebooks.ids()), placed);
    return placed;
  }

  /** A document with a notebook goes on with what is at its paths, when it has no file. */
  reclaim(id: string): Placed {
    const placed = placedNone();
    this.#reclaim(id, placed);
    return placed;
  }

  /** Gives the files of one document to another; files that this had before are another edition of it, else a document of their own. */
  rename(fromId: string, intoId: string): Placed {
    const placed = placedNone();
    const key = this.#keyOfId.get(fromId);
    if (key === undefined) return placed;
    this.#name(key, intoId, placed);
    this.#nameByPath(true, new Set(), placed);
    return placed;
  }

  /** Shows a document by another of its editions. */
  show(id: string, rawHash: string): Placed {
    const placed = placedNone();
    if (!this.isBeside(id, rawHash)) return placed;
    this.#name(rawHash, id, placed);
    this.#nameByPath(true, new Set(), placed);
    return placed;
  }

  /** Puts the editions of a document beside it, as its notebook says by now, and names what is beside a document no more. */
  regroup(id: string): Placed {
    const placed = placedNone();
    for (const key of this.#beside) {
      const whole = this.#documentOfEdition(key);
      if (whole !== undefined && this.#keyOfId.has(whole)) continue;
      this.#beside.delete(key);
      this.#unnamed.add(key);
    }
    for (const key of this.#keyOfId.has(id) ? (this.#notebooks.get(id)?.editions ?? []) : []) {
      const other = this.#idOfKey.get(key);
      // What has a notebook of its own stays a document until that says otherwise.
      if (other === undefined || other === id || this.#notebooks.has(other)) continue;
      this.#idOfKey.delete(key);
      this.#keyOfId.delete(other);
      this.#unnamed.add(key);
      placed.touched.add(other);
    }
    this.#nameByHash(placed);
    this.#nameByPath(true, new Set(), placed);
    return placed;
  }

  #reclaim(id: string, placed: Placed): void {
    if (this.#keyOfId.has(id) || !this.#notebooks.has(id)) return;
    for (const path of this.#notebooks.get(id)?.paths ?? []) {
      const file = this.#files.get(path);
      const other = file && this.#idOfKey.get(keyOf(file));
      if (!file || (other && this.#notebooks.has(other))) continue;
      this.#name(keyOf(file), id, placed);
      return;
    }
    const edition = this.#notebooks.get(id)?.editions?.find((key) => this.isBeside(id, key));
    if (edition !== undefined) this.#name(edition, id, placed);
  }

  #putBeside(key: string, id: string, { touched }: Placed): void {
    this.#unnamed.delete(key);
    this.#beside.add(key);
    for (const path of this.#pathsOfKey.get(key)) this.#lastBesideAt.set(path, { id, key });
    touched.add(id);
  }

  #nameAnew(key: string, placed: Placed): void {
    const [path = ''] = this.#pathsOfKey.get(key);
    const isTaken = (id: string) => this.#keyOfId.has(id) || this.#notebooks.has(id);
    this.#name(key, deriveId(isPathKey(key) ? hash('sha256', key) : key, path, isTaken), placed);
  }

  #name(key: string, id: string, placed: Placed): void {
    const otherId = this.#idOfKey.get(key);
    if (otherId) {
      this.#keyOfId.delete(otherId);
      placed.touched.add(otherId);
    }
    const otherKey = this.#keyOfId.get(id);
    if (otherKey !== undefined) {
      this.#idOfKey.delete(otherKey);
      if (this.#pathsOfKey.has(otherKey)) this.#unnamed.add(otherKey);
    }
    this.#idOfKey.set(key, id);
    this.#keyOfId.set(id, key);
    this.#unnamed.delete(key);
    this.#beside.delete(key);
    for (const path of this.#pathsOfKey.get(key)) {
      this.#lastIdAt.set(path, id);
      // An edition that cannot be read for a while is one again after that.
      if (!isPathKey(key)) this.#lastBesideAt.delete(path);
    }
    this.#touch(id, key, placed);
  }

  #touch(id: string, key: string, { touched, edited, given }: Placed): void {
    touched.add(id);
    const lastKey = this.#lastKeyOf.get(id) ?? this.#notebooks.get(id)?.rawHash;
    if (lastKey !== undefined && lastKey !== key) (this.#pathsOfKey.has(lastKey) ? given : edited).add(id);
    this.#lastKeyOf.set(id, key);
  }
}

const placedNone = (): Placed => ({ touched: new Set(), edited: new Set(), given: new Set() });

const PATH_KEY = 'path:';

const isPathKey = (key: string): boolean => key.startsWith(PATH_KEY);

/** Files that cannot be read are not taken for equal, whatever their bytes. */
const keyOf = ({ rawHash, problem, path }: FileFacts): string => (problem || !rawHash ? `${PATH_KEY}${path}` : rawHash);
