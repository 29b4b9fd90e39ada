import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type HostNotebook, ok, settingsSchema } from '#api';
import { applyChange, basedOn, emptyHistory, type Note, type NotebookChange } from '#model';
import { changeNotebook } from '../../../renderer/state/actions/notebooks';
import { redoChange, undoChange } from '../../../renderer/state/actions/undo';
import { readNotebook, saving } from '../../../renderer/state/notebook-sync';
import { start } from '../../../renderer/state/start';
import { getState, setState } from '../../../renderer/state/store';
import { info, makeCounts, makeHost, makeNotebook, makePage, makeRow } from '../state/support';
import { waitFor } from '../wait-for';

/** Each test has a document of its own: what is known of the others stays. */
let documentId = 'document-0';
let count = 0;
const tags = (...names: string[]): NotebookChange => ({ type: 'set-tags', tags: names });
const status = (of: 'reading' | 'finished'): NotebookChange => ({ type: 'set-status', status: of });
const at = '2026-01-01T00:00:00.000Z';
const note = (number: number, body: string): Note => ({
  id: `01890000-0000-7000-8000-${String(number).padStart(12, '0')}`,
  colour: 'yellow',
  body,
  tags: [],
  createdAt: at,
  modifiedAt: at,
  history: [],
});

/** The host's side: what is on its disk, and a gate that holds its answers back. */
const host = new Map<string, HostNotebook>();
let answering = Promise.resolve();
let fails = false;
let documents = [makeRow('document-0')];
const applied: NotebookChange[][] = [];
const questions: string[] = [];
const copied: string[] = [];

function change(id: string, changes: NotebookChange[]): HostNotebook {
  const { notebook, revision } = host.get(id) ?? { notebook: makeNotebook(id), revision: 0 };
  const after = { notebook: changes.reduce(applyChange, notebook), revision: revision + 1 };
  host.set(id, after);
  return after;
}
const read = (id: string): HostNotebook => host.get(id) ?? { notebook: makeNotebook(id), revision: 0 };

/** The value as it is now, when the gate opens. */
async function answer<T>(question: string, value: T): Promise<T> {
  questions.push(question);
  await answering;
  if (fails) throw new Error('The host is gone.');
  return value;
}

const { bridge, tell } = makeHost({
  'app.info': () => answer('app.info', info),
  'app.report': () => null,
  'settings.read': () => settingsSchema.parse({}),
  'search.progress': () => ({ done: 0, total: 0, isStopped: false }),
  'library.overview': () => answer('library.overview', { counts: makeCounts(), tagUses: [], folders: [], scanning: false }),
  'library.documents': ({ locate }) => makePage(documents, locate),
  'library.notebook': ({ documentId: id }) => answer('library.notebook', ok(read(id))),
  'tags.list': () => [],
  'shell.set-theme': () => null,
  'shell.copy-text': ({ text }) => {
    copied.push(text);
    return ok(null);
  },
  'shell.set-keys': () => null,
  'notebook.apply': ({ documentId: id, changes }) => {
    applied.push(changes);
    return answer('notebook.apply', ok({ savedAt: at, revision: change(id, changes).revision }));
  },
});

/** Another window's changes reach the disk, and this window unless the event is lost. */
function changeElsewhere(id: string, changes: NotebookChange[], { isTold = true } = {}): () => void {
  const { revision } = change(id, changes);
  const event = () => tell('notebook.changed', { documentId: id, changes, revision, client: 'another' });
  if (isTold) event();
  return event;
}

/** What answers keys. */
const page = new EventTarget();

const shown = () => getState().notebooks.get(documentId);
const load = () => readNotebook(documentId, () => bridge.call('library.notebook', { documentId }));

/** Closes the gate; the function that is returned opens it. */
function holdAnswers(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  answering = promise;
  return resolve;
}

beforeAll(async () => {
  vi.stubGlobal('window', page);
  vi.stubGlobal('matchMedia', () => new EventTarget());
  vi.stubGlobal('document', new EventTarget());
  await start(bridge);
});
afterAll(() => vi.unstubAllGlobals());
beforeEach(async () => {
  count += 1;
  documentId = `document-${count}`;
  documents = [makeRow(documentId)];
  setState({ documents: new Map([[documentId, makeRow(documentId)]]), notices: [], history: emptyHistory });
  await load();
  applied.length = 0;
  questions.length = 0;
});

