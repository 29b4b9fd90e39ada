import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Anchor, applyChange, isSameContent, type Note, type Notebook } from '#model';
import { applyImport, undoImport } from '../../../../electron/interchange/import/apply';
import { incomingOf, readExports } from '../../../../electron/interchange/import/exports';
import type { Incoming, Target } from '../../../../electron/interchange/import/incoming';
import { planImport } from '../../../../electron/interchange/import/plan';
import { anchor, arbitraryNotebooks, note, notebook, renderOne, sourceOf } from '../export/fixtures';
import { openTarget } from './library';

const pause = () => undefined;
const never = new AbortController().signal;
const edited = Date.parse('2026-05-01T00:00:00.000Z');

/** What importing a text does to a library: planned, and done. */
async function importInto(target: Target, text: string, modified = edited) {
  const read = await readExports([{ name: 'a file', bytes: Buffer.from(text), modified }], pause);
  if (!read.ok) throw new Error(read.failure.message);
  const incoming = incomingOf(read.value, async () => undefined);
  const { imported, ...plan } = await planImport(incoming, target, pause);
  const apply = (undelete = false) =>
    applyImport({ imported, ...plan }, incoming, target, { undelete, signal: never, onProgress: () => {} });
  return { imported, apply };
}

const at = (day: number) => `2026-03-0${day}T00:00:00.000Z`;
const one = note({ body: 'as it was exported', tags: ['figures'], modifiedAt: at(1) });
const exported = notebook('document-1', [one], { title: 'One' });
const markdown = await renderOne(sourceOf([exported]), 'markdown');
const editedMarkdown = markdown.replace('as it was exported\n', 'as it was changed elsewhere\n');

/** A library with the notebook as it was exported, after changes there. */
async function libraryWith(...changes: Partial<Note>[]): Promise<Target> {
  const { target } = openTarget();
  await target.update('document-1', () => exported);
  for (const change of changes) await change_(target, change);
  return target;
}

const change_ = (target: Target, change: Partial<Note>) =>
  target.update('document-1', (present = exported) =>
    applyChange(present, { type: 'put-note', note: { ...one, ...change }, basedOn: present.notes[0]?.modifiedAt }),
  );

const noteIn = (target: Target): Note | undefined => target.notebook('document-1')?.notes[0];
const counts = { added: 0, updated: 0, conflicts: 0, newer: 0, same: 0, unplaced: 0, deleted: 0 };

