import { expect, test } from 'vitest';
import { makeNote, makeNotebook, openLists, putTogether } from './fixtures';

const id = (number: number) => `0190f5a0-0000-7000-8000-${String(number).padStart(12, '0')}`;
const notebooks = [
  makeNotebook(
    'aaaaaaaa',
    [3, 1, 2].map((number) => makeNote({ id: id(number), minute: number, start: number * 10 })),
  ),
  makeNotebook('bbbbbbbb', [makeNote({ id: id(4), minute: 4, start: 0 }), makeNote({ id: id(5), minute: 5 })]),
  makeNotebook('cccccccc', [makeNote({ id: id(6), minute: 6, start: 0 })]),
];

test('notes without a place are listed by the titles of their documents and in the order of the text, in pages of any size', async () => {
  const unplaced = new Map([
    ['aaaaaaaa', [id(1), id(2), id(3)]],
    ['bbbbbbbb', [id(4)]],
  ]);
  const {
    lists,
    shown,
    notebooks: kept,
  } = openLists(
    notebooks,
    { aaaaaaaa: 'Zebra', bbbbbbbb: 'Ant' },
    { unplaced: (documentId) => unplaced.get(documentId), isMissing: (documentId) => documentId === 'bbbbbbbb' },
  );
  const list = async (size = 100) => {
    const { rows } = await putTogether(size, (place) => lists.unplacedNotes('window', place));
    return rows.map(({ documentId, title, note, inDocument, isMissing }) => [documentId, title, note.id, inDocument, isMissing]);
  };
  const expected = [
    ['bbbbbbbb', 'Ant', id(4), 1, true],
    ['aaaaaaaa', 'Zebra', id(1), 3, false],
    ['aaaaaaaa', 'Zebra', id(2), undefined, false],
    ['aaaaaaaa', 'Zebra', id(3), undefined, false],
  ];
  for (const size of [1, 2, 3, 100]) expect(await list(size)).toEqual(expected);

  unplaced.set('aaaaaaaa', [id(2)]);
  shown.set('bbbbbbbb', 'Zoo');
  lists.touch(['bbbbbbbb']);
  expect(await list()).toEqual([
    ['aaaaaaaa', 'Zebra', id(2), 1, false],
    ['bbbbbbbb', 'Zoo', id(4), 1, true],
  ]);
  kept.delete('aaaaaaaa');
  unplaced.delete('bbbbbbbb');
  expect(await list()).toEqual([]);
});
