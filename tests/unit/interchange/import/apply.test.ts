import { describe, expect, it } from 'vitest';
import type { Note, Notebook } from '#model';
import { applyImport, undoImport } from '../../../../electron/interchange/import/apply';
import type { Incoming, Target } from '../../../../electron/interchange/import/incoming';
import { planImport } from '../../../../electron/interchange/import/plan';
import { full, openTarget } from './library';

const never = new AbortController().signal;
const at = '2026-03-01T00:00:00.000Z';

const noteOf = (number: number): Note => ({
  id: `018f0000-0000-7000-8000-00000000000${number}`,
  colour: 'yellow',
  body: `note ${number}`,
  tags: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  modifiedAt: '2026-01-01T00:00:00.000Z',
  history: [],
});

const notebookOf = (number: number): Notebook => ({
  version: 1,
  id: `document-${number}`,
  identity: { paths: [`/${number}.txt`], rawHash: String(number).repeat(64), history: [] },
  tags: [],
  status: 'unread',
  notes: [noteOf(number)],
  deletedNotes: [],
});

const incoming: Incoming = {
  notebooks: [1, 2, 3, 4].map(notebookOf),
  tags: [],
  text: async () => undefined,
  files: [],
  archives: [],
  versions: async () => [],
};

const live = (target: Target): string[] => [...target.notebooks()].flatMap(({ notes }) => notes.map(({ body }) => body));
const pause = () => undefined;
const apply = async (target: Target, { from = incoming, signal = never, onProgress = (_done: number): void => undefined } = {}) =>
  applyImport(await planImport(from, target, pause), from, target, { undelete: false, signal, onProgress });

describe('applying a plan', () => {
  it('ends at a full disk with what was done whole, does the rest the next time, and nothing after that', async () => {
    const { target, give } = openTarget({ room: 2 });
    const first = await apply(target);
    expect([first.failure, first.record.notebooks.length, first.record.added]).toEqual([full, 2, 2]);
    expect(live(target)).toEqual(['note 1', 'note 2']);
    give(10);
    const rest = await apply(target);
    expect([rest.failure, rest.record.notebooks.length]).toEqual([undefined, 2]);
    expect((await apply(target)).record.notebooks).toEqual([]);
  });

  it('counts a note on several passages as one, as the plan does', async () => {
    const anchorAt = (start: number) => ({ start, end: start + 4, exact: 'word', prefix: '', suffix: '', textHash: 'a'.repeat(64) });
    const head = { ...noteOf(1), anchor: anchorAt(0) };
    const notebook = { ...notebookOf(1), notes: [head, { ...noteOf(2), body: '', anchor: anchorAt(9), partOf: head.id }] };
    const { target } = openTarget();
    const from = { ...incoming, notebooks: [notebook] };
    expect((await planImport(from, target, pause)).shown.documents).toMatchObject([{ added: 1, changed: 0 }]);
    expect((await apply(target, { from })).record).toMatchObject({ added: 1, changed: 0 });
  });

  it('can be taken back when it ended before everything was done, also in two steps', async () => {
    const { target, give } = openTarget({ room: 3 });
    const { record } = await apply(target);
    give(1);
    expect(await undoImport(record, target, at)).toEqual({ notebooks: 1, failure: full });
    expect(live(target)).toEqual(['note 1', 'note 2']);
    give(10);
    expect(await undoImport(record, target, at)).toEqual({ notebooks: 3 });
    expect(live(target)).toEqual([]);
  });

  it('stops between two documents', async () => {
    const { target } = openTarget();
    const abort = new AbortController();
    const { stopped, record } = await apply(target, {
      signal: abort.signal,
      onProgress: (done) => (done === 2 ? abort.abort() : undefined),
    });
    expect([stopped, record.notebooks.length]).toEqual([true, 2]);
  });

  it('keeps the text of each document before its notes, and none any more once it is stopped', async () => {
    const { target } = openTarget();
    const done: string[] = [];
    const library: Target = {
      ...target,
      hasText: async () => false,
      async keepText(_hash, text) {
        done.push(text);
        return target.keepText(_hash, text);
      },
      update(id, next) {
        done.push(id);
        return target.update(id, next);
      },
    };
    const hashOf = (number: number) => String(number).repeat(64);
    const notebooks = [1, 2, 3].map((number) => {
      const whole = notebookOf(number);
      return { ...whole, identity: { ...whole.identity, textHash: hashOf(number) } };
    });
    const from: Incoming = { ...incoming, notebooks, text: async (hash) => `text ${hash[0]}` };
    const stop = new AbortController();
    await apply(library, { from, signal: stop.signal, onProgress: (number) => (number === 2 ? stop.abort() : undefined) });
    expect(done).toEqual(['text 1', 'document-1', 'text 2', 'document-2']);
  });

  it('leaves out a notebook that may not be changed, and a file whose copy is damaged, and says so', async () => {
    const { target } = openTarget({ locked: 'document-2' });
    const from = { ...incoming, files: ['documents/a.txt'] };
    expect((await planImport(from, target, pause)).shown.documents.map(({ state }) => state)).toEqual(['new', 'locked', 'new', 'new']);
    const { skipped, record, failure } = await apply(target, { from });
    expect(skipped).toEqual(['Its copy is damaged.', 'It is of a newer version.']);
    expect([record.notebooks.length, record.files, failure]).toEqual([3, [], undefined]);
  });

  it('brings archived versions to the document of the same content, and ends at a full disk before the notebooks', async () => {
    const { target, archives, give } = openTarget({ room: 1 });
    const [first] = incoming.notebooks;
    if (!first) throw new Error('There is no notebook');
    await target.update('known-here', () => ({ ...first, id: 'known-here', notes: [] }));
    const version = { noteId: noteOf(1).id, version: { at, colour: 'yellow' as const, body: 'old words', tags: [] } };
    const from: Incoming = { ...incoming, notebooks: [first], archives: ['document-1', 'of-no-notebook'], versions: async () => [version] };
    expect((await planImport(from, target, pause)).shown.versionCount).toBe(2);
    expect((await apply(target, { from })).failure).toEqual(full);
    expect(live(target)).toEqual([]);
    give(10);
    expect((await apply(target, { from })).record).toMatchObject({ versions: 2, added: 1 });
    expect([...archives.keys()].sort()).toEqual(['known-here', 'of-no-notebook']);
    expect((await planImport(from, target, pause)).archives).toEqual([]);
  });
});
