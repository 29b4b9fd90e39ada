import { Annotation, EditorSelection, Transaction } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useEffectEvent, useRef } from 'react';
import { setNoteBody, stopEditing } from '../../state/actions/notes';
import { call } from '../../state/client';
import { getState, noteOf, useStore } from '../../state/store';
import { takeTypedAhead } from '../../state/typed-ahead';
import { differenceOf } from './note-editing';
import { noteEditorExtensions } from './note-editor-setup';
import type { LinkableNote } from './note-link-completion';
import './note-editor.css';

/** Marks what did not come from the keyboard: an undo from outside, another window. */
const fromOutside = Annotation.define<true>();

interface NoteEditorProps {
  documentId: string;
  noteId: string;
  body: string;
  /** Editing ended by a key; the editor is gone when this is called. */
  onDone(): void;
}

/** The editor of a note's Markdown. Each change goes to the store at once. */
export function NoteEditor({ documentId, noteId, body, onDone }: NoteEditorProps) {
  const parent = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const bodyNow = useEffectEvent(() => normalise(body));
  const bodyInStore = useEffectEvent((drawn: string) => normalise(noteOf(documentId, noteId)?.body ?? drawn));
  const handleDone = useEffectEvent(onDone);

  useEffect(() => {
    if (!parent.current) return;
    const doc = bodyNow();
    const view = new EditorView({
      parent: parent.current,
      doc,
      selection: EditorSelection.cursor(doc.length),
      extensions: noteEditorExtensions({
        doc,
        onChange({ state, transactions }) {
          if (!transactions.some((transaction) => transaction.annotation(fromOutside)))
            setNoteBody(documentId, noteId, state.doc.toString());
        },
        onDone: () => handleDone(),
        onLeave: () => setTimeout(() => !view.hasFocus && endEditing(noteId)),
        findDocuments: (text, limit) => call('library.titles', { text, limit }),
        findNotes,
      }),
    });
    editor.current = view;
    const typed = takeTypedAhead();
    if (typed !== '') {
      view.dispatch({
        changes: { from: doc.length, insert: typed },
        selection: EditorSelection.cursor(doc.length + typed.length),
        userEvent: 'input.type',
      });
    }
    return () => view.destroy();
  }, [documentId, noteId]);

  useEffect(() => {
    const view = editor.current;
    // As it is now: more may have been typed since `body` was drawn.
    const changes = view && differenceOf(view.state.doc.toString(), bodyInStore(body));
    if (!changes) return;
    view.dispatch({ changes, annotations: [fromOutside.of(true), Transaction.addToHistory.of(false)] });
  }, [body]);

  useKeepFocus(editor);
  useEndOnClickOutside(parent, noteId);

  return (
    <div className="note-editor">
      <div ref={parent} className="note-editor-text" />
      <div className="note-editor-foot">
        <SavingWord />
        <span>Markdown</span>
      </div>
    </div>
  );
}

/** The notes whose words or quotes hold what is written, the best first. */
async function findNotes(query: string, limit: number): Promise<LinkableNote[]> {
  const found = await call('search.run', { query, limit, scope: 'notes', purpose: 'links', hits: 3 });
  if (!found.ok) return [];
  return found.value.groups
    .flatMap(({ documentId, title, hits }) =>
      hits.flatMap(({ noteId, kind, before, match, after }) =>
        noteId === undefined || kind === 'tag' ? [] : { documentId, noteId, title, words: `${before}${match}${after}` },
      ),
    )
    .slice(0, limit);
}

/** Line ends as the editor has them. */
const normalise = (text: string): string => text.replace(/\r\n?/g, '\n');

function endEditing(noteId: string): void {
  if (getState().editingNoteId === noteId) stopEditing();
}

/** Takes the focus at the start, and again when a dialog that was open (the palette, say) has given it back to where it was. */
function useKeepFocus(editor: { current: EditorView | undefined }): void {
  const hasDialog = useStore(({ dialog }) => dialog !== undefined);
  useEffect(() => {
    if (hasDialog) return;
    editor.current?.focus();
    const timer = setTimeout(() => editor.current?.focus());
    return () => clearTimeout(timer);
  }, [hasDialog, editor]);
}

/** What opens over the page and belongs to no place in it. */
const FLOATING = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"], .cm-tooltip';

/** A click beside the card ends editing. Scrolling the text and selecting a passage in it do not: that is reading while writing. */
function useEndOnClickOutside(parent: { current: HTMLElement | null }, noteId: string): void {
  useEffect(() => {
    const end = ({ target }: MouseEvent) => {
      const card = parent.current?.closest('[data-note-id]');
      if (!(target instanceof Element) || !target.isConnected || card?.contains(target) || target.closest(FLOATING)) return;
      if (document.getSelection()?.isCollapsed !== false) endEditing(noteId);
    };
    // From the next click on: the one that opened the editor is still under way.
    const timer = setTimeout(() => document.addEventListener('click', end));
    return () => {
      clearTimeout(timer);
      document.removeEventListener('click', end);
    };
  }, [parent, noteId]);
}

function SavingWord() {
  const saving = useStore((state) => state.saving.state);
  return <span data-state={saving}>{saving === 'saved' ? 'Saved' : saving === 'saving' ? 'Saving…' : 'Not saved yet'}</span>;
}
