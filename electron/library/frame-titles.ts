import { foldText } from '#model';
import type { FileFacts } from './facts';
import { ManyByKey } from './many-by-key';

/**
 * Documents above which a sentence is a frame, such as a site's warning or a book's name. Of 10,000 real texts, what 5 or more began with was
 * always that; what 2 to 4 shared were mostly versions of one text.
 */
const FRAME = 5;

type Titled = Pick<FileFacts, 'title' | 'otherTitles'>;

/**
 * How documents are called whose titles are how their texts begin: by the first beginning that does not stand above many of them, else by the
 * name of the file.
 */
export class FrameTitles {
  /** Ids of the documents that have it among the beginnings of their texts, by the folded beginning. */
  readonly #documents = new ManyByKey();
  readonly #keysOf = new Map<string, readonly string[]>();

  /** Takes in a document as it is now, or that it went (`undefined`). The ids of others that may be called otherwise since. */
  put(id: string, file: Titled | undefined): string[] {
    const before = this.#keysOf.get(id) ?? [];
    const after = file ? keysOf(file) : [];
    if (before.length === after.length && before.every((key, index) => key === after[index])) return [];
    const changed = new Set<string>();
    for (const key of before) {
      if (this.#documents.count(key) === FRAME) for (const other of this.#documents.get(key)) changed.add(other);
      this.#documents.delete(key, id);
    }
    for (const key of after) {
      this.#documents.add(key, id);
      if (this.#documents.count(key) === FRAME) for (const other of this.#documents.get(key)) changed.add(other);
    }
    if (after.length > 0) this.#keysOf.set(id, after);
    else this.#keysOf.delete(id);
    changed.delete(id);
    return [...changed];
  }

  titleOf({ title, otherTitles }: Titled): string {
    if (!otherTitles || !this.#isFrame(title)) return title;
    return otherTitles.find((other) => !this.#isFrame(other)) ?? otherTitles.at(-1) ?? title;
  }

  #isFrame = (beginning: string): boolean => this.#documents.count(foldText(beginning)) >= FRAME;
}

/** The beginnings of a text, without the file's name at their end; none where the document states its title. */
const keysOf = ({ title, otherTitles }: Titled): readonly string[] =>
  otherTitles ? [...new Set([title, ...otherTitles.slice(0, -1)].map(foldText))] : [];
