import { autocompletion, closeCompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, redo } from '@codemirror/commands';
import { deleteMarkupBackward, insertNewlineContinueMarkup, markdown, markdownLanguage, pasteURLAsLink } from '@codemirror/lang-markdown';
import { indentUnit } from '@codemirror/language';
import { Compartment, EditorState, type Extension, Prec, RangeSetBuilder } from '@codemirror/state';
import {
  type Command,
  Decoration,
  type DecorationSet,
  EditorView,
  type KeyBinding,
  keymap,
  placeholder,
  runScopeHandlers,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { isNestedTooDeep } from '#model';
import { pageNonce } from '../../page-nonce';
import { indentListItem, insertLink, outdentListItem, toggleEmphasis, toggleStrong } from './note-editing';
import { noteEditorLook } from './note-editor-look';
import { completionsOnlyInLinks, type LinkSource, linkCompletions } from './note-link-completion';

interface EditorOptions extends LinkSource {
  /** The text that the editor begins with. */
  doc: string;
  /** What the reader wrote, after each change. */
  onChange(update: ViewUpdate): void;
  /** Escape or Mod-Enter. */
  onDone(): void;
  /** Tab is about to take the focus elsewhere. */
  onLeave(): void;
}

const autoDirection = Decoration.line({ attributes: { dir: 'auto' } });

function directionsOf({ visibleRanges, state }: EditorView): DecorationSet {
  const lines = new RangeSetBuilder<Decoration>();
  for (const { from, to } of visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = state.doc.lineAt(at);
      lines.add(line.from, line.from, autoDirection);
      at = line.to + 1;
    }
  }
  return lines.finish();
}

/** Each line reads in its own direction, as the rendered note does. */
const lineDirections: Extension = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = directionsOf(view);
      }
      update(update: ViewUpdate) {
        if (update.docChanged || update.viewportChanged) this.decorations = directionsOf(update.view);
      }
    },
    { decorations: ({ decorations }) => decorations },
  ),
];

const syntax = new Compartment();
const asMarkdown: Extension = markdown({ base: markdownLanguage, addKeymap: false });
const asPlainText: Extension = [];

/** Markdown, as long as it is not nested so deep that parsing holds the window and highlighting runs out of stack. */
const guardedMarkdown = (doc: string): Extension => [
  syntax.of(isNestedTooDeep(doc) ? asPlainText : asMarkdown),
  EditorState.transactionExtender.of(({ docChanged, newDoc, startState }) => {
    if (!docChanged) return null;
    const wanted = isNestedTooDeep(newDoc.toString()) ? asPlainText : asMarkdown;
    return syntax.get(startState) === wanted ? null : { effects: syntax.reconfigure(wanted) };
  }),
];

/** By what the reader sees: what is offered stays shown while that for the next letter are looked for. */
const closeShownOffers: Command = (view) => view.dom.querySelector('.cm-tooltip-autocomplete') !== null && closeCompletion(view);

/** The usual keys, but Escape ends editing while what is offered is only being looked for, as it is after each key typed. */
const completionKeys: readonly KeyBinding[] = completionKeymap.map((binding) =>
  binding.key === 'Escape' ? { ...binding, run: closeShownOffers } : binding,
);

/** With Caps Lock on, Shift gives the small letter, by which CodeMirror takes the key for the one without Shift: it is shown the capital. */
const shiftBesideCapsLock: Extension = Prec.highest(
  EditorView.domEventHandlers({
    keydown(event, view) {
      const { key, code, keyCode, shiftKey, ctrlKey, metaKey, altKey } = event;
      if (!shiftKey || !(ctrlKey || metaKey) || !/^\p{Ll}$/u.test(key)) return false;
      const shown = { key: key.toUpperCase(), code, keyCode, shiftKey, ctrlKey, metaKey, altKey };
      return runScopeHandlers(view, new KeyboardEvent('keydown', shown), 'editor');
    },
  }),
);

/** Everything that makes a CodeMirror editor the editor of a note. */
export function noteEditorExtensions({ doc, onChange, onDone, onLeave, ...source }: EditorOptions): Extension {
  const done = () => {
    onDone();
    return true;
  };
  const leave = () => {
    onLeave();
    return false;
  };
  return [
    EditorView.cspNonce.of(pageNonce()),
    history(),
    // A tab stop of four fits under bullets and under numbers.
    indentUnit.of('    '),
    guardedMarkdown(doc),
    pasteURLAsLink,
    noteEditorLook,
    // What is offered stands within brackets only, where Enter means it: at once, too.
    autocompletion({ override: linkCompletions(source), icons: false, defaultKeymap: false, interactionDelay: 0 }),
    completionsOnlyInLinks,
    shiftBesideCapsLock,
    Prec.highest(keymap.of(completionKeys)),
    Prec.high(
      keymap.of([
        { key: 'Escape', run: done },
        { key: 'Mod-Enter', run: done },
        { key: 'Mod-b', run: toggleStrong, preventDefault: true },
        { key: 'Mod-i', run: toggleEmphasis, preventDefault: true },
        // On every system, as elsewhere in the application.
        { key: 'Mod-Shift-z', run: redo, preventDefault: true },
        { key: 'Mod-Shift-k', run: insertLink, preventDefault: true },
        { key: 'Enter', run: insertNewlineContinueMarkup },
        { key: 'Backspace', run: deleteMarkupBackward },
        { key: 'Tab', run: (view) => indentListItem(view) || leave(), shift: (view) => outdentListItem(view) || leave() },
      ]),
    ),
    keymap.of([...historyKeymap, ...defaultKeymap]),
    EditorView.lineWrapping,
    lineDirections,
    EditorView.contentAttributes.of({
      'aria-label': 'Note text',
      spellcheck: 'true',
      autocorrect: 'on',
      autocapitalize: 'sentences',
      dir: 'auto',
    }),
    placeholder('Write a note…'),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update);
    }),
  ];
}
