import type { ImportOutcome } from '#api';

/** The documents that came of files which were copied into the library, each once, in the order of the files. */
export const documentsOf = (outcomes: readonly ImportOutcome[]): string[] => [
  ...new Set(outcomes.flatMap(({ documentId }) => documentId ?? [])),
];

/** What is said of several such files; `undefined` where only one came. Files that hold the same are one document. */
export function sayImported(outcomes: readonly ImportOutcome[]): string | undefined {
  const documents = documentsOf(outcomes).length;
  const files = outcomes.filter(({ documentId }) => documentId !== undefined).length;
  if (files < 2) return undefined;
  if (documents === 1) return `The ${files} files hold the same: it is one document in the library.`;
  const equal = files - documents;
  const others = equal === 0 ? '' : equal === 1 ? ' One file holds the same as another.' : ` ${equal} files hold the same as others.`;
  return `${documents} documents are in the library.${others}`;
}
