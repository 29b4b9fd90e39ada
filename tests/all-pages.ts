import type { Args, DeletedNotesPage, FoundNote, LocatedDeletedNote, NotesPage, Returns } from '#api';

type ListMethod = 'notebook.notes' | 'notebook.deleted-notes';
type Call = <M extends ListMethod>(method: M, args: Args<M>) => Promise<Returns<M>>;

/** Rows of a page. */
const COUNT = 1_000;

/** Every note of every document, the newest first. */
export const listAllNotes = (call: Call): Promise<FoundNote[]> =>
  putTogether<FoundNote, NotesPage>(async (from) => {
    const page = await call('notebook.notes', { query: { text: '', order: 'newest' }, from, count: COUNT });
    if (!page.ok) throw new Error(page.failure.message);
    return page.value;
  });

/** The whole trash. */
export const listAllDeleted = (call: Call): Promise<LocatedDeletedNote[]> =>
  putTogether<LocatedDeletedNote, DeletedNotesPage>((from) => call('notebook.deleted-notes', { from, count: COUNT }));

async function putTogether<R, P extends { total: number; from: number; rows: R[] }>(ask: (from: number) => Promise<P>): Promise<R[]> {
  const rows: R[] = [];
  for (;;) {
    const page = await ask(rows.length);
    rows.push(...page.rows.slice(rows.length - page.from));
    if (rows.length >= page.total) return rows;
  }
}
