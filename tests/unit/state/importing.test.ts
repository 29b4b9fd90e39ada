import { beforeEach, expect, test } from 'vitest';
import { type BroughtOutcome, fail, LARGEST_IMPORT, ok } from '#api';
import { emptyHistory } from '#model';
import {
  applyImport,
  holdsNotes,
  isCertainExport,
  offerImport,
  planImport,
  showImport,
  undoImport,
} from '../../../renderer/state/actions/importing';
import { importFiles } from '../../../renderer/state/actions/library';
import { makeChanges } from '../../../renderer/state/actions/notebooks';
import { planRestore } from '../../../renderer/state/actions/restoring';
import { undoChange } from '../../../renderer/state/actions/undo';
import { setBridge } from '../../../renderer/state/client';
import { saving, takeNotebook } from '../../../renderer/state/notebook-sync';
import { getState, setState } from '../../../renderer/state/store';
import { info, makeHost, makeNotebook } from './support';

const PLAN = '01890000-0000-7000-8000-000000000001';
const handedOver: string[] = [];
const outcome: BroughtOutcome = { message: 'Imported.', complete: true, undoable: true };
const { bridge } = makeHost({
  'import.apply': () => ok(outcome),
  'import.undo': () => ok({ message: 'Taken back.', complete: true, undoable: false }),
});

beforeEach(() => {
  setBridge({
    ...bridge,
    async upload(upload, file) {
      handedOver.push(`${upload} ${await (file as File).text()}`);
      return fail('import-empty', 'Nothing is in it.') as never;
    },
  });
  setState({ info, dialog: undefined, notices: [] });
  handedOver.length = 0;
});

const collection = '{"@context":["http://www.w3.org/ns/anno.jsonld",{"lectern":"urn:x-lectern:"}],"type":"AnnotationCollection"}';

test('a dropped file that is nothing but an export of notes offers to import them', async () => {
  const file = new File([collection], 'notes.jsonld');
  await importFiles([file]);
  expect(getState().dialog).toEqual({ type: 'import', files: [{ name: 'notes.jsonld', file }] });
  const zipOf = (names: string) => new File([`PK\x03\x04…${names}PK\x05\x06`], 'a.zip');
  expect(await isCertainExport(zipOf('One.mdPK\x01\x02Two.md'))).toBe(true);
  expect(await isCertainExport(zipOf('notebooks/a.jsonPK\x01\x02tags.json'))).toBe(false);
  expect(await isCertainExport(new File(['{"type":"AnnotationCollection"}'], 'other.jsonld'))).toBe(false);
  expect(await isCertainExport(new File(['# A'], 'a.md'))).toBe(false);
});

test('documents that hold exported notes offer them beside being opened, all at once', async () => {
  const markdown = new File(['# One\n\nwords\n\n<!-- lectern 0123abcd\n{}\n-->\n'], 'a.md');
  const html = new File(['<!doctype html><meta name="generator" content="Lectern">'], 'a.html');
  const others = ['# Mine', '<!-- lectern is fine -->'].map((text) => new File([text], 'b.md'));
  expect(await Promise.all([markdown, html, ...others].map(holdsNotes))).toEqual([true, true, false, false]);
  offerImport([]);
  expect(getState().notices).toEqual([]);
  offerImport([markdown, html]);
  expect(getState().notices).toMatchObject([{ message: '2 of these files hold notes that Lectern exported. They can be imported.' }]);
  getState().notices[0]?.action?.run();
  expect(getState().dialog).toMatchObject({ type: 'import', files: [{ name: 'a.md' }, { name: 'a.html' }] });
});

test('all files are handed over as one, with their names and when they were changed', async () => {
  const files = ['first', 'second'].map((text) => ({
    name: `vault/${text}.md`,
    file: new File([text], `${text}.md`, { lastModified: 5 }),
  }));
  await planImport({ files, person: '' });
  const list = [
    { name: 'vault/first.md', size: 5, modified: 5 },
    { name: 'vault/second.md', size: 6, modified: 5 },
  ];
  expect(handedOver).toEqual([`import.plan ${JSON.stringify({ files: list })}\nfirstsecond`]);
});

test('files that are too large together are told before they are handed over, and so is that there are none', async () => {
  const large = Object.defineProperty(new File([''], 'large.md'), 'size', { value: LARGEST_IMPORT + 1 });
  for (const files of [[{ name: 'large.md', file: large }], []]) expect((await planImport({ files, person: '' })).ok).toBe(false);
  expect(handedOver).toEqual([]);
});

test('what was done is said, with a way back, and the dialog goes', async () => {
  showImport();
  await applyImport(PLAN, false);
  expect(getState()).toMatchObject({ dialog: undefined, bringing: undefined, notices: [{ kind: 'info', message: 'Imported.' }] });
  getState().notices[0]?.action?.run();
  await expect.poll(() => getState().notices.at(-1)?.message).toBe('Taken back.');
  expect(getState().history).toEqual(emptyHistory);
});

test('an import is what undo takes back next in the library, once', async () => {
  setState({ view: { type: 'start' } });
  await applyImport(PLAN, false);
  await applyImport(PLAN, false);
  undoChange();
  await expect.poll(() => getState().notices.map(({ message }) => message)).toEqual(['Taken back.']);
  undoChange();
  await expect.poll(() => getState().notices.at(-1)?.message).toBe('There is nothing to undo.');
});

test('what another window imported since, or took back, is left alone, and what came before can be undone', async () => {
  const asked: unknown[] = [];
  const failure = { code: 'problem-solved' as const, message: 'There was another import since.' };
  const host = makeHost({
    'import.apply': () => ok(outcome),
    'import.undo': (args) => {
      asked.push(args);
      return { ok: false, failure };
    },
  });
  setBridge(host.bridge);
  setState({ view: { type: 'start' }, history: emptyHistory });
  await applyImport(PLAN, false);
  undoChange();
  await expect.poll(() => getState().notices.map(({ message }) => message)).toEqual([failure.message]);
  expect(asked).toEqual([{ planId: PLAN }]);
  expect(getState().history).toEqual(emptyHistory);
});

test('nothing is planned, applied or taken back while the last changes of this window are not saved', async () => {
  const called: string[] = [];
  const note = { type: 'set-tags' as const, tags: ['mine'] };
  const host = makeHost({
    'notebook.apply': () => fail('disk-full', 'The disk is full.'),
    'import.undo': () => {
      called.push('import.undo');
      return ok(outcome);
    },
  });
  setBridge({
    ...host.bridge,
    async upload(upload) {
      called.push(upload);
      return fail('import-empty', 'Nothing is in it.') as never;
    },
  });
  takeNotebook({ notebook: makeNotebook('aaaaaaaa'), revision: 0 });
  makeChanges([{ documentId: 'aaaaaaaa', change: note }]);
  const failure = expect.objectContaining({ code: 'disk-full' });
  expect(await planImport({ files: [{ name: 'a.md', file: new File(['x'], 'a.md') }], person: '' })).toEqual({ ok: false, failure });
  expect(await planRestore({ name: 'a backup' })).toEqual({ ok: false, failure });
  await undoImport();
  expect(called).toEqual([]);
  expect(getState().notices.at(-1)?.message).toContain('not saved yet');
  setBridge(makeHost({ 'notebook.apply': () => ok({ savedAt: '2026-01-01T00:00:00.000Z', revision: 1 }) }).bridge);
  expect(await saving.flush()).toBeUndefined();
});
