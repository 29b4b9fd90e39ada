import type { EventPayload, HostNotebook, Result } from '#api';
import { applyChange, type Notebook, type NotebookChange, replacesUnknown } from '#model';
import { notify, notifyFailure, reportError } from '../state/actions/notices';
import { putFromElsewhere, putNotebook, putRow } from '../state/actions/shown-notebooks';
import { getState } from '../state/store';
import type { Call } from './notebook-sync';

type Told = EventPayload<'notebook.changed'>;

/** The notebooks of this window as the host has them. What is shown is these with what is not saved yet. */
export interface Replica {
  /**
   * Asks the host for what has a notebook in it, and shows that notebook with what other windows change while the answer is on
   * its way and with what this one has not saved.
   */
  readNotebook<T extends HostNotebook>(documentId: string, ask: () => Promise<Result<T>>): Promise<Result<T>>;
  /** The notebook of a document, read from the host when this session has not had it yet. */
  loadNotebook(documentId: string): Promise<boolean>;
  /** Shows a notebook as the host has it, with what is not saved here; an answer that is older than what is known is passed over. */
  takeNotebook(told: HostNotebook): void;
  /** Takes over what another window changed. What is not saved here yet comes last, here as on the disk. */
  followChange(told: Told): void;
  /** Takes over a notebook that is back from a backup. */
  followRestored(restored: HostNotebook): void;
  /** Notes that this window's own changes are on the disk. They are shown already, unless another window's came before them. */
  followOwn(documentId: string, changes: readonly NotebookChange[], revision: number): void;
  /** Has `around` show each notebook that comes from the host, by whatever way it comes. */
  showWithin(around: ShownWithin): void;
  /** Reads every notebook of this window again, when what was told of them may not have arrived or the host began anew. */
  rereadNotebooks(): Promise<void>;
}

/** Shows a notebook as the host has it, and does what is to be done with that. */
export type ShownWithin = (documentId: string, show: () => void) => void;

interface ReplicaOptions {
  call: Call;
  /** The changes of a document that are not known to be on the disk. */
  unsavedOf(documentId: string): readonly NotebookChange[];
  /** Told when a document was forgotten: the host may not have its texts any more. */
  onForgotten(): void;
}

export function createReplica({ call, unsavedOf, onForgotten }: ReplicaOptions): Replica {
  const known = new Map<string, HostNotebook>();
  let within: ShownWithin = (_documentId, show) => show();
  /** Answers that are awaited, each with what was told of its notebook meanwhile. */
  const readings = new Set<{ documentId: string; told: Told[] }>();

  async function readNotebook<T extends HostNotebook>(documentId: string, ask: () => Promise<Result<T>>): Promise<Result<T>> {
    const reading = { documentId, told: [] };
    readings.add(reading);
    try {
      const result = await ask();
      if (result.ok) takeNotebook(result.value);
      return result;
    } finally {
      readings.delete(reading);
      for (const told of reading.told) followChange(told);
    }
  }

  function takeNotebook({ notebook, revision }: HostNotebook, show = putNotebook): void {
    const { id } = notebook;
    const before = known.get(id);
    if (revision < (before?.revision ?? 0)) return;
    if (before && before.notebook.forgottenAt !== notebook.forgottenAt) onForgotten();
    known.set(id, { notebook, revision });
    within(id, () => show(unsavedOf(id).reduce(applyChange, notebook)));
  }

  function followChange(told: Told): void {
    const { documentId, changes, revision } = told;
    const awaited = [...readings].filter((reading) => reading.documentId === documentId);
    for (const reading of awaited) reading.told.push(told);
    const before = known.get(documentId);
    if (before && revision <= before.revision) tellCollision(documentId, changes);
    else if (before && revision === before.revision + 1) takeNotebook({ notebook: follow(before.notebook, changes), revision });
    else if (awaited.length === 0 && isShown(documentId)) void rereadAfter(documentId, changes).catch(reportError);
  }

  function followRestored(restored: HostNotebook): void {
    const { id } = restored.notebook;
    if (isShown(id) || getState().open?.documentId === id) takeNotebook(restored, putFromElsewhere);
  }

  function followOwn(documentId: string, changes: readonly NotebookChange[], revision: number): void {
    const before = known.get(documentId);
    if (before && revision === before.revision + 1) known.set(documentId, { notebook: follow(before.notebook, changes), revision });
    else void rereadAfter(documentId, changes).catch(reportError);
  }

  /** Reads a notebook that was changed in a state that this window does not have. */
  async function rereadAfter(documentId: string, changes: readonly NotebookChange[]): Promise<void> {
    await rereadNotebook(documentId);
    tellCollision(documentId, changes);
  }

  function tellCollision(documentId: string, changes: readonly NotebookChange[]): void {
    const notebook = known.get(documentId)?.notebook;
    if (notebook && changes.some((change) => hasMetUnknown(notebook, change))) notifyCollision(documentId);
  }

  async function rereadNotebook(documentId: string): Promise<Result<HostNotebook>> {
    const read = await readNotebook(documentId, () => call('library.notebook', { documentId }));
    if (read.ok && read.value.document) putRow(read.value.document);
    return read;
  }

  return {
    readNotebook,
    async loadNotebook(documentId) {
      if (isShown(documentId)) return true;
      const result = await rereadNotebook(documentId);
      if (!result.ok) notifyFailure(result.failure);
      return result.ok;
    },
    takeNotebook: (told) => takeNotebook(told),
    followChange,
    followRestored,
    followOwn,
    showWithin(around) {
      within = around;
    },
    async rereadNotebooks() {
      known.clear();
      // One whose document is gone stays as it is shown: the reader may still be writing in it.
      await Promise.all([...getState().notebooks.keys()].map(rereadNotebook));
    },
  };
}

const isShown = (documentId: string): boolean => getState().notebooks.has(documentId);

/** The notebook after changes of one window; tells when these and another window's met in one note. */
function follow(notebook: Notebook, changes: readonly NotebookChange[]): Notebook {
  return changes.reduce((state, change) => {
    if (replacesUnknown(state, change)) notifyCollision(state.id);
    return applyChange(state, change);
  }, notebook);
}

/** Said until it is closed: the reader may look for words that they have just written. */
function notifyCollision(documentId: string): void {
  const title = getState().documents.get(documentId)?.title ?? 'a document that is no longer here';
  notify(
    'error',
    `Two windows or machines wrote in one note on “${title}” at the same time. Both texts are kept: one stands in the note, the other among its earlier versions.`,
  );
}

/**
 * Whether `change`, which was made in `notebook` at some time, met words that were written without knowledge of it, or it of them. For
 * when the state that it was made in is not known: it is told by what lies in the note's history.
 */
function hasMetUnknown({ notes }: Notebook, change: NotebookChange): boolean {
  if (change.type !== 'put-note' || change.basedOn === undefined) return false;
  const basis = Date.parse(change.basedOn);
  const history = notes.find(({ id }) => id === change.note.id)?.history ?? [];
  return history.some(
    ({ at, body }) => body !== '' && body !== change.from?.body && (at === change.note.modifiedAt || Date.parse(at) > basis),
  );
}
