import fc from 'fast-check';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { readFacts } from '../../../../electron/formats/facts';
import { documentBytes } from '../../../../electron/formats/format';
import { pdf } from '../../../../electron/formats/pdf/pdf';
import { openPdf } from '../../../../electron/formats/pdf/pdfjs';
import { UnreadableDocument } from '../../../../electron/formats/unreadable';
import { isLeftByPdfJs } from '../../pdf-js-promises';
import { expectSound, type ReadDocument, readAll } from '../document-parts';
import { below, makePdf, type PlacedLine, UNNAMED_FONT } from './make-pdf';

const WORDS = ['A line that is as wide as the', 'column in which it stands, and', 'another one that ends it here.'];

/** The text of each block that is drawn, with its kind. */
const drawnOf = ({ sections, text }: ReadDocument): string[] =>
  sections.flatMap(({ blocks }) =>
    blocks.flatMap(([start, end, kind]) => (kind === 'header' ? [] : [`${kind}: ${text.slice(start, end)}`])),
  );

async function read(pages: readonly (readonly PlacedLine[])[], options?: Parameters<typeof makePdf>[1]): Promise<ReadDocument> {
  const document = await readAll(makePdf(pages, options), 'pdf');
  expectSound(document);
  return document;
}

describe('the text of a PDF', () => {
  it('joins lines, and words that were cut at the end of one', async () => {
    const document = await read([below(50, 500, ['Words that are hyphen-', 'ated stand whole, and well-', 'Known ones keep it.'])]);
    expect(drawnOf(document)).toEqual(['paragraph: Words that are hyphenated stand whole, and well-Known ones keep it.']);
  });

  it('parts paragraphs by gaps and by indents', async () => {
    const gap = await read([[...below(50, 500, WORDS), ...below(50, 450, WORDS)]]);
    expect(drawnOf(gap)).toHaveLength(2);
    const [first = '', ...others] = WORDS;
    const indented = await read([[...below(50, 500, WORDS), ...below(62, 464, [first]), ...below(50, 452, others)]]);
    expect(drawnOf(indented)).toEqual([`paragraph: ${WORDS.join(' ')}`, `paragraph: ${WORDS.join(' ')}`]);
  });

  it('reads columns one after the other, whether or not they are drawn so', async () => {
    const left = below(40, 500, ['The first column has words', 'of its own, and ends.']);
    const right = below(220, 500, ['The second one follows it', 'and ends likewise.']);
    const expected = [
      'paragraph: The first column has words of its own, and ends.',
      'paragraph: The second one follows it and ends likewise.',
    ];
    expect(drawnOf(await read([[...left, ...right]]))).toEqual(expected);
    const title = { text: 'Above both of the columns', x: 40, y: 540, size: 20 };
    expect(drawnOf(await read([[...right, ...left, title]]))).toEqual(['heading: Above both of the columns', ...expected]);
  });

  it('puts a box that is drawn before all text where it stands: beside it, or below what is above', async () => {
    const box = below(165, 440, ['A box that', 'floats beside.'], 8);
    const above = below(50, 500, ['The paragraph that', 'stands above it.']);
    const narrow = below(50, 440, ['Text that makes way for', 'the box, and has many', 'words more than that.']);
    expect(drawnOf(await read([[...box, ...above, ...narrow]]))).toEqual([
      'paragraph: The paragraph that stands above it.',
      'paragraph: A box that floats beside.',
      'paragraph: Text that makes way for the box, and has many words more than that.',
    ]);
  });

  it('keeps the cells of a table apart', async () => {
    const rows = [500, 488, 476].flatMap((y, row) => [40, 150, 260].map((x, cell) => ({ text: `cell ${row} ${cell}`, x, y })));
    expect(drawnOf(await read([rows]))).toEqual([
      'verse: cell 0 0\tcell 0 1\tcell 0 2\ncell 1 0\tcell 1 1\tcell 1 2\ncell 2 0\tcell 2 1\tcell 2 2',
    ]);
  });

  it('goes on over the end of a page, past running heads, page numbers and footnotes, which stay part of it', async () => {
    const pages = ['The words of the first page go', 'on at the second one and go', 'on to the end.'].map((text, index) => [
      { text: `Chapter One ${index + 11}`, x: 150, y: 570 },
      ...below(50, 500, ['Above it stands a paragraph.']),
      { text, x: 50, y: 440 },
      ...(index === 0 ? [{ text: '1 A note at its foot.', x: 50, y: 100, size: 7 }] : []),
      { text: String(index + 1), x: 200, y: 30 },
    ]);
    // Only the first paragraph of a page goes on from the one before.
    const [one = [], ...others] = pages;
    const document = await read([one, ...others.map((page) => page.filter(({ y }) => y !== 500))]);
    expect(drawnOf(document)).toEqual([
      'paragraph: Above it stands a paragraph.',
      'paragraph: The words of the first page go',
      'paragraph: 1 A note at its foot.',
      'paragraph: on at the second one and go',
      'paragraph: on to the end.',
    ]);
    expect(document.text).toContain('Chapter One 11\n1\n');
    // The text begins after the last header.
    const headers = document.sections.flatMap(({ blocks }) => blocks.filter(([, , kind]) => kind === 'header'));
    expect(headers).toEqual([[0, 'Chapter One 11\n1'.length, 'header']]);
  });

  it('is what stands beside one page alone, such as the axis of a figure, and not what stands beside each', async () => {
    const beside = (text: string): PlacedLine => ({ text, x: 25, y: 200, size: 10, isTurned: true });
    const [one, other] = [below(50, 500, WORDS), below(50, 500, ['Another page says', 'something else.'])];
    const alone = drawnOf(await read([[beside('Share of all in per cent'), ...one], other]));
    expect(alone).toContain('paragraph: Share of all in per cent');
    const repeated = drawnOf(
      await read([
        [beside('A series of papers, 2004'), ...one],
        [beside('A series of papers, 2005'), ...other],
      ]),
    );
    expect(repeated.join()).not.toContain('A series');
  });

  it('is not what is stamped on a page beside it', async () => {
    const stamp = { text: 'arXiv:math/0411343v1 15 Nov 2004', x: 25, y: 200, size: 20, isTurned: true };
    const axis = { text: 'metres', x: 120, y: 300, isTurned: true };
    expect(drawnOf(await read([[stamp, ...below(50, 500, WORDS), axis]]))).toEqual([`paragraph: ${WORDS.join(' ')}`, 'paragraph: metres']);
  });

  it('is led to by its pages', async () => {
    const document = await read([below(50, 500, WORDS), [], below(50, 500, ['Third.'])]);
    const places = document.sections.flatMap(({ targets }) =>
      targets.map(([name, offset]) => [name, document.text.slice(offset, offset + 6)]),
    );
    expect(places).toEqual([
      ['page=1', 'A line'],
      ['page=2', 'Third.'],
      ['page=3', 'Third.'],
    ]);
    expect(document.end.notices).toEqual([expect.stringMatching(/^One page has no text that can be read/)]);
  });

  it('says where its pages begin, and what they are called', async () => {
    const pages = [below(50, 500, ['Foreword.']), below(50, 500, ['Text.']), below(50, 500, ['More.'])];
    const labelsOf = ({ sections, text }: ReadDocument) =>
      sections.flatMap((section) => (section.pages ?? []).map(([label, offset]) => `${label} ${text.slice(offset, offset + 4)}`));
    expect(labelsOf(await read(pages))).toEqual(['1 Fore', '2 Text', '3 More']);
    expect(labelsOf(await read(pages, { labels: '[0 << /S /r /St 4 >> 1 << /S /D /P (A-) >>]' }))).toEqual([
      'iv Fore',
      'A-1 Text',
      'A-2 More',
    ]);
  });

  it('has the headings of its outline, else those that are larger', async () => {
    const page = [{ text: 'On Lecterns', x: 50, y: 560, size: 22 }, ...below(50, 520, ['1.1 Wood']), ...below(50, 490, WORDS)];
    const headings = ({ sections }: ReadDocument) =>
      sections.flatMap((section) => section.headings.map(({ level, title }) => `${level} ${title}`));
    expect(headings(await read([page]))).toEqual(['1 On Lecterns']);
    expect(headings(await read([page], { outline: [{ title: 'Wood', page: 0 }] }))).toEqual(['1 On Lecterns', '2 1.1 Wood']);
    // Without the sign of a note behind it.
    const sign = { text: '1', x: 184, y: 568, size: 8 };
    expect(headings(await read([[...page.slice(0, 1), sign, ...page.slice(1)]]))).toEqual(['1 On Lecterns']);
    expect(headings(await read([[{ text: 'On Lecterns *', x: 50, y: 560, size: 22 }, ...page.slice(1)]]))).toEqual(['1 On Lecterns']);
    expect(headings(await read([[{ text: 'On Lecterns 1', x: 50, y: 560, size: 22 }, ...page.slice(1)]]))).toEqual(['1 On Lecterns 1']);
  });
});