test('what another window changes is taken over, and what is not saved here yet stays', async () => {
  changeNotebook(documentId, status('finished'));
  changeElsewhere(documentId, [tags('theirs'), status('reading')]);
  expect(shown()).toMatchObject({ tags: ['theirs'], status: 'finished' });
  expect(await saving.flush()).toBeUndefined();
  expect(applied).toMatchObject([[status('finished')]]);
  changeElsewhere(documentId, [tags('theirs, later')]);
  expect(shown()).toMatchObject({ tags: ['theirs, later'], status: 'finished' });
  changeElsewhere(documentId, [status('reading')]);
  expect(shown()).toMatchObject({ tags: ['theirs, later'], status: 'reading' });
  expect(questions).toEqual(['notebook.apply']);
});

test('a notebook that another window changes while it is read is shown as it is then', async () => {
  documentId = 'not-loaded';
  const release = holdAnswers();
  const loaded = load();
  changeElsewhere(documentId, [tags('meanwhile')]);
  changeElsewhere(documentId, [status('finished')]);
  release();
  await loaded;
  expect(shown()?.status).toBe('finished');
  expect(shown()?.tags).toEqual(['meanwhile']);
});

test('a change that is told late does not take back what this window has saved since', async () => {
  const tellLate = changeElsewhere(documentId, [{ type: 'set-title', title: 'Theirs' }], { isTold: false });
  changeNotebook(documentId, { type: 'set-title', title: 'Ours' });
  await saving.flush();
  tellLate();
  await waitFor(() => expect(questions.at(-1)).toBe('library.notebook'));
  await waitFor(() => expect(shown()).toEqual(host.get(documentId)?.notebook));
  expect(shown()?.title).toBe('Ours');
});

test('a change that was not told is found by the next one', async () => {
  changeElsewhere(documentId, [{ type: 'put-note', note: note(1, 'not told') }], { isTold: false });
  changeElsewhere(documentId, [tags('told')]);
  await waitFor(() => expect(shown()?.notes).toHaveLength(1));
  expect(shown()?.tags).toEqual(['told']);
});

test('after events were missed, everything is read again, and what is not saved here stays', async () => {
  setState({ documents: new Map(getState().documents).set('gone0000', makeRow('gone0000')) });
  const { libraryVersion } = getState();

  documents = [makeRow(documentId), makeRow('bbbbbbbb')];
  changeElsewhere(documentId, [{ type: 'put-note', note: note(1, 'theirs') }], { isTold: false });
  changeElsewhere('bbbbbbbb', [{ type: 'put-note', note: note(2, 'on another') }], { isTold: false });
  changeNotebook(documentId, { type: 'put-note', note: note(3, 'ours, unsaved') });
  const problem = { id: 'new', message: 'Told meanwhile.' };
  const ofTheShell = { id: 'folder:/gone', message: 'It is not there.', toldOnce: true };
  info.problems.push(problem);
  tell('app.problem', { id: 'backup', message: 'Solved meanwhile.' });
  tell('app.problem', ofTheShell);
  tell('app.missed', {});

  await waitFor(() => expect(shown()?.notes.map(({ body }) => body)).toEqual(['theirs', 'ours, unsaved']));
  // By it lists are asked for again.
  expect(getState().libraryVersion).toBeGreaterThan(libraryVersion);
  expect([...getState().documents.keys()]).toEqual([documentId, 'bbbbbbbb']);
  expect(getState().documents.get(documentId)?.noteCount).toBe(2);
  expect(getState().problems).toEqual([problem, ofTheShell]);
  await saving.flush();
  expect(host.get(documentId)?.notebook.notes).toHaveLength(2);
});

test('a host that began anew, and counts anew, is believed', async () => {
  for (const name of ['one', 'two', 'three']) changeElsewhere(documentId, [tags(name)]);
  host.set(documentId, { notebook: makeNotebook(documentId, { tags: ['after the restart'] }), revision: 0 });
  tell('app.missed', {});
  await waitFor(() => expect(shown()?.tags).toEqual(['after the restart']));
  changeElsewhere(documentId, [tags('and on')]);
  expect(shown()?.tags).toEqual(['and on']);
});

test('a host that does not answer is asked again until it does, and that is said once', async () => {
  vi.useFakeTimers();
  fails = true;
  documents = [];
  tell('app.missed', {});
  await vi.advanceTimersByTimeAsync(5_000);
  expect(getState().notices.map(({ message }) => message)).toEqual(['Something went wrong: The host is gone.']);
  expect(getState().documents.size).toBe(1);
  fails = false;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(getState().documents.size).toBe(0);
  vi.useRealTimers();
});

