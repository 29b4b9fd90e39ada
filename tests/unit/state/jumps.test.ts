import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetOrigin, markOrigin, returnToOrigin, settleJump } from '../../../renderer/state/actions/jumps';
import { jumpTo } from '../../../renderer/state/actions/view';
import { setReaderHandle } from '../../../renderer/state/reader-handle';
import { setState, store } from '../../../renderer/state/store';
import { makeHandle, makeOpen } from './support';

let top = 0;
let scrolled: number[];
const origin = () => store.getState().origin;
const backs = () => store.getState().jumps.back.map(({ offset }) => offset);

beforeEach(() => {
  top = 1_000;
  scrolled = [];
  setReaderHandle(makeHandle('aaaaaaaa', { topOffset: () => top, scrollTo: (offset) => scrolled.push(offset) }));
  setState({
    view: { type: 'document' },
    open: makeOpen('aaaaaaaa', { paragraph: 142 }),
    jumps: { back: [], forward: [] },
    origin: undefined,
    notices: [],
  });
});
afterEach(() => setReaderHandle(undefined));

test('of hits that are gone through, the way back leads to where reading was before the first', () => {
  markOrigin();
  expect(backs()).toEqual([]);
  top = 5_000;
  settleJump(false);
  expect(origin()).toMatchObject({ paragraph: 143, offset: 1_000, isLeft: true });
  expect(backs()).toEqual([1_000]);
  markOrigin();
  top = 9_000;
  settleJump(false);
  expect(origin()).toMatchObject({ paragraph: 143 });
  expect(backs()).toEqual([1_000]);
  returnToOrigin();
  expect(scrolled).toEqual([1_000]);
  expect(backs()).toEqual([1_000, 9_000]);
  settleJump(true);
  expect(origin()).toBeUndefined();
});

test('the way back is open as soon as a jump is under way', () => {
  markOrigin();
  returnToOrigin();
  expect(scrolled).toEqual([1_000]);
  settleJump(true);
  expect(origin()).toBeUndefined();
});

test('a jump that leads nowhere else leaves nothing behind', () => {
  markOrigin();
  settleJump(true);
  expect(origin()).toBeUndefined();
  expect(backs()).toEqual([]);
});

test('a link is remembered once, and where reading goes on is where the next jump begins', () => {
  jumpTo(7_000);
  settleJump(false);
  expect(backs()).toEqual([1_000]);
  forgetOrigin();
  top = 8_000;
  markOrigin();
  expect(origin()?.offset).toBe(8_000);
});

test('another document has no way back of this one, and that there is none is said', () => {
  markOrigin();
  settleJump(false);
  setState({ open: makeOpen('bbbbbbbb') });
  returnToOrigin();
  expect(scrolled).toEqual([]);
  expect(store.getState().notices.map(({ message }) => message)).toEqual(['Nothing has led away from where you are reading.']);
  markOrigin();
  expect(origin()?.documentId).toBe('bbbbbbbb');
});
