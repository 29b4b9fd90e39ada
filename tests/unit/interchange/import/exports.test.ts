import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ExportFormat } from '#api';
import type { Notebook } from '#model';
import type { Collected } from '../../../../electron/interchange/import/collect';
import { type GivenFile, readExports } from '../../../../electron/interchange/import/exports';
import { arbitraryNotebooks, note, notebook, plain, renderOne, sortById, sourceOf } from '../export/fixtures';

const pause = () => undefined;
const at = Date.parse('2026-05-01T00:00:00.000Z');
const given = (name: string, text: string): GivenFile => ({ name, bytes: new TextEncoder().encode(text), modified: at });

async function read(...files: GivenFile[]): Promise<Collected> {
  const result = await readExports(files, pause);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

/** What an export says of a notebook: its notes, tags, title and so on, and of its document what it is known by. */
const exported = ({ identity: { rawHash, textHash }, notes, ...rest }: Notebook) =>
  plain({ ...rest, identity: { rawHash, textHash }, notes: sortById([...notes]), deletedNotes: [] });
const comeBack = ({ notebooks }: Collected) => [...notebooks].sort((a, b) => (a.id < b.id ? -1 : 1)).map(exported);

const formats: ExportFormat[] = ['markdown', 'html', 'json-ld'];

describe.each(formats)('an export as %s', (format) => {
  it('comes back as the same notebooks, whatever is in them', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryNotebooks, async (notebooks) => {
        const text = await renderOne(sourceOf(notebooks), format);
        const collected = await read(given('any name', text));
        expect(comeBack(collected)).toEqual(notebooks.map(exported));
        expect([[...collected.edits], [...collected.byHand], collected.bad, collected.notices]).toEqual([[], [], [], []]);
      }),
      { numRuns: 60 },
    );
  });

  it('comes back with title, date, status and place of its document', async () => {
    const full = notebook('document-1', [note({ body: 'words' })], {
      title: 'My own title',
      date: '2020-02-02',
      tags: ['Defence & security'],
      status: 'finished',
      position: { offset: 10, progress: 0.5 },
      lastReadAt: '2026-01-06T00:00:00.000Z',
      fieldTimes: { title: '2026-01-05T00:00:00.000Z' },
    });
    const collected = await read(given('x', await renderOne(sourceOf([full]), format)));
    const { fieldTimes: _times, ...own } = full;
    expect(comeBack(collected)).toEqual([exported(own)]);
    expect(collected.documents.get('document-1')).toEqual({ title: 'My own title', author: 'R. Writer' });
  });
});

it('of Markdown is not taken to be edited for a chapter that begins like a tag', async () => {
  const anchor = {
    start: 0,
    end: 5,
    exact: 'quote',
    prefix: '',
    suffix: '',
    textHash: 'a'.repeat(64),
    locator: { chapter: '#! and friends' },
  };
  const one = notebook('document-1', [note({ anchor, body: 'words' })]);
  const { edits } = await read(given('x', await renderOne(sourceOf([one]), 'markdown')));
  expect([...edits]).toEqual([]);
});

describe('files that are imported', () => {
  const one = notebook('document-1', [note({ body: 'first' })]);
  const two = notebook('document-2', [note({ body: 'second' })]);

  it('are read out of a zip and of folders, each by its content', async () => {
    const zip = zipSync({
      'a.txt': Buffer.from(await renderOne(sourceOf([one]), 'markdown')),
      'b.dat': Buffer.from(await renderOne(sourceOf([two]), 'json-ld')),
      'c.md': Buffer.from('# A document'),
    });
    const collected = await read({ name: 'some.zip', bytes: zip, modified: at }, given('folder/picture.png', '\x89PNG'));
    expect(comeBack(collected)).toEqual([one, two].map(exported));
    expect(collected.notices).toEqual(['“some.zip/c.md”, “folder/picture.png” are no exports of Lectern’s, and are left out.']);
  });

  it('may say that they were changed at a time that is none, or in the future', async () => {
    const text = (await renderOne(sourceOf([one]), 'markdown')).replace('\nfirst\n', '\nedited\n');
    for (const modified of [1e300, -1e300, Date.now() * 2]) {
      const { edits } = await read({ ...given('a.md', text), modified });
      const [edit] = edits.values();
      expect(edit?.body).toBe('edited');
      expect(Date.parse(edit?.at ?? '')).toBeLessThanOrEqual(Date.now());
    }
  });

  it('may hold the same notes twice', async () => {
    const files = await Promise.all(formats.map(async (format) => given(format, await renderOne(sourceOf([one, two]), format))));
    expect(comeBack(await read(...files))).toEqual([one, two].map(exported));
  });

  it('fail with a sentence where nothing in them is of Lectern', async () => {
    const result = await readExports([given('notes.md', '# Notes\n\nof mine')], pause);
    expect(result).toMatchObject({ ok: false, failure: { message: expect.stringContaining('“notes.md” is no export of Lectern') } });
  });

  it('lose only the record that is damaged, which is listed with its line', async () => {
    const source = sourceOf([notebook('document-1', [note({ body: 'first' }), note({ body: 'second' }), note({ body: 'third' })])]);
    for (const format of formats) {
      const text = await renderOne(source, format);
      const broken = text.replace(/"body": ?"second"/, '"body": 5');
      const { notebooks, bad } = await read(given('some file', broken));
      expect(notebooks.flatMap(({ notes }) => notes.map(({ body }) => body))).toEqual(
        format === 'markdown' ? ['first', 'third', 'second'] : ['first', 'third'],
      );
      const line = broken.slice(0, broken.indexOf('"body": 5')).split('\n').length;
      expect(bad).toEqual([{ file: 'some file', line: expect.any(Number), problem: expect.stringContaining('“body”') }]);
      expect(Math.abs((bad[0]?.line ?? 0) - line)).toBeLessThan(format === 'json-ld' ? 40 : 1);
    }
  });

  it('give what stands before their end where they are cut off', async () => {
    const source = sourceOf([notebook('document-1', [note({ body: 'first' }), note({ body: 'second' }), note({ body: 'third' })])]);
    for (const format of formats) {
      const text = await renderOne(source, format);
      const cut = text.slice(0, text.lastIndexOf('"third"'));
      const { notebooks, bad } = await read(given('cut', cut));
      // In Markdown the words of each note stand above, too.
      expect(notebooks.flatMap(({ notes }) => notes.map(({ body }) => body))).toEqual(
        format === 'markdown' ? ['first', 'second', 'third'] : ['first', 'second'],
      );
      expect(bad.length).toBeGreaterThan(0);
    }
  });

  it('of an earlier version of Lectern come as they were exported, and that is said', async () => {
    const text = (await renderOne(sourceOf([one]), 'markdown'))
      .replace(/ <!-- [0-9a-f]{8}\.\d{12} -->/g, '')
      .replace(/<!-- lectern \w+/, '<!-- lectern');
    const collected = await read(given('old.md', text));
    expect(comeBack(collected)).toEqual([exported(one)]);
    expect(collected.notices).toEqual([expect.stringContaining('earlier version of Lectern')]);
    expect([...collected.edits]).toEqual([]);
  });

  it('say of an export by a newer version that it cannot be read', async () => {
    const text = (await renderOne(sourceOf([one]), 'json-ld')).replace('"lectern": 1', '"lectern": 2');
    const { notebooks, bad } = await read(given('new.jsonld', text));
    expect(notebooks).toEqual([]);
    expect(bad.map(({ problem }) => problem)).toContainEqual(expect.stringContaining('newer version'));
  });
});
