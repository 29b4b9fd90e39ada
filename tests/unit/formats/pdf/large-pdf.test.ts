import { describe, expect, it } from 'vitest';
import { type DocumentEnd, type DocumentHead, type DocumentPart, describe as describeAnchor, type Note } from '#model';
import type { DocumentBytes } from '../../../../electron/formats/format';
import { pdf } from '../../../../electron/formats/pdf/pdf';
import { copyWithNotes } from '../../../../electron/interchange/export/copy-with-notes';
import { below } from './make-pdf';
import { type PicturedPdf, picturedPdf } from './pictured-pdf';

const MEGABYTE = 1024 * 1024;
const { signal } = new AbortController();

/** The bytes of a file of about 40 MB. */
function makeBytes(options: Partial<PicturedPdf> = {}): Buffer {
  const linesOf = (page: number) => below(40, 550, [`What stands on page ${page + 1} is not much.`, 'It is read all the same.']);
  return Buffer.concat([...picturedPdf({ pages: 20, picture: [1024, 680], linesOf, ...options })]);
}

const usual = makeBytes();

/** Such a file, as it lies on a disk, how much of it was read, and how much at once. */
const makeFile = (options?: Partial<PicturedPdf>) => counted(options ? makeBytes(options) : usual);

function counted(bytes: Buffer): { source: DocumentBytes; read: { bytes: number; most: number } } {
  const read = { bytes: 0, most: 0 };
  const source: DocumentBytes = {
    size: bytes.length,
    fileName: 'large.pdf',
    async read(start, end) {
      read.bytes += end - start;
      read.most = Math.max(read.most, end - start);
      return new Uint8Array(bytes.subarray(start, end));
    },
  };
  return { source, read };
}

const textOf = (parts: readonly DocumentPart[]): string => parts.flatMap((part) => (part.part === 'section' ? part.text : [])).join('');

async function readParts(source: DocumentBytes): Promise<{ text: string; end: DocumentEnd }> {
  const parts = await Array.fromAsync(pdf.read(source, { signal }));
  const end = parts.at(-1);
  if (end?.part !== 'end') throw new Error('It has no end.');
  return { text: textOf(parts), end };
}

describe('a PDF that is too large to be in memory', () => {
  it('is begun with few of its bytes, and read to its end', async () => {
    const { source, read } = makeFile();
    expect(source.size).toBeGreaterThan(38 * MEGABYTE);
    const parts: DocumentPart[] = [];
    let first: number | undefined;
    for await (const part of pdf.read(source, { signal })) {
      parts.push(part);
      if (part.part === 'section') first ??= read.bytes;
    }
    expect(first).toBeLessThan(source.size / 2);
    expect(textOf(parts).match(/What stands on page \d+/g)).toHaveLength(20);
    expect(parts.at(-1)).toMatchObject({ part: 'end', notices: [] });
  });

  it('has a copy made with notes, without being in memory for that', async () => {
    const { source, read } = makeFile();
    const { text, end } = await readParts(source);
    const at = text.indexOf('page 19');
    const note: Note = {
      id: '01900000-0000-7000-8000-000000000001',
      anchor: describeAnchor(text, at, at + 7, end.textHash),
      colour: 'green',
      body: 'On a page far down',
      tags: [],
      createdAt: '2025-01-02T03:04:05.000Z',
      modifiedAt: '2025-01-02T03:04:05.000Z',
      history: [],
    };
    read.most = 0;
    const { appendix, onPassages } = await copyWithNotes({ source, documentId: 'd'.repeat(32) }, [note], async () => undefined);
    expect(onPassages).toBe(1);
    // The pictures of a page, and not all of them.
    expect(read.most).toBeLessThan(source.size / 10);
    const copy = Buffer.concat([await source.read(0, source.size), appendix]);
    const { source: ofCopy, read: readOfCopy } = counted(copy);
    const copied = await readParts(ofCopy);
    expect(readOfCopy.most).toBeLessThan(source.size / 10);
    expect(copied.text).toBe(text);
    expect(copied.end.fileNotes).toMatchObject([{ id: note.id, start: at, end: at + 7, colour: 'green', body: 'On a page far down' }]);
  });

  it('says how large its pages are as they are read, before what is printed on them', async () => {
    const sizeOf = (page: number) => (page === 0 ? [300, 400] : page < 12 ? [400, 600] : [500, 700]) as [number, number];
    const { source } = makeFile({ sizeOf });
    const sheets: (readonly [number, number])[] = [];
    for await (const part of pdf.read(source, { signal })) {
      if (part.part === 'head') sheets.push(...((part satisfies DocumentHead).sheets ?? []));
      else if (part.part === 'sheets') for (const [from, sheet] of part.changes) sheets.fill(sheet, from);
      else if (part.part === 'section') for (const [, , page] of part.printed ?? []) expect(sheets[page]).toEqual(sizeOf(page));
    }
    expect(sheets).toEqual(Array.from({ length: 20 }, (_, page) => sizeOf(page)));
  });

  it('is mended where its table is damaged, as far as that can be held in memory', async () => {
    const { source } = makeFile({ isDamaged: true });
    expect(textOf(await Array.fromAsync(pdf.read(source, { signal })))).toContain('What stands on page 20');
    const tooLarge: DocumentBytes = { ...source, size: 300 * MEGABYTE, read: async (start, end) => new Uint8Array(end - start) };
    const reading = Array.fromAsync(pdf.read(tooLarge, { signal }));
    await expect(reading).rejects.toMatchObject({ code: 'document-unreadable', message: expect.stringContaining('damaged') });
  });

  it('is given up where its bytes cannot be read any more, and not told as if pages were damaged', async () => {
    const { source, read } = makeFile();
    const failing: DocumentBytes = {
      ...source,
      async read(start, end) {
        if (read.bytes > 10 * MEGABYTE) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
        return source.read(start, end);
      },
    };
    await expect(Array.fromAsync(pdf.read(failing, { signal }))).rejects.toThrow('EIO');
  });

  it('is left in the midst', async () => {
    const { source } = makeFile();
    const stop = new AbortController();
    const parts = pdf.read(source, { signal: stop.signal });
    await expect(
      (async () => {
        for await (const part of parts) if (part.part === 'section') stop.abort(new Error('It is not needed any more.'));
      })(),
    ).rejects.toThrow('not needed');
  });
});
