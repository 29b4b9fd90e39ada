import { editionsOf, type Notebook } from '#model';
import type { Library } from './library';
import type { JoiningRecord } from './notebook';

/** By their raw hashes, the contents of the files that go with a document when its joining is taken back, and of those that stay. */
export interface JoinedContents {
  going: ReadonlySet<string>;
  staying: ReadonlySet<string>;
}

/** Tells the files of two documents that were joined from one another. */
export function contentsOf({ from, into, seen }: JoiningRecord, library: Pick<Library, 'editions'>): JoinedContents {
  const nowOf = (each: Notebook) => new Set([each.identity.rawHash, ...editionsOf(each)]);
  // What the other one has by then is its own, as where the two were one document before.
  const everOf = (each: Notebook, other: Notebook) =>
    nowOf(each).union(new Set(each.identity.history.map(({ rawHash }) => rawHash)).difference(nowOf(other)));
  const [going, staying] = [everOf(from, into), everOf(into, from)];
  // A file may have been edited while it was one of the document's.
  for (const { rawHash, paths } of library.editions(into.id))
    if (!staying.has(rawHash) && !going.has(rawHash)) (paths.some((each) => seen?.paths.includes(each)) ? staying : going).add(rawHash);
  return { going, staying };
}

/** Tells by the hash of a text whether it is one of the files that go, and none of those that stay. `present`: the document that has both. */
export function textTeller(
  { from, into }: JoiningRecord,
  present: Notebook,
  { going, staying }: JoinedContents,
  library: Pick<Library, 'textOfContent'>,
): (textHash: string) => boolean {
  const known = [from, into, present].flatMap(({ identity }) => [identity, ...identity.history]);
  const textsOf = (rawHashes: ReadonlySet<string>) =>
    new Set([
      ...known.flatMap(({ rawHash, textHash }) => (rawHashes.has(rawHash) ? (textHash ?? []) : [])),
      ...[...rawHashes].flatMap((rawHash) => library.textOfContent(rawHash) ?? []),
    ]);
  const [itsTexts, otherTexts] = [textsOf(going), textsOf(staying)];
  return (textHash) => itsTexts.has(textHash) && !otherTexts.has(textHash);
}
