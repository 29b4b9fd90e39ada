import { indentLess, indentMore } from '@codemirror/commands';
import { ensureSyntaxTree, syntaxTree } from '@codemirror/language';
import { EditorSelection, type EditorState, type SelectionRange, type StateCommand } from '@codemirror/state';

/** The number of `*` that end before `at` (-1) or begin at it (1). */
function starsBeside(state: EditorState, at: number, direction: 1 | -1): number {
  let count = 0;
  while (count < 3 && state.sliceDoc(Math.min(at, at + direction), Math.max(at, at + direction)) === '*') {
    count += 1;
    at += direction;
  }
  return count;
}

/** The selection without white space at its ends; the word that an empty one is inside of. */
function wordsOf(state: EditorState, range: SelectionRange): { from: number; to: number } {
  if (range.empty) {
    const word = state.wordAt(range.head);
    return word && word.from < range.head && word.to > range.head ? word : range;
  }
  const text = state.sliceDoc(range.from, range.to);
  const trimmed = text.trim();
  const from = range.from + text.indexOf(trimmed);
  return trimmed === '' ? range : { from, to: from + trimmed.length };
}

/** Sets the selected words, or the word at the cursor, between `width` stars (1: emphasis, 2: strong), or takes these away. */
const toggleStars =
  (width: 1 | 2): StateCommand =>
  ({ state, dispatch }) => {
    const mark = '*'.repeat(width);
    const change = state.changeByRange((range) => {
      const [before, after] = [starsBeside(state, range.head, -1), starsBeside(state, range.head, 1)];
      // At either end of marked words the key means: go on without the mark.
      if (range.empty && before === 0 && after >= width) return { range: EditorSelection.cursor(range.head + width) };
      if (range.empty && after === 0 && before >= width) return { range: EditorSelection.cursor(range.head - width) };
      const { from, to } = wordsOf(state, range);
      const stars = Math.min(starsBeside(state, from, -1), starsBeside(state, to, 1));
      const isOn = width === 2 ? stars >= 2 : stars % 2 === 1;
      const shift = isOn ? -width : width;
      return {
        range: range.empty ? EditorSelection.cursor(range.head + shift) : EditorSelection.range(from + shift, to + shift),
        changes: isOn
          ? [
              { from: from - width, to: from },
              { from: to, to: to + width },
            ]
          : [
              { from, insert: mark },
              { from: to, insert: mark },
            ],
      };
    });
    dispatch(state.update(change, { scrollIntoView: true, userEvent: 'input' }));
    return true;
  };

export const toggleStrong = toggleStars(2);
export const toggleEmphasis = toggleStars(1);

/** Makes the selection the text of a link, or its address when it is one; the cursor goes where the other is to be written. */
export const insertLink: StateCommand = ({ state, dispatch }) => {
  const change = state.changeByRange((range) => {
    const { from, to } = wordsOf(state, range);
    const text = state.sliceDoc(from, to);
    const isAddress = /^(https?:\/\/|mailto:)\S+$/.test(text);
    const insert = isAddress ? `[](${text})` : `[${text}]()`;
    const cursor = isAddress || text === '' ? from + 1 : from + insert.length - 1;
    return { range: EditorSelection.cursor(cursor), changes: { from, to, insert } };
  });
  dispatch(state.update(change, { scrollIntoView: true, userEvent: 'input' }));
  return true;
};

/** ms that a key may wait for the text before it to be parsed; CodeMirror parses in the background and may not be there yet. */
const PARSE_TIME = 200;

/** Whether each selected line belongs to a list. */
function isInList(state: EditorState): boolean {
  return state.selection.ranges.every(({ head }) => {
    const line = state.doc.lineAt(head);
    const tree = ensureSyntaxTree(state, line.to, PARSE_TIME) ?? syntaxTree(state);
    for (let node = tree.resolveInner(line.to, -1); ; ) {
      if (node.name === 'ListItem') return true;
      if (!node.parent) return false;
      node = node.parent;
    }
  });
}

/** Nests a list item deeper; outside lists it does nothing, so that Tab leaves the editor. */
export const indentListItem: StateCommand = (target) => isInList(target.state) && indentMore(target);

/** Takes a list item out by one level; does nothing at the outermost one. */
export const outdentListItem: StateCommand = (target) => {
  const { state } = target;
  const isIndented = state.selection.ranges.every(({ head }) => /^\s/.test(state.doc.lineAt(head).text));
  return isIndented && isInList(state) && indentLess(target);
};

/** The smallest change that makes `before` into `after`: what lies between their common beginning and end. */
export function differenceOf(before: string, after: string): { from: number; to: number; insert: string } | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
