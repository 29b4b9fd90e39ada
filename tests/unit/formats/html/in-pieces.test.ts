import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DocumentSection } from '#model';
import { drawPage } from '../../../../electron/formats/html/draw-page';
import { readPageFacts } from '../../../../electron/formats/html/page-facts';
import { createPageParser, markupOf, parseHtml } from '../../../../electron/formats/html/tree';
import { markupPieces } from './markup';

/** What is drawn of a page, without how far it is. */
const drawn = (sections: Iterable<DocumentSection | undefined>) =>
  [...sections].filter((section) => section !== undefined).map(({ progress: _, ...section }) => section);

function drawWhole(html: string) {
  const parser = parseHtml(html);
  const { body } = readPageFacts(parser.page);
  return body ? drawn(drawPage(parser, body, { directed: false })) : [];
}

function drawInPieces(html: string, piece: number) {
  const parser = createPageParser(markupOf(html, piece));
  let { body } = readPageFacts(parser.page);
  while (!body && !parser.isDone) {
    parser.feed();
    ({ body } = readPageFacts(parser.page));
  }
  return body ? drawn(drawPage(parser, body, { directed: false })) : [];
}

it('is the same page when it is parsed in pieces', () => {
  fc.assert(
    fc.property(
      fc.array(markupPieces, { maxLength: 40 }),
      fc.integer({ min: 1, max: 50 }),
      fc.constantFrom(1, 1, 30),
      (pieces, size, times) => {
        const html = `<!doctype html>x${pieces.join('').repeat(times)}`;
        expect(drawInPieces(html, size)).toEqual(drawWhole(html));
      },
    ),
    { numRuns: 100 },
  );
});

it('has its first sections before all of it is parsed', () => {
  const html = `<main><div>${'<h2>Head</h2><p>Text.</p>'.repeat(10_000)}</div></main>`;
  const parser = createPageParser(markupOf(html, 10_000));
  parser.feed();
  const { body } = readPageFacts(parser.page);
  if (!body) throw new Error('There is no body.');
  const sections = drawPage(parser, body, { directed: false });
  let first: DocumentSection | undefined;
  while (!first) first = sections.next().value ?? undefined;
  expect(parser.parsed).toBeLessThan(30_000);
  expect(first.blocks.length).toBeGreaterThan(50);
});
