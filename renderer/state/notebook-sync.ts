import { createNotebookSync } from '../sync/notebook-sync';
import { call } from './client';

/** The one copy of the reader's words that this window has. */
export const {
  notebookSaving,
  tagSaving,
  saving,
  texts,
  readNotebook,
  loadNotebook,
  takeNotebook,
  followChange,
  followRestored,
  showWithin,
  rereadNotebooks,
} = createNotebookSync(call);
