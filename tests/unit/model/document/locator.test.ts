import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { articleHeadings, type Heading, locate, type PageStart, writeLocator } from '#model';

const heading = (start: number, title: string, level = 1): Heading => ({ level, start, end: start + 5, title });
const headings = [heading(10, 'One'), heading(50, 'Two'), heading(60, 'Its part', 2)];
const pages: PageStart[] = [
  ['xii', 5],
  ['1', 20],
  ['2', 55],
];

describe('where a passage is in print', () => {
  it.each([
    ['before all of it', 0, 3, undefined],
    ['on a page before the first heading', 6, 8, { page: 'xii' }],
    ['over the end of a page', 18, 21, { chapter: 'One', page: 'xii', lastPage: '1' }],
    ['up to the end of a page', 12, 20, { chapter: 'One', page: 'xii' }],
    ['from before the first page on', 0, 6, { lastPage: 'xii' }],
    ['in a part of a chapter', 70, 75, { chapter: 'Its part', page: '2' }],
  ])('%s', (_, start, end, locator) => {
    expect(locate({ headings, pages }, start, end)).toEqual(locator);
  });

  it('is written as citations have it, without the title of the document', () => {
    expect(writeLocator({ chapter: 'One', page: '143' }, 'A book')).toBe('One, p. 143');
    expect(writeLocator({ chapter: 'A  BOOK', page: '143', lastPage: '144' }, 'A book')).toBe('pp. 143–144');
    expect(writeLocator({ chapter: 'A book' }, 'A book')).toBeUndefined();
    expect(writeLocator(undefined, 'A book')).toBeUndefined();
    expect(writeLocator({ chapter: '', lastPage: '9' }, 'A book')).toBe('p. 9');
  });

  it('is told by the headings above one that is a number alone', () => {
    const numbered = [heading(0, 'A book'), heading(10, 'The sea', 2), heading(20, 'II', 3), heading(30, '3.', 3), heading(40, 'IV', 2)];
    const chapterAt = (offset: number) => locate({ headings: numbered, pages: [] }, offset, offset)?.chapter;
    expect([15, 25, 35, 45].map(chapterAt)).toEqual(['The sea', 'The sea, II', 'The sea, 3.', 'A book, IV']);
    expect(locate({ headings: [heading(0, 'I'), heading(9, 'II')], pages: [] }, 10, 12)).toEqual({ chapter: 'II' });
    expect(writeLocator({ chapter: 'A book, IV' }, 'A book')).toBe('IV');
  });

  it('is told by no heading outside of the article', () => {
    expect(articleHeadings({ headings, outside: [[45, 58]] }).map(({ title }) => title)).toEqual(['One', 'Its part']);
  });

  it('names the last page and the last heading that begin at or before it', () => {
    const offsets = fc.uniqueArray(fc.nat(100), { maxLength: 8 }).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(offsets, offsets, fc.nat(100), fc.nat(20), (starts, pageStarts, start, length) => {
        const landmarks = { headings: starts.map((at) => heading(at, `h${at}`)), pages: pageStarts.map((at): PageStart => [`p${at}`, at]) };
        const last = (all: readonly number[], at: number) => all.findLast((each) => each <= at);
        const { chapter, page, lastPage } = locate(landmarks, start, start + length) ?? {};
        const [from, to] = [last(pageStarts, start), last(pageStarts, Math.max(start, start + length - 1))];
        const name = (at: number | undefined, letter: string) => (at === undefined ? undefined : `${letter}${at}`);
        expect([chapter, page, lastPage ?? page]).toEqual([name(last(starts, start), 'h'), name(from, 'p'), name(to, 'p')]);
      }),
    );
  });
});
