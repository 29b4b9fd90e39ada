import { bibliographyEntry, type Locator, locatorOf, type QuoteForms, quoteForms, quoteOf, type WithPassages } from '#model';
import { call } from '../client';
import { type ReaderHandle, readerHandle } from '../reader-handle';
import { getState, type SelectedPassage, wholeNoteOf } from '../store';
import { notify, notifyFailure } from './notices';

interface QuotedFrom {
  documentId: string;
  /** Where this window may not know the document. */
  title?: string;
  locator: Locator | undefined;
}

/** A quote of a document in all its forms. */
function formsOf(quote: string, { documentId, title = 'Untitled', locator }: QuotedFrom): QuoteForms {
  const document = getState().documents.get(documentId);
  return quoteForms(quote, { title: document?.title ?? title, author: document?.author, date: document?.date, locator });
}

/** What is selected of the document on the screen, as it is quoted. */
function formsOfPassage(handle: ReaderHandle, passage: SelectedPassage): QuoteForms {
  const { locator } = handle.anchorOf(passage, '');
  return formsOf(handle.quote(passage), { documentId: handle.documentId, locator });
}

/** What the reader selected in the text, in all its forms: `text` are the words alone, as they copy them elsewhere. */
export function selectedForms(): QuoteForms | undefined {
  const handle = readerHandle();
  const selection = handle?.selection();
  if (!handle || !selection) return undefined;
  const selected = document.getSelection();
  const forms = formsOfPassage(handle, selection);
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
export async function copyQuoteOf(documentId: string, note: WithPassages, title?: string): Promise<void> {
  const quote = quoteOf(note);
  if (quote !== undefined) await copyForms(formsOf(quote, { documentId, ...(title !== undefined && { title }), locator: locatorOf(note) }));
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
