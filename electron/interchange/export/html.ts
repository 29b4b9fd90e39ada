import type { ColourNames } from '#api';
import { type Colour, escapeHtml, exactOf, isBookmark, locatorOf, type WholeNote, writeLocator, writePlace } from '#model';
import type { FilePart } from '../facts';
import type { DocumentContent, WriteContext, WriteFormat } from '../format';
import { hideJson } from '../record';
import type { DocumentHead } from '../selection';
import { renderBody } from './html-body';
import { stylesheet } from './html-style';
import { annotationCollection } from './json-ld';
import { jsonPieces } from './json-pieces';

/**
 * A page that needs nothing but itself, for the screen in light and dark and for paper. It embeds the same JSON-LD that
 * the JSON-LD export writes, to be taken back in. Its own policy forbids it to run or to load anything.
 */
export const writeHtml: WriteFormat = async function* (content, context) {
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Lectern">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(content.title)}</title>
<style>${stylesheet}</style>
<script type="application/ld+json">`;
  for await (const piece of jsonPieces(annotationCollection(content, context), 0)) yield hideJson(piece);
  yield `</script>
</head>
<body>
<main>
${heading(content)}`;
  let isFirst = true;
  for await (const document of content.documents()) {
    yield* section(document, isFirst, context);
    isFirst = false;
  }
  yield `
</main>
</body>
</html>
`;
};

/** The title of an export of several documents; one document's own heading is enough. */
const heading = ({ title, documentCount }: FilePart): string =>
  documentCount === 1 ? '' : `<p class="collection" dir="auto">${escapeHtml(title)}</p>\n`;

async function* section(document: DocumentContent, isFirst: boolean, { colourNames, linkBase }: WriteContext): AsyncGenerator<string> {
  yield `${isFirst ? '' : '\n'}<section>
<header>
<h1 dir="auto">${escapeHtml(document.title)}</h1>
<p class="about">${about(document)}</p>
</header>
`;
  for await (const notes of document.notes)
    for (const note of notes)
      yield `${article(note, document.title, colourNames, linkBase + writePlace({ documentId: document.id, noteId: note.id }))}\n`;
  yield '</section>';
}

function about({ author, date, source, tags }: DocumentHead): string {
  const parts = [author, source].filter((part) => part !== undefined).map((part) => `<span dir="auto">${escapeHtml(part)}</span>`);
  if (date !== undefined) parts.unshift(time(date));
  return [...parts, ...tags.map(tag)].join(' · ');
}

/** A note of a document called `title` as the page shows it; the day it was made leads to `address`, where that is given. */
export function article(note: WholeNote, title: string, colourNames: ColourNames, address?: string): string {
  const exact = exactOf(note);
  const quote = exact === undefined ? '' : `<blockquote dir="auto">${escapeHtml(exact)}</blockquote>\n`;
  const written = writeLocator(locatorOf(note), title);
  const locator = written === undefined ? [] : [`<span dir="auto">${escapeHtml(written)}</span>`];
  const body = note.body.trim() === '' ? '' : `<div class="body" dir="auto">${renderBody(note.body)}</div>\n`;
  const changed = note.modifiedAt.slice(0, 10) === note.createdAt.slice(0, 10) ? [] : [`changed ${time(note.modifiedAt)}`];
  const by = note.creator ? [`by <span dir="auto">${escapeHtml(note.creator.name)}</span>`] : [];
  const day = time(note.createdAt);
  const created = address === undefined ? day : `<a href="${escapeHtml(address)}">${day}</a>`;
  const details = [
    ...note.tags.map(tag),
    ...locator,
    ...by,
    isBookmark(note) ? 'bookmark' : colourText(note.colour, colourNames),
    created,
    ...changed,
  ];
  return `<article class="${isBookmark(note) ? 'bookmark' : note.colour}">\n${quote}${body}<footer>${details.join(' · ')}</footer>\n</article>`;
}

function colourText(colour: Colour, { [colour]: name }: ColourNames): string {
  return name === undefined ? colour : `${colour} (<span dir="auto">${escapeHtml(name)}</span>)`;
}

const tag = (name: string): string => `<span class="tag" dir="auto">#${escapeHtml(name)}</span>`;

const time = (moment: string): string => `<time datetime="${escapeHtml(moment)}">${escapeHtml(moment.slice(0, 10))}</time>`;
