import fc from 'fast-check';
import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  type Anchor,
  type Area,
  describe as anchorAt,
  anchorOfArea,
  type Colour,
  colours,
  type FileNote,
  type Note,
  noteOfFile,
} from '#model';
import { documentBytes } from '../../../../electron/formats/format';
import { createAnnotations } from '../../../../electron/formats/pdf/annotations';
import { createPrintedWords } from '../../../../electron/formats/pdf/marked-words';
import { openObjects } from '../../../../electron/formats/pdf/objects/objects';
import { PdfParser, PdfRef, type PdfValue, writeValue } from '../../../../electron/formats/pdf/objects/syntax';
import { openPdf } from '../../../../electron/formats/pdf/pdfjs';
import { printedLetters } from '../../../../electron/formats/pdf/printed-areas';
import { copyWithNotes } from '../../../../electron/interchange/export/copy-with-notes';
import { type ReadDocument, readAll } from '../document-parts';
import { below, makePdf, type PlacedLine } from './make-pdf';

const DOCUMENT = '0123456789abcdef0123456789abcdef';
const LINES = ['The first line of this page is here', 'and the second one goes on from it,', 'until the third one ends all of it.'];
const PAGE = below(50, 500, LINES);

const quoteOf = ({ text }: ReadDocument, { start, end }: FileNote): string | undefined =>
  start === undefined ? undefined : text.slice(start, end);

/** A quadrilateral as Acrobat writes it. */
const quad = (x1: number, y1: number, x2: number, y2: number): string => `${x1} ${y2} ${x2} ${y2} ${x1} ${y1} ${x2} ${y1}`;

const read = (annotations: readonly (readonly string[])[], pages: readonly (readonly PlacedLine[])[] = [PAGE]): Promise<ReadDocument> =>
  readAll(makePdf(pages, { annotations }), 'pdf');

