import { expect, it } from 'vitest';
import { FirstScan } from '../../../electron/library/first-scan';

/** A wait for a document, with what it asked and whether it is over. */
function waitIn(scan: FirstScan) {
  const state = { isThere: false, asked: 0, isOver: false };
  const over = scan
    .waitFor(() => {
      state.asked++;
      return state.isThere;
    })
    .then(() => {
      state.isOver = true;
    });
  return { state, over };
}

it('lets wait for a document until it is there, and asks for it again only when files were placed', async () => {
  const scan = new FirstScan();
  const { state, over } = waitIn(scan);
  scan.placed();
  await Promise.resolve();
  expect(state).toEqual({ isThere: false, asked: 2, isOver: false });
  state.isThere = true;
  scan.placed();
  await over;
  expect(state.asked).toBe(3);
});

it('lets nothing wait once it has ended', async () => {
  const scan = new FirstScan();
  const { over } = waitIn(scan);
  scan.end();
  await Promise.all([over, scan.done]);
  await waitIn(scan).over;
});
