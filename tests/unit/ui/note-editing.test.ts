import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { indentUnit } from '@codemirror/language';
import { EditorState, type StateCommand } from '@codemirror/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  differenceOf,
  indentListItem,
  insertLink,
  outdentListItem,
  toggleEmphasis,
  toggleStrong,
} from '../../../renderer/ui/notes/note-editing';

/** A state out of a text whose selection lies between two `|`, or whose cursor is at the only one. */
function stateOf(text: string): EditorState {
  const [before = '', middle, after] = text.split('|');
  const doc = before + (middle ?? '') + (after ?? '');
  const head = after === undefined ? before.length : before.length + (middle ?? '').length;
  return EditorState.create({
    doc,
    selection: { anchor: before.length, head },
    extensions: [markdown({ base: markdownLanguage }), indentUnit.of('    ')],
  });
}

function textOf({ doc, selection: { main } }: EditorState): string {
  const text = doc.toString();
  if (main.empty) return `${text.slice(0, main.head)}|${text.slice(main.head)}`;
  return `${text.slice(0, main.from)}|${text.slice(main.from, main.to)}|${text.slice(main.to)}`;
}

/** The text after a command; `undefined` when the command left the key to others. */
function run(command: StateCommand, text: string): string | undefined {
  let state = stateOf(text);
  const taken = command({
    state,
    dispatch: (transaction) => {
      state = transaction.state;
    },
  });
  return taken ? textOf(state) : undefined;
}

describe('toggleStrong and toggleEmphasis', () => {
  it.each([
    ['one |two| three', 'one **|two|** three'],
    ['one **|two|** three', 'one |two| three'],
    ['one | two | three', 'one  **|two|**  three'],
    ['one tw|o three', 'one **tw|o** three'],
    ['one | three', 'one **|** three'],
    ['one **|** three', 'one | three'],
    ['one **two|** three', 'one **two**| three'],
    ['one **|two** three', 'one |**two** three'],
    ['one two| three', 'one two**|** three'],
    ['one **tw|o** three', 'one tw|o three'],
    ['***|two|***', '*|two|*'],
    ['مرحبا |بالعالم|', 'مرحبا **|بالعالم|**'],
  ])('strong: %s', (before, after) => {
    expect(run(toggleStrong, before)).toBe(after);
  });

  it.each([
    ['one |two| three', 'one *|two|* three'],
    ['one *|two|* three', 'one |two| three'],
    ['**|two|**', '***|two|***'],
    ['***|two|***', '**|two|**'],
  ])('emphasis: %s', (before, after) => {
    expect(run(toggleEmphasis, before)).toBe(after);
  });

  it('gives back the text when it is used twice', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ]{1,20}$/), fc.nat(20), fc.nat(20), fc.boolean(), (text, a, b, strong) => {
        const [from, to] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
        const command = strong ? toggleStrong : toggleEmphasis;
        const marked = `${text.slice(0, from)}|${text.slice(from, to)}|${text.slice(to)}`;
        const once = run(command, marked) ?? '';
        expect(run(command, once)?.replaceAll('|', '')).toBe(text);
      }),
    );
  });
});

describe('insertLink', () => {
  it.each([
    ['see |the report|', 'see [the report](|)'],
    ['see |https://example.org/a|', 'see [|](https://example.org/a)'],
    ['see |', 'see [|]()'],
  ])('%s', (before, after) => {
    expect(run(insertLink, before)).toBe(after);
  });
});

describe('indentListItem and outdentListItem', () => {
  it('nest and unnest list items', () => {
    expect(run(indentListItem, '- one\n- tw|o')).toBe('- one\n    - tw|o');
    expect(run(outdentListItem, '- one\n    - tw|o')).toBe('- one\n- tw|o');
    expect(run(indentListItem, '1. one\n2. |')).toBe('1. one\n    2. |');
  });

  it('leave the keys to the page elsewhere', () => {
    expect(run(indentListItem, 'a paragr|aph')).toBeUndefined();
    expect(run(outdentListItem, '- one\n- tw|o')).toBeUndefined();
    expect(run(outdentListItem, 'a paragr|aph')).toBeUndefined();
  });
});

describe('differenceOf', () => {
  it('is nothing for equal texts and the middle otherwise', () => {
    expect(differenceOf('same', 'same')).toBeUndefined();
    expect(differenceOf('one two three', 'one 2 three')).toEqual({ from: 4, to: 7, insert: '2' });
    expect(differenceOf('aa', 'aaa')).toEqual({ from: 2, to: 2, insert: 'a' });
  });

  it('makes the one text into the other', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '\n') }),
        fc.string({ unit: fc.constantFrom('a', 'b', '\n') }),
        (before, after) => {
          const change = differenceOf(before, after);
          const made = change ? before.slice(0, change.from) + change.insert + before.slice(change.to) : before;
          expect(made).toBe(after);
        },
      ),
    );
  });
});
