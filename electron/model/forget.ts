import { collectionsOf } from './collections';
import { emptyNotebook, type Notebook, noteClock, readersFields } from './notebook';

/**
 * The notebook without anything that was there until `at`: which content it is of stays, and that moment. What was written later stays,
 * too, so that it can be done again after an end in its midst, or on another machine.
 */
export const forget = (notebook: Notebook, at: string): Notebook =>
  momentOf(notebook.forgottenAt) >= momentOf(at)
    ? notebook
    : keepWrittenSince(notebook, { identity: { paths: [], rawHash: notebook.identity.rawHash, history: [] }, forgottenAt: at });

/** The moment by which all that the reader has in a notebook now is forgotten: `now`, or later where a clock was ahead. */
export function momentToForget({ notes, deletedNotes, fieldTimes, lastReadAt, forgottenAt }: Notebook, now: string): string {
  // Which document it is, is not among that.
  const { sameAs: _same, ...times } = fieldTimes ?? {};
  const clocks = [...notes, ...deletedNotes.map(({ note }) => note)].map(noteClock);
  const last = Math.max(momentOf(now), ...[...clocks, ...Object.values(times), lastReadAt, forgottenAt].map(momentOf));
  return new Date(last).toISOString();
}

/** Whether nothing was written on a document since it was forgotten. */
export const isForgotten = (notebook: Notebook): boolean =>
  notebook.forgottenAt !== undefined &&
  notebook.notes.length + notebook.deletedNotes.length + notebook.tags.length === 0 &&
  collectionsOf(notebook).length === 0 &&
  readersFields.every((field) => notebook[field] === undefined);

/**
 * What stays of a notebook of a machine that did not know that its document was forgotten, when it meets one that does: what was written
 * after that moment, with its history. The rest has no moments of its own and is as the one that knows it has it.
 */
export function keepWrittenSince(notebook: Notebook, { identity, forgottenAt }: Pick<Notebook, 'identity' | 'forgottenAt'>): Notebook {
  const since = momentOf(forgottenAt);
  const isLater = (moment: string | undefined) => momentOf(moment) > since;
  const { title, author, date, language, favourite, later, encoding, sameAs, status, position, lastReadAt, fieldTimes = {} } = notebook;
  const set = <V>(field: string, value: V) => (isLater(fieldTimes[field]) ? value : undefined);
  const times = Object.fromEntries(Object.entries(fieldTimes).filter(([, moment]) => isLater(moment)));
  const kept: Notebook = {
    ...emptyNotebook(notebook.id, identity),
    status: set('status', status) ?? 'unread',
    notes: notebook.notes.filter((note) => isLater(noteClock(note))),
    deletedNotes: notebook.deletedNotes.filter(({ note }) => isLater(noteClock(note))),
    forgottenAt,
  };
  const purged = (notebook.purgedNotes ?? []).filter(({ clock }) => isLater(clock));
  return withoutAbsent(kept, {
    title: set('title', title),
    author: set('author', author),
    date: set('date', date),
    language: set('language', language),
    favourite: set('favourite', favourite),
    later: set('later', later),
    encoding: set('encoding', encoding),
    sameAs: set('sameAs', sameAs),
    ...(isLater(lastReadAt) && { position, lastReadAt }),
    purgedNotes: purged.length > 0 ? purged : undefined,
    fieldTimes: Object.keys(times).length > 0 ? times : undefined,
  });
}

const withoutAbsent = (notebook: Notebook, more: Partial<Notebook>): Notebook => ({
  ...notebook,
  ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)),
});

/** ms since the epoch; 0 when there is none. */
const momentOf = (moment: string | undefined): number => (moment === undefined ? 0 : Date.parse(moment));
