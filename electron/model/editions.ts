import { type Comings, presentIn, withComing } from './comings';

/** By the raw hash of a content: how often the reader said that it is one of this document, and that it is not. */
export type Editions = Comings<number>;

interface Holder {
  editions?: Editions;
}

/** The raw hashes of the contents that the reader said to be one document, that of its file among them; none where it never had more than one. */
export const editionsOf = ({ editions }: Holder): string[] => presentIn(editions).map(([rawHash]) => rawHash);

/** The notebook of a document of which a content is an edition, or is none any more; the same where that is so already. */
export function withEdition<N extends Holder>(notebook: N, rawHash: string, isOne: boolean): N {
  const editions = withComing(notebook.editions, rawHash, isOne, (count) => count);
  return editions === notebook.editions ? notebook : { ...notebook, editions };
}

/** Editions as another library is told them: those that are, without what came before. */
export const carriedEditions = (notebook: Holder): Editions => Object.fromEntries(editionsOf(notebook).map((rawHash) => [rawHash, 1]));
