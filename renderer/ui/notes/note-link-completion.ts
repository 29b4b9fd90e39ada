import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
  closeCompletion,
} from '@codemirror/autocomplete';
import type { EditorState, Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { DocumentSummary } from '#api';
import { LONGEST_LINKED_TITLE, linkAsMarkdown, SYSTEM_LINK, writePlace } from '#model';

/** A note that `[[` offers, with its words or its quote. */
export interface LinkableNote {
  documentId: string;
  noteId: string;
  /** Of its document. */
  title: string;
  words: string;
}

/** What `[[` offers for what stands behind it. */
export interface LinkSource {
  findDocuments(text: string, limit: number): Promise<readonly Pick<DocumentSummary, 'id' | 'title' | 'sharesTitle' | 'relativePath'>[]>;
  findNotes(text: string, limit: number): Promise<readonly LinkableNote[]>;
}

/** So many documents, and notes, are offered at once. */
const DOCUMENTS = 20;
const NOTES = 8;
/** Letters from which on notes are looked for. */
const LETTERS = 2;
/** UTF-16 code units of a note's words that are shown: its document's title has room beside them. */
const SHOWN = 36;

/** What is written of a link before `at`, behind `[[`; `undefined` outside of one. */
function linkBefore(state: EditorState, at: number): string | undefined {
  return /\[\[([^[\]\n]*)$/.exec(state.sliceDoc(state.doc.lineAt(at).from, at))?.[1];
}

const sections = { documents: { name: 'Documents', rank: 0 }, notes: { name: 'Notes', rank: 1 } };

/**
 * What `[[` completes. A document becomes `[[Title]]`, which reads well anywhere. Where a title says too little (two documents have it, it has
 * brackets, or a note is meant) the link is one of Markdown with the address of the place: it reads as words in every program, leads there for ever, and
 * tells two of one title apart.
 */
export function linkCompletions({ findDocuments, findNotes }: LinkSource): CompletionSource[] {
  const documents = completing(0, async (text) =>
    (await findDocuments(text, DOCUMENTS)).map(({ id, title, sharesTitle, relativePath }) => ({
      label: title,
      ...(sharesTitle && { detail: relativePath }),
      section: sections.documents,
      apply: inserting(sharesTitle || !canBeNamed(title) ? addressOf({ title }, { documentId: id }) : `[[${title}]]`),
    })),
  );
  const notes = completing(LETTERS, async (text) =>
    (await findNotes(text, NOTES)).map(({ documentId, noteId, title, words }) => ({
      label: words,
      displayLabel: words.length > SHOWN ? `${words.slice(0, SHOWN).trimEnd()}…` : words,
      detail: title,
      section: sections.notes,
      apply: inserting(addressOf({ title, quote: words }, { documentId, noteId })),
    })),
  );
  return [documents, notes];
}

const canBeNamed = (title: string): boolean => title.length <= LONGEST_LINKED_TITLE && !/[[\]\n]/.test(title);

/** In the system's form, whichever host writes it: Lectern itself opens it in both. */
const addressOf = (text: { title: string; quote?: string }, place: { documentId: string; noteId?: string }): string =>
  linkAsMarkdown(text, SYSTEM_LINK + writePlace(place));

function completing(letters: number, find: (text: string) => Promise<Completion[]>): CompletionSource {
  return async ({ state, pos }: CompletionContext): Promise<CompletionResult | null> => {
    const text = linkBefore(state, pos);
    if (text === undefined || text.trim().length < letters) return null;
    // Nothing found is an answer as well: after `null` CodeMirror would not ask again for what was typed meanwhile, and would take no Enter.
    return { from: pos - text.length, options: await find(text), filter: false };
  };
}

/** Puts a whole link in the place of what was begun, with its brackets. */
const inserting =
  (insert: string) =>
  (view: EditorView, _: Completion, from: number, to: number): void => {
    const isClosed = view.state.sliceDoc(to, to + 2) === ']]';
    const start = from - '[['.length;
    view.dispatch({
      changes: { from: start, to: isClosed ? to + 2 : to, insert },
      selection: { anchor: start + insert.length },
      userEvent: 'input.complete',
    });
  };

/**
 * Takes what is offered away at once when the cursor leaves the link. CodeMirror would keep it until it has looked for more, a moment
 * after the last key: until then Escape would close it instead of ending editing.
 */
export const completionsOnlyInLinks: Extension = EditorView.updateListener.of(({ view, docChanged, selectionSet }) => {
  if ((docChanged || selectionSet) && linkBefore(view.state, view.state.selection.main.head) === undefined) closeCompletion(view);
});
