import { describe, expect, it } from 'vitest';
import { type ExportRequest, noteFormats } from '#api';
import { anchor, note, notebook, previewExport, renderExport, sourceOf, summary, type TestSource } from './export/fixtures';

const late = note({ anchor: anchor(500, 'late'), body: 'late' });
const early = note({ anchor: anchor(20, 'early'), body: 'early', tags: ['Ukraine/Army'] });
const page = note({ body: 'on the page' });
const other = note({ anchor: anchor(3, 'other'), body: 'other' });
const source = sourceOf([
  notebook('document-b', [late, early, page]),
  notebook('document-a', [other], { tags: ['ukraine'] }),
  notebook('document-empty', []),
]);

const request = (scope: ExportRequest['scope'], values: Partial<ExportRequest> = {}): ExportRequest => ({
  scope,
  format: 'csv',
  layout: 'single',
  ...values,
});

async function bodies(scope: ExportRequest['scope']): Promise<string[]> {
  const result = await renderExport(source, request(scope, { format: 'json-ld' }));
  if (!result.ok) throw new Error(result.failure.code);
  const collection: { first: { items: { 'lectern:note': { body: string } }[] } } = JSON.parse(result.value.files[0]?.text ?? '');
  return collection.first.items.map((item) => item['lectern:note'].body);
}

describe('notes of others', () => {
  const theirs = note({ body: 'theirs', creator: { name: 'Anna' } });
  const mixed = sourceOf([notebook('document-a', [page, theirs]), notebook('document-b', [note({ creator: { name: 'Ben' } })])]);
  const items = async (values: Partial<ExportRequest>, scope: ExportRequest['scope'] = { type: 'everything' }) => {
    const result = await renderExport(mixed, request(scope, { format: 'json-ld', ...values }));
    if (!result.ok) throw new Error(result.failure.code);
    const { first }: { first: { items: { id: string; creator?: unknown }[] } } = JSON.parse(result.value.files[0]?.text ?? '');
    return first.items.map(({ creator }) => creator);
  };

  it('are exported only where that is asked for, with their creators', async () => {
    expect(await items({})).toEqual([undefined]);
    const person = (name: string) => ({ id: `urn:x-lectern:person:${name}`, type: 'Person', name });
    const everyone = [undefined, person('Anna'), person('Ben')];
    expect(await items({ withOthers: true })).toEqual(everyone);
    expect(await items({}, { type: 'note', documentId: 'document-a', noteId: theirs.id })).toEqual([person('Anna')]);
  });

  it('say in Markdown and HTML whose they are', async () => {
    for (const format of ['markdown', 'html'] as const) {
      const result = await renderExport(mixed, request({ type: 'everything' }, { format, withOthers: true }));
      expect(result.ok && result.value.files[0]?.text.replace(/<\/?span[^>]*>/g, '')).toContain('by Anna · yellow');
    }
  });
});

describe('what is exported', () => {
  it.each<[string, ExportRequest['scope'], string[]]>([
    ['one note', { type: 'note', documentId: 'document-b', noteId: late.id }, ['late']],
    [
      'notes that were chosen, by document',
      {
        type: 'notes',
        notes: [
          { documentId: 'document-b', noteIds: [late.id, page.id] },
          { documentId: 'document-a', noteIds: [other.id] },
          { documentId: 'document-gone', noteIds: [late.id] },
        ],
      },
      ['on the page', 'late', 'other'],
    ],
    [
      'a document, page notes first and then by place',
      { type: 'documents', documentIds: ['document-b'] },
      ['on the page', 'early', 'late'],
    ],
    [
      'documents in the order asked for, each once',
      { type: 'documents', documentIds: ['document-b', 'document-a', 'document-b'] },
      ['on the page', 'early', 'late', 'other'],
    ],
    ['a tag: notes under it, and all notes of documents under it', { type: 'tag', tag: 'UKRAINE' }, ['other', 'early']],
    ['a nested tag', { type: 'tag', tag: 'Ukraine/Army' }, ['early']],
    ['everything, by title', { type: 'everything' }, ['other', 'on the page', 'early', 'late']],
  ])('%s', async (_name, scope, expected) => expect(await bodies(scope)).toEqual(expected));

  it.each<[string, ExportRequest['scope'], RegExp]>([
    ['a note that is gone', { type: 'note', documentId: 'document-b', noteId: '01890000-0000-7000-8000-ffffffffffff' }, /trash/],
    ['chosen notes that are gone', { type: 'notes', notes: [{ documentId: 'document-a', noteIds: [late.id] }] }, /These notes.*trash/],
    ['a document without notes', { type: 'documents', documentIds: ['document-empty'] }, /this document has no notes/],
    ['unknown documents', { type: 'documents', documentIds: ['unknown-1', 'unknown-2'] }, /these documents/],
    ['a tag that nothing has', { type: 'tag', tag: 'Ukrain' }, /“Ukrain”/],
  ])('fails with a sentence for %s', async (_name, scope, message) => {
    for (const result of [await renderExport(source, request(scope)), await previewExport(source, request(scope))]) {
      expect(result).toMatchObject({ ok: false, failure: { code: 'export-empty', message: expect.stringMatching(message) } });
    }
  });

  it('refers to documents without notes, too, where it is a bibliography', async () => {
    const titles = async (scope: ExportRequest['scope']) => {
      const result = await renderExport(source, request(scope, { format: 'csl-json' }));
      if (!result.ok) throw new Error(result.failure.message);
      const items: { title: string; author: unknown }[] = JSON.parse(result.value.files[0]?.text ?? '');
      expect(items.map(({ author }) => author)).toEqual(items.map(() => [{ family: 'Writer', given: 'R.' }]));
      return items.map(({ title }) => title);
    };
    expect(await titles({ type: 'documents', documentIds: ['document-empty', 'document-a'] })).toEqual([
      'Title of document-empty',
      'Title of document-a',
    ]);
    expect(await titles({ type: 'note', documentId: 'document-b', noteId: late.id })).toEqual(['Title of document-b']);
    expect(await titles({ type: 'everything' })).toHaveLength(3);
    const unknown = request({ type: 'documents', documentIds: ['unknown-1'] }, { format: 'bibtex' });
    expect(await renderExport(source, unknown)).toMatchObject({ ok: false, failure: { code: 'export-empty' } });
    const mine = sourceOf([notebook('document-a', [], { author: 'Jane Doe', language: 'fr' })]);
    const bibtex = await renderExport(mine, request({ type: 'everything' }, { format: 'bibtex' }));
    expect(bibtex).toMatchObject({ ok: true, value: { files: [{ name: 'Title of document-a.bib' }] } });
    expect(bibtex.ok && bibtex.value.files[0]?.text).toMatch(/author = \{Doe, Jane\}[\s\S]*language = \{fr\}/);
  });

  it('fails for everything when there is nothing', async () => {
    expect(await renderExport(sourceOf([]), request({ type: 'everything' }))).toMatchObject({
      ok: false,
      failure: { code: 'export-empty' },
    });
  });
});

