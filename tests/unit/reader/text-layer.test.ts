import { expect, test } from 'vitest';
import { createTextLayer } from '../../../renderer/reader/text-layer';

const root = { classList: { toggle: () => true } } as unknown as HTMLElement;
const words = 'Above. First words. Hidden. Last words. Below.';
const [above, first, hidden, last] = [0, 7, 20, 28];
const below = words.indexOf('Below');

function layerOf(showsArticle: boolean) {
  const layer = createTextLayer(root);
  const outside = [
    [above, first],
    [hidden, last],
    [below, words.length],
  ] as [number, number][];
  layer.receive({ part: 'section', text: words, nodes: [words.length], blocks: [], headings: [], targets: [], outside, progress: 1 });
  layer.showArticle(showsArticle);
  return layer;
}

test.each([
  ['between two that are', first, below, ['First words.', 'Last words.']],
  ['at its end, as where a line is clicked three times', first, last, ['First words.']],
  ['at its beginning', above, hidden, ['First words.']],
  ['around it', last - 1, words.length, ['Last words.']],
  ['nowhere', first, first + 5, ['First']],
  ['everywhere', hidden, last, ['Hidden. ']],
])('a passage without what is not shown %s', (_, start, end, shown) => {
  expect(
    layerOf(true)
      .shownParts({ start, end })
      .map((part) => words.slice(part.start, part.end)),
  ).toEqual(shown);
  expect(layerOf(false).shownParts({ start, end })).toEqual([{ start, end }]);
});
