import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bibliographyEntry, bibtexEntry, type Cited, citationKey, cslItem } from '#model';

const quay: Cited = {
  title: 'The Quay: 50% of “it” & more',
  author: 'Jane Doe; {Port Authority}',
  date: '2021-12-03',
  language: 'en-GB',
  site: 'The Harbour Post',
  address: 'https://example.org/quay?a={b}&c=%20_d',
  tags: ['ports', 'a,b'],
  kind: 'webpage',
};
const bare: Cited = { title: 'Notes', kind: 'document' };

describe('a key', () => {
  it('is made of family name, year and the first word that says something', () => {
    expect(citationKey(quay, new Set())).toBe('doe2021quay');
    expect(citationKey({ ...quay, author: 'Zoë Müller' }, new Set())).toBe('muller2021quay');
    expect(citationKey({ title: '図書館', kind: 'document' }, new Set())).toBe('document');
  });

  it('is of one document only, however many are alike', () => {
    const taken = new Set<string>();
    const keys = Array.from({ length: 60 }, () => citationKey(bare, taken));
    expect(keys.slice(0, 3)).toEqual(['notes', 'notes-2', 'notes-3']);
    expect(new Set(keys).size).toBe(60);
  });
});

describe('BibTeX', () => {
  it('has what is known of the document', () => {
    expect(bibtexEntry(quay, new Set())).toBe(`@online{doe2021quay,
  author = {Doe, Jane and {Port Authority}},
  title = {{The Quay: 50\\% of “it” \\& more}},
  year = {2021},
  month = dec,
  day = {3},
  organization = {The Harbour Post},
  url = {https://example.org/quay?a=%7Bb%7D&c=%20_d},
  language = {en-GB},
  keywords = {ports, a;b}
}
`);
    expect(bibtexEntry(bare, new Set())).toBe('@misc{notes,\n  title = {{Notes}}\n}\n');
  });

  it('never has a brace without its fellow, or a comment that hides one', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), (title, author) => {
        const entry = bibtexEntry({ ...quay, title, author, address: undefined }, new Set());
        let depth = 0;
        const depths = [...entry].map((character) => {
          depth += character === '{' ? 1 : character === '}' ? -1 : 0;
          return depth;
        });
        // All of it is in the entry's own braces, which end with it.
        expect(depths.slice('@online{'.length - 1, -2).every((depth) => depth > 0)).toBe(true);
        expect(depths.at(-1)).toBe(0);
        expect(entry).not.toMatch(/(?<!\\)%/);
      }),
    ));
});

it('CSL-JSON has the same', () => {
  expect(cslItem(quay, new Set())).toEqual({
    id: 'doe2021quay',
    type: 'webpage',
    title: quay.title,
    author: [{ family: 'Doe', given: 'Jane' }, { literal: 'Port Authority' }],
    issued: { 'date-parts': [[2021, 12, 3]] },
    'container-title': 'The Harbour Post',
    URL: quay.address,
    language: 'en-GB',
    keyword: 'ports, a,b',
  });
  expect(cslItem(bare, new Set())).toEqual({ id: 'notes', type: 'document', title: 'Notes' });
});

describe('an entry of a bibliography', () => {
  it('stands as text, HTML and Markdown', () => {
    expect(bibliographyEntry({ ...quay, title: 'A *B* <c>', author: 'Jane Doe; John Roe', address: 'https://example.org/quay' })).toEqual({
      text: 'Doe, Jane, and John Roe. A *B* <c>. The Harbour Post, 3 December 2021. https://example.org/quay.',
      html: '<p dir="auto">Doe, Jane, and John Roe. <cite>A *B* &lt;c&gt;</cite>. The Harbour Post, 3 December 2021. https://example.org/quay.</p>',
      markdown: 'Doe, Jane, and John Roe. *A \\*B\\* \\<c\\>*. The Harbour Post, 3 December 2021. <https://example.org/quay>.',
    });
    expect(bibliographyEntry({ title: 'Why?' }).text).toBe('Why?');
    expect(bibliographyEntry({ title: 'Why', author: 'Doe, J.' }).text).toBe('Doe, J. Why.');
  });

  it('names seven of more than ten authors', () => {
    const author = Array.from({ length: 11 }, (_, index) => `Jane ${'ABCDEFGHIJK'[index]}oe`).join('; ');
    expect(bibliographyEntry({ title: 'T', author }).text).toBe(
      'Aoe, Jane, Jane Boe, Jane Coe, Jane Doe, Jane Eoe, Jane Foe, Jane Goe, et al. T.',
    );
  });
});
