import { afterEach, beforeEach, expect, test } from 'vitest';
import { findAgain, openFind, setFindQuery, stepFind, updateFind } from '../../../renderer/state/actions/find';
import { setReaderHandle } from '../../../renderer/state/reader-handle';
import { setState, store } from '../../../renderer/state/store';
import { makeHandle } from './support';

const found = () => store.getState().find;
let shown: [index: number, scrolled: boolean][];

beforeEach(() => {
  shown = [];
  setState({ find: undefined, open: undefined, selection: undefined });
});
afterEach(() => setReaderHandle(undefined));

/** Puts a document with `count` hits of everything on the screen, the second of them below the top of the view. */
function showDocument(count: number): void {
  setReaderHandle(
    makeHandle('aaaaaaaa', {
      find: () => ({ count }),
      showHit: (index, { scroll = true } = {}) => shown.push([index, scroll]),
      hitNearTop: () => 1,
    }),
  );
}

test('what is asked before there is a text is kept, and gone to as soon as the text stands', () => {
  openFind();
  setFindQuery('heron');
  expect(found()).toMatchObject({ query: 'heron', count: 0, current: -1 });
  showDocument(3);
  findAgain({ isPlaced: false });
  expect(found()).toMatchObject({ count: 3, current: -1 });
  expect(shown).toEqual([]);
  findAgain({ isPlaced: true });
  expect(found()).toMatchObject({ query: 'heron', count: 3, current: 1 });
  expect(shown).toEqual([[1, true]]);
});

test('a document that is opened anew is found in again where the reader is', () => {
  showDocument(3);
  setState({ find: { query: 'heron', count: 0, current: -1 } });
  findAgain({ isPlaced: false });
  findAgain({ isPlaced: true });
  expect(found()).toMatchObject({ count: 3, current: 1 });
  expect(shown).toEqual([[1, false]]);
});

test('hits that come later move nobody; a step goes to the first of them from the top of the view on', () => {
  showDocument(0);
  setFindQuery('heron');
  expect(found()).toMatchObject({ count: 0, current: -1 });
  updateFind({ count: 4, current: -1 });
  expect(shown).toEqual([]);
  stepFind(1);
  expect(found()).toMatchObject({ count: 4, current: 1 });
  expect(shown).toEqual([[1, true]]);
});
