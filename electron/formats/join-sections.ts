import type { DocumentSection } from '#model';

/** Sections of another text, to follow `drawn` code units that were drawn before, on a line of their own. */
export function* goOn(drawn: number, sections: Iterable<DocumentSection | undefined>): Generator<DocumentSection | undefined> {
  let separator = drawn > 0 ? '\n' : '';
  const start = drawn + separator.length;
  for (const drawnNext of sections) {
    if (!drawnNext) {
      yield undefined;
      continue;
    }
    const { text, nodes, blocks, headings, targets, pages, outside, ...section } = drawnNext;
    yield {
      ...section,
      text: `${separator}${text}`,
      nodes: separator === '' ? nodes : [1, ...nodes],
      blocks: blocks.map(([from, to, kind]) => [start + from, start + to, kind] as const),
      headings: headings.map((heading) => ({ ...heading, start: start + heading.start, end: start + heading.end })),
      targets: targets.map(([name, offset]) => [name, start + offset] as const),
      ...(pages && { pages: pages.map(([label, offset]) => [label, start + offset] as const) }),
      ...(outside && { outside: outside.map(([from, to]) => [start + from, start + to] as const) }),
    };
    separator = '';
  }
}