describe('letters of which a PDF does not say which they are', () => {
  it('are told where they stand', async () => {
    const { text, end } = await read(
      [below(50, 500, ['A set \u0003 is e\u000ecient where the rest of its words can be', 'read as ever.'])],
      {
        font: UNNAMED_FONT,
      },
    );
    expect(text).toContain('A set \ufffd is e\ufffdcient where');
    expect(end.notices).toEqual([]);
  });

  it('are no title, and it is said where they are many', async () => {
    const lines = [{ text: '\u0001\u0002!\u0004#%', x: 50, y: 560, size: 22 }, ...below(50, 520, ['\u0002\u0003a&', 'b*c+,-'])];
    const bytes = makePdf([[...lines, ...below(50, 400, ['1979'])]], { font: UNNAMED_FONT });
    const facts = await readFacts(pdf.read(documentBytes(bytes, 'therac.pdf'), { signal: new AbortController().signal }), {
      format: 'pdf',
      fileName: 'therac.pdf',
    });
    expect(facts.titles).toEqual(['therac']);
    expect(facts.end.notices).toEqual([expect.stringMatching(/fonts of this file do not say which letters/)]);
  });
});

describe('where the text of a PDF is printed', () => {
  const places = ({ sections, text }: ReadDocument) =>
    sections.flatMap(({ printed = [] }) =>
      printed.map(([start, end, ...place]) => [text.slice(start, end), ...place.map((length = 0) => Math.round(length))]),
    );

  it('is nowhere on pages that are pictures, which are shown all the same', async () => {
    const { head, sections, end } = await read([[], []]);
    expect([head.sheets?.length, sections, end.length]).toEqual([2, [], 0]);
    expect(end.notices).toEqual([expect.stringMatching(/only pictures on its pages/)]);
  });

  it('is told line by line, also of words that were cut at the end of one', async () => {
    const document = await read([[], [...below(50, 500, ['Words that are hyphen-', 'ated stand whole.']), { text: '2', x: 200, y: 30 }]]);
    expect(document.head.sheets).toEqual([
      [400, 600],
      [400, 600],
    ]);
    expect(places(document)).toEqual([
      ['2', 1, 200, 570, 6, 10],
      ['Words that are hyphen', 1, 50, 100, 102, 10],
      ['ated stand whole.', 1, 50, 112, 78, 10],
    ]);
  });

  it('is where each of its words was written, whatever they are and wherever they stand', async () => {
    const word = fc.stringMatching(/^[A-Za-z]{1,6}[-,.]?$/);
    const line = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
    const page = fc.array(fc.record({ text: line, x: fc.integer({ min: 10, max: 150 }), gap: fc.integer({ min: 11, max: 40 }) }), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 3 }), async (pages) => {
        const written = pages.map((lines) =>
          lines.map(({ text, x }, index) => ({ text, x, y: lines.slice(0, index + 1).reduce((y, { gap }) => y - gap, 580) })),
        );
        if (written.flat().length === 0) return;
        const document = await read(written);
        const found = places(document).map(([text, on, x, baseline]) => `${on} ${x} ${600 - Number(baseline)} ${text}`);
        const wanted = written.flatMap((lines, on) => lines.map(({ text, x, y }) => `${on} ${x} ${y} ${text}`));
        // What was cut at the end of a line has lost its hyphen.
        const known = new Set(wanted.flatMap((each) => [each, each.replace(/-$/, '')]));
        expect(found.filter((each) => !known.has(each))).toEqual([]);
        expect(found).toHaveLength(wanted.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what a PDF says of itself', () => {
  const page = [{ text: 'On Lecterns', x: 50, y: 560, size: 22 }, ...below(50, 520, WORDS)];
  const titleOf = async (info: Record<string, string>): Promise<string> => {
    const bytes = documentBytes(makePdf([page], { info }), 'on-lecterns.pdf');
    const parts = pdf.read(bytes, { signal: new AbortController().signal });
    return (await readFacts(parts, { format: 'pdf', fileName: 'on-lecterns.pdf' })).titles[0];
  };

  it('is its title, author and date', async () => {
    const { head } = await read([page], { info: { Title: 'Lecterns', Author: 'A. Writer', CreationDate: "D:20200304050607+01'00'" } });
    expect(head.metadata).toMatchObject({ title: 'Lecterns', author: 'A. Writer', date: '2020-03-04' });
    expect(await titleOf({ Title: 'Lecterns' })).toBe('Lecterns');
  });

  it.each([
    'ARRAY(0x2c7cf020)',
    'My::Name=HASH(0x55d0)',
    '[object Object]',
    '<builtins.Name object at 0x7f1c>',
    '[Ljava.lang.String;@1b6d3586',
    'C:\\Users\\ann\\paper.doc',
    '\\\\server\\share\\paper',
    '/home/ann/paper',
    'Microsoft Office User',
    'unknown',
  ])('has no author by what programs write in place of a name: “%s”', async (Author) => {
    expect((await read([page], { info: { Author } })).head.metadata.author).toBeUndefined();
  });

  it.each(['Ann (Lee)', 'a.b@example.org', 'Ann/Bob', 'AC/DC', 'System of a Down'])('has the author “%s”', async (Author) => {
    expect((await read([page], { info: { Author } })).head.metadata.author).toBe(Author);
  });

  it.each([
    'ARRAY(0x2c7cf020)',
    'untitled',
    'Microsoft Word - lecterns_final.doc',
    'lecterns.dvi',
    'rack_awareness.eps',
    'Lecterns_final',
    'arXiv:math/0411343v1  [math.DS]  15 Nov 2004',
    'doi:10.1016/j.tcs.2003.05.002',
    'acm | http://example.org/lecterns.html',
    'Proceedings Template - WORD',
    'CM',
    '',
    '12-34',
  ])('is not a title that means nothing: “%s”', async (Title) => {
    expect(await titleOf({ Title })).toBe('On Lecterns');
  });
});

test('a title is its words, without the elements of the page that it was taken from', async () => {
  const title = async (Title: string) => (await read([[]], { info: { Title } })).head.metadata.title;
  expect(await title('The problem: <Emphasis Type="Italic">solved</Emphasis>')).toBe('The problem: solved');
  expect(await title('When <canvas> is too small')).toBe('When <canvas> is too small');
});

describe('what is no PDF that can be read', () => {
  const refusal = async (bytes: Uint8Array): Promise<string> => {
    const read = readAll(bytes, 'pdf');
    await expect(read).rejects.toBeInstanceOf(UnreadableDocument);
    return read.then(
      () => '',
      (error: Error) => error.message,
    );
  };

  it('is told in a sentence', async () => {
    expect(await refusal(new Uint8Array())).toMatch(/is empty/);
    expect(await refusal(new TextEncoder().encode('No PDF at all.'))).toMatch(/is damaged, or no PDF document/);
  });

  it('is one that says that it has more pages than any file has', async () => {
    const objects = [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 1000000 /Kids [3 0 R 5 0 R] >>',
      '<< /Type /Pages /Parent 2 0 R /Count 999999 /Kids [4 0 R] >>',
      '<< /Type /Page /Parent 3 0 R /MediaBox [0 0 400 600] >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] >>',
    ].map((content, index) => `${index + 1} 0 obj\n${content}\nendobj\n`);
    const file = `%PDF-1.7\n${objects.join('')}trailer\n<< /Root 1 0 R >>\n%%EOF\n`;
    expect(await refusal(new TextEncoder().encode(file))).toMatch(/is damaged, or no PDF document/);
  });

  it('is one that is protected, without its password', async () => {
    const locked = makePdf([below(50, 500, WORDS)], { password: 'open, sesame', info: { Title: 'A (secret) cave' } });
    expect(await refusal(locked)).toMatch(/protected by a password/);
    const tryOut = (password: string) =>
      Array.fromAsync(pdf.read(documentBytes(locked, 'cave.pdf'), { password, signal: new AbortController().signal }));
    await expect(tryOut('shut')).rejects.toThrow(/does not open with this password/);
    const [head, section] = await tryOut('open, sesame');
    expect(head).toMatchObject({
      isLocked: true,
      metadata: { title: 'A (secret) cave' },
      notices: [expect.stringMatching(/text, which is not kept/)],
    });
    expect(section).toMatchObject({ text: `${WORDS.join(' ')}\n` });
  });

  it('leaves no promises behind but those of pdf.js, where several of its pages are damaged', async () => {
    const left: unknown[] = [];
    const listen = (reason: unknown) => left.push(reason);
    process.on('unhandledRejection', listen);
    onTestFinished(() => void process.off('unhandledRejection', listen));
    const page = below(50, 500, WORDS);
    const [start, first, second, ...rest] = Buffer.from(makePdf([page, page, page, page]))
      .toString('latin1')
      .split('/Type /Page ');
    const damaged = [start, [first, second, rest.join('/Type /Page ')].join(')Type /Page ')].join('/Type /Page ');
    await readAll(Buffer.from(damaged, 'latin1'), 'pdf').catch((error: unknown) => expect(error).toBeInstanceOf(UnreadableDocument));
    await expect.poll(() => left).toEqual([expect.objectContaining({ name: 'FormatError' })]);
    expect(left).toSatisfy((reasons: { stack?: string }[]) => reasons.every(isLeftByPdfJs));
    expect(isLeftByPdfJs(new Error('of Lectern'))).toBe(false);
    // What is told through the interface of pdf.js is waited for.
    const told = await openPdf(new TextEncoder().encode('No PDF')).promise.catch((error: unknown) => error);
    expect(told).toMatchObject({ name: 'InvalidPDFException' });
    expect(isLeftByPdfJs(told as Error)).toBe(false);
  });

  it('ends with a text or a sentence, whatever its bytes are', async () => {
    const whole = makePdf([below(50, 500, WORDS), below(50, 500, WORDS)], { outline: [{ title: 'A', page: 1 }], info: { Title: 'T' } });
    const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 40 }), fc.nat(whole.length), async (changes, length) => {
        const bytes = whole.slice(0, length % 3 === 0 ? length : whole.length);
        for (const { at, byte } of changes) if (at < bytes.length) bytes[at] = byte;
        try {
          expectSound(await readAll(bytes, 'pdf'));
        } catch (error) {
          if (!(error instanceof UnreadableDocument)) throw error;
        }
      }),
      { numRuns: 150 },
    );
  });
});
