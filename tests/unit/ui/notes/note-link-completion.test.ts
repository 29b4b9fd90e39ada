import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState, type TransactionSpec } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { expect, it } from 'vitest';
import { type LinkSource, linkCompletions } from '../../../../renderer/ui/notes/note-link-completion';

const [one, two, note] = [1, 2, 3].map((number) => `01890000-0000-7000-8000-00000000000${number}`) as [string, string, string];
const source: LinkSource = {
  findDocuments: async () => [
    { id: one, title: 'The Quay', relativePath: 'quay.md' },
    { id: two, title: 'Twice', sharesTitle: true, relativePath: 'a/twice.md' },
    { id: one, title: 'A [draft]', relativePath: 'draft.md' },
  ],
  findNotes: async () => [{ documentId: one, noteId: note, title: 'The Quay', words: 'Ice until *March*' }],
};

/** What a note becomes by each of the things that are offered where `|` stands in it, by what is shown of them. */
async function complete(written: string): Promise<Record<string, string>> {
  const at = written.indexOf('|');
  const state = EditorState.create({ doc: written.replace('|', '') });
  const outcomes: Record<string, string> = {};
  for (const ask of linkCompletions(source)) {
    const result = await ask(new CompletionContext(state, at, false));
    for (const option of result?.options ?? []) {
      if (!result || typeof option.apply !== 'function') continue;
      const view = {
        state,
        dispatch: (spec: TransactionSpec) => (outcomes[[option.label, option.detail].join('|')] = state.update(spec).newDoc.toString()),
      };
      option.apply(view as unknown as EditorView, option, result.from, at);
    }
  }
  return outcomes;
}

it('a document becomes its title in brackets; one whose title says too little, and a note, a link with an address', async () => {
  expect(await complete('See [[ic|]].')).toEqual({
    'The Quay|': 'See [[The Quay]].',
    'Twice|a/twice.md': `See [Twice](lectern://document/${two}).`,
    'A [draft]|': `See [A \\[draft\\]](lectern://document/${one}).`,
    'Ice until *March*|The Quay': `See [The Quay, “Ice until \\*March\\*”](lectern://document/${one}?note=${note}).`,
  });
  expect((await complete('See [[ic|'))['The Quay|']).toBe('See [[The Quay]]');
});

it('offers nothing outside of two brackets, and notes once there are letters to look for', async () => {
  expect(await complete('See [ic|')).toEqual({});
  expect(Object.keys(await complete('[[|'))).not.toContain('Ice until *March*|The Quay');
});

it('nothing found is an answer: after none, what is typed meanwhile would not be looked for', async () => {
  const nothing: LinkSource = { findDocuments: async () => [], findNotes: async () => [] };
  const state = EditorState.create({ doc: '[[quay' });
  for (const ask of linkCompletions(nothing))
    expect(await ask(new CompletionContext(state, state.doc.length, false))).toMatchObject({ from: 2, options: [] });
});
