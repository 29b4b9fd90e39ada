import { expect, test } from 'vitest';
import { fileTarget, openByTitle } from '../../../renderer/state/actions/links';
import { setBridge } from '../../../renderer/state/client';
import { getState, setState } from '../../../renderer/state/store';
import { makeHost, makeOpen, makeRow } from './support';

/** A window that reads one of two saved pages, whose host finds these files. */
function readPage(files: Readonly<Record<string, string>>) {
  const { bridge } = makeHost({ 'library.find': ({ path }) => ({ documentId: files[path] }) });
  setBridge(bridge);
  const rows = [makeRow('one', { address: 'https://one.example/a/page.html' }), makeRow('two', { address: 'https://two.example/' })];
  setState({ documents: new Map(rows.map((row) => [row.id, row])), open: makeOpen('one') });
}

test('a link to a file leads to its document; where that is not here, from a page that was saved alone to its site', async () => {
  readPage({ 'next.html': 'two' });
  expect(await fileTarget('next.html')).toEqual({ documentId: 'two' });
  expect(await fileTarget('../other.html')).toEqual({ address: 'https://one.example/other.html' });
});

test('it leads to the site of the page in which it stands, though another one is open by the time that this is known', async () => {
  readPage({});
  const target = fileTarget('../other.html');
  setState({ open: makeOpen('two') });
  expect(await target).toEqual({ address: 'https://one.example/other.html' });
});

test.each([
  ['calls/wren.wav', '“wren.wav” is a sound, not a document'],
  ['dawn.mp4|the dawn', '“dawn.mp4” is a film, not a document'],
])('a title that names a sound or film leads to no document, and no note is offered: %s', async (written, sentence) => {
  setBridge(makeHost({ 'links.find': () => ({ documentIds: [] }) }).bridge);
  setState({ notices: [], dialog: undefined });
  await openByTitle(written, 'one');
  expect(getState().notices).toMatchObject([{ message: expect.stringContaining(sentence) }]);
  expect(getState().dialog).toBeUndefined();
});
