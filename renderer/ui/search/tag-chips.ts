import { type Clause, parseQuery, printQuery, printValue } from '#model';

/** A clause that asks for one tag alone. */
function tagOf({ alternatives: [term, ...others], negated }: Clause): string | undefined {
  return others.length === 0 && !negated && term?.field === 'tag' ? term.text : undefined;
}

/** The tags that a query asks for, each by itself, folded. */
export const tagsOfQuery = (query: string): string[] => parseQuery(query).clauses.flatMap((clause) => tagOf(clause) ?? []);

/** A query that also asks for a tag, or, where it does, no longer. */
export function toggleTag(query: string, tag: string): string {
  const wanted = `tag:${printValue('tag', tag)}`;
  const key = tagsOfQuery(wanted)[0];
  const parsed = parseQuery(query);
  if (!parsed.clauses.some((clause) => tagOf(clause) === key)) return `${query} ${wanted}`.trim();
  return printQuery({ ...parsed, clauses: parsed.clauses.filter((clause) => tagOf(clause) !== key) });
}
