/** Where links may be defined in a Markdown. Not all of these are definitions: they may stand in code. */
export interface Definitions {
  /** Where `label` may be defined, at `from` or after it; `undefined` when it cannot be. */
  nextOf(label: string, from: number): number | undefined;
}

/** UTF-16 code units of the longest label that is looked for by itself. */
const LONGEST_LABEL = 1_000;

/** Finds each `]:`, and the label before it. `labelOf` gives a label as it is looked up. */
export function findDefinitions(source: string, labelOf: (written: string) => string | undefined): Definitions {
  // From the last to the first, so that the first can be taken away.
  const byLabel = new Map<string, number[]>();
  let lastOfAny = -1;
  for (let at = source.lastIndexOf(']:'); at >= 0; at = at === 0 ? -1 : source.lastIndexOf(']:', at - 1)) {
    const written = labelBefore(source, at);
    if (written === undefined) continue;
    // What marks a quote or an item may stand before each of its lines.
    if (written.includes('\n')) {
      lastOfAny = Math.max(lastOfAny, at);
      continue;
    }
    const label = labelOf(written);
    if (label === undefined) continue;
    const places = byLabel.get(label);
    if (places) places.push(at);
    else byLabel.set(label, [at]);
  }
  return {
    nextOf(label, from) {
      const places = byLabel.get(label);
      while (places && (places.at(-1) ?? from) < from) places.pop();
      return places?.at(-1) ?? (lastOfAny >= from ? lastOfAny : undefined);
    },
  };
}

/** What may stand in a line before a definition: marks of quotes, lists, tasks and footnotes. */
const MARKS = /^(?:[ \t>]|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t])|\[[ xX]\](?=[ \t])|\[\^[^\]\s]{1,100}\]:)*$/;

/** The label that ends at `end`, as it is written; `undefined` when no definition's label ends there. */
function labelBefore(source: string, end: number): string | undefined {
  for (let at = end - 1; at >= Math.max(0, end - LONGEST_LABEL); at--) {
    const mark = source[at];
    // A break within a label ends no paragraph.
    if (mark === '\n' && source[at + 1] === '\n') return undefined;
    if ((mark !== '[' && mark !== ']') || isEscaped(source, at)) continue;
    // No further back, so that a line of a megabyte is not gone through for each bracket in it.
    const line = source.slice(Math.max(0, at - LONGEST_LABEL), at);
    return mark === '[' && MARKS.test(line.slice(line.lastIndexOf('\n') + 1)) ? source.slice(at + 1, end) : undefined;
  }
  return undefined;
}

function isEscaped(source: string, at: number): boolean {
  let before = at;
  while (source[before - 1] === '\\') before--;
  return (at - before) % 2 === 1;
}
