import search from 'approx-string-match';
import type { Anchor, TextRange } from '#model';

/** Places a quote in a text by the quote itself. */
export type Peer = (text: string, anchor: Anchor) => TextRange | undefined;

/** The first place where a quote stands as it was. */
const exactSearch: Peer = (text, { exact }) => {
  const start = text.indexOf(exact);
  return start < 0 ? undefined : { start, end: start + exact.length };
};

/**
 * After Hypothesis's client (`src/annotator/anchoring/match-quote.ts`): every place where the quote stands exactly, else approximately, is scored
 * by quote, context and nearness, and the best one is taken.
 */
const approximateSearch: Peer = (text, { exact, prefix, suffix, start: hint }) => {
  if (exact === '') return undefined;
  const scored = findAll(text, exact, Math.min(256, exact.length / 2)).map(({ start, end, errors }) => {
    const before = text.slice(Math.max(0, start - prefix.length), start);
    const after = text.slice(end, end + suffix.length);
    const score =
      50 * (1 - errors / exact.length) +
      20 * (prefix === '' ? 1 : likeness(before, prefix)) +
      20 * (suffix === '' ? 1 : likeness(after, suffix)) +
      2 * (1 - Math.abs(start - hint) / text.length);
    return { start, end, score };
  });
  return scored.reduce<(typeof scored)[number] | undefined>((best, each) => (best && best.score >= each.score ? best : each), undefined);
};

function findAll(text: string, quote: string, most: number): { start: number; end: number; errors: number }[] {
  const exact: { start: number; end: number; errors: number }[] = [];
  for (let start = text.indexOf(quote); start >= 0; start = text.indexOf(quote, start + 1))
    exact.push({ start, end: start + quote.length, errors: 0 });
  return exact.length > 0 ? exact : search(text, quote, most);
}

const likeness = (text: string, context: string): number => {
  const [best] = text === '' ? [] : findAll(text, context, context.length);
  return best ? 1 - best.errors / context.length : 0;
};

export const peers: readonly [string, Peer][] = [
  ['exact search', exactSearch],
  ["Hypothesis's manner", approximateSearch],
];
