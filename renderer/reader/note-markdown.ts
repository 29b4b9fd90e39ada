import type { NoteModel } from '../../electron/formats/markdown/note';
import { readLink } from './document-urls';
import { drawTree } from './draw-tree';
import { onActivate } from './links';
import { knownNoteTree, noteTree } from './note-tree';

/** A link of a note that the reader follows; `title` is another document's. */
export type NoteLink = { kind: 'external'; url: string } | { kind: 'own'; address: string } | { kind: 'title'; title: string };

/**
 * Draws a note's Markdown into `element`, external links as `<a data-href>` and `[[Title]]` as `<a data-title>`. It stands there
 * as it is written until it is laid out, and for good when it is very long, nested very deep, takes too long, or shows nothing.
 * `onDrawn` is told each time. Ends when the returned function is called.
 */
export function drawNote(element: HTMLElement, markdown: string, onDrawn: () => void): () => void {
  let isWanted = true;
  const draw = (tree: NoteModel | undefined): void => {
    element.replaceChildren((tree && laidOut(tree)) ?? asWritten(markdown));
    onDrawn();
  };
  const { known, tree } = knownNoteTree(markdown);
  draw(tree);
  if (!known) {
    void noteTree(markdown).then((laid) => {
      if (isWanted) draw(laid);
    });
  }
  return () => {
    isWanted = false;
  };
}

/** What is seen of a note beside its words. */
const SEEN = 'hr, img, [role="img"]';

/** The note on the page; `undefined` when nothing of it would be seen, or when it holds what this page cannot draw. */
function laidOut({ text, nodes }: NoteModel): DocumentFragment | undefined {
  let isKnown = true;
  const fragment = drawTree(text, nodes, {
    onUnknown: () => {
      isKnown = false;
    },
  });
  return isKnown && (text.trim() !== '' || fragment.querySelector(SEEN)) ? fragment : undefined;
}

function asWritten(markdown: string): HTMLElement {
  const block = document.createElement('div');
  block.className = 'doc-verse';
  block.append(markdown);
  return block;
}

/** The titles that links of a drawn note inside `root` name, each once. */
export const titlesLinkedIn = (root: HTMLElement): string[] => [
  ...new Set([...root.querySelectorAll<HTMLElement>('[data-title]')].map(({ dataset }) => dataset['title'] ?? '')),
];

/** Lets the links of a drawn note look as those to nothing that are, and no others. */
export function markMissing(root: HTMLElement, missing: ReadonlySet<string>): void {
  for (const link of root.querySelectorAll<HTMLElement>('[data-title]')) {
    const isMissing = missing.has(link.dataset['title'] ?? '');
    link.toggleAttribute('data-missing', isMissing);
    if (isMissing) link.title = 'Nothing has this title yet';
    else link.removeAttribute('title');
  }
}

/** Tells `listener` the links of drawn notes inside `root` that are followed, by click or Enter. Ends when the returned function is called. */
export function watchNoteLinks(root: HTMLElement, listener: (link: NoteLink) => void): () => void {
  return onActivate(root, '[data-href], [data-title]', ({ dataset }) => {
    const { title, href } = dataset;
    if (title !== undefined) return listener({ kind: 'title', title });
    const target = readLink(href ?? '');
    if (target?.kind === 'external' || target?.kind === 'own') listener(target);
  });
}