describe('importing a note that is here', () => {
  it('changes nothing where it is the same', async () => {
    const target = await libraryWith();
    const before = target.notebook('document-1');
    const { imported, apply } = await importInto(target, markdown);
    expect(imported).toMatchObject([{ ...counts, same: 1, state: 'same', foundBy: 'content', title: 'One' }]);
    expect((await apply()).record.notebooks).toEqual([]);
    expect(target.notebook('document-1')).toBe(before);
  });

  it('takes over what was changed in the file, and keeps what stood here as an old version', async () => {
    const target = await libraryWith();
    const { imported, apply } = await importInto(target, editedMarkdown);
    expect(imported).toMatchObject([{ ...counts, updated: 1, state: 'changed' }]);
    await apply();
    expect(noteIn(target)).toMatchObject({
      body: 'as it was changed elsewhere',
      tags: ['figures'],
      modifiedAt: '2026-05-01T00:00:00.000Z',
    });
    expect(noteIn(target)?.history.map(({ body }) => body)).toEqual(['as it was exported']);
  });

  it('takes over what was replaced in all of the file, its record with it', async () => {
    const target = await libraryWith();
    const replaced = markdown.replaceAll('as it was exported', 'as it was replaced');
    const { imported, apply } = await importInto(target, replaced);
    expect(imported).toMatchObject([{ ...counts, updated: 1, state: 'changed' }]);
    await apply();
    expect(noteIn(target)).toMatchObject({ body: 'as it was replaced', tags: ['figures'] });
    expect(noteIn(target)?.history.map(({ body }) => body)).toEqual(['as it was exported']);
    expect((await importInto(target, replaced)).imported).toMatchObject([{ ...counts, same: 1 }]);
    expect((await importInto(target, markdown)).imported).toMatchObject([{ ...counts, newer: 1 }]);
  });

  it('leaves it in the trash where it was deleted after the plan was shown; its words are there, and come when they are asked for', async () => {
    const target = await libraryWith();
    const { imported, apply } = await importInto(target, editedMarkdown);
    expect(imported).toMatchObject([{ ...counts, updated: 1 }]);
    await target.update('document-1', (present = exported) => applyChange(present, { type: 'delete-note', noteId: one.id, at: at(3) }));
    await apply();
    expect(noteIn(target)).toBeUndefined();
    expect(target.notebook('document-1')?.deletedNotes).toMatchObject([
      { note: { body: 'as it was changed elsewhere' }, deletedAt: at(3) },
    ]);
    await (await importInto(target, editedMarkdown)).apply(true);
    expect(noteIn(target)?.body).toBe('as it was changed elsewhere');
  });

  it('calls a document that was forgotten here by the name that it has in the file', async () => {
    const target = await libraryWith();
    await target.update('document-1', (present = exported) => applyChange(present, { type: 'forget', at: at(3) }));
    const { imported } = await importInto(target, markdown);
    expect(imported).toMatchObject([{ documentId: 'document-1', title: 'One' }]);
  });

  it('leaves it as it is where only that was changed', async () => {
    const target = await libraryWith({ body: 'newer here', modifiedAt: at(4) });
    const { imported, apply } = await importInto(target, markdown);
    expect(imported).toMatchObject([{ ...counts, newer: 1 }]);
    await apply();
    expect(noteIn(target)?.body).toBe('newer here');
  });

  it('shows the later one and keeps the other where both were changed', async () => {
    const later = await libraryWith({ body: 'changed here, too', modifiedAt: at(4) });
    const first = await importInto(later, editedMarkdown);
    expect(first.imported).toMatchObject([{ ...counts, conflicts: 1 }]);
    await first.apply();
    expect(noteIn(later)?.body).toBe('as it was changed elsewhere');
    expect(noteIn(later)?.history.map(({ body }) => body)).toEqual(['as it was exported', 'changed here, too']);

    const earlier = await libraryWith({ body: 'changed here, too', modifiedAt: at(4) });
    await (await importInto(earlier, editedMarkdown, Date.parse(at(3)))).apply();
    expect(noteIn(earlier)?.body).toBe('changed here, too');
    expect(noteIn(earlier)?.history.map(({ body }) => body)).toEqual(['as it was exported', 'as it was changed elsewhere']);
  });

  it('leaves it in the trash where it was deleted here and not changed in the file, and brings it back where it was', async () => {
    const target = await libraryWith();
    await target.update('document-1', (present = exported) => applyChange(present, { type: 'delete-note', noteId: one.id, at: at(5) }));
    expect((await importInto(target, markdown)).imported).toMatchObject([{ ...counts, deleted: 1, state: 'same' }]);
    const { imported, apply } = await importInto(target, editedMarkdown);
    expect(imported).toMatchObject([{ ...counts, added: 1 }]);
    await apply();
    expect(noteIn(target)?.body).toBe('as it was changed elsewhere');
  });

  it.each([
    ['as it was exported', markdown],
    ['with changed words', editedMarkdown],
    ['with changed tags', markdown.replace('#figures ·', '#figures #more ·')],
    ['with words written by hand', `${markdown}\nA thought.\n`],
  ])('changes nothing the second time: %s', async (_name, text) => {
    for (const changes of [[], [{ body: 'changed here, too', modifiedAt: at(4) }]]) {
      const target = await libraryWith(...changes);
      await (await importInto(target, text)).apply();
      const before = target.notebook('document-1');
      const { imported, apply } = await importInto(target, text, edited + 5000);
      expect(imported).toMatchObject([{ state: 'same', added: 0, updated: 0, conflicts: 0 }]);
      expect((await apply()).record.notebooks).toEqual([]);
      expect(target.notebook('document-1')).toBe(before);
    }
  });

  it('is taken back in one step, but for what was changed since', async () => {
    const target = await libraryWith();
    const { record } = await (await importInto(target, `${editedMarkdown}\nA thought.\n`)).apply();
    expect(target.notebook('document-1')?.notes).toHaveLength(2);
    await undoImport(record, target, at(9));
    expect(target.notebook('document-1')?.notes).toEqual([one]);
    const again = await (await importInto(target, editedMarkdown)).apply();
    await change_(target, { body: 'written since', modifiedAt: '2026-06-01T00:00:00.000Z' });
    await undoImport(again.record, target, at(9));
    expect(noteIn(target)?.body).toBe('written since');
  });
});

