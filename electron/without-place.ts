import type { Anchor, Note } from '#model';
import type { Library } from './library';
import type { NotebookStore } from './notebook';

/**
 * The ids of those notes whose passage is not in a document's text as it is now; none where that cannot be read. They are looked for in the
 * thread that reads documents, as when the document is opened, with the texts that they were made on where these were kept.
 */
export async function findWithoutPlace(
  { library, notebooks }: { library: Pick<Library, 'read'>; notebooks: Pick<NotebookStore, 'readText'> },
  documentId: string,
  notes: readonly Note[],
): Promise<ReadonlySet<string>> {
  const anchored = notes.flatMap(({ id, anchor }): { id: string; anchor: Anchor }[] => (anchor ? [{ id, anchor }] : []));
  const unplaced = new Set<string>();
  if (anchored.length === 0) return unplaced;
  const lines = await library.read(documentId, undefined, async ({ textHash, place }) => {
    const others = anchored.filter(({ anchor }) => anchor.textHash !== textHash);
    for (const [earlier, made] of Map.groupBy(others, ({ anchor }) => anchor.textHash)) {
      const text = await notebooks.readText(earlier);
      const [placed = []] = await place([{ anchors: made.map(({ anchor }) => anchor), ...(text.ok && { text: text.value }) }]);
      for (const [index, { id }] of made.entries()) if (placed[index]?.state === 'unplaced') unplaced.add(id);
    }
    return undefined;
  });
  // What is looked for is looked for at the end of the text.
  if (lines.ok) for await (const _ of lines.value);
  return unplaced;
}