test('a note that is being written stays when another window deletes it, and that is said', async () => {
  changeNotebook(documentId, { type: 'put-note', note: note(6, 'half a sen') });
  changeNotebook(documentId, { type: 'put-note', note: note(7, 'another') });
  await saving.flush();
  const deleteElsewhere = (number: number) => changeElsewhere(documentId, [{ type: 'delete-note', noteId: note(number, '').id, at }]);
  setState({ editingNoteId: note(6, '').id });
  deleteElsewhere(7);
  deleteElsewhere(6);
  expect(shown()?.notes).toMatchObject([{ body: 'half a sen' }]);
  expect(getState().notices).toMatchObject([{ kind: 'info', message: expect.stringMatching(/deleted in another window.*It stays\./) }]);
  await saving.flush();
  expect(host.get(documentId)?.notebook.notes).toHaveLength(1);
  setState({ editingNoteId: undefined });
  deleteElsewhere(6);
  expect(shown()?.notes).toEqual([]);
});

test('a note that is being written stays also where its being deleted was not told, and the notebook is read again', async () => {
  changeNotebook(documentId, { type: 'put-note', note: note(6, 'half a sen') });
  await saving.flush();
  setState({ editingNoteId: note(6, '').id });
  changeElsewhere(documentId, [{ type: 'delete-note', noteId: note(6, '').id, at }], { isTold: false });
  changeElsewhere(documentId, [status('reading')]);
  await waitFor(() => expect(shown()?.status).toBe('reading'));
  expect(shown()?.notes).toMatchObject([{ body: 'half a sen' }]);
  await saving.flush();
  expect(host.get(documentId)?.notebook.notes).toHaveLength(1);
  setState({ editingNoteId: undefined });
});

describe('a note that is being written and is gone for good', () => {
  beforeEach(() => {
    vi.stubGlobal('window', page);
    vi.stubGlobal('HTMLElement', class {});
    vi.stubGlobal('Element', class {});
  });
  afterEach(() => vi.unstubAllGlobals());
  const press = (key: string) =>
    page.dispatchEvent(
      Object.assign(new Event('keydown', { cancelable: true }), {
        key,
        code: '',
        ctrlKey: false,
        metaKey: false,
        altKey: false,
        shiftKey: false,
      }),
    );

  test.each<[string, RegExp, NotebookChange[]]>([
    [
      'deleted',
      /deleted for good/,
      [
        { type: 'delete-note', noteId: note(6, '').id, at },
        { type: 'purge-note', noteId: note(6, '').id },
      ],
    ],
    ['forgotten with its document', /document .* was forgotten/, [{ type: 'forget', at: '2100-01-01T00:00:00.000Z' }]],
  ])('%s: its words are offered with those typed next, which are no commands', async (_what, sentence, changes) => {
    changeNotebook(documentId, { type: 'put-note', note: note(6, 'half a sen') });
    await saving.flush();
    setState({ editingNoteId: note(6, '').id });
    changeElsewhere(documentId, changes);
    expect(shown()?.notes).toEqual([]);
    expect(getState().editingNoteId).toBeUndefined();
    for (const key of 'tence f') press(key);
    expect(getState().notices).toMatchObject([
      { kind: 'error', message: expect.stringMatching(sentence), action: { label: 'Copy its words' } },
    ]);
    press('Escape');
    getState().notices[0]?.action?.run();
    await waitFor(() => expect(copied.at(-1)).toBe('half a sentence f'));
    const { length } = getState().notices;
    press('f');
    expect(getState().notices).toHaveLength(length + 1);
    expect(getState().notices.at(-1)?.message).toMatch(/needs a document on the screen/);
  });
});

