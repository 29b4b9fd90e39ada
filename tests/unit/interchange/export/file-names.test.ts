import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameFile } from '../../../../electron/interchange/export/file-names';

const name = (title: string) => nameFile(title, 'md', new Set());

describe('nameFile', () => {
  it.each([
    ['A plain title', 'A plain title.md'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j.md'],
    ['  spaces \t and\nlines  ', 'spaces and lines.md'],
    ['...', 'Untitled.md'],
    ['', 'Untitled.md'],
    ['.hidden', 'hidden.md'],
    ['Ends with dots. . .', 'Ends with dots.md'],
    ['CON', '_CON.md'],
    ['con.tar', '_con.tar.md'],
    ['LPT¹', '_LPT¹.md'],
    ['aux .txt', '_aux .txt.md'],
    ['Consider', 'Consider.md'],
    ['COM10', 'COM10.md'],
    ['Cafe\u0301', 'Café.md'],
    ['俄罗斯与乌克兰：边境', '俄罗斯与乌克兰：边境.md'],
    ['שלום עולם', 'שלום עולם.md'],
    ['exe\u202Edm.txt', 'exe dm.txt.md'],
    ['family 👩‍👩‍👧‍👦', 'family 👩‍👩‍👧‍👦.md'],
    ['half \ud83d pair', 'half pair.md'],
    ['nul\0byte', 'nul byte.md'],
  ])('%j -> %j', (title, expected) => expect(name(title)).toBe(expected));

  it('cuts long titles at a word, and never through an emoji', () => {
    expect(name('word '.repeat(60))).toBe(`${'word '.repeat(23).trim()}.md`);
    expect(name('👩‍👩‍👧‍👦'.repeat(10))).toBe(`${'👩‍👩‍👧‍👦'.repeat(4)}.md`);
    expect(name('汉'.repeat(100))).toBe(`${'汉'.repeat(39)}.md`);
  });

  it('takes a title of hundreds of thousands of dots and spaces', () => {
    expect(name(`a${' .'.repeat(200_000)} b`)).toBe('a.md');
  });

  it('tells names apart that differ only by case, accents composed or not, or ß', () => {
    const taken = new Set<string>();
    expect(['Title', 'TITLE', 'title'].map((title) => nameFile(title, 'md', taken))).toEqual(['Title.md', 'TITLE 2.md', 'title 3.md']);
    expect(['é', 'e\u0301', 'Straße', 'STRASSE'].map((title) => nameFile(title, 'md', taken))).toEqual([
      'é.md',
      'é 2.md',
      'Straße.md',
      'STRASSE 2.md',
    ]);
  });

  it('is safe and different whatever the titles', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.constantFrom('con', 'CON.', 'a', 'A', 'x'.repeat(300))), {
          maxLength: 12,
        }),
        (titles) => {
          const taken = new Set<string>();
          const names = titles.map((title) => nameFile(title, 'jsonld', taken));
          expect(new Set(names.map((each) => each.toLowerCase())).size).toBe(titles.length);
          for (const each of names) {
            expect(Buffer.byteLength(each)).toBeLessThanOrEqual(120);
            expect(each).toMatch(/^[^.\s<>:"/\\|?*][^<>:"/\\|?*]*\.jsonld$/);
            expect(each).not.toMatch(/\p{Cc}|^(con|nul)\s*\.|[\s.]\.jsonld$/iu);
            expect(each.isWellFormed()).toBe(true);
            expect(each.normalize('NFC')).toBe(each);
          }
        },
      ),
    );
  });
});
