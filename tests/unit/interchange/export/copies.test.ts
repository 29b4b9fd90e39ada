import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportRequest } from '#api';
import { describe as anchorAt, type Note } from '#model';
import { readAll } from '../../formats/document-parts';
import { below, makePdf } from '../../formats/pdf/make-pdf';
import { note, notebook, openExports, sourceOf, summary } from './fixtures';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-copies-'));
});
afterAll(() => rm(folder, { recursive: true }));

const PAGE = below(50, 500, ['The first line of this page is here', 'and the second one ends it.']);
const request: ExportRequest = { scope: { type: 'everything' }, format: 'pdf', layout: 'single' };

/** Three documents with a note each: a PDF, one that is encrypted, and one that is none. */
async function openThree(ids: readonly string[]) {
  const files: Record<string, Uint8Array> = { 'document-a': makePdf([PAGE]), 'document-b': makePdf([PAGE], { password: 'open' }) };
  for (const [id, bytes] of Object.entries(files)) await writeFile(path.join(folder, id), bytes);
  const { text, end } = await readAll(makePdf([PAGE]), 'pdf');
  const anchor = anchorAt(text, 4, 9, end.textHash);
  const notes: Note[] = ids.map((_, index) => note({ anchor, body: `Note ${index}`, tags: ['a'] }));
  const notebooks = ids.map((id, index) => notebook(id, notes.slice(index, index + 1)));
  const summaries = ids.map((id) => summary(id, id === 'document-c' ? {} : { format: 'pdf' }));
  const source = sourceOf(notebooks, summaries);
  return { notes, exports: openExports(source, { fileOf: (id) => path.join(folder, id) }) };
}

async function filesOf(
  exports: ReturnType<typeof openExports>,
  values: Partial<ExportRequest> = {},
): Promise<{ name: string; bytes: Buffer }[]> {
  const prepared = await exports.prepare('test', { ...request, ...values });
  if (!prepared.ok) throw new Error(prepared.failure.message);
  const files: { name: string; bytes: Buffer }[] = [];
  for await (const piece of exports.take(prepared.value.id)?.stream('files') ?? []) {
    if ('name' in piece) files.push({ name: piece.name, bytes: Buffer.alloc(0) });
    const last = files.at(-1);
    if (last && 'bytes' in piece) last.bytes = Buffer.concat([last.bytes, piece.bytes]);
  }
  return files;
}

describe('an export of copies with notes', () => {
  it('is a PDF that has the note, and leaves the document as it was', async () => {
    const { exports, notes } = await openThree(['document-a', 'document-c']);
    const before = await readFile(path.join(folder, 'document-a'));
    const preview = await exports.preview('test', request);
    expect(preview).toMatchObject({ ok: true, value: { fileCount: 1, noteCount: 1, name: 'Title of document-a (with notes).pdf' } });
    expect(preview.ok && preview.value.text).toContain('1 note on its passage.');
    const [file, ...others] = await filesOf(exports);
    expect([file?.name, others]).toEqual(['Title of document-a (with notes).pdf', []]);
    const { end } = await readAll(new Uint8Array(file?.bytes ?? []), 'pdf');
    expect(end.fileNotes).toMatchObject([{ id: notes[0]?.id, start: 4, end: 9, body: 'Note 0', tags: ['a'] }]);
    expect(await readFile(path.join(folder, 'document-a'))).toEqual(before);
    const [named] = await filesOf(exports, { author: 'Zoë' });
    expect((await readAll(new Uint8Array(named?.bytes ?? []), 'pdf')).end.fileNotes).toMatchObject([{ id: notes[0]?.id, author: 'Zoë' }]);
  });

  it('has each passage of a note where it stands, as one note that comes back as one', async () => {
    await writeFile(path.join(folder, 'document-a'), makePdf([PAGE]));
    const { text, end } = await readAll(makePdf([PAGE]), 'pdf');
    const head = note({ anchor: anchorAt(text, 4, 9, end.textHash), body: 'Words', colour: 'green' });
    const part = note({ anchor: anchorAt(text, 20, 24, end.textHash), partOf: head.id, colour: 'pink' });
    const source = sourceOf([notebook('document-a', [part, head])], [summary('document-a', { format: 'pdf' })]);
    const exports = openExports(source, { fileOf: (id) => path.join(folder, id) });
    const preview = await exports.preview('test', request);
    expect(preview.ok && [preview.value.noteCount, preview.value.text]).toEqual([1, expect.stringContaining('1 note on its passage.')]);
    const [file] = await filesOf(exports);
    const { end: copied } = await readAll(new Uint8Array(file?.bytes ?? []), 'pdf');
    expect(copied.fileNotes).toMatchObject([
      { id: head.id, start: 4, end: 9, colour: 'green', body: 'Words' },
      { id: part.id, start: 20, end: 24, colour: 'green', body: '', partOf: head.id },
    ]);
    expect(copied.fileNotes?.[0]).not.toHaveProperty('partOf');
  });

  it('says why there is none, in its place where there are others', async () => {
    const refusal = /is encrypted, so nothing can be put into a copy of it/;
    const { exports: alone } = await openThree(['document-b']);
    expect(await alone.preview('test', request)).toMatchObject({ ok: false, failure: { message: expect.stringMatching(refusal) } });
    await expect(filesOf(alone)).rejects.toMatchObject({ failure: { message: expect.stringMatching(refusal) } });
    const { exports: both } = await openThree(['document-a', 'document-b']);
    const files = await filesOf(both);
    expect(files.map(({ name }) => name)).toEqual(['Title of document-a (with notes).pdf', 'Title of document-b (with notes).txt']);
    expect(files[1]?.bytes.toString()).toMatch(refusal);
    const { exports: none } = await openThree(['document-c']);
    expect(await none.prepare('test', request)).toMatchObject({ ok: false, failure: { code: 'export-empty' } });
  });
});
