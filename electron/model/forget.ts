import { emptyNotebook, type Notebook, noteClock } from './notebook';

/**
 * What is left of a notebook whose document is forgotten: which content it was and since when, and no words. The moment is `at`, or later
 * where something in the notebook is.
 */
export function forget(notebook: Notebook, at: string): Notebook {
  if (isForgotten(notebook) && momentOf(notebook.forgottenAt) >= momentOf(at)) return notebook;
  const { id, identity, forgottenAt, notes, deletedNotes, fieldTimes = {}, lastReadAt } = notebook;
  const known = [
    at,
    forgottenAt,
    lastReadAt,
    ...notes.map(noteClock),
    ...deletedNotes.map(({ note }) => noteClock(note)),
    ...Object.values(fieldTimes),
  ];
  const last = Math.max(...known.map(momentOf));
  return {
    ...emptyNotebook(id, { paths: [], rawHash: identity.rawHash, history: [] }),
    forgottenAt: last === momentOf(at) ? at : new Date(last).toISOString(),
  };
}

/** Whether nothing was written on a document since it was forgotten. */
export const isForgotten = ({ forgottenAt, notes, deletedNotes, tags, title, date }: Notebook): boolean =>
  forgottenAt !== undefined && notes.length + deletedNotes.length + tags.length === 0 && title === undefined && date === undefined;

/**
 * What stays of a notebook of a machine that did not know that its document was forgotten, when it meets one that does: what was written
 * after that moment, with its history. The rest has no moments of its own and is as the one that knows it has it.
 */
export function keepWrittenSince(notebook: Notebook, { identity, forgottenAt }: Notebook): Notebook {
  const since = momentOf(forgottenAt);
  const isLater = (moment: string | undefined) => momentOf(moment) > since;
  const { title, date, encoding, status, position, lastReadAt, fieldTimes = {} } = notebook;
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
    date: set('date', date),
    encoding: set('encoding', encoding),
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
