import type { Note, Notebook } from '#model';
import type { SearchDocument, SearchNote } from './protocol';

/** What is searched: the library's documents and the reader's notebooks on them, both in memory. */
export interface SearchSource {
  documents(): Omit<SearchDocument, 'notes'>[];
  /** A notebook that changes is another object: that is how a change is noticed. */
  notebooks(): Iterable<Notebook>;
}

/** Tells what changed in a source since it was last asked; at first that is everything. */
export function createFeed(source: SearchSource): () => { changed: SearchDocument[]; removed: string[] } {
  let known = new Map<string, { document: Omit<SearchDocument, 'notes'>; notebook: Notebook | undefined }>();
  return () => {
    const notebooks = new Map([...source.notebooks()].map((notebook) => [notebook.id, notebook]));
    const next: typeof known = new Map();
    const changed: SearchDocument[] = [];
    for (const document of source.documents()) {
      const notebook = notebooks.get(document.id);
      const before = known.get(document.id);
      next.set(document.id, { document, notebook });
      if (before && before.notebook === notebook && isSame(before.document, document)) continue;
      changed.push({ ...document, notes: (notebook?.notes ?? []).map(searchNote) });
    }
    const removed = [...known.keys()].filter((id) => !next.has(id));
    known = next;
    return { changed, removed };
  };
}

const searchNote = ({ id, colour, anchor, body, tags }: Note): SearchNote => ({ id, colour, quote: anchor?.exact ?? '', body, tags });

type Row = Omit<SearchDocument, 'notes'>;

const isSame = (a: Row, b: Row): boolean =>
  a.title === b.title &&
  a.path === b.path &&
  a.format === b.format &&
  a.encoding === b.encoding &&
  a.size === b.size &&
  a.changedAt === b.changedAt &&
  a.date === b.date &&
  a.tags.length === b.tags.length &&
  a.tags.every((tag, index) => tag === b.tags[index]);
