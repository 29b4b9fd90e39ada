/** GitHub's name of a heading: lower case, punctuation dropped, spaces as hyphens. */
export const headingName = (text: string): string =>
  text
    .replace(/<[^<>]*>/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

/** The name of the place that a link names by its heading, or by the mark of a block in a vault: `^1a2b3c`. */
export const placeName = (written: string): string => (/^(?:\^|page=\d)/.test(written) ? written : headingName(written));

/** Names each heading of a document: the same name has a number after the second use. `undoing` is told how a use is taken back. */
export function createHeadingNames(undoing: (undo: () => void) => void): (text: string) => string {
  const uses = new Map<string, number>();
  return (text) => {
    const name = headingName(text);
    const used = uses.get(name) ?? 0;
    uses.set(name, used + 1);
    undoing(() => uses.set(name, used));
    return used === 0 ? name : `${name}-${used}`;
  };
}
