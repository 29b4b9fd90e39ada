import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Catalog, type Placed } from '../../../electron/library/catalog';
import type { FileFacts } from '../../../electron/library/facts';
import { NotebookIndex } from '../../../electron/library/identity';

const hashOf = (content: string) => createHash('sha256').update(content).digest('hex');
const idOf = (content: string) => hashOf(content).slice(0, 32);

const file = (path: string, content: string, more: Partial<FileFacts> = {}): FileFacts => ({
  path,
  folderId: 'f',
  size: content.length,
  changedAt: 1,
  addedAt: 1,
  format: 'text',
  rawHash: hashOf(content),
  title: content,
  words: 1,
  ...more,
});

const unreadable = (path: string): FileFacts =>
  file(path, '', { rawHash: undefined, problem: { code: 'document-unreadable', message: 'no' } });

/** A catalog with notebooks whose files were last seen at `path` with `content`. */
function catalogWith(...notebooks: { id: string; paths: string[]; content: string }[]) {
  const index = new NotebookIndex();
  for (const { id, paths, content } of notebooks) index.put(id, { paths, rawHash: hashOf(content), otherHashes: [] });
  const catalog = new Catalog(index);
  const see = (files: FileFacts[], gone: string[] = [], settled = true): Placed => catalog.place({ files, gone, settled });
  const paths = (id: string) => catalog.locate(id)?.files.map(({ path }) => path);
  return { catalog, index, see, paths };
}

/** Writes and removes files (`null`) of a disk with the contents of its paths; the facts of those that are there then, and the paths that are gone. */
function happenOn(disk: Map<string, string>, events: readonly { path: string; content: string | null }[]): [FileFacts[], string[]] {
  for (const { path, content } of events) {
    if (content === null) disk.delete(path);
    else disk.set(path, content);
  }
  const touched = [...new Set(events.map(({ path }) => path))];
  const present = touched.filter((path) => disk.has(path));
  return [
    present.map((path) => (disk.get(path) === 'bad' ? unreadable(path) : file(path, disk.get(path) ?? ''))),
    touched.filter((path) => !disk.has(path)),
  ];
}

