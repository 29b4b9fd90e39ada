import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Anchor, type Area, anchorKey, anchorOfArea, locateArea, nameOfArea, type PagedText, placeArea, quoteOfAnchor } from '#model';

const [BEFORE, NOW] = ['a'.repeat(64), 'b'.repeat(64)];
const BOX = { x: 10, y: 20, width: 30, height: 40 };

/** A document of pages with these texts; those at the end that have none are known by their number alone. */
function pagesOf(...texts: string[]): PagedText {
  const pages: [string, number][] = [];
  let text = '';
  for (const [index, each] of texts.entries()) {
    if (texts.slice(index).some((later) => later !== '')) pages.push([`p${index + 1}`, text.length]);
    text += each;
  }
  return { text, pages, headings: [{ level: 1, start: 0, end: 3, title: 'One' }], sheetCount: texts.length };
}

const marked = (whole: PagedText, area: Area): Anchor & { area: Area } => ({ ...anchorOfArea(whole, area, BEFORE), area });

describe('an area of a page', () => {
  const whole = pagesOf('One page.', 'Another.', 'Third.');

  it('is described by the text of its page, and says where that is', () => {
    const anchor = anchorOfArea(whole, { page: 2, box: BOX }, BEFORE);
    expect(anchor).toMatchObject({ start: 9, end: 17, exact: '', area: { page: 2, box: BOX }, locator: { chapter: 'One', page: 'p2' } });
    expect(quoteOfAnchor(anchor)).toBe('Area of p. p2');
    expect(nameOfArea({ page: 7 }, undefined)).toBe('Page 7');
  });

  it('has no text and no label on a page without any', () => {
    const scan = pagesOf('', '');
    expect(anchorOfArea(scan, { page: 2 }, BEFORE)).toMatchObject({ start: 0, end: 0, area: { page: 2 } });
    expect(locateArea(scan, { page: 2 })).toEqual({ chapter: 'One' });
  });

  it('is told from another one of the same page', () => {
    const keys = [{ page: 2 }, { page: 2, box: BOX }, { page: 2, box: { ...BOX, x: 11 } }].map((area) =>
      anchorKey(anchorOfArea(whole, area, BEFORE)),
    );
    expect(new Set(keys).size).toBe(3);
  });

  it('is where it was while its page has the same text', () => {
    const anchor = marked(whole, { page: 2, box: BOX });
    expect(placeArea(anchor, pagesOf('One page.', 'Another.', 'New third.'), NOW, whole.text)).toMatchObject({
      state: 'exact',
      area: { page: 2 },
    });
    expect(placeArea(anchor, pagesOf('One longer page.', 'Another.'), NOW, whole.text)).toMatchObject({
      state: 'moved',
      area: { page: 2 },
      start: 16,
    });
  });

  it('goes along to the only other page that has its text', () => {
    const anchor = marked(whole, { page: 2, box: BOX });
    const now = pagesOf('Cover', 'One page.', 'Another.', 'Third.');
    expect(placeArea(anchor, now, NOW, whole.text)).toEqual({ state: 'moved', area: { page: 3, box: BOX }, start: 14, end: 22 });
    expect(placeArea(anchor, pagesOf('Another.', 'Other', 'Another.'), NOW, whole.text)).toMatchObject({
      state: 'close',
      area: { page: 2 },
    });
  });

  it('is likely on its page where that has another text or it is not known which it had, and nowhere where that is gone', () => {
    const anchor = marked(whole, { page: 3 });
    expect(placeArea(anchor, pagesOf('One page.', 'Another.', 'Else.'), NOW, whole.text)).toMatchObject({
      state: 'close',
      area: { page: 3 },
    });
    expect(placeArea(anchor, whole, NOW)).toMatchObject({ state: 'close', area: { page: 3 } });
    expect(placeArea(anchor, pagesOf('One page.', 'Another.'), NOW, whole.text)).toEqual({ state: 'unplaced' });
    // A scan that lost a page has the same text as before: none.
    expect(placeArea(marked(pagesOf('', ''), { page: 2 }), pagesOf(''), BEFORE)).toEqual({ state: 'unplaced' });
  });

  it('is on a page that is there, whatever became of the document', () => {
    const texts = fc.array(fc.constantFrom('', 'One.', 'Two.', 'Three.'), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(texts, texts, fc.nat(), (before, after, pick) => {
        const [old, now] = [pagesOf(...before), pagesOf(...after)];
        const placement = placeArea(marked(old, { page: (pick % before.length) + 1 }), now, NOW, old.text);
        if (placement.state === 'unplaced') return;
        expect(placement.area?.page).toBeLessThanOrEqual(after.length);
        if (placement.state !== 'close') expect(now.text.slice(placement.start, placement.end)).toBe(before[pick % before.length]);
      }),
    );
  });
});
