import { beforeEach, expect, test } from 'vitest';
import { settingsSchema } from '#api';
import { chooseAll, chooseDocuments, chooseRange } from '../../../renderer/state/actions/choosing';
import { setBridge } from '../../../renderer/state/client';
import { getState, setState } from '../../../renderer/state/store';
import { makeHost } from './support';

const ids = ['a', 'b', 'c', 'd'];

beforeEach(() => {
  const { bridge } = makeHost({ 'library.document-ids': () => ids });
  setBridge(bridge);
  // Another list each time, of which this window holds nothing.
  const libraryVersion = getState().libraryVersion + 1;
  setState({ settings: settingsSchema.parse({}), chosenDocuments: new Set(), list: undefined, libraryVersion });
});

const chosen = () => [...getState().chosenDocuments];

test('what is selected since the host was asked stays so: nothing of another list is selected unseen', async () => {
  const asked = [chooseAll(), chooseRange(0, 2)];
  chooseDocuments(new Set());
  await Promise.all(asked);
  expect(chosen()).toEqual([]);
});

test('of several ranges that wait for the host the last one is selected', async () => {
  await Promise.all([chooseRange(0, 1), chooseRange(0, 3), chooseRange(0, 2)]);
  expect(chosen()).toEqual(['a', 'b', 'c']);
  await chooseAll();
  expect(chosen()).toEqual(ids);
});
