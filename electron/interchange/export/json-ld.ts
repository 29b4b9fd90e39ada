import { v5 as uuidFromName } from 'uuid';
import { fileTypes } from '#formats/list';
import { type Area, type Creator, chapterIn, inOrderOfText, isBookmark, type Note, pagesOf, recordsOf, type WholeNote } from '#model';
import type { FileContent, WriteContext, WriteFormat } from '../format';
import type { DocumentHead } from '../selection';
import { jsonPieces, type LazyList } from './json-pieces';
import type { CodePointRange } from './positions';

/** Names the identifiers that are derived from their contents (RFC 9562, version 5). */
const NAMESPACE = 'b2a3c1de-5d1f-4f0e-9a55-6f6f5e0d1c77';

const context = [
  'http://www.w3.org/ns/anno.jsonld',
  {
    lectern: 'urn:x-lectern:',
    'lectern:note': { '@type': '@json' },
    'lectern:parts': { '@type': '@json' },
    'lectern:documents': { '@type': '@json' },
  },
];

/**
 * A W3C Web Annotation collection (https://www.w3.org/TR/annotation-model/). Each annotation also holds its whole note
 * (`lectern:note`, and in `lectern:parts` its further passages) and the collection the documents (`lectern:documents`), as JSON literals, to take the export back in.
 * `TextPositionSelector` counts Unicode code points, as the model demands, and is left out where the text to count in was not kept;
 * the note's own anchor counts UTF-16 code units.
 */
export const writeJsonLd: WriteFormat = async function* (content, context) {
  yield* jsonPieces(annotationCollection(content, context), 2);
  yield '\n';
};

/** The JSON-LD value of what goes into a file, to be written by `jsonPieces`; the HTML export embeds the same. */
export function annotationCollection(content: FileContent, { positionsOf, colourNames }: WriteContext) {
  const { title, noteCount, fingerprint } = content;
  const id = `urn:uuid:${uuidFromName(fingerprint, NAMESPACE)}`;
  const records: LazyList = async function* () {
    for await (const { record } of content.heads()) yield record;
  };
  const items: LazyList = async function* () {
    for await (const document of content.documents()) {
      for await (const notes of document.notes) {
        const positions = await positionsOf(notes.flatMap(recordsOf));
        for (const note of notes) yield annotation(document, note, positions, colourNames[note.colour]);
      }
    }
  };
  return {
    '@context': context,
    id,
    type: 'AnnotationCollection',
    label: title,
    total: noteCount,
    'lectern:documents': records,
    first: { id: `${id}#page1`, type: 'AnnotationPage', startIndex: 0, items },
  };
}

type Positions = ReadonlyMap<string, CodePointRange>;

const annotationId = ({ id }: Note): string => `urn:uuid:${id}`;

function annotation(document: DocumentHead, whole: WholeNote, positions: Positions, colourName: string | undefined) {
  const [note, ...parts] = recordsOf(whole);
  const bodies = [
    ...(note.body === '' ? [] : [{ type: 'TextualBody', value: note.body, format: 'text/markdown', purpose: 'commenting' }]),
    ...note.tags.map((tag) => ({ type: 'TextualBody', value: tag, purpose: 'tagging' })),
  ];
  return {
    id: annotationId(note),
    type: 'Annotation',
    motivation: note.motivation ?? (note.body === '' && note.anchor ? 'highlighting' : 'commenting'),
    created: note.createdAt,
    modified: note.modifiedAt,
    creator: note.creator && person(note.creator),
    body: bodies.length > 0 ? bodies : undefined,
    target: targets(document, [note, ...parts], positions),
    'lectern:colour': isBookmark(note) ? undefined : note.colour,
    'lectern:colourName': colourName,
    'lectern:note': note,
    'lectern:parts': parts.length > 0 ? parts : undefined,
  };
}

/** A creator as W3C's EPUB Annotations 1.0 (working draft of 2026) have them: with an identity, also where only a name is known. */
const person = ({ name, ...rest }: Creator) => ({
  id: `urn:x-lectern:person:${encodeURIComponent(name.toWellFormed())}`,
  type: 'Person',
  name,
  ...rest,
});

/** Of a note with several passages each is a target of its own, in the order of the text: selectors of one target would all mean the same passage. */
function targets(document: DocumentHead, records: readonly Note[], positions: Positions) {
  const [first, ...others] = records
    .toSorted((one, other) => (one.anchor && other.anchor ? inOrderOfText(one.anchor, other.anchor) : 0))
    .map((record) => target(document, record, positions.get(record.id)));
  return others.length > 0 ? [first, ...others] : first;
}

function target(document: DocumentHead, { anchor }: Note, position: CodePointRange | undefined) {
  const source = {
    id: `urn:x-lectern:document:${document.id}`,
    type: 'Text',
    format: document.format && fileTypes[document.format].mediaType,
    'dcterms:title': document.title,
    'dcterms:creator': document.author,
    'dcterms:date': document.date,
  };
  if (!anchor) return source;
  return {
    type: 'SpecificResource',
    source,
    'lectern:chapter': anchor.locator && chapterIn(anchor.locator, document.title),
    'lectern:page': anchor.locator && pagesOf(anchor.locator),
    selector: anchor.area
      ? [fragmentOf(anchor.area)]
      : [
          { type: 'TextQuoteSelector', exact: anchor.exact, prefix: anchor.prefix, suffix: anchor.suffix },
          ...(position ? [{ type: 'TextPositionSelector', ...position }] : []),
        ],
  };
}

/** A page, or a part of it in points from its upper left corner, as a fragment of an address of a PDF (RFC 8118, which replaces the one that the model names). */
const fragmentOf = ({ page, box }: Area) => ({
  type: 'FragmentSelector',
  conformsTo: 'http://tools.ietf.org/rfc/rfc3778',
  value: `page=${page}${box ? `&viewrect=${[box.x, box.y, box.width, box.height]}` : ''}`,
});
