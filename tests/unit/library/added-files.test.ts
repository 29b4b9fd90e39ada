import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportOutcome } from '#api';
import type { Library } from '../../../electron/library';
import { safeFileName } from '../../../electron/library/added-files';
import { allRows } from '../all-rows';
import { openTestLibrary, rowsOf, temporaryFolder } from './support';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Hands files over one after the other, each in pieces. */
async function importFiles(library: Library, files: readonly { name: string; bytes: Uint8Array }[]): Promise<ImportOutcome[]> {
  const outcomes: ImportOutcome[] = [];
  for (const file of files) outcomes.push(await library.importFile({ name: file.name, chunks: cut(file.bytes) }));
  return outcomes;
}

async function* cut(whole: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < whole.length; start += 1_000_000) yield whole.subarray(start, start + 1_000_000);
}

describe('importFile', () => {
  it('copies files into the library’s own folder, where they are documents at once', async () => {
    const data = await temporaryFolder();
    const { library, listener } = await openTestLibrary({ data });
    const outcomes = await importFiles(library, [
      { name: '/home/someone/A text.txt', bytes: bytes('A dropped text.') },
      { name: 'C:\\Texts\\Other.MD', bytes: bytes('# Other') },
    ]);
    expect(outcomes.map(({ name, failure }) => [name, failure])).toEqual([
      ['A text.txt', undefined],
      ['Other.MD', undefined],
    ]);
    expect((await readdir(path.join(data, 'documents'))).sort()).toEqual(['A text.txt', 'Other.MD']);
    expect(library.summary(outcomes[0]?.documentId ?? '')).toMatchObject({ title: 'A dropped text.', folderId: 'own' });
    expect(await library.open(outcomes[1]?.documentId ?? '')).toMatchObject({ ok: true, value: { source: { format: 'markdown' } } });
    await listener.until(() => library.folders()[1]?.documentCount === 2);
  });

  it('never overwrites: another content under the same name gets another name', async () => {
    const data = await temporaryFolder();
    await mkdir(path.join(data, 'documents'), { recursive: true });
    await writeFile(path.join(data, 'documents/a.txt'), 'What is there.');
    const { library } = await openTestLibrary({ data });
    const outcomes = await importFiles(
      library,
      ['One.', 'Two.'].map((text) => ({ name: 'a.txt', bytes: bytes(text) })),
    );
    expect(new Set(outcomes.map(({ documentId }) => documentId)).size).toBe(2);
    expect(outcomes.map(({ name }) => name)).toEqual(['a (2).txt', 'a (3).txt']);
    expect(rowsOf(library)).toMatchObject({
      'a.txt': { title: 'What is there.' },
      'a (2).txt': { title: 'One.' },
      'a (3).txt': { title: 'Two.' },
    });
    expect(await readFile(path.join(data, 'documents/a.txt'), 'utf8')).toBe('What is there.');
  });

  it('copies nothing that the library has, wherever and under whatever name', async () => {
    const data = await temporaryFolder();
    const { library } = await openTestLibrary({ data });
    const seed = allRows(library).find(({ folderId }) => folderId === 'seeds') ?? expect.fail();
    const copy = new Uint8Array(await readFile(path.join('seeds', seed.relativePath)));
    const outcomes = await importFiles(library, [
      { name: 'renamed.txt', bytes: copy },
      { name: 'new.txt', bytes: bytes('New.') },
      { name: 'new too.txt', bytes: bytes('New.') },
    ]);
    expect(outcomes[0]).toEqual({ name: 'renamed.txt', documentId: seed.id, wasKnown: true });
    expect(outcomes[2]?.documentId).toBe(outcomes[1]?.documentId);
    expect(await readdir(path.join(data, 'documents'))).toEqual(['new.txt']);
  });

  it('does not put a file where a missing document with notes was', async () => {
    const data = await temporaryFolder();
    const { library, listener, notebooks } = await openTestLibrary({ data });
    const [first] = await importFiles(library, [{ name: 'a.txt', bytes: bytes('The noted text.') }]);
    const id = first?.documentId ?? '';
    notebooks.tag(library, id, 'mine');
    await rm(path.join(data, 'documents/a.txt'));
    await listener.until(() => library.summary(id)?.missing === true, 'the missing document');
    const [second] = await importFiles(library, [{ name: 'a.txt', bytes: bytes('A stranger.') }]);
    expect(second?.documentId).not.toBe(id);
    expect(await readdir(path.join(data, 'documents'))).toEqual(['a (2).txt']);
    const [again] = await importFiles(library, [{ name: 'other name.txt', bytes: bytes('The noted text.') }]);
    expect(again?.documentId).toBe(id);
    expect(library.summary(id)).toMatchObject({ missing: false, fileName: 'other name.txt' });
  });

  it('gives a known document that comes again the name that it had', async () => {
    const data = await temporaryFolder();
    const { library, notebooks } = await openTestLibrary({ data });
    const file = { name: 'b?c=d.txt', bytes: bytes('https://example.com/a/b?c=d') };
    const [first] = await importFiles(library, [file]);
    expect(first?.name).toBe('b c=d.txt');
    const id = first?.documentId ?? '';
    // Where the reader was in it is known.
    notebooks.tag(library, id);
    expect(await library.withdraw(id)).toMatchObject({ ok: true });
    expect(await importFiles(library, [file])).toEqual([{ name: 'b c=d.txt', documentId: id }]);
    expect(await readdir(path.join(data, 'documents'))).toEqual(['b c=d.txt']);
  });

  it.each([
    ['photo.jpg', 'x', 'file-not-importable'],
    ['no extension', 'x', 'file-not-importable'],
    ['empty.txt', '', 'document-empty'],
    ['binary.txt', '%PDF-1.7 …', 'document-binary'],
    ['large.txt', 'x'.repeat(33 * 1024 * 1024), 'document-too-large'],
  ])('refuses %s with a sentence, and takes the others', async (name, content, code) => {
    const data = await temporaryFolder();
    const { library } = await openTestLibrary({ data });
    const [refused, taken] = await importFiles(library, [
      { name, bytes: bytes(content) },
      { name: 'good.txt', bytes: bytes('Good.') },
    ]);
    expect(refused).toEqual({ name, failure: { code, message: expect.stringContaining(name) } });
    expect(taken?.documentId).toBeDefined();
    expect(await readdir(path.join(data, 'documents'))).toEqual(['good.txt']);
  });

  it('asks for none of the bytes of what it knows to be too large, and for no more than it takes of what it does not', async () => {
    const data = await temporaryFolder();
    const { library } = await openTestLibrary({ data });
    let asked = 0;
    const endless = async function* () {
      for (;;) yield new Uint8Array(1_048_576).fill(++asked && 32);
    };
    const size = 100 * 1_048_576;
    expect(await library.importFile({ name: 'a.txt', size, chunks: endless() })).toMatchObject({ failure: { code: 'document-too-large' } });
    expect(asked).toBe(0);
    expect(await library.importFile({ name: 'a.txt', chunks: endless() })).toMatchObject({ failure: { code: 'document-too-large' } });
    expect(asked).toBe(33);
    expect(await readdir(path.join(data, 'documents'))).toEqual([]);
  });

  it('leaves nothing of a file whose bytes stop coming, nor, at the next start, of one that an end broke off', async () => {
    const data = await temporaryFolder();
    const documents = path.join(data, 'documents');
    await mkdir(documents);
    for (const name of ['.import-old', '.import-new']) await writeFile(path.join(documents, name), 'half a te');
    const longAgo = new Date(Date.now() - 48 * 3_600_000);
    await utimes(path.join(documents, '.import-old'), longAgo, longAgo);
    const { library } = await openTestLibrary({ data });
    const breaking = async function* () {
      yield bytes('half a te');
      throw new Error('the sender is gone');
    };
    await expect(library.importFile({ name: 'a.txt', chunks: breaking() })).rejects.toThrow('the sender is gone');
    // Another machine may be receiving into the same folder.
    expect(await readdir(documents)).toEqual(['.import-new']);
  });

  it('says so when it cannot write', async () => {
    const data = await temporaryFolder();
    const { library } = await openTestLibrary({ data });
    await rm(path.join(data, 'documents'), { recursive: true });
    await writeFile(path.join(data, 'documents'), 'a file in its place');
    const [outcome] = await importFiles(library, [{ name: 'a.txt', bytes: bytes('A text.') }]);
    expect(outcome?.failure?.code).toBe('write-failed');
  });
});

describe('safeFileName', () => {
  it.each([
    ['plain.txt', 'plain.txt'],
    ['.hidden.txt', 'hidden.txt'],
    ['..txt', 'document.txt'],
    ['a<b>:"c|?*.md', 'a b c.md'],
    ['con.txt', '_con.txt'],
    ['COM1.backup.html', '_COM1.backup.html'],
    ['ends with dots...txt', 'ends with dots.txt'],
    ['line\nbreak\0.txt', 'line break.txt'],
    ['e\u0301te\u0301.txt', 'été.txt'],
  ])('makes %j %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  it('takes a name of hundreds of thousands of dots', () => {
    expect(safeFileName(`a${'.'.repeat(400_000)}b .txt`)).toMatch(/^a\.+\.txt$/);
  });

  it('cuts a long name between characters', () => {
    const safe = safeFileName(`${'漢'.repeat(300)}.markdown`);
    expect(Buffer.byteLength(safe)).toBeLessThan(200);
    expect(safe).toMatch(/^漢+\.markdown$/);
  });
});
