import { v5 as uuidFromName } from 'uuid';
import { fileTypes } from '#formats/list';
import type { Note } from '#model';
import type { ExportFileFormat, WriteContext } from '../format';
import { documentRecord } from '../record';
import type { SelectedDocument, Selection } from '../selection';
import { jsonPieces, type LazyList } from './json-pieces';
import type { CodePointRange } from './positions';

/** Names the identifiers that are derived from their contents (RFC 9562, version 5). */
const NAMESPACE = 'b2a3c1de-5d1f-4f0e-9a55-6f6f5e0d1c77';

const context = [
  'http://www.w3.org/ns/anno.jsonld',
  {
    lectern: 'urn:x-lectern:',
    'lectern:note': { '@type': '@json' },
    'lectern:documents': { '@type': '@json' },
  },
];

/**
 * A W3C Web Annotation collection (https://www.w3.org/TR/annotation-model/). Each annotation also holds its whole note
 * (`lectern:note`) and the collection the documents (`lectern:documents`), as JSON literals, to take the export back in.
 * `TextPositionSelector` counts Unicode code points, as the model demands, and is left out where the text to count in was not kept;
 * the note's own anchor counts UTF-16 code units.
 */
export const jsonLdFormat: ExportFileFormat = {
  extension: 'jsonld',
  mediaType: 'application/ld+json',
  async *write(selection, context) {
    yield* jsonPieces(annotationCollection(selection, context), 2);
    yield '\n';
  },
};

/** The JSON-LD value of a selection, to be written by `jsonPieces`; the HTML export embeds the same. */
export function annotationCollection({ title, documents }: Selection, { positionsOf }: WriteContext) {
  const ids = documents.flatMap(({ notes }) => notes.map(annotationId));
  const id = `urn:uuid:${uuidFromName(ids.join(), NAMESPACE)}`;
  const records: LazyList = function* () {
    for (const document of documents) {
      const { notes: _each, ...record } = documentRecord(document);
      yield record;
    }
  };
  const items: LazyList = async function* () {
    for (const document of documents) {
      const positions = await positionsOf(document);
      for (const note of document.notes) yield annotation(document, note, positions.get(note.id));
    }
  };
  return {
    '@context': context,
    id,
    type: 'AnnotationCollection',
    label: title,
    total: ids.length,
    'lectern:documents': records,
    first: { id: `${id}#page1`, type: 'AnnotationPage', startIndex: 0, items },
  };
}

const annotationId = ({ id }: Note): string => `urn:uuid:${id}`;

function annotation(document: SelectedDocument, note: Note, position: CodePointRange | undefined) {
  const bodies = [
    ...(note.body === '' ? [] : [{ type: 'TextualBody', value: note.body, format: 'text/markdown', purpose: 'commenting' }]),
    ...note.tags.map((tag) => ({ type: 'TextualBody', value: tag, purpose: 'tagging' })),
  ];
  return {
    id: annotationId(note),
    type: 'Annotation',
    motivation: note.body === '' && note.anchor ? 'highlighting' : 'commenting',
    created: note.createdAt,
    modified: note.modifiedAt,
    body: bodies.length > 0 ? bodies : undefined,
    target: target(document, note, position),
    'lectern:colour': note.colour,
    'lectern:note': note,
  };
}

function target(document: SelectedDocument, { anchor }: Note, position: CodePointRange | undefined) {
  const source = {
    id: `urn:x-lectern:document:${document.id}`,
    type: 'Text',
    format: document.summary && fileTypes[document.summary.format].mediaType,
    'dcterms:title': document.title,
    'dcterms:creator': document.author,
    'dcterms:date': document.date,
  };
  if (!anchor) return source;
  return {
    type: 'SpecificResource',
    source,
    selector: [
      { type: 'TextQuoteSelector', exact: anchor.exact, prefix: anchor.prefix, suffix: anchor.suffix },
      ...(position ? [{ type: 'TextPositionSelector', ...position }] : []),
    ],
  };
}
