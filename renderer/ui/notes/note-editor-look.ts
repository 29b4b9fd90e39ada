import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const markdownStyle = HighlightStyle.define([
  { tag: tags.strong, fontWeight: '650' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: tags.heading, fontWeight: '650' },
  { tag: [tags.link, tags.url], color: 'var(--accent)' },
  { tag: tags.monospace, fontFamily: 'var(--font-mono)', fontSize: '0.92em' },
  { tag: tags.quote, color: 'var(--ink-2)' },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.labelName], color: 'var(--ink-3)' },
]);

const editorTheme = EditorView.theme({
  '&': { color: 'var(--ink)', fontSize: '13.5px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-ui)', lineHeight: '1.5', overflowX: 'hidden' },
  '.cm-content': { padding: '0', minHeight: '3em', caretColor: 'var(--accent)' },
  '.cm-line': { padding: '0', unicodeBidi: 'plaintext' },
  '.cm-placeholder': { color: 'var(--ink-3)' },
  '.cm-tooltip.cm-tooltip-autocomplete': {
    zIndex: 'var(--layer-popover)',
    overflow: 'hidden',
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius-l)',
    background: 'var(--raised)',
    boxShadow: 'var(--shadow-m)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    minWidth: '180px',
    maxWidth: 'min(380px, calc(100vw - 16px))',
    padding: '5px',
    fontFamily: 'var(--font-ui)',
    fontSize: 'var(--text-m)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    padding: '4px 9px',
    overflow: 'hidden',
    borderRadius: 'var(--radius-s)',
    color: 'var(--ink)',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    unicodeBidi: 'plaintext',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { background: 'var(--accent-soft)', color: 'var(--accent)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > completion-section': {
    padding: '4px 9px 2px',
    border: '0',
    color: 'var(--ink-3)',
    opacity: '1',
    fontSize: 'var(--text-s)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete .cm-completionDetail': { color: 'var(--ink-3)', fontStyle: 'normal' },
});

/** How the editor of a note looks, in the colours of the theme that is on. */
export const noteEditorLook: Extension = [editorTheme, syntaxHighlighting(markdownStyle)];
