import { blockquote, type Note, quoteOfAnchor } from '#model';
import { notebookSaving } from '../notebook-sync';
import { getState, noteOf, store } from '../store';
import { changeNotebook } from './notebooks';
import { deleteNote, isOfAnother, withNotebook } from './notes';
import { notify } from './notices';
import { placeByHand } from './placing';
import { showDialog } from './view';

/** Resolves when the document that was just opened can be read as a whole: false where it cannot, or another took its place. */
async function isRead(documentId: string): Promise<boolean> {
  const opening = getState().open?.opening;
  const decide = (): boolean | undefined => {
    const { open } = getState();
    if (open?.documentId !== documentId || open.opening !== opening || open.phase === 'failed') return false;
    return open.phase === 'ready' && open.textHash !== undefined ? true : undefined;
  };
  const now = decide();
  if (now !== undefined) return now;
  return new Promise((resolve) => {
    const stop = store.subscribe(() => {
      const decided = decide();
      if (decided === undefined) return;
      stop();
      resolve(decided);
    });
  });
}

/** Shows the change review of the document that was just opened, from a note on; where it cannot be read, its own view says why. */
export async function reviewWhenRead(documentId: string, noteId: string): Promise<void> {
  if (await isRead(documentId)) showDialog({ type: 'review', noteId });
}

/** Lets the reader select where a note's passage is in the document that was just opened. */
export async function placeWhenRead(documentId: string, noteId: string, quote: string): Promise<void> {
  if (await isRead(documentId)) placeByHand(noteId, quote);
}

/** Changes a note of any document, and saves it at once: the list shows what the host has. */
async function changeNote(documentId: string, noteId: string, change: (note: Note) => void): Promise<void> {
  await withNotebook(documentId, () => {
    const note = noteOf(documentId, noteId);
    if (note) change(note);
  });
  await notebookSaving.flush();
}

/** Makes a note whose passage is gone one on the whole document, which begins with the quote; its passage stays among its versions. */
export const keepAsPageNote = (documentId: string, noteId: string): Promise<void> =>
  changeNote(documentId, noteId, (whole) => {
    const { anchor, ...note } = whole;
    if (!anchor || isOfAnother(whole)) return;
    const body = [blockquote(quoteOfAnchor(anchor)), note.body].filter(Boolean).join('\n\n');
    const change = { type: 'put-note' as const, note: { ...note, body, modifiedAt: new Date().toISOString() } };
    if (!changeNotebook(documentId, change, { label: 'Keep as a note on the document' })) return;
    notify('info', 'It is a note on the whole document now, with the quote in it.', { about: noteId });
  });

/** Puts a note of any document into the trash. */
export const deleteUnplaced = (documentId: string, noteId: string): Promise<void> =>
  changeNote(documentId, noteId, () => deleteNote(documentId, noteId));

/** Words of a quote that are searched for: a longer part of it is found more seldom. */
const SEARCHED = 8;

/** Opens the search with a part of a quote, as a phrase. */
export function searchQuote(quote: string): void {
  const words = quote.replaceAll('"', ' ').split(/\s+/).filter(Boolean).slice(0, SEARCHED);
  showDialog({ type: 'palette', query: `"${words.join(' ').slice(0, 200)}"` });
}