describe('a document without a notebook', () => {
  it('has an identifier of its content', () => {
    const { see, paths } = catalogWith();
    expect(see([file('/a', 'one')]).touched).toEqual(new Set([idOf('one')]));
    expect(paths(idOf('one'))).toEqual(['/a']);
  });

  it('is one with a file of equal content, and stays while one of them does', () => {
    const { see, paths, catalog } = catalogWith();
    see([file('/a', 'one'), file('/b', 'one')]);
    expect(paths(idOf('one'))).toEqual(['/a', '/b']);
    expect(see([], ['/a']).touched).toEqual(new Set([idOf('one')]));
    expect(paths(idOf('one'))).toEqual(['/b']);
    see([], ['/b']);
    expect(catalog.has(idOf('one'))).toBe(false);
  });

  it('is the same when its file is moved, in either order', () => {
    const { see, paths } = catalogWith();
    see([file('/a', 'one')]);
    const { edited } = see([file('/b', 'one')], ['/a']);
    expect(edited.size).toBe(0);
    expect(paths(idOf('one'))).toEqual(['/b']);
  });

  it('keeps its identifier when its file is edited, and leaves it to no other', () => {
    const { see, paths, catalog } = catalogWith();
    see([file('/a', 'one')]);
    expect(see([file('/a', 'two')]).edited).toEqual(new Set([idOf('one')]));
    expect(paths(idOf('one'))).toEqual(['/a']);
    see([file('/b', 'one')]);
    expect(catalog.idAt('/b')).not.toBe(idOf('one'));
    expect(catalog.idAt('/b')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is another when its file is moved away and a new one takes its place', () => {
    const { see, paths, catalog } = catalogWith();
    see([file('/a', 'one')]);
    expect(see([file('/a', 'two'), file('/b', 'one')]).edited.size).toBe(0);
    expect(paths(idOf('one'))).toEqual(['/b']);
    expect(catalog.idAt('/a')).toBe(idOf('two'));
  });
});

describe('a document with a notebook', () => {
  const note = { id: 'notebook-a', paths: ['/a'], content: 'one' };

  it('is found by its content, wherever it is', () => {
    const { see, paths } = catalogWith(note);
    expect(see([file('/b', 'one')]).edited.size).toBe(0);
    expect(paths('notebook-a')).toEqual(['/b']);
  });

  it('is found by its path when its content changed, once everything was seen', () => {
    const { see, paths, catalog } = catalogWith(note);
    see([file('/a', 'two')], [], false);
    expect(catalog.idAt('/a')).toBeUndefined();
    expect(catalog.settle()).toEqual({
      touched: new Set(['notebook-a']),
      edited: new Set(['notebook-a']),
      given: new Set(),
    });
    expect(paths('notebook-a')).toEqual(['/a']);
  });

  it('goes with its content rather than with its path, in whatever order they are seen', () => {
    const { see, paths, catalog } = catalogWith(note);
    see([file('/a', 'two')], [], false);
    see([file('/b', 'one')], [], false);
    catalog.settle();
    expect(paths('notebook-a')).toEqual(['/b']);
    expect(catalog.idAt('/a')).toBe(idOf('two'));
  });

  it('goes with the content that it has on another machine, where it has no file of its own', () => {
    const { see, paths, catalog, index } = catalogWith(note);
    index.put('notebook-a', { paths: ['/a'], rawHash: hashOf('one'), otherHashes: [hashOf('two')] });
    see([file('/b', 'two')], [], false);
    expect(catalog.idAt('/b')).toBeUndefined();
    see([file('/c', 'one')], [], false);
    catalog.settle();
    expect(paths('notebook-a')).toEqual(['/c']);
    expect(catalog.idAt('/b')).toBe(idOf('two'));
    see([file('/d', 'three')], ['/b', '/c']);
    see([file('/e', 'two')]);
    expect(paths('notebook-a')).toEqual(['/e']);
  });

  it('shows the file that its notebook names first', () => {
    const { see, paths } = catalogWith({ ...note, paths: ['/b', '/c'] });
    see([file('/a', 'one'), file('/c', 'one'), file('/b', 'one')]);
    expect(paths('notebook-a')).toEqual(['/b', '/c', '/a']);
    see([file('/b', 'one', { absent: true })]);
    expect(paths('notebook-a')).toEqual(['/c', '/a', '/b']);
  });

  it('stays with the copy that was not edited', () => {
    const { see, paths, catalog } = catalogWith(note);
    see([file('/a', 'one'), file('/b', 'one')]);
    expect(see([file('/a', 'two')]).edited.size).toBe(0);
    expect(paths('notebook-a')).toEqual(['/b']);
    expect(catalog.idAt('/a')).toBe(idOf('two'));
  });

  it('takes over when its copies are edited alike, one after the other', () => {
    const { see, paths, index } = catalogWith(note);
    see([file('/a', 'one'), file('/b', 'one')]);
    index.put('notebook-a', { paths: ['/a', '/b'], rawHash: hashOf('one'), otherHashes: [] });
    see([file('/a', 'two')]);
    const { touched, edited } = see([file('/b', 'two')]);
    expect(paths('notebook-a')).toEqual(['/a', '/b']);
    expect(edited).toEqual(new Set(['notebook-a']));
    expect(touched).toContain(idOf('two'));
    expect(paths(idOf('two'))).toBeUndefined();
  });

  it('takes over at the start what an equal file was named before', () => {
    const { see, paths, catalog } = catalogWith(note);
    see([file('/else', 'two'), file('/a', 'two')], [], false);
    catalog.settle();
    expect(paths('notebook-a')).toEqual(['/a', '/else']);
  });

  it('does not give its identifier to its earlier content', () => {
    const id = idOf('one');
    const { see, paths, catalog } = catalogWith({ id, paths: ['/a'], content: 'two' });
    see([file('/a', 'two'), file('/b', 'one')]);
    expect(paths(id)).toEqual(['/a']);
    expect(catalog.idAt('/b')).not.toBe(id);
  });

  it('leaves a content to the document that has it, also when its own file becomes equal', () => {
    const { see, paths } = catalogWith(note, { id: 'notebook-b', paths: ['/b'], content: 'two' });
    see([file('/a', 'one'), file('/b', 'two')]);
    see([file('/a', 'two')]);
    expect(paths('notebook-b')).toEqual(['/b', '/a']);
    expect(paths('notebook-a')).toBeUndefined();
    expect(see([file('/a', 'one')]).edited.size).toBe(0);
    expect(paths('notebook-a')).toEqual(['/a']);
  });

  it('keeps its place while its file cannot be read, and its content when that turns up elsewhere', () => {
    const { see, paths, catalog } = catalogWith(note);
    see([file('/a', 'one')]);
    expect(see([unreadable('/a')]).edited).toEqual(new Set(['notebook-a']));
    expect(paths('notebook-a')).toEqual(['/a']);
    see([file('/b', 'one')]);
    expect(paths('notebook-a')).toEqual(['/b']);
    expect(catalog.idAt('/a')).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('a document with several editions', () => {
  const editions = [hashOf('one'), hashOf('two')];
  const known = { paths: ['/a'], rawHash: hashOf('one'), otherHashes: [], editions };
  const withEditions = () => {
    const all = catalogWith();
    all.index.put('notebook-a', known);
    return { ...all, beside: () => all.catalog.editions('notebook-a').map(({ files }) => files.map(({ path }) => path)) };
  };

  it('is one document, shown by the content that it is known by, in whichever order they are found', () => {
    for (const found of [
      ['/a', '/b'],
      ['/b', '/a'],
    ]) {
      const { see, paths, catalog, beside } = withEditions();
      for (const path of found) see([file(path, path === '/a' ? 'one' : 'two')], [], false);
      catalog.settle();
      expect([...catalog.ids()]).toEqual(['notebook-a']);
      expect(paths('notebook-a')).toEqual(['/a']);
      expect(beside()).toEqual([['/b']]);
      expect(catalog.idAt('/b')).toBe('notebook-a');
    }
  });

  it('is shown by another edition once that is chosen, or the file that is shown is gone', () => {
    const { see, paths, catalog, beside, index } = withEditions();
    see([file('/a', 'one'), file('/b', 'two')]);
    index.put('notebook-a', { ...known, paths: ['/b'], rawHash: hashOf('two') });
    expect(catalog.show('notebook-a', hashOf('two'))).toMatchObject({ edited: new Set(), given: new Set(['notebook-a']) });
    expect(paths('notebook-a')).toEqual(['/b']);
    expect(beside()).toEqual([['/a']]);
    expect(see([], ['/b']).touched).toEqual(new Set(['notebook-a']));
    expect(paths('notebook-a')).toEqual(['/a']);
    expect(beside()).toEqual([]);
  });

  it('goes on with its file when that is edited, and lets an edition be a document of its own when it is none any more', () => {
    const { see, paths, catalog, beside, index } = withEditions();
    see([file('/a', 'one'), file('/b', 'two')]);
    see([file('/a', 'one, edited')]);
    expect(paths('notebook-a')).toEqual(['/a']);
    expect(beside()).toEqual([['/b']]);
    index.put('notebook-a', { ...known, editions: [hashOf('one')] });
    expect(catalog.regroup('notebook-a').touched).toEqual(new Set([idOf('two')]));
    expect(paths(idOf('two'))).toEqual(['/b']);
    expect(beside()).toEqual([]);
    index.put('notebook-a', known);
    expect(catalog.regroup('notebook-a').touched).toEqual(new Set([idOf('two'), 'notebook-a']));
    expect(paths(idOf('two'))).toBeUndefined();
    expect(beside()).toEqual([['/b']]);
  });

  it('keeps an edition beside it whose file is edited, also where that cannot be read for a while, but not one that was moved', () => {
    const { see, paths, catalog, beside } = withEditions();
    see([file('/a', 'one'), file('/b', 'two')]);
    see([file('/b', 'two, edited')]);
    see([unreadable('/b')]);
    expect(see([file('/b', 'two, mended')]).touched).toContain('notebook-a');
    expect([...catalog.ids()]).toEqual(['notebook-a']);
    expect(paths('notebook-a')).toEqual(['/a']);
    expect(beside()).toEqual([['/b']]);
    see([file('/c', 'two, mended'), file('/b', 'another')]);
    expect(beside()).toEqual([['/c']]);
    expect(catalog.idAt('/b')).not.toBe('notebook-a');
  });

  it('keeps an edition that was edited since it was remembered once all files were seen, whichever is found first', () => {
    for (const shown of ['one', 'one, edited']) {
      const { see, catalog: remembered, index } = withEditions();
      see([file('/a', 'one'), file('/b', 'two')]);
      const catalog = new Catalog(index, remembered);
      catalog.place({ files: [file('/b', 'two, edited')], gone: [], settled: false });
      catalog.place({ files: [file('/a', shown)], gone: [], settled: false });
      catalog.settle();
      expect([...catalog.ids()]).toEqual(['notebook-a']);
      expect(catalog.idAt('/a')).toBe('notebook-a');
      expect(catalog.editions('notebook-a').map(({ files }) => files.map(({ path }) => path))).toEqual([['/b']]);
    }
  });

  it('has each of them while any file does, whatever happens to files', () => {
    const paths = ['/a', '/b', '/c', '/d'];
    const event = fc.record({ path: fc.constantFrom(...paths), content: fc.option(fc.constantFrom('one', 'two', 'three', 'bad')) });
    fc.assert(
      fc.property(fc.array(fc.array(event, { minLength: 1, maxLength: 4 }), { maxLength: 12 }), (batches) => {
        const { see, catalog } = withEditions();
        const disk = new Map<string, string>();
        catalog.settle();
        for (const batch of batches) {
          see(...happenOn(disk, batch));
          for (const [path, content] of disk) {
            const id = catalog.idAt(path) ?? '';
            expect(catalog.has(id)).toBe(true);
            if (['one', 'two'].includes(content)) expect(id).toBe('notebook-a');
            const shown = catalog.locate(id)?.files.map((each) => each.path) ?? [];
            const others = catalog.editions(id).flatMap(({ files }) => files.map((each) => each.path));
            expect([...shown, ...others].filter((each) => each === path)).toHaveLength(1);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

it('files that cannot be read are not one document', () => {
  const { see, catalog } = catalogWith();
  see([unreadable('/a'), unreadable('/b')]);
  expect(catalog.idAt('/a')).not.toBe(catalog.idAt('/b'));
});

it('counts a document of equal files in the folder of the first', () => {
  const { see, catalog } = catalogWith();
  see([file('/a', 'one'), file('/b', 'one', { folderId: 'g' }), file('/c', 'two', { folderId: 'g' })]);
  expect(catalog.countByFolder()).toEqual(
    new Map([
      ['f', 1],
      ['g', 1],
    ]),
  );
});

it('whatever happens to files, equal contents are one document and no two contents are', () => {
  const paths = ['/a', '/b', '/c', '/d'];
  const contents = ['one', 'two', 'three'];
  const event = fc.record({ path: fc.constantFrom(...paths), content: fc.option(fc.constantFrom(...contents, 'bad')) });
  const notebook = fc.record({ path: fc.constantFrom(...paths), content: fc.constantFrom(...contents) });
  fc.assert(
    fc.property(
      fc.array(notebook, { maxLength: 3 }),
      fc.array(fc.array(event, { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
      (notebooks, batches) => {
        const { see, catalog } = catalogWith(
          ...notebooks.map(({ path, content }, index) => ({ id: `notebook-${index}`, paths: [path], content })),
        );
        const disk = new Map<string, string>();
        catalog.settle();
        for (const batch of batches) {
          see(...happenOn(disk, batch));
          const idOfContent = new Map<string, string>();
          for (const [path, content] of disk) {
            const id = catalog.idAt(path);
            expect(id).toMatch(/^[0-9a-z-]{8,64}$/);
            const key = content === 'bad' ? path : content;
            expect(idOfContent.get(key) ?? id).toBe(id);
            idOfContent.set(key, id ?? '');
          }
          expect(new Set(idOfContent.values()).size).toBe(idOfContent.size);
          expect(new Set(catalog.ids())).toEqual(new Set(idOfContent.values()));
          for (const id of catalog.ids()) {
            const located = catalog.locate(id)?.files.map(({ path }) => path) ?? [];
            expect(new Set(located)).toEqual(new Set([...disk.keys()].filter((path) => catalog.idAt(path) === id)));
          }
        }
      },
    ),
    { numRuns: 150 },
  );
});