describe('files', () => {
  it('gives one file for each document under different names', async () => {
    const twins = sourceOf(
      [notebook('document-1', [note()]), notebook('document-2', [note()])],
      [summary('document-1', { title: 'Same?' }), summary('document-2', { title: 'same*' })],
    );
    const result = await renderExport(twins, request({ type: 'everything' }, { layout: 'per-document', format: 'markdown' }));
    expect(result).toMatchObject({
      ok: true,
      value: { documentCount: 2, noteCount: 2, files: [{ name: 'Same.md', mediaType: 'text/markdown' }, { name: 'same 2.md' }] },
    });
  });

  it.each<[ExportRequest['scope'], string]>([
    [{ type: 'everything' }, 'All notes.csv'],
    [{ type: 'tag', tag: 'Ukraine/Army' }, 'Notes tagged Ukraine Army.csv'],
    [{ type: 'documents', documentIds: ['document-b'] }, 'Title of document-b.csv'],
    [{ type: 'documents', documentIds: ['document-b', 'document-a'] }, 'Notes on 2 documents.csv'],
    [{ type: 'note', documentId: 'document-b', noteId: late.id }, 'Title of document-b (note).csv'],
  ])('names a single file after its scope: %j', async (scope, name) => {
    expect(await renderExport(source, request(scope))).toMatchObject({ ok: true, value: { files: [{ name }] } });
  });

  it('calls a document that the library forgot by its file, and tells no path of the machine', async () => {
    const forgotten = sourceOf([notebook('document-x', [note({ body: 'still here' })])], []);
    const result = await renderExport(forgotten, request({ type: 'everything' }, { format: 'markdown' }));
    if (!result.ok) throw new Error(result.failure.code);
    expect(result.value.files[0]?.text).toContain('title: document-x\nsource: document-x.txt');
    expect(result.value.files[0]?.text).not.toContain('anna');
  });
});

describe('preview', () => {
  it('shows a short export whole, with its counts', async () => {
    const preview = await previewExport(source, request({ type: 'everything' }, { layout: 'per-document' }));
    expect(preview).toMatchObject({
      ok: true,
      value: { truncated: false, fileCount: 2, documentCount: 2, noteCount: 4, name: 'Title of document-a.csv' },
    });
  });

  it('cuts a long one, never through a character', async () => {
    for (const padding of ['', 'x']) {
      const long = sourceOf([notebook('document-1', [note({ body: padding + '🙂'.repeat(20_000) })])]);
      const preview = await previewExport(long, request({ type: 'everything' }));
      if (!preview.ok) throw new Error(preview.failure.code);
      expect(preview.value.truncated).toBe(true);
      expect(preview.value.text.length).toBeGreaterThan(19_990);
      expect(preview.value.text.length).toBeLessThanOrEqual(20_000);
      expect(preview.value.text.isWellFormed()).toBe(true);
    }
  });

  it.each(['html', 'json-ld'] as const)('reads of a large library no more than it shows: %s', async (format) => {
    const many = Array.from({ length: 1000 }, (_, index) =>
      notebook(`document-${index}`, [note({ anchor: { ...anchor(0, 'x'.repeat(500)), textHash: `${index}` } })]),
    );
    const asked: string[] = [];
    const large: TestSource = {
      ...sourceOf(many),
      async text(hash) {
        asked.push(hash);
        return undefined;
      },
    };
    const preview = await previewExport(large, request({ type: 'everything' }, { format }));
    expect(preview).toMatchObject({ ok: true, value: { truncated: true, fileCount: 1, documentCount: 1000, noteCount: 1000 } });
    expect(asked.length).toBeLessThan(100);
  });

  it('begins as the file does, whatever the format', async () => {
    const many = sourceOf([
      notebook(
        'document-1',
        Array.from({ length: 300 }, (_, index) => note({ body: `Note ${index}`, tags: ['a'] })),
      ),
    ]);
    for (const format of noteFormats) {
      const [whole, preview] = [
        await renderExport(many, request({ type: 'everything' }, { format })),
        await previewExport(many, request({ type: 'everything' }, { format })),
      ];
      if (!whole.ok || !preview.ok) throw new Error('There is nothing.');
      expect(preview.value.truncated).toBe(true);
      expect(whole.value.files[0]?.text.startsWith(preview.value.text)).toBe(true);
    }
  });
});
