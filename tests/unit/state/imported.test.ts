import { expect, test } from 'vitest';
import { documentsOf, sayImported } from '../../../renderer/state/imported';

test.each([
  [['a'], ['a'], undefined],
  [['a', undefined], ['a'], undefined],
  [[undefined], [], undefined],
  [['a', 'b'], ['a', 'b'], '2 documents are in the library.'],
  [['a', 'a'], ['a'], 'The 2 files hold the same: it is one document in the library.'],
  [['b', 'a', 'b'], ['b', 'a'], '2 documents are in the library. One file holds the same as another.'],
  [['b', 'a', 'b', 'a'], ['b', 'a'], '2 documents are in the library. 2 files hold the same as others.'],
])('of files that became %j', (ids, documents, said) => {
  const outcomes = ids.map((documentId) => ({ name: 'file.md', ...(documentId !== undefined && { documentId }) }));
  expect(documentsOf(outcomes)).toEqual(documents);
  expect(sayImported(outcomes)).toBe(said);
});
