import { isNestedTooDeep } from '../domain/markdown-depth';
import { markdownToHtml } from '../workers/markdown-html';
import { readLink } from './document-urls';
import { onActivate } from './links';
import { sanitise } from './sanitise';

/** Longer notes (UTF-16 code units) are shown as they are written: laying them out would hold the main thread. */
const MAX_LENGTH = 20_000;

/** A link of a note that the reader follows; `title` is another document's. */
export type NoteLink = { kind: 'external'; url: string } | { kind: 'title'; title: string };

/**
 * A note's Markdown, ready to be put on the page: safe, with external links as `<a data-href>` and `[[Title]]` as
 * `<a data-title>`. A note that is very long or nested very deep comes as plain text.
 */
export function renderNote(markdown: string): DocumentFragment {
  const fragment = laidOut(markdown) ?? asWritten(markdown);
  linkTitles(fragment);
  return fragment;
}

function laidOut(markdown: string): DocumentFragment | undefined {
  if (markdown.length > MAX_LENGTH || isNestedTooDeep(markdown)) return undefined;
  try {
    return sanitise(markdownToHtml(markdown));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
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
