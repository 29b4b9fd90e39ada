import { type DocumentSummary, summariseNotebook } from '#api';
import {
  type Anchor,
  anchorKey,
  areaKey,
  haveSameWords,
  type Note,
  type Notebook,
  type Placement,
  placeArea,
  resolve,
  withoutDocument,
  withoutNotes,
} from '#model';
import { readerHandle } from '../reader-handle';
import { type AppState, getState, setState } from '../store';

/** Makes `notebook` what this window shows of its document. */
export function putNotebook(notebook: Notebook): void {
  const { notebooks, documents, history } = getState();
  const before = notebooks.get(notebook.id);
  if (before && before.forgottenAt !== notebook.forgottenAt) setState({ history: withoutDocument(history, notebook.id) });
  else if (before && before.purgedNotes !== notebook.purgedNotes)
    dropSteps(
      notebook.id,
      notebook.purgedNotes?.map(({ noteId }) => noteId),
    );
  setState({ notebooks: new Map(notebooks).set(notebook.id, notebook), documents: withRow(documents, notebook) });
  placeNotes(notebook);
}

/** Makes a notebook what this window shows that came from elsewhere: an import, a backup, another machine. */
export function putFromElsewhere(notebook: Notebook): void {
  const before = getState().notebooks.get(notebook.id)?.notes;
  putNotebook(notebook);
  const after = new Map(notebook.notes.map((note) => [note.id, note]));
  const isOther = (note: Note): boolean => {
    const now = after.get(note.id);
    return now !== undefined && !haveSameWords(note, now);
  };
  dropSteps(
    notebook.id,
    before?.filter(isOther).map(({ id }) => id),
  );
}

function dropSteps(documentId: string, noteIds: readonly string[] = []): void {
  if (noteIds.length > 0) setState({ history: withoutNotes(getState().history, documentId, new Set(noteIds)) });
}

/** A row as the host tells it, with what this window shows of its notebook: that may not be saved yet. */
export function shownRow(document: DocumentSummary): DocumentSummary {
  const notebook = getState().notebooks.get(document.id);
  return notebook ? { ...document, ...summariseNotebook(notebook) } : document;
}

/** Holds a row that the host told beside a list. */
export const putRow = (document: DocumentSummary): void =>
  setState({ documents: new Map(getState().documents).set(document.id, shownRow(document)) });

/** The documents with the row of `notebook` brought up to date; the same object when the row shows nothing new, as while a note is typed. */
function withRow(documents: AppState['documents'], notebook: Notebook): AppState['documents'] {
  const row = documents.get(notebook.id);
  if (!row) return documents;
  const shown = summariseNotebook(notebook);
  const isSame = (Object.keys(shown) as (keyof typeof shown)[]).every((key) => String(row[key]) === String(shown[key]));
  return isSame ? documents : new Map(documents).set(notebook.id, { ...row, ...shown });
}

/** Finds the place of each note of the open document whose anchor is new; the others keep theirs. */
export function placeNotes(notebook: Notebook, textHash = getState().open?.textHash): void {
  const { open, placements } = getState();
  const handle = readerHandle();
  if (open?.documentId !== notebook.id || handle?.documentId !== notebook.id || textHash === undefined) return;
  const text = handle.text();
  // The host placed what it knew when it read the text; what came since is found by its quote, once.
  const find = (anchor: Anchor): Placement => {
    const { area } = anchor;
    return area ? placeArea({ ...anchor, area }, handle.whole(), textHash) : resolve(anchor, text, textHash);
  };
  const placeOf = (anchor: Anchor, known: Placement | undefined): Placement => {
    if (anchor.textHash === textHash) return find(anchor);
    const key = anchorKey(anchor);
    const placed = open.placed?.[key];
    if (placed) return placed;
    if (known && foundFor.get(known) === key) return known;
    const found = find(anchor);
    foundFor.set(found, key);
    return found;
  };
  const next = new Map<string, Placement>();
  for (const { id, anchor } of notebook.notes) {
    if (!anchor) continue;
    const known = placements.get(id);
    const isCurrent =
      known?.state === 'exact' &&
      anchor.textHash === textHash &&
      known.start === anchor.start &&
      known.end === anchor.end &&
      areaKey(known.area) === areaKey(anchor.area);
    next.set(id, isCurrent ? known : placeOf(anchor, known));
  }
  const isSame = next.size === placements.size && [...next].every(([id, placement]) => placements.get(id) === placement);
  if (!isSame) setState({ placements: next });
}

/** For which anchor of an earlier text a placement was found in this window, so that it is found once. */
const foundFor = new WeakMap<Placement, string>();
