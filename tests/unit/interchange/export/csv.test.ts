import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactOf, wholeNotes } from '#model';
import { anchor, arbitraryNotebooks, note, notebook, renderExport, renderOne, sourceOf } from './fixtures';

const HEADER =
  'Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags,Chapter,Page';

/** RFC 4180, written apart from the library that writes: a field is quoted with doubled quotes, or holds no comma, quote or line break. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length; ) {
    const quoted = /"((?:[^"]|"")*)"(,|\n|$)|([^,"\r\n]*)(,|\n|$)/y;
    quoted.lastIndex = at;
    const match = quoted.exec(text);
    if (!match) throw new Error(`no field at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    at = quoted.lastIndex;
    row.push(match[1]?.replaceAll('""', '"') ?? match[3] ?? '');
    if ((match[2] ?? match[4]) === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe('CSV', () => {
  it('has Readwise’s columns and dates', async () => {
    const source = sourceOf([
      notebook(
        'document-1',
        [
          note({
            anchor: { ...anchor(900, 'He said "no", twice'), locator: { chapter: 'One', page: '143', lastPage: '144' } },
            body: 'a,\n"b"',
            tags: ['figures', 'x, y'],
            colour: 'green',
          }),
        ],
        {
          tags: ['report'],
        },
      ),
    ]);
    expect(await renderOne(source, 'csv')).toBe(
      `${HEADER}\n"He said ""no"", twice",Title of document-1,R. Writer,,"a,\n""b""",green,"figures,x; y",order,900,2026-01-05 10:00:00+00:00,report,One,143–144\n`,
    );
  });

  it('leaves the highlight of a page note empty', async () => {
    const [, row] = parseCsv(await renderOne(sourceOf([notebook('document-1', [note({ body: 'mine' })])]), 'csv'));
    expect(row).toEqual([
      '',
      'Title of document-1',
      'R. Writer',
      '',
      'mine',
      'yellow',
      '',
      '',
      '',
      '2026-01-05 10:00:00+00:00',
      '',
      '',
      '',
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@sum', "'quoted'", '\t=1', ' padded '])('keeps %j as it was written', async (body) => {
    expect(parseCsv(await renderOne(sourceOf([notebook('document-1', [note({ body })])]), 'csv'))[1]?.[4]).toBe(body);
  });

  it.each(['=1+1', '+1', '-1', '@sum', '\t=1', '\r=1', '＝1'])('makes text of %j when it is for a spreadsheet', async (body) => {
    const source = sourceOf([notebook('document-1', [note({ body, tags: ['=tag'], anchor: anchor(1, body) }), note({ body: 'a=1' })])]);
    const result = await renderExport(source, { scope: { type: 'everything' }, format: 'csv', layout: 'single', spreadsheetSafe: true });
    if (!result.ok) throw new Error(result.failure.message);
    const [header, page, row] = parseCsv(result.value.files[0]?.text ?? '');
    expect(header?.join()).toBe(HEADER);
    expect([row?.[0], row?.[4], row?.[6]]).toEqual([`'${body}`, `'${body}`, "'=tag"]);
    expect(page?.[4]).toBe('a=1');
  });

  it('gives every quote and body back', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryNotebooks, async (notebooks) => {
        const [header, ...rows] = parseCsv(await renderOne(sourceOf(notebooks), 'csv'));
        expect(header?.join()).toBe(HEADER);
        const written = rows.map((row) => JSON.stringify([row[0], row[4], row[5]])).sort();
        expect(written).toEqual(
          notebooks
            .flatMap(({ notes }) => wholeNotes(notes))
            .map((each) => {
              const edge = each.motivation === 'bookmarking' ? 'bookmark' : each.colour;
              return JSON.stringify([(exactOf(each) ?? '').toWellFormed(), each.body.toWellFormed(), edge]);
            })
            .sort(),
        );
      }),
    );
  });
});