test('undoing and redoing keep what another window wrote in the note since, and its tags', async () => {
  const by = (body: string, seconds: number): Note => ({ ...note(5, body), modifiedAt: `2026-01-01T00:00:0${seconds}.000Z` });
  const put = (body: string, seconds: number): NotebookChange => ({ type: 'put-note', note: by(body, seconds) });
  const theirs = (body: string, seconds: number, basis: number) =>
    changeElsewhere(documentId, [{ type: 'put-note', note: by(body, seconds), basedOn: by('', basis).modifiedAt }]);
  const kept = () => host.get(documentId)?.notebook.notes.flatMap(({ body, history }) => [body, ...history.map((each) => each.body)]);

  changeNotebook(documentId, put('draft', 0), { label: 'Add note' });
  changeNotebook(documentId, put('ours', 1), { label: 'Edit note' });
  await saving.flush();
  theirs('ours and theirs', 2, 1);
  undoChange();
  await saving.flush();
  expect(shown()?.notes[0]?.body).toBe('draft');
  expect(kept()).toEqual(expect.arrayContaining(['draft', 'ours and theirs']));
  theirs('theirs again', 3, 0);
  redoChange();
  await saving.flush();
  expect(kept()).toEqual(expect.arrayContaining(['ours', 'ours and theirs', 'theirs again']));

  // Also in a note that is taken back altogether.
  undoChange();
  undoChange();
  await saving.flush();
  changeElsewhere(documentId, [{ type: 'restore-note', noteId: note(5, '').id }]);
  theirs('theirs, at last', 4, 0);
  changeElsewhere(documentId, [{ type: 'delete-note', noteId: note(5, '').id, at }]);
  redoChange();
  await saving.flush();
  expect(kept()).toEqual(expect.arrayContaining(['draft', 'ours and theirs', 'theirs again', 'theirs, at last']));

  changeNotebook(documentId, tags('ours'), { label: 'Tag document' });
  await saving.flush();
  changeElsewhere(documentId, [{ type: 'set-tags', tags: ['ours', 'theirs'], from: ['ours'] }]);
  undoChange();
  expect(shown()?.tags).toEqual(['theirs']);
  redoChange();
  expect(shown()?.tags).toEqual(['theirs', 'ours']);
  await saving.flush();
});

const collision = () => getState().notices.filter(({ message }) => message.startsWith('Two windows or machines wrote in one note'));

test.each([
  ['theirs came first', ['theirs', 'ours']],
  ['ours came first', ['ours', 'theirs']],
] as const)('words that two windows write in one note at once are both kept, and that is said: %s', async (_name, [first, second]) => {
  const by = (body: string, seconds: number): Note => ({ ...note(7, body), modifiedAt: `2026-01-01T00:00:0${seconds}.000Z` });
  changeNotebook(documentId, { type: 'put-note', note: by('', 0) });
  await saving.flush();
  expect(collision()).toEqual([]);
  const write = {
    theirs: () => changeElsewhere(documentId, [{ type: 'put-note', note: by('theirs', 1), basedOn: by('', 0).modifiedAt }]),
    ours: () => saving.flush(),
  };
  changeNotebook(documentId, { type: 'put-note', note: by('ours', 2) });
  await write[first]();
  await write[second]();
  expect(host.get(documentId)?.notebook.notes).toMatchObject([{ body: second, history: [{ body: first }] }]);
  expect(collision()).toHaveLength(1);
});

test('what another window makes of a note in which this one writes stays, and the other window’s change leaves the words', async () => {
  const by = (part: Partial<Note>, seconds: number): Note => ({
    ...note(14, ''),
    ...part,
    modifiedAt: `2026-01-01T00:00:0${seconds}.000Z`,
  });
  const put = (part: Partial<Note>, seconds: number): NotebookChange => ({ type: 'put-note', note: by(part, seconds) });
  changeNotebook(documentId, put({ body: 'draft' }, 0));
  await saving.flush();
  const stood = host.get(documentId)?.notebook;
  const theirs = (part: Partial<Note>, seconds: number) => stood && [basedOn(stood, put({ body: 'draft', ...part }, seconds))];
  changeNotebook(documentId, put({ body: 'draft, longer' }, 1));
  changeElsewhere(documentId, theirs({ colour: 'pink' }, 2) ?? []);
  expect(shown()?.notes).toMatchObject([{ body: 'draft, longer', colour: 'pink' }]);
  await saving.flush();
  // One that did not have these words yet.
  changeElsewhere(documentId, theirs({ colour: 'blue' }, 3) ?? []);
  changeNotebook(documentId, put({ body: 'draft, longer and longer', colour: 'blue' }, 4));
  await saving.flush();
  expect(host.get(documentId)?.notebook.notes).toMatchObject([{ body: 'draft, longer and longer', colour: 'blue' }]);
  expect(shown()).toEqual(host.get(documentId)?.notebook);
  expect(collision()).toEqual([]);
});

test('that two windows met in one note is said also when the event comes after this window’s own answer', async () => {
  const by = (body: string, seconds: number): Note => ({ ...note(8, body), modifiedAt: `2026-01-01T00:00:0${seconds}.000Z` });
  changeNotebook(documentId, { type: 'put-note', note: by('', 0) });
  await saving.flush();
  const theirs: NotebookChange = { type: 'put-note', note: by('theirs', 1), basedOn: by('', 0).modifiedAt };
  const tellLate = changeElsewhere(documentId, [theirs], { isTold: false });
  changeNotebook(documentId, { type: 'put-note', note: by('ours', 2) });
  await saving.flush();
  await waitFor(() => expect(shown()).toEqual(host.get(documentId)?.notebook));
  tellLate();
  await waitFor(() => expect(collision()).toHaveLength(1));
});

