import { readLink } from './document-urls';
import { onActivate } from './links';
import { knownNoteHtml, noteHtml } from './note-html';
import { sanitise } from './sanitise';

/** A link of a note that the reader follows; `title` is another document's. */
export type NoteLink = { kind: 'external'; url: string } | { kind: 'title'; title: string };

/**
 * Draws a note's Markdown into `element`, safe, with external links as `<a data-href>` and `[[Title]]` as `<a data-title>`. It stands there
 * as it is written until it is laid out, and for good when it is very long, nested very deep, takes too long, or shows nothing.
 * Ends when the returned function is called.
 */
export function drawNote(element: HTMLElement, markdown: string): () => void {
  let isWanted = true;
  const draw = (html: string | undefined): void => {
    const fragment = (html === undefined ? undefined : laidOut(html)) ?? asWritten(markdown);
    linkTitles(fragment);
    element.replaceChildren(fragment);
  };
  const { known, html } = knownNoteHtml(markdown);
  draw(html);
  if (!known) {
    void noteHtml(markdown).then((laid) => {
      if (isWanted) draw(laid);
    });
  }
  return () => {
    isWanted = false;
  };
}

/** What is seen of a note beside its words. */
const SEEN = 'hr, img, [role="img"]';

/** The note's HTML on the page; `undefined` when nothing of it would be seen. */
function laidOut(html: string): DocumentFragment | undefined {
  const fragment = sanitise(html);
  return fragment.textContent.trim() !== '' || fragment.querySelector(SEEN) ? fragment : undefined;
}

function asWritten(markdown: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const block = document.createElement('div');
  block.className = 'doc-verse';
  block.append(markdown);
  fragment.append(block);
  return fragment;
}

/** Makes links of `[[Title]]` outside code and other links. */
function linkTitles(fragment: DocumentFragment): void {
  const walker = fragment.ownerDocument.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node as Text;
    if (text.data.includes('[[') && !text.parentElement?.closest('code, pre, a')) texts.push(text);
  }
  for (const text of texts) {
    const parts = text.data.split(/\[\[([^[\]\n]{1,300})\]\]/);
    text.replaceWith(...parts.map((part, index) => (index % 2 === 1 ? titleLink(part, fragment.ownerDocument) : part)));
  }
}

function titleLink(title: string, owner: Document): HTMLElement {
  const link = owner.createElement('a');
  link.dataset['title'] = title.trim();
  link.setAttribute('role', 'link');
  link.tabIndex = 0;
  link.append(title);
  return link;
}

/** Tells `listener` the links of drawn notes inside `root` that are followed, by click or Enter. Ends when the returned function is called. */
export function watchNoteLinks(root: HTMLElement, listener: (link: NoteLink) => void): () => void {
  return onActivate(root, '[data-href], [data-title]', ({ dataset }) => {
    const { title, href } = dataset;
    if (title !== undefined) return listener({ kind: 'title', title });
    const target = readLink(href ?? '');
    if (target?.kind === 'external') listener(target);
  });
}