describe('importing everything into an empty library', () => {
  it.each(['markdown', 'html', 'json-ld'] as const)('gives the notebooks of the library that was exported as %s', async (format) => {
    await fc.assert(
      fc.asyncProperty(arbitraryNotebooks, async (notebooks) => {
        const distinct = notebooks.map((each, index) => ({ ...each, identity: { ...each.identity, rawHash: String(index).repeat(64) } }));
        const { target } = openTarget();
        const { apply } = await importInto(target, await renderOne(sourceOf(distinct), format));
        await apply();
        for (const each of distinct) {
          const here = target.notebook(each.id);
          expect(here?.identity).toMatchObject({ rawHash: each.identity.rawHash, textHash: each.identity.textHash });
          const sorted = (book: Notebook | undefined) => book?.notes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
          expect(isSameContent(sorted(here), sorted(each))).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });
});

const quoted = note({ anchor: anchor(5, 'a quote') satisfies Anchor });
const source = sourceOf([notebook('document-1', [quoted], { position: { offset: 9, progress: 0.4 } })]);
const text = await renderOne(source, 'json-ld');
const known = { id: 'known-here', title: 'Another title' };

describe('the document of imported notes', () => {
  it('is the one with the same content before the one with the same id', async () => {
    const documents = [
      { ...known, rawHash: 'b'.repeat(64) },
      { id: 'document-1', rawHash: 'c'.repeat(64), title: 'Other' },
    ];
    const { target } = openTarget({ documents });
    const { imported, apply } = await importInto(target, text);
    expect(imported).toMatchObject([{ documentId: 'known-here', foundBy: 'content', added: 1, unplaced: 0 }]);
    await apply();
    expect(target.notebook('known-here')?.notes).toHaveLength(1);
  });

  it('is found by its id, with notes that have no place in its text', async () => {
    const { target } = openTarget({ documents: [{ id: 'document-1', rawHash: 'c'.repeat(64), title: 'Other' }], unplaced: [quoted.id] });
    expect((await importInto(target, text)).imported).toMatchObject([{ documentId: 'document-1', foundBy: 'id', added: 1, unplaced: 1 }]);
  });

  it('is found by title and author, and then stays what it is', async () => {
    const rawHash = 'c'.repeat(64);
    const documents = [{ id: 'known-here', rawHash, title: 'title  of DOCUMENT-1', author: 'r. writer' }];
    const { target } = openTarget({ documents });
    const { imported, apply } = await importInto(target, text);
    expect(imported).toMatchObject([{ documentId: 'known-here', foundBy: 'title' }]);
    await apply();
    expect(target.notebook('known-here')).toMatchObject({ identity: { rawHash }, notes: [quoted] });
    expect(target.notebook('known-here')?.position).toBeUndefined();
  });

  it('is not found by a title that two have, or with another author', async () => {
    const named = (id: string, author: string) => ({ id, rawHash: 'c'.repeat(64), title: 'Title of document-1', author });
    for (const documents of [[named('one-here', 'R. Writer'), named('two-here', 'R. Writer')], [named('one-here', 'A. Nother')]]) {
      const { target } = openTarget({ documents });
      const { imported, apply } = await importInto(target, text);
      expect(imported).toMatchObject([{ documentId: 'document-1', state: 'new', added: 1 }]);
      expect(imported[0]?.foundBy).toBeUndefined();
      await apply();
      expect(target.notebook('document-1')?.notes).toEqual([quoted]);
    }
  });

  it('is the one that it was joined with since, also of a backup, and that stays what it is', async () => {
    const { target } = openTarget();
    const into = { ...notebook('into-here', []), identity: { paths: [], rawHash: 'd'.repeat(64), history: [] }, title: 'Mine' };
    const between = { ...notebook('between', []), identity: { paths: [], rawHash: 'e'.repeat(64), history: [] }, sameAs: 'into-here' };
    const from = { ...notebook('document-1', []), sameAs: 'between' };
    for (const each of [into, between, from]) await target.update(each.id, () => each);
    const { imported, apply } = await importInto(target, text);
    expect(imported).toMatchObject([{ documentId: 'into-here', added: 1 }]);
    await apply();
    const backup: Incoming = {
      notebooks: [notebook('document-1', [one])],
      tags: [],
      text: async () => undefined,
      files: [],
      archives: [],
      versions: async () => [],
    };
    await applyImport(await planImport(backup, target, pause), backup, target, { undelete: false, signal: never, onProgress: () => {} });
    expect(target.notebook('document-1')).toBe(from);
    expect(target.notebook('into-here')).toMatchObject({ title: 'Mine', identity: into.identity });
    expect(
      target
        .notebook('into-here')
        ?.notes.map(({ id }) => id)
        .sort(),
    ).toEqual([one.id, quoted.id].sort());
    // Of a circle, the one that joining leaves.
    await target.update('into-here', (present = into) => ({ ...present, sameAs: 'document-1' }));
    expect((await importInto(target, text)).imported).toMatchObject([{ documentId: 'between' }]);
  });

  it('that may not be changed is left out, and that is said', async () => {
    const { target } = openTarget({ locked: 'document-1' });
    expect((await importInto(target, text)).imported).toMatchObject([{ state: 'locked', problem: 'It is of a newer version.' }]);
  });
});
