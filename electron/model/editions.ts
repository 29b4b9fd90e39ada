/** By the raw hash of a content: how often the reader said that it is one of this document, and that it is not; where that is odd, it is. */
export type Editions = Readonly<Record<string, number>>;

interface Holder {
  editions?: Editions;
}

const isEdition = ({ editions }: Holder, rawHash: string): boolean => (editions?.[rawHash] ?? 0) % 2 === 1;

/** The raw hashes of the contents that the reader said to be one document, that of its file among them; none where it never had more than one. */
export const editionsOf = (notebook: Holder): string[] =>
  Object.keys(notebook.editions ?? {}).filter((rawHash) => isEdition(notebook, rawHash));

/** The notebook of a document of which a content is an edition, or is none any more; the same where that is so already. */
export function withEdition<N extends Holder>(notebook: N, rawHash: string, isOne: boolean): N {
  if (isEdition(notebook, rawHash) === isOne) return notebook;
  return { ...notebook, editions: { ...notebook.editions, [rawHash]: (notebook.editions?.[rawHash] ?? 0) + 1 } };
}

/** Editions as another library is told them: those that are, without what came before. */
export const carriedEditions = (notebook: Holder): Editions => Object.fromEntries(editionsOf(notebook).map((rawHash) => [rawHash, 1]));

/** Of each content the state that knows of more comings and goings. Commutative, associative and idempotent. */
export function mergeEditions(one: Editions = {}, other: Editions = {}): Editions | undefined {
  const hashes = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return hashes.length === 0
    ? undefined
    : Object.fromEntries(hashes.map((rawHash) => [rawHash, Math.max(one[rawHash] ?? 0, other[rawHash] ?? 0)]));
}
