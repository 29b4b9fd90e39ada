import { expect, test } from 'vitest';
import { ok } from '#api';
import { emptyNotebook, type Identity } from '#model';
import type { FileFacts } from '../../../electron/library/facts';
import { Identities } from '../../../electron/library/identities';
import { NotebookIndex } from '../../../electron/library/identity';
import { MemoryNotebooks } from './support';

const id = 'a'.repeat(32);
const hashOf = (letter: string) => letter.repeat(64);
const identityOf = (letter: string): Identity => ({
  rawHash: hashOf(letter),
  title: letter,
  fileName: `${letter}.txt`,
  paths: [],
  history: [],
});

/** One document with a notebook, whose file was edited since; `meanwhile` happens while it is kept where the file is. */
function open(meanwhile: (notebooks: MemoryNotebooks) => void) {
  const notebooks = new MemoryNotebooks();
  notebooks.notebooks.set(id, emptyNotebook(id, identityOf('b')));
  const file: FileFacts = {
    path: '/library/b.txt',
    folderId: 'library',
    size: 1,
    changedAt: 0,
    addedAt: 0,
    format: 'text',
    rawHash: hashOf('c'),
    title: 'edited',
    words: 1,
  };
  const machine = {
    sighting: () => undefined,
    async setSightings() {
      meanwhile(notebooks);
      return ok(null);
    },
  };
  const catalog = { locate: () => ({ id, files: [file] as [FileFacts] }) };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const identities = new Identities({ catalog, index: new NotebookIndex(), notebooks, machine, log });
  return { identities, shown: () => notebooks.get(id)?.identity.rawHash };
}

test('what an edited file holds is written to the notebook', async () => {
  const { identities, shown } = open(() => {});
  await identities.update([id]);
  expect(shown()).toBe(hashOf('c'));
});

test('another edition that is chosen meanwhile is left chosen', async () => {
  const { identities, shown } = open((notebooks) => void notebooks.changeIdentity(id, () => identityOf('d')));
  await identities.update([id]);
  expect(shown()).toBe(hashOf('d'));
});
