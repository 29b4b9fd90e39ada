import { createRandom, type Random } from '../faults/trial';
import type { Bench } from '../harness/bench';
import { pairsOf } from '../harness/hand-index';
import { readText } from '../harness/library';

export const queryKinds = ['rare words', 'frequent words', 'phrases', 'prefixes', 'Chinese', 'nothing found'] as const;
export type QueryKind = (typeof queryKinds)[number];

/** What is looked for: one word (or its beginning, which Lectern does not tell from it), or several that stand together. */
export interface BenchQuery {
  kind: QueryKind;
  words: readonly string[];
}

/** A rare word stands in at most so many documents, a frequent one at least in such a part of them. */
const RARE = 5;
const FREQUENT = 0.2;

const WORD = /\p{Script=Latin}{3,}/gu;

/** Queries of each kind out of the texts themselves, the same ones for the same seed; none of a kind that the texts have nothing for. */
export async function chooseQueries(bench: Bench): Promise<ReadonlyMap<QueryKind, readonly BenchQuery[]>> {
  const random = createRandom(bench.seed);
  const { queries: count } = bench.sizes;
  const documents = new Map<string, number>();
  const phrases: string[][] = [];
  const chinese: string[] = [];
  for (const file of bench.files) {
    const text = (await readText(bench, file))?.text ?? '';
    const words = text.match(WORD) ?? [];
    for (const word of new Set(words.map((each) => each.toLowerCase()))) documents.set(word, (documents.get(word) ?? 0) + 1);
    const phrase = /\p{Script=Latin}{3,} \p{Script=Latin}{3,} \p{Script=Latin}{3,}/u.exec(text.slice(Math.floor(random() * text.length)));
    if (phrase) phrases.push(phrase[0].split(' '));
    const from = Math.floor((random() * text.length) / 2);
    const pairs = /\p{Script=Han}{2,4}/u.exec(text.slice(from));
    if (pairs) chinese.push(pairs[0]);
  }
  const all = [...documents];
  const wordsWhere = (isWanted: (found: number) => boolean) => all.filter(([, found]) => isWanted(found)).map(([word]) => word);
  const between = wordsWhere((found) => found > RARE && found < FREQUENT * bench.files.length);
  const of = (kind: QueryKind, from: readonly (readonly string[])[]) =>
    [kind, pickSome(from, count, random).map((words): BenchQuery => ({ kind, words }))] as const;
  const single = (words: readonly string[]) => words.map((word) => [word]);
  return new Map([
    of('rare words', single(wordsWhere((found) => found <= RARE))),
    of('frequent words', single(wordsWhere((found) => found >= FREQUENT * bench.files.length))),
    of('phrases', phrases),
    of('prefixes', single([...new Set(between.map((word) => word.slice(0, 3 + random.below(2))))])),
    of('Chinese', single([...new Set(chinese)].filter((word) => [...pairsOf(word)].length > 0))),
    of(
      'nothing found',
      Array.from({ length: count }, () => [random.word().replaceAll(/\d/g, 'x')]),
    ),
  ]);
}

function pickSome<T>(list: readonly T[], count: number, random: Random): T[] {
  const rest = [...list];
  return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(random.below(rest.length), 1)).flat();
}
