import { bibliographyEntry, type Locator, locatorOf, type Note, type QuoteForms, quoteForms, quoteOf, type WithPassages } from '#model';
import { call } from '../client';
import { type ReaderHandle, readerHandle } from '../reader-handle';
import { getState, type SelectedPassage, wholeNoteOf } from '../store';
import { addressOf, addressOfSelection } from './links';
import { notify, notifyFailure } from './notices';

interface QuotedFrom {
  documentId: string;
  /** Where this window may not know the document. */
  title?: string;
  locator: Locator | undefined;
  /** Leads back to the passage. */
  address: string | undefined;
}

/** A quote of a document in all its forms. */
function formsOf(quote: string, { documentId, title = 'Untitled', locator, address }: QuotedFrom): QuoteForms {
  const document = getState().documents.get(documentId);
  return quoteForms(quote, { title: document?.title ?? title, author: document?.author, date: document?.date, locator, address });
}

/** What is selected of the document on the screen, as it is quoted. */
function formsOfPassage(handle: ReaderHandle, passage: SelectedPassage): QuoteForms {
  const { locator } = handle.anchorOf(passage, '');
  return formsOf(handle.quote(passage), { documentId: handle.documentId, locator, address: addressOfSelection() });
}

/** What the reader selected in the text, in all its forms. Of what is copied, `text` are the words alone, as they copy them elsewhere. */
export function selectedForms(way: 'copied' | 'dragged'): QuoteForms | undefined {
  const handle = readerHandle();
  const selection = handle?.selection();
  if (!handle || !selection) return undefined;
  const forms = formsOfPassage(handle, selection);
  if (way === 'dragged') return forms;
  const selected = document.getSelection();
  // The browser takes a formula for the signs that it is drawn with: its TeX is what is quoted.
  const hasFormula = [...document.querySelectorAll('.doc-replaced')].some((each) => selected?.containsNode(each, true));
  return { ...forms, text: hasFormula ? handle.quote(selection) : String(selected) };
}

async function copyForms(forms: QuoteForms, what = 'quote'): Promise<void> {
  const result = await call('shell.copy-text', forms);
  if (result.ok) notify('info', `The ${what} is on the clipboard.`);
  else notifyFailure(result.failure);
}

/** Copies a document, without one the open one, as a bibliography has it. */
export async function copyCitation(documentId = getState().open?.documentId): Promise<void> {
  const document = documentId === undefined ? undefined : getState().documents.get(documentId);
  if (document) await copyForms(bibliographyEntry(document), 'citation');
}

/** Copies a note's passages, with what they are taken from. */
export async function copyQuoteOf(documentId: string, note: Pick<Note, 'id'> & WithPassages, title?: string): Promise<void> {
  const quote = quoteOf(note);
  const address = addressOf({ documentId, noteId: note.id });
  const from = { documentId, ...(title !== undefined && { title }), locator: locatorOf(note), address };
  if (quote !== undefined) await copyForms(formsOf(quote, from));
  else notify('info', 'A note on the whole document has no quote.');
}

/** Copies the selected passage, or that of the note in focus, with what it is taken from. */
export async function copyQuote(): Promise<void> {
  const handle = readerHandle();
  const selection = handle?.selection();
  if (handle && selection) {
    await copyForms(formsOfPassage(handle, selection));
    return;
  }
  const { focusedNoteId, open } = getState();
  const note = open && focusedNoteId !== undefined ? wholeNoteOf(open.documentId, focusedNoteId) : undefined;
  if (open && note) await copyQuoteOf(open.documentId, note);
}
