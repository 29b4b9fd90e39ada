import { v7 as uuid } from 'uuid';
import {
  type Args,
  applyChange,
  type EventPayload,
  type Failure,
  type HostNotebook,
  type NotebookChange,
  type Result,
} from '../../../electron/api';
import { call } from '../client';
import { createSaving } from '../saving';
import { getState, setState } from '../store';
import { keepTexts } from './kept-texts';
import { notifyFailure, reportError } from './notices';
import { putNotebook } from './shown-notebooks';

type Told = EventPayload<'notebook.changed'>;

/** The notebooks of this window as the host has them. What is shown is these with what is not saved yet. */
const known = new Map<string, HostNotebook>();
/** Answers that are awaited, each with what was told of its notebook meanwhile. */
const readings = new Set<{ documentId: string; told: Told[] }>();
/** Lists of all notes that are awaited. */
let listings = 0;

const page = uuid();
/** How many saves of each document this page has begun. */
const turns = new Map<string, number>();

export const saving = createSaving({
  async save(documentId, changes) {
    // Its turn is taken before anything is waited for: what is sent meanwhile, as the page is left, is newer.
    const request = requestOf(documentId, changes);
    // The text first, so that no anchor is ever without it; but the reader's words are saved whatever becomes of the text.
    const text = await keepTexts(changes).catch(lostText);
    const result = await call('notebook.apply', request);
    if (!result.ok) return result.failure;
    followOwn(documentId, changes, result.value.revision);
    return text;
  },
  // Nobody is there any more to hear of a failure.
  send: (documentId, changes) => void call('notebook.apply', requestOf(documentId, changes)).catch(() => undefined),
  onState: (state) => setState({ saving: state }),
});

function requestOf(documentId: string, changes: NotebookChange[]): Args<'notebook.apply'> {
  const number = (turns.get(documentId) ?? 0) + 1;
  turns.set(documentId, number);
  const identity = getState().notebooks.get(documentId)?.identity;
  // The file may go by another name by now; its history is the host's.
  return { documentId, changes, turn: { page, number }, identity: identity && { ...identity, history: [] } };
}

const lostText = (error: unknown): Failure => ({
  code: 'write-failed',
  message: `The text that the last notes are on could not be kept beside them: ${error instanceof Error ? error.message : String(error)} It is tried again.`,
});

/**
 * Asks the host for what has a notebook in it, and shows that notebook with what other windows change while the answer is on
 * its way and with what this one has not saved.
 */
export async function readNotebook<T extends HostNotebook>(documentId: string, ask: () => Promise<Result<T>>): Promise<Result<T>> {
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

/** Shows a notebook as the host has it, with what is not saved here; an answer that is older than what is known is passed over. */
export function takeNotebook({ notebook, revision }: HostNotebook): void {
  const { id } = notebook;
  if (revision < (known.get(id)?.revision ?? 0)) return;
  known.set(id, { notebook, revision });
  putNotebook(saving.unsavedOf(id).reduce(applyChange, notebook));
}

/** Takes over what another window changed. What is not saved here yet comes last, here as on the disk. */
export function followChange(told: Told): void {
  const { documentId, changes, revision } = told;
  const awaited = [...readings].filter((reading) => reading.documentId === documentId);
  for (const reading of awaited) reading.told.push(told);
  const before = known.get(documentId);
  if (before && revision <= before.revision) return;
  if (before && revision === before.revision + 1) takeNotebook({ notebook: changes.reduce(applyChange, before.notebook), revision });
  else if (awaited.length === 0 && isShown(documentId)) void rereadNotebook(documentId).catch(reportError);
}

/** Takes over a notebook that is back from a backup. */
export function followRestored(restored: HostNotebook): void {
  const { id } = restored.notebook;
  if (isShown(id) || getState().open?.documentId === id) takeNotebook(restored);
}

/** Notes that this window's own changes are on the disk. They are shown already, unless another window's came before them. */
function followOwn(documentId: string, changes: readonly NotebookChange[], revision: number): void {
  const before = known.get(documentId);
  if (before && revision === before.revision + 1)
    known.set(documentId, { notebook: changes.reduce(applyChange, before.notebook), revision });
  else void rereadNotebook(documentId).catch(reportError);
}

function isShown(documentId: string): boolean {
  const { notebooks, allNotes, allDeleted } = getState();
  return notebooks.has(documentId) || allNotes !== undefined || allDeleted !== undefined || listings > 0;
}

const rereadNotebook = (documentId: string) => readNotebook(documentId, () => call('library.notebook', { documentId }));

/** Reads every notebook of this window again, when what was told of them may not have arrived or the host began anew. */
export async function rereadNotebooks(): Promise<void> {
  known.clear();
  // One whose document is gone stays as it is shown: the reader may still be writing in it.
  await Promise.all([...getState().notebooks.keys()].map(rereadNotebook));
}

/** The notebook of a document, read from the host when this session has not had it yet. */
export async function loadNotebook(documentId: string): Promise<boolean> {
  if (getState().notebooks.has(documentId)) return true;
  const result = await rereadNotebook(documentId);
  if (!result.ok) notifyFailure(result.failure);
  return result.ok;
}

/** Asks for a list of all notes: what other windows change meanwhile is read beside it. */
export async function listNotes<T>(ask: () => Promise<T>): Promise<T> {
  listings += 1;
  try {
    return await ask();
  } finally {
    listings -= 1;
  }
}