describe('what stands in a PDF', () => {
  it.each([
    ['takes long since the machine is busy: all of it is read', { clock: 10_000, own: 1 }, false],
    ['takes long to read: the rest is not read', { clock: 10_000, own: 10_000 }, true],
  ])('%s', async (_name, took, isCut) => {
    let calls = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => took.clock * calls);
    const own = vi.spyOn(process, 'threadCpuUsage').mockImplementation(() => ({ user: 1_000 * took.own * calls, system: 0 }));
    onTestFinished(() => {
      clock.mockRestore();
      own.mockRestore();
    });
    const getAnnotations = async () => {
      calls += 1;
      return [];
    };
    const annotations = createAnnotations();
    await annotations.read({ pageNumber: 1, getAnnotations } as unknown as PDFPageProxy, [1, 0, 0, 1, 0, 0]);
    expect(annotations.isCut).toBe(isCut);
  });

  it('marks words, and has an author, a colour, dates and words', async () => {
    const document = await read([
      [
        `/Subtype /Highlight /Rect [50 495 215 512] /QuadPoints [${quad(50, 497, 92, 509)}] /C [0.2 0.9 0.3] /T (Ada) /Contents (Why *this*?\\rAnd \\(how\\)?) /CreationDate (D:20240305120000+01'00') /M (D:20240306120000Z)`,
      ],
    ]);
    const [note] = document.end.fileNotes ?? [];
    expect(note).toMatchObject({
      colour: 'green',
      author: 'Ada',
      body: 'Why \\*this\\*?\\\nAnd (how)?',
      createdAt: '2024-03-05T11:00:00.000Z',
      modifiedAt: '2024-03-06T12:00:00.000Z',
    });
    expect(note && quoteOf(document, note)).toBe('The first');
  });

  it('marks a passage of several lines as one, also over the end of a page', async () => {
    const group = '/Subtype /Highlight /IRT {0} /RT /Group';
    const document = await read(
      [
        [`/Subtype /Highlight /Rect [0 0 400 600] /QuadPoints [${quad(50, 485, 400, 497)} ${quad(50, 473, 400, 485)}] /T (Ada)`],
        [`${group} /Rect [0 0 400 600] /QuadPoints [${quad(50, 497, 92, 509)}]`],
      ],
      [PAGE, below(50, 500, ['goes on here, where it is.', 'And then it ends.'])],
    );
    expect(document.end.fileNotes?.map((note) => quoteOf(document, note))).toEqual([
      'and the second one goes on from it, until the third one ends all of it.\ngoes on',
    ]);
  });

  it('is as it is where it marks no words, and stands on its page', async () => {
    const document = await read([
      [
        '/Subtype /Text /Rect [300 100 320 120] /Contents (Ask about this) /T (Ada)',
        `/Subtype /Highlight /Rect [10 10 20 20] /QuadPoints [${quad(10, 10, 20, 20)}] /T (Ada)`,
        '/Subtype /StrikeOut /Rect [50 495 215 512] /QuadPoints [50 509 92 509 50 497 92 497]',
        '/Subtype /Link /Rect [0 0 10 10] /Contents (no note)',
        '/Subtype /Text /Rect [300 100 320 120] /Contents (Yes) /T (Eve) /IRT {2}',
        '/Subtype /Text /Rect [300 100 320 120] /Contents (Accepted) /State (Accepted) /StateModel (Review) /IRT {2}',
      ],
    ]);
    expect(document.end.fileNotes?.map((note) => [note.author, note.body, quoteOf(document, note)])).toEqual([
      ['Ada', '*On page 1.* Ask about this', undefined],
      ['Ada', '*On page 1.*', undefined],
      [undefined, '*Struck out.*', 'The first'],
      ['Eve', 'Yes', 'The first'],
    ]);
  });

  it('is on an area of its page where it is a rectangle or an ellipse, with words and without, and so is what answers it', async () => {
    const { end } = await read([
      [
        '/Subtype /Square /Rect [50 400 150.5 480] /C [0 0 1] /T (Ada) /Contents (This table)',
        '/Subtype /Text /Rect [0 0 20 20] /IRT {0} /T (Bob) /Contents (Is wrong)',
        '/Subtype /Square /Rect [50 400 150 480] /C [0 0 1] /T (Ada)',
        '/Subtype /Text /Rect [0 0 20 20] /IRT {0} /T (Bob)',
        '/Subtype /Circle /Rect [60 300 160 380] /C [1 0 0] /T (Eve)',
        '/Subtype /Circle /Rect [60 200 160 280] /Contents (That sum) /T (Eve)',
        '/Subtype /Square /Rect [50 400 50 480] /T (Ada)',
        '/Subtype /Polygon /Rect [50 400 90 480] /Vertices [50 400 90 400 90 480] /T (Ada)',
        '/Subtype /Text /Rect [50 400 90 480] /T (Ada)',
      ],
    ]);
    const area = { page: 1, box: { x: 50, y: 120, width: 100.5, height: 80 } };
    expect(end.fileNotes).toMatchObject([
      { area, author: 'Ada', body: 'This table' },
      { area, author: 'Bob', body: 'Is wrong' },
      { area: { page: 1, box: { ...area.box, width: 100 } }, author: 'Ada', body: '', colour: 'violet' },
      { area: { page: 1, box: { x: 60, y: 220, width: 100, height: 80 } }, author: 'Eve', body: '', colour: 'pink' },
      { area: { page: 1, box: { x: 60, y: 320, width: 100, height: 80 } }, author: 'Eve', body: 'That sum' },
    ]);
    expect(end.fileNotes).toHaveLength(5);
  });

  it('has the same ids whenever it is read, and others where it is another', async () => {
    const annotations = [
      [
        '/Subtype /Text /Rect [0 0 9 9] /Contents (a)',
        '/Subtype /Text /Rect [0 0 9 9] /Contents (a)',
        '/Subtype /Text /Rect [0 0 9 9] /NM (x) /Contents (a)',
      ],
    ];
    const [once, again] = [await read(annotations), await read(annotations)];
    expect(once.end.fileNotes).toEqual(again.end.fileNotes);
    expect(new Set(once.end.fileNotes?.map(({ id }) => id)).size).toBe(3);
  });

  it('stops no document where it is damaged', async () => {
    const document = await read([
      ['/Subtype /Highlight /Rect [1 2] /QuadPoints [(a) 2 3]', '/Subtype 7', '/Subtype /Highlight /IRT {2} /RT /Group /Rect [0 0 1 1]'],
    ]);
    expect(document.text).toContain(LINES[0]);
  });
});

interface Wanted {
  start: number;
  length: number;
  area?: Area | undefined;
  colour: Colour;
  body: string;
  tags: string[];
}

const noteId = (index: number): string => `0190a5d0-0000-7000-8000-${String(index).padStart(12, '0')}`;

/** What a window makes of a place in a document. */
const anchorOn = ({ text, end, sections }: ReadDocument, place: { start: number; end: number } | { area: Area }): Anchor => {
  if (!('area' in place)) return anchorAt(text, place.start, place.end, end.textHash);
  return anchorOfArea({ text, headings: [], pages: sections.flatMap(({ pages = [] }) => pages) }, place.area, end.textHash);
};

