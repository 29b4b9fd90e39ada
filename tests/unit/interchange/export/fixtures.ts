import fc from 'fast-check';
import { type DocumentSummary, type ExportPreview, type ExportRequest, ok, type Result } from '#api';
import { type Anchor, emptyNotebook, type Note, type Notebook } from '#model';
import { createExports, type ExportSource, type Exports, type ExportsOptions } from '../../../../electron/interchange/export';
import { startExportHere } from '../../export-here';

export const HASH = 'a'.repeat(64);

export const anchor = (start: number, exact: string): Anchor => ({
  start,
  end: start + exact.length,
  exact,
  prefix: 'before ',
  suffix: ' after',
  textHash: HASH,
});

let noteCount = 0;

export function note(values: Partial<Note> = {}): Note {
  noteCount += 1;
  return {
    id: `01890000-0000-7000-8000-${String(noteCount).padStart(12, '0')}`,
    colour: 'yellow',
    body: '',
    tags: [],
    createdAt: '2026-01-05T10:00:00.123Z',
    modifiedAt: '2026-01-05T10:00:00.123Z',
    history: [],
    ...values,
  };
}

export const notebook = (id: string, notes: Note[], values: Partial<Notebook> = {}): Notebook => ({
  ...emptyNotebook(id, { paths: [`/home/anna/reading/${id}.txt`], rawHash: 'b'.repeat(64), textHash: HASH, history: [] }),
  notes,
  ...values,
});

export const summary = (id: string, values: Partial<DocumentSummary> = {}): DocumentSummary => ({
  id,
  title: `Title of ${id}`,
  date: '2021-12-03',
  author: 'R. Writer',
  format: 'text',
  fileName: `${id}.txt`,
  folderId: 'own',
  relativePath: `reports/${id}.txt`,
  size: 1000,
  words: 200,
  addedAt: '2026-01-01T00:00:00.000Z',
  changedAt: '2026-01-01T00:00:00.000Z',
  tags: [],
  status: 'reading',
  progress: 0.5,
  noteCount: 1,
  missing: false,
  ...values,
});

export function sourceOf(
  notebooks: readonly Notebook[],
  summaries: readonly DocumentSummary[] = notebooks.map(({ id }) => summary(id)),
  texts: Readonly<Record<string, string>> = {},
): TestSource {
  return {
    document: (id) => summaries.find((each) => each.id === id),
    notebook: (id) => notebooks.find((each) => each.id === id),
    identity: (id) => notebooks.find((each) => each.id === id)?.identity,
    notebooks: () => notebooks,
    list: async () => summaries.map(({ id }) => id),
    text: async (textHash) => texts[textHash],
  };
}

/** What an export reads, with the texts that notes were made on. */
export interface TestSource extends ExportSource {
  text(textHash: string): Promise<string | undefined>;
}

export const openExports = (source: TestSource, values: Partial<ExportsOptions> = {}): Exports =>
  createExports({
    source,
    textsFolder: '/nowhere',
    colourNames: () => ({}),
    fileOf: () => undefined,
    start: () => startExportHere(source.text),
    pause: () => undefined,
    onProgress: () => {},
    log: { error: () => {}, warn: () => {} },
    ...values,
  });

/** The files of an export, as they are saved. */
export async function renderExport(source: TestSource, request: ExportRequest, values: Partial<ExportsOptions> = {}) {
  const exports = openExports(source, values);
  const prepared = await exports.prepare('test', request);
  if (!prepared.ok) return prepared;
  const { id, mediaType, documentCount, noteCount } = prepared.value;
  const files: { name: string; text: string; mediaType: string }[] = [];
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const piece of exports.take(id)?.stream('files') ?? []) {
    if ('name' in piece) files.push({ name: piece.name, text: '', mediaType });
    const last = files.at(-1);
    if (last && 'bytes' in piece) last.text += decoder.decode(piece.bytes);
  }
  return ok({ files, documentCount, noteCount });
}

export const previewExport = (source: TestSource, request: ExportRequest): Promise<Result<ExportPreview>> =>
  openExports(source).preview('test', request);

/** The text of the only file of an export of everything. */
export async function renderOne(
  source: TestSource,
  format: ExportRequest['format'],
  scope: ExportRequest['scope'] = { type: 'everything' },
  values: Partial<ExportsOptions> = {},
): Promise<string> {
  const result = await renderExport(source, { scope, format, layout: 'single' }, values);
  if (!result.ok) throw new Error(result.failure.message);
  const [file] = result.value.files;
  if (!file || result.value.files.length !== 1) throw new Error('expected one file');
  return file.text;
}

