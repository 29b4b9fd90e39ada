import { afterEach, beforeEach, expect, test } from 'vitest';
import { fail, ok, type Returns } from '#api';
import { emptyHistory, type TagChange, tagKey } from '#model';
import { changeNotebook, putTags } from '../../../renderer/state/actions/notebooks';
import { setTagColour } from '../../../renderer/state/actions/notes';
import { redoChange, undoChange } from '../../../renderer/state/actions/undo';
import { setBridge } from '../../../renderer/state/client';
import { saving, takeNotebook } from '../../../renderer/state/notebook-sync';
import { setState, store } from '../../../renderer/state/store';
import { makeHost, makeNotebook, makeOpen, makeRow } from './support';

const full = fail('disk-full', 'The disk is full.');

let revision = 0;
let applied: TagChange[][];
let answer: Returns<'tags.apply'>;

beforeEach(() => {
  applied = [];
  answer = ok(null);
  const { bridge } = makeHost({
    'tags.apply': ({ changes }) => {
      if (answer.ok) applied.push(changes);
      return answer;
    },
    'tags.list': () => [{ name: 'coast', colour: 'yellow' }, { name: 'figures' }],
    'notebook.apply': () => ok({ savedAt: '2026-01-01T00:00:00.000Z', revision: ++revision }),
  });
  setBridge(bridge);
  setState({ notices: [], history: emptyHistory, documents: new Map([['aaaaaaaa', makeRow('aaaaaaaa')]]) });
  putTags([{ name: 'coast', colour: 'yellow' }, { name: 'figures' }]);
  takeNotebook({ notebook: makeNotebook('aaaaaaaa'), revision });
});

afterEach(async () => {
  answer = ok(null);
  await saving.flush();
});

const colourOf = (name: string) => store.getState().tags.get(tagKey(name))?.colour;
const savingState = () => store.getState().saving.state;

test('the colour of a tag is undone and done again, in its turn among the changes of notes', async () => {
  setTagColour('coast', 'green');
  changeNotebook('aaaaaaaa', { type: 'set-tags', tags: ['harbour'] }, { label: 'Tag document' });
  setTagColour('coast', 'pink');
  undoChange();
  expect(colourOf('coast')).toBe('green');
  undoChange();
  expect(colourOf('coast')).toBe('green');
  undoChange();
  expect(colourOf('coast')).toBe('yellow');
  redoChange();
  expect(colourOf('coast')).toBe('green');
  expect(store.getState().notices.at(-1)?.message).toBe('Redone: Colour tag');
  expect(await saving.flush()).toBeUndefined();
  expect(applied).toEqual([[{ type: 'set-tag-colour', name: 'coast', colour: 'green' }]]);
});

test('undo stays in the open document; the library’s is taken back in the library, or by its message', async () => {
  takeNotebook({ notebook: makeNotebook('bbbbbbbb'), revision });
  const tagsOf = (id: string) => store.getState().notebooks.get(id)?.tags;
  const show = (documentId: string) => setState({ view: { type: 'document' }, open: makeOpen(documentId) });
  show('aaaaaaaa');
  changeNotebook('aaaaaaaa', { type: 'set-tags', tags: ['harbour'] }, { label: 'Tag document' });
  setTagColour('coast', 'green');
  const undoOfMessage = store.getState().notices.at(-1)?.action;
  show('bbbbbbbb');
  undoChange();
  expect(store.getState().notices.at(-1)?.message).toBe('There is nothing to undo in this document.');
  expect([tagsOf('aaaaaaaa'), colourOf('coast')]).toEqual([['harbour'], 'green']);
  changeNotebook('bbbbbbbb', { type: 'set-tags', tags: ['quarry'] }, { label: 'Tag document' });

  show('aaaaaaaa');
  undoChange();
  expect([tagsOf('aaaaaaaa'), tagsOf('bbbbbbbb'), colourOf('coast')]).toEqual([[], ['quarry'], 'green']);
  redoChange();
  expect(tagsOf('aaaaaaaa')).toEqual(['harbour']);

  undoChange('library');
  expect(colourOf('coast')).toBe('yellow');
  setState({ view: { type: 'notes' } });
  redoChange();
  expect(colourOf('coast')).toBe('green');
  undoOfMessage?.run();
  expect(colourOf('coast')).toBe('yellow');
  expect(undoOfMessage?.label).toBe('Undo');
  expect([tagsOf('aaaaaaaa'), tagsOf('bbbbbbbb')]).toEqual([['harbour'], ['quarry']]);
  setState({ view: { type: 'start' }, open: undefined });
});

test('what is so already is no step of undo', () => {
  setTagColour('coast', 'yellow');
  expect(store.getState().history.past).toEqual([]);
  expect(saving.hasUnsaved()).toBe(false);
});

test('a colour that is not on the disk yet is said to be so, stays, and is tried again', async () => {
  answer = full;
  setTagColour('coast', 'green');
  expect(savingState()).toBe('saving');
  expect(saving.hasUnsaved()).toBe(true);
  expect(await saving.flush()).toEqual(full.failure);
  expect(store.getState().saving).toEqual({ state: 'failed', failure: full.failure });
  expect(colourOf('coast')).toBe('green');
  answer = ok(null);
  expect(await saving.flush()).toBeUndefined();
  expect(savingState()).toBe('saved');
  expect(applied).toHaveLength(1);
});

test('what the host tells of tags loses nothing that is not saved yet', () => {
  setTagColour('coast', 'green');
  changeNotebook('aaaaaaaa', { type: 'set-tags', tags: ['harbour'] }, { label: 'Tag document' });
  putTags([{ name: 'coast', colour: 'yellow' }, { name: 'figures', colour: 'blue' }, { name: 'theirs' }]);
  expect(colourOf('coast')).toBe('green');
  expect(colourOf('figures')).toBe('blue');
  expect([...store.getState().tags.keys()]).toEqual(['coast', 'figures', 'theirs', 'harbour']);
});

test('a colour that is refused for good is taken back alone, and undo passes it over', async () => {
  const refused = fail('notebook-read-only', 'It was written by a newer version.');
  changeNotebook('aaaaaaaa', { type: 'set-tags', tags: ['harbour'] }, { label: 'Tag document' });
  await saving.flush();
  answer = refused;
  setTagColour('coast', 'green');
  const flushed = saving.flush();
  // Comes while the answer is on its way.
  changeNotebook('aaaaaaaa', { type: 'set-tags', tags: ['harbour', 'later'] }, { label: 'Tag document' });
  expect(await flushed).toBeUndefined();
  await saving.flush();
  expect(colourOf('coast')).toBe('yellow');
  expect(store.getState().tags.has('later')).toBe(true);
  expect(savingState()).toBe('saved');
  expect(store.getState().notices.map(({ message }) => message)).toEqual([refused.failure.message]);
  undoChange();
  undoChange();
  expect(store.getState().notebooks.get('aaaaaaaa')?.tags).toEqual([]);
});