const noteOn = (document: ReadDocument, { start, length, area, colour, body, tags }: Wanted, index: number): Note => ({
  id: noteId(index),
  anchor: anchorOn(document, area ? { area } : { start, end: Math.min(document.text.length - 1, start + length) }),
  colour,
  body,
  tags,
  createdAt: '2025-01-02T03:04:05.000Z',
  modifiedAt: '2025-02-03T04:05:06.000Z',
  history: [],
});

async function withNotes(bytes: Uint8Array, notes: readonly Note[]): Promise<Uint8Array> {
  const { appendix } = await copyWithNotes({ source: documentBytes(bytes, 'a.pdf'), documentId: DOCUMENT }, notes, async () => undefined);
  return Buffer.concat([bytes, appendix]);
}

/** The notes that a copy gives a library that knows none of them. */
const taken = (document: ReadDocument): Note[] =>
  (document.end.fileNotes ?? []).map((note) => {
    const { takenAt: _now, ...rest } = noteOfFile(note, (place) => anchorOn(document, place), 'now');
    return rest;
  });

const bare = (notes: readonly Note[]): unknown[] => notes.toSorted((a, b) => (a.id < b.id ? -1 : 1));

const words = fc
  .string({ unit: fc.constantFrom('a', 'b', 'ä', '漢', '(', ')', '\\', '*', '#', '🙂', '\n', ' '), maxLength: 20 })
  .map((text) => text.trim());
const points = (min: number, max: number) => fc.integer({ min: 100 * min, max: 100 * max }).map((hundredths) => hundredths / 100);
const areas: fc.Arbitrary<Area> = fc.record(
  {
    page: fc.integer({ min: 1, max: 3 }),
    box: fc.record({ x: points(0, 300), y: points(0, 300), width: points(4, 100), height: points(4, 100) }),
  },
  { requiredKeys: ['page'] },
);
const wanted = fc.record({
  area: fc.option(areas, { nil: undefined }),
  start: fc.nat(150),
  length: fc.integer({ min: 1, max: 200 }),
  colour: fc.constantFrom(...colours),
  body: words,
  tags: fc.uniqueArray(fc.constantFrom('one', 'two/three', 'vier ä'), { maxLength: 2 }),
});
const shape = fc.record({ isPacked: fc.boolean(), rotate: fc.constantFrom(0, 90, 180, 270) });

describe('a copy with notes', () => {
  const pages = [PAGE, below(50, 500, ['Another page, which goes on with', 'what is said here.']), below(50, 500, LINES)];

  it('gives all notes back whole, on the words that they were made on, and is the original with something after it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wanted, { maxLength: 6 }), shape, async (all, how) => {
        const bytes = makePdf(pages, how);
        const document = await readAll(bytes, 'pdf');
        const notes = all
          .map((each, index) => noteOn(document, each, index))
          .filter(({ anchor }) => anchor?.area || (anchor && anchor.exact.trim() === anchor.exact && anchor.exact !== ''));
        const copy = await withNotes(bytes, notes);
        expect(Buffer.compare(copy.subarray(0, bytes.length), bytes)).toBe(0);
        const again = await readAll(copy, 'pdf');
        expect(again.text).toBe(document.text);
        expect(bare(taken(again))).toEqual(bare(notes));
        // Once more, it has nothing else.
        const twice = await readAll(await withNotes(copy, notes), 'pdf');
        expect(bare(taken(twice))).toEqual(bare(notes));
      }),
      { numRuns: 25 },
    );
  });

  it('has notes on the document, bookmarks and notes of others', async () => {
    const bytes = makePdf(pages);
    const document = await readAll(bytes, 'pdf');
    const base = noteOn(document, { start: 4, length: 5, colour: 'pink', body: 'Here', tags: [] }, 1);
    const { anchor: _anchor, ...page } = { ...base, id: noteId(2), body: 'All of it', tags: ['a'] };
    const notes: Note[] = [
      base,
      page,
      { ...base, id: noteId(3), motivation: 'bookmarking' },
      { ...base, id: noteId(4), creator: { name: 'Ada Ünal' } },
    ];
    expect(bare(taken(await readAll(await withNotes(bytes, notes), 'pdf')))).toEqual(bare(notes));
  });

  it('keeps what stands in the file, and does not write what was taken in from there once more', async () => {
    const bytes = makePdf(pages, {
      annotations: [[`/Subtype /Highlight /Rect [0 0 400 600] /QuadPoints [${quad(50, 497, 92, 509)}] /T (Ada)`]],
    });
    const document = await readAll(bytes, 'pdf');
    const [theirs] = taken(document);
    const mine = noteOn(document, { start: 10, length: 9, colour: 'blue', body: '', tags: [] }, 1);
    if (!theirs) throw new Error('Nothing was read.');
    const copy = await readAll(await withNotes(bytes, [theirs, mine]), 'pdf');
    expect(bare(taken(copy))).toEqual(bare([theirs, mine]));
  });

  it('marks the same words on pages that are turned, by what pdf.js reads of it', async () => {
    for (const rotate of [0, 90, 180, 270]) {
      const bytes = makePdf([PAGE], { rotate });
      const document = await readAll(bytes, 'pdf');
      const start = document.text.indexOf('second');
      const copy = await withNotes(bytes, [noteOn(document, { start, length: 6, colour: 'yellow', body: '', tags: [] }, 1)]);
      const task = openPdf(new Uint8Array(copy));
      const annotations = await (await (await task.promise).getPage(1)).getAnnotations();
      await task.destroy();
      const [left = 0, top = 0, , , , bottom = 0] = annotations[0].quadPoints as Float32Array;
      // The line stands at 488, and “second” begins after “and the ”.
      expect(bottom).toBeLessThan(488);
      expect(top).toBeGreaterThan(494);
      expect(Math.abs(left - 50 - 36)).toBeLessThan(8);
    }
  });

  it('is refused for a file that is encrypted or whose table is damaged', async () => {
    await expect(withNotes(makePdf(pages, { password: 'open' }), [])).rejects.toMatchObject({ why: 'encrypted' });
    const text = Buffer.from(makePdf(pages)).toString('latin1');
    const damaged = new Uint8Array(Buffer.from(text.replace(/startxref\n\d+/, 'startxref\n7'), 'latin1'));
    await expect(withNotes(damaged, [])).rejects.toMatchObject({ why: 'damaged' });
  });
});

