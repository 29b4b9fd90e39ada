import { expect, test } from 'vitest';
import { notesAsMarkdown, notesIn } from '../../../renderer/sync/notes-as-markdown';
import { makeNote } from '../host-fixtures';

test('of changes that wait to be saved, each note comes as the last of them has it', () => {
  const [kept, gone] = [makeNote({ body: 'first' }), makeNote({ body: 'gone' })];
  const last = { ...kept, body: 'last' };
  const changes = [
    { type: 'put-note', note: kept },
    { type: 'set-status', status: 'reading' },
    { type: 'put-note', note: gone },
    { type: 'put-note', note: last },
    { type: 'delete-note', noteId: gone.id, at: kept.createdAt },
  ] as const;
  expect(notesIn(changes)).toEqual([last]);
});

test('notes are copied under their documents, with their passages as quotes', () => {
  const anchor = { start: 0, end: 9, exact: 'One line\nand another', prefix: '', suffix: '', textHash: '0'.repeat(64) };
  const documents = [
    { title: 'First', notes: [makeNote({ anchor, body: 'My *words*\n', tags: ['a/b'] }), makeNote({ body: 'A page note' })] },
    { title: 'Second', notes: [makeNote({ anchor: { ...anchor, exact: 'Only marked' } })] },
  ];
  expect(notesAsMarkdown(documents)).toBe(
    '# First\n\n> One line\n> and another\n\nMy *words*\n\n#a/b\n\nA page note\n\n# Second\n\n> Only marked\n',
  );
});