/** Words that have broken exporters: structure of every format, controls, scripts, halves of characters. */
const hostile = fc.constantFrom(
  '---\ntitle: x\n---',
  '```',
  '~~~js',
  '<!--',
  '-->',
  '<!-- lectern\n{"lectern":1}\n-->',
  '</script><script>alert(1)</script>',
  '<pre>',
  '<![CDATA[',
  '# Heading',
  'a\n===',
  '> quote',
  '- item\n  ```',
  '%%',
  '"quoted", with comma',
  '=1+1',
  '@sum',
  '[a]: http://example.test',
  '| a | b |\n|---|---|',
  '\u2028',
  '\r\n',
  '\r',
  '\n',
  '\0',
  '\ud83d',
  '👩‍👩‍👧‍👦',
  'שלום עולם',
  '‫يمين‬',
  '俄罗斯与乌克兰',
  '\\',
  '    code',
  '\t',
);

export const text = fc
  .array(fc.oneof(hostile, fc.string({ unit: 'grapheme' }), fc.constant('\n'), fc.lorem()), { maxLength: 8 })
  .map((parts) => parts.join(''));

const moment = fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString());
const tag = fc
  .oneof(
    fc.constantFrom('figures', 'Ukraine/armed forces', '2021', 'a, b', '#x', 'été', '军事', '👍'),
    fc.string({ minLength: 1, maxLength: 12 }),
  )
  .map((name) => name.trim() || 'tag');

const locator = fc.record({ chapter: text, page: fc.constantFrom('143', 'xii', '·'), lastPage: text }, { requiredKeys: [] });

const area = fc.record(
  { page: fc.integer({ min: 1, max: 999 }), box: fc.constant({ x: 1, y: 20.25, width: 300, height: 4.5 }) },
  { requiredKeys: ['page'] },
);

export const arbitraryNote: fc.Arbitrary<Note> = fc.record({
  id: fc.uuid({ version: 7 }),
  anchor: fc.option(
    fc
      .record({
        start: fc.nat(),
        exact: text,
        locator: fc.option(locator, { nil: undefined }),
        area: fc.option(area, { nil: undefined, freq: 3 }),
      })
      .map(({ start, exact, locator, area }) => ({
        ...anchor(start, area ? '' : exact),
        ...(locator && { locator }),
        ...(area && { area }),
      })),
    { nil: undefined },
  ),
  motivation: fc.option(fc.constant('bookmarking' as const), { nil: undefined, freq: 4 }),
  colour: fc.constantFrom('yellow', 'green', 'blue', 'pink', 'violet'),
  body: text,
  tags: fc.array(tag, { maxLength: 3 }),
  createdAt: moment,
  modifiedAt: moment,
  history: fc.array(fc.record({ at: moment, colour: fc.constant('green' as const), body: text, tags: fc.array(tag, { maxLength: 2 }) }), {
    maxLength: 2,
  }),
});

const COLLECTION = '11111111-1111-4111-8111-111111111111';

/** Notes of one document: some of them may be passages of the first. */
const arbitraryNotes: fc.Arbitrary<Note[]> = fc
  .array(fc.tuple(arbitraryNote, fc.boolean()), { minLength: 1, maxLength: 4 })
  .map((all) =>
    all.map(([each, isPart], index) =>
      isPart && index > 0 && all[0] ? { ...each, body: '', tags: [], motivation: undefined, partOf: all[0][0].id } : each,
    ),
  );

export const arbitraryNotebooks: fc.Arbitrary<Notebook[]> = fc.array(arbitraryNotes, { minLength: 1, maxLength: 3 }).map((groups) =>
  groups.map((notes, index) =>
    notebook(`document-${index}`, notes, {
      tags: ['report'],
      favourite: true,
      later: 'm',
      collections: { [COLLECTION]: { name: 'Thesis', count: 1 } },
      editions: { ['b'.repeat(64)]: 1 },
    }),
  ),
);

/** Notes as they come back out of JSON: keys without a value are gone. */
export const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** The notes of `notebooks` in an order that does not depend on the export. */
export const allNotes = (notebooks: readonly Notebook[]): Note[] => sortById(plain(notebooks.flatMap(({ notes }) => notes)));
export const sortById = (notes: Note[]): Note[] => [...notes].sort((a, b) => (a.id < b.id ? -1 : 1));
