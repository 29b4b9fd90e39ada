import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noteSchema } from '../../../electron/api';
import { allNotes, anchor, arbitraryNotebooks, note, notebook, renderOne, sortById, sourceOf } from './fixtures';

describe('JSON-LD', () => {
  it('is a Web Annotation collection', () => {
    const green = note({ anchor: anchor(900, 'soldiers'), colour: 'green', body: '**Compare**', tags: ['figures', 'army'] });
    const bare = note({ anchor: anchor(950, 'border') });
    const onPage = note({ body: 'page' });
    const collection = JSON.parse(renderOne(sourceOf([notebook('document-1', [green, bare, onPage], { tags: ['report'] })]), 'json-ld'));
    expect(collection).toMatchObject({
      '@context': ['http://www.w3.org/ns/anno.jsonld', { lectern: 'urn:x-lectern:' }],
      type: 'AnnotationCollection',
      label: 'All notes',
      total: 3,
      'lectern:documents': [{ lectern: 1, document: { id: 'document-1', rawHash: 'b'.repeat(64) }, notebook: { tags: ['report'] } }],
      first: { type: 'AnnotationPage', startIndex: 0 },
    });
    const document = {
      id: 'urn:x-lectern:document:document-1',
      type: 'Text',
      format: 'text/plain',
      'dcterms:title': 'Title of document-1',
      'dcterms:creator': 'R. Writer',
      'dcterms:date': '2021-12-03',
    };
    expect(collection.first.items[0]).toMatchObject({ motivation: 'commenting', target: document });
    expect(collection.first.items[1]).toEqual({
      id: `urn:uuid:${green.id}`,
      type: 'Annotation',
      motivation: 'commenting',
      created: green.createdAt,
      modified: green.modifiedAt,
      body: [
        { type: 'TextualBody', value: '**Compare**', format: 'text/markdown', purpose: 'commenting' },
        { type: 'TextualBody', value: 'figures', purpose: 'tagging' },
        { type: 'TextualBody', value: 'army', purpose: 'tagging' },
      ],
      target: {
        type: 'SpecificResource',
        source: document,
        selector: [
          { type: 'TextQuoteSelector', exact: 'soldiers', prefix: 'before ', suffix: ' after' },
          { type: 'TextPositionSelector', start: 900, end: 908 },
        ],
      },
      'lectern:colour': 'green',
      'lectern:note': green,
    });
    expect(collection.first.items[2]).toMatchObject({ motivation: 'highlighting' });
    expect(collection.first.items[2]).not.toHaveProperty('body');
  });

  it('carries every note whole, under identifiers that depend on nothing else', () => {
    fc.assert(
      fc.property(arbitraryNotebooks, (notebooks) => {
        const written = renderOne(sourceOf(notebooks), 'json-ld');
        const items: { 'lectern:note': unknown }[] = JSON.parse(written).first.items;
        expect(sortById(items.map((item) => noteSchema.parse(item['lectern:note'])))).toEqual(allNotes(notebooks));
        expect(renderOne(sourceOf(notebooks), 'json-ld')).toBe(written);
      }),
    );
  });
});