describe('words that are read from right to left', () => {
  const text = 'אבג דהו';
  const run = [0, 7, 0, 100, 200, 70, 10] as const;

  it('are marked where they stand', () => {
    const [letters, ...others] = printedLetters(text, [run], { start: 0, end: 3 });
    expect(others).toEqual([]);
    expect(letters?.left).toBeGreaterThan(130);
    expect((letters?.left ?? 0) + (letters?.width ?? 0)).toBeCloseTo(170);
  });

  it('are found where they are marked', () => {
    const words = createPrintedWords();
    const section = { part: 'section', text, nodes: [], blocks: [], headings: [], targets: [], printed: [run], progress: 1 } as const;
    words.take(section, 0, new Set([0]));
    expect(words.marked(0, [{ left: 140, top: 190, right: 170, bottom: 202 }])).toEqual({ start: 0, end: 3 });
    expect(words.marked(0, [{ left: 100, top: 190, right: 125, bottom: 202 }])).toEqual({ start: 4, end: 7 });
  });
});

describe('the objects of a PDF', () => {
  const value: fc.Arbitrary<PdfValue> = fc.letrec<{ value: PdfValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constant(null),
      fc.boolean(),
      fc.integer(),
      fc
        .constantFrom('(a\\(b\\)\\n\\101)', '<48 6', '/A#20b', '3 0 R', '<< /K [1 2 0 R -.5 +3] >>')
        .map((text) => new PdfParser(Buffer.from(`${text}>`)).value()),
      fc.array(tie('value'), { maxLength: 4 }),
      fc
        .dictionary(fc.string({ minLength: 1, maxLength: 5, unit: fc.constantFrom('a', ' ', '#', '/') }), tie('value'), { maxKeys: 3 })
        .map((each) => new Map(Object.entries(each))),
    ),
  })).value;

  it('are read as they were written', () => {
    fc.assert(
      fc.property(value, (each) => {
        expect(new PdfParser(Buffer.from(writeValue(each))).value()).toEqual(each);
      }),
    );
  });

  it('are found, or it is said that they are not, whatever the bytes', () => {
    const whole = makePdf([PAGE], { isPacked: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 30 }), fc.nat(whole.length), (edits, end) => {
        const bytes = whole.slice(0, end);
        for (const [at, byte] of edits) if (at < bytes.length) bytes[at] = byte;
        try {
          const objects = openObjects(bytes);
          for (let number = 0; number < Math.min(50, objects.size); number++) objects.get(new PdfRef(number, 0));
        } catch (error) {
          expect(error).toHaveProperty('name', 'PdfSyntaxError');
        }
      }),
    );
  });
});
