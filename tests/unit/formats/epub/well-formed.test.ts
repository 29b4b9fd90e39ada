import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWellFormed } from '../../../../electron/formats/epub/well-formed';

test.each([
  '<a><b x="1 > 0"/>text &amp; <c:d>more</c:d></a>',
  '<?xml version="1.0"?><!-- <b> --><a><![CDATA[<c>]]></a>',
  "<a x='\"'></a>",
  '<ä/>',
])('%s is well formed', (xml) => {
  expect(isWellFormed(xml)).toBe(true);
});

test.each(['<a>', '</a>', '<a><b></a></b>', '<p::p></p::p>', '<1></1>', '<a/></a>'])('%s is not', (xml) => {
  expect(isWellFormed(xml)).toBe(false);
});

test('whatever elements are opened and closed in order are well formed, and not any more without one of the ends', () => {
  const tree = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('text', '<br/>', '<!-- </a> -->', ''),
      fc
        .tuple(fc.constantFrom('a', 'b:c', 'p'), tie('node'), tie('node'))
        .map(([name, one, two]) => `<${name} x="/">${one}${two}</${name}>`),
    ),
  })).node;
  fc.assert(
    fc.property(tree, (xml) => {
      expect(isWellFormed(`<r>${xml}</r>`)).toBe(true);
      expect(isWellFormed(`<r>${xml}`)).toBe(false);
    }),
  );
});

test.each(['<!--', '<![CDATA[', '<?', '<!', '<a "', "<a b='"])('a file of nothing but %s is read once', (begun) => {
  expect(isWellFormed(`<r>${begun.repeat(200_000)}`)).toBe(false);
});

test('the name of an element that never ends is read once', () => {
  expect(isWellFormed(`<r><${'a'.repeat(500_000)}<`)).toBe(false);
});
