import type { SearchHit } from '#api';
import { firstIndex } from '#model';
import type { SearchText } from './entry';
import type { Span } from './match';

/** One term's places in one field; `text` is the field's, absent for the document's text. */
export interface Find extends Pick<SearchHit, 'kind' | 'noteId' | 'colour'> {
  text?: SearchText;
  spans: Span[];
  total: number;
}

/** So far apart that a part of a word in one field outweighs whole words, however many, in the next. */
const WEIGHTS: Record<SearchHit['kind'], number> = { title: 1000, tag: 300, note: 100, quote: 90, text: 10 };

/** What a find counts when only the beginning of a word, or its inside, was meant. */
const PARTIAL = 0.6;

/** More places count more, ever less so, up to 2,048 of them: 11 times 3. */
const MOST_DOUBLINGS = 11;
const PER_DOUBLING = 3;

/** What it adds when all words stand next to each other in the text; halved every 40 UTF-16 code units between them. */
const NEARNESS = 12;
const HALVED_EVERY = 40;

/** Words nearer than this (UTF-16 code units) to a place count as its company. */
const COMPANY = 80;

/** How well a document matches; `finds` holds the finds of each clause. */
export function score(finds: readonly Find[][]): number {
  const clauses = finds.map((each) => {
    const best = new Map<string, number>();
    for (const { kind, spans } of each) {
      const weight = WEIGHTS[kind] * (spans.some(({ whole }) => whole) ? 1 : PARTIAL);
      best.set(kind, Math.max(best.get(kind) ?? 0, weight));
    }
    const places = each.reduce((sum, { total }) => sum + total, 0);
    const more = Math.min(MOST_DOUBLINGS, Math.log2(1 + places)) * PER_DOUBLING;
    return [...best.values()].reduce((sum, weight) => sum + weight, 0) + more;
  });
  return clauses.reduce((sum, value) => sum + value, 0) + nearness(finds);
}

function nearness(finds: readonly Find[][]): number {
  if (finds.length < 2) return 0;
  const gap = smallestWindow(finds.map(textSpans));
  return gap === undefined ? 0 : NEARNESS * 0.5 ** (gap / HALVED_EVERY);
}

const textSpans = (finds: readonly Find[]): Span[] => finds.flatMap(({ kind, spans }) => (kind === 'text' ? spans : []));

/** The length of the shortest stretch that holds a place of each group, without the places; `undefined` when a group is empty. */
function smallestWindow(groups: readonly Span[][]): number | undefined {
  const places = groups.flatMap((spans, group) => spans.map((span) => ({ ...span, group }))).sort((a, b) => a.start - b.start);
  const last = new Map<number, Span>();
  let smallest: number | undefined;
  for (const place of places) {
    last.set(place.group, place);
    if (last.size < groups.length) continue;
    const spans = [...last.values()];
    const covered = spans.reduce((sum, { start, end }) => sum + end - start, 0);
    const gap = Math.max(0, Math.max(...spans.map(({ end }) => end)) - Math.min(...spans.map(({ start }) => start)) - covered);
    smallest = Math.min(smallest ?? gap, gap);
  }
  return smallest;
}

/** The `count` places of the text that are worth showing: whole words, in company of the other words, not beside each other. */
export function chooseTextSpans(finds: readonly Find[][], count: number): Span[] {
  const groups = finds.map(textSpans).filter((spans) => spans.length > 0);
  const places = groups.flatMap((spans, group) =>
    spans.map((span) => ({ span, worth: (span.whole ? 1 : 0) + 2 * companyOf(span, groups, group) })),
  );
  places.sort((a, b) => b.worth - a.worth || a.span.start - b.span.start);
  const chosen: Span[] = [];
  for (const { span } of places) {
    if (chosen.length >= count) break;
    if (chosen.every(({ start }) => Math.abs(start - span.start) > COMPANY)) chosen.push(span);
  }
  return chosen;
}

function companyOf(span: Span, groups: readonly Span[][], own: number): number {
  return groups.filter((spans, group) => group !== own && hasNear(spans, span.start)).length;
}

/** Whether one of the ascending `spans` begins near `offset`. */
function hasNear(spans: readonly Span[], offset: number): boolean {
  const nearest = spans[firstIndex(spans.length, (index) => (spans[index]?.start ?? 0) >= offset - COMPANY)];
  return nearest !== undefined && nearest.start <= offset + COMPANY;
}