test('what one window writes after the other had it is no collision', async () => {
  const by = (body: string, seconds: number): Note => ({ ...note(9, body), modifiedAt: `2026-01-01T00:00:0${seconds}.000Z` });
  changeNotebook(documentId, { type: 'put-note', note: by('one', 0) });
  await saving.flush();
  changeElsewhere(documentId, [{ type: 'put-note', note: by('one two', 1), basedOn: by('', 0).modifiedAt }]);
  changeNotebook(documentId, { type: 'put-note', note: by('one two three', 2) });
  await saving.flush();
  const four: NotebookChange = { type: 'put-note', note: by('four', 4), basedOn: by('', 2).modifiedAt };
  changeElsewhere(documentId, [four], { isTold: false })();
  changeElsewhere(documentId, [{ type: 'put-note', note: by('five', 5), basedOn: by('', 4).modifiedAt }], { isTold: false });
  changeNotebook(documentId, { type: 'put-note', note: { ...note(10, 'another'), modifiedAt: at } });
  await saving.flush();
  await waitFor(() => expect(shown()).toEqual(host.get(documentId)?.notebook));
  expect(collision()).toEqual([]);
});

test('undoing the only edits of a note leaves no versions behind but the fullest state', async () => {
  const put = (body: string, seconds: number): NotebookChange => ({
    type: 'put-note',
    note: { ...note(6, body), modifiedAt: `2026-01-01T00:00:0${seconds}.000Z` },
  });
  changeNotebook(documentId, put('a', 0), { label: 'Add note' });
  for (const [at, body] of ['ab', 'abc', 'abcd'].entries()) {
    changeNotebook(documentId, put(body, at + 1), { label: 'Edit note', joinKey: 'body' });
    await saving.flush();
  }
  undoChange();
  await saving.flush();
  expect(host.get(documentId)?.notebook.notes).toMatchObject([{ body: 'a', history: [{ body: 'abcd', provisional: true }] }]);
  redoChange();
  await saving.flush();
  expect(host.get(documentId)?.notebook.notes).toMatchObject([{ body: 'abcd', history: [] }]);
  for (const act of [undoChange, undoChange, redoChange, redoChange]) act();
  await saving.flush();
  expect(host.get(documentId)?.notebook.notes).toMatchObject([{ body: 'abcd', history: [] }]);
});

test('what was done to a note before it came anew from elsewhere, by an import say, is not taken back over that', async () => {
  const put = (number: number, body: string, seconds: number): NotebookChange => ({
    type: 'put-note',
    note: { ...note(number, body), modifiedAt: `2026-01-01T00:00:0${seconds}.000Z` },
  });
  changeNotebook(documentId, put(11, 'one', 0), { label: 'Add note' });
  changeNotebook(documentId, put(12, 'another', 0), { label: 'Add note' });
  changeNotebook(documentId, put(11, 'one two', 1), { label: 'Edit note' });
  await saving.flush();
  const imported = change(documentId, [put(11, 'one two, as the file has it', 2)]);
  tell('notebook.restored', imported);
  expect(shown()?.notes[0]?.body).toBe('one two, as the file has it');
  undoChange();
  await saving.flush();
  expect(shown()?.notes.map(({ body }) => body)).toEqual(['one two, as the file has it']);
  undoChange();
  expect(getState().notices.map(({ message }) => message)).toEqual(['There is nothing to undo.']);
  expect(collision()).toEqual([]);
});

test('a note that was deleted for good since is not undone: there is nothing to bring back', async () => {
  changeNotebook(documentId, { type: 'put-note', note: note(13, 'words') }, { label: 'Add note' });
  changeNotebook(
    documentId,
    { type: 'put-note', note: { ...note(13, 'other words'), modifiedAt: '2026-01-01T00:00:01.000Z' } },
    { label: 'Edit note' },
  );
  changeNotebook(documentId, { type: 'delete-note', noteId: note(13, '').id, at }, { label: 'Delete note' });
  await saving.flush();
  changeElsewhere(documentId, [{ type: 'purge-note', noteId: note(13, '').id }]);
  undoChange();
  expect(getState().notices.map(({ message }) => message)).toEqual(['There is nothing to undo.']);
  expect(shown()?.notes).toEqual([]);
});
