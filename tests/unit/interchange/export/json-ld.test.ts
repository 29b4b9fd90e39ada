import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Note, noteSchema } from '#model';
import { allNotes, anchor, arbitraryNotebooks, HASH, note, notebook, renderOne, sortById, sourceOf } from './fixtures';

describe('JSON-LD', () => {
  it('is a Web Annotation collection', async () => {
    const green = note({
      anchor: { ...anchor(900, 'soldiers'), locator: { chapter: 'One', page: '143' } },
      colour: 'green',
      body: '**Compare**',
      tags: ['figures', 'army'],
    });
    const bare = note({ anchor: anchor(950, 'border') });
    const onPage = note({ body: 'page' });
    const collection = JSON.parse(
      await renderOne(sourceOf([notebook('document-1', [green, bare, onPage], { tags: ['report'] })]), 'json-ld'),
    );
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
        'lectern:chapter': 'One',
        'lectern:page': '143',
        selector: [{ type: 'TextQuoteSelector', exact: 'soldiers', prefix: 'before ', suffix: ' after' }],
      },
      'lectern:colour': 'green',
      'lectern:note': green,
    });
    expect(collection.first.items[2]).toMatchObject({ motivation: 'highlighting' });
    expect(collection.first.items[2]).not.toHaveProperty('body');
  });

  it('a bookmark says that it is one, and has no colour', async () => {
    const bookmark = note({ anchor: anchor(3, 'here'), motivation: 'bookmarking', body: 'A place' });
    const { first } = JSON.parse(await renderOne(sourceOf([notebook('document-1', [bookmark])]), 'json-ld'));
    expect(first.items[0]).toMatchObject({ motivation: 'bookmarking', 'lectern:note': bookmark });
    expect(first.items[0]).not.toHaveProperty('lectern:colour');
  });

  it('says where a passage stands in Unicode code points, and keeps its own offsets', async () => {
    const text = '🙂 a 👩‍👩‍👧 quay \ud83d and 😀😀 more';
    const at = (exact: string) => note({ anchor: { ...anchor(text.indexOf(exact), exact), textHash: HASH } });
    const notes = [at('🙂 a'), at('quay'), at('😀😀'), at(' more')];
    const written = await renderOne(sourceOf([notebook('document-1', notes)], undefined, { [HASH]: text }), 'json-ld');
    const items: { target: { selector: { type: string; start: number; end: number }[] }; 'lectern:note': Note }[] =
      JSON.parse(written).first.items;
    const characters = [...text];
    for (const { target, 'lectern:note': own } of items) {
      const position = target.selector.find(({ type }) => type === 'TextPositionSelector');
      expect(characters.slice(position?.start, position?.end).join('')).toBe(own.anchor?.exact);
      expect(text.slice(own.anchor?.start, own.anchor?.end)).toBe(own.anchor?.exact);
    }
    expect(items).toHaveLength(4);
  });

  it('gives no position in a text that was not kept, or that does not hold the quote there', async () => {
    const notes = [note({ anchor: anchor(0, 'kept') }), note({ anchor: { ...anchor(0, 'lost'), textHash: 'c'.repeat(64) } })];
    const written = await renderOne(sourceOf([notebook('document-1', notes)], undefined, { [HASH]: 'another text' }), 'json-ld');
    const items: { target: { selector: { type: string }[] } }[] = JSON.parse(written).first.items;
    expect(items.map(({ target }) => target.selector.map(({ type }) => type))).toEqual([['TextQuoteSelector'], ['TextQuoteSelector']]);
  });

  it('carries every note whole, under identifiers that depend on nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryNotebooks, async (notebooks) => {
        const written = await renderOne(sourceOf(notebooks), 'json-ld');
        const items: { 'lectern:note': unknown; 'lectern:parts'?: unknown[] }[] = JSON.parse(written).first.items;
        const records = items.flatMap((item) => [item['lectern:note'], ...(item['lectern:parts'] ?? [])]);
        expect(sortById(records.map((record) => noteSchema.parse(record)))).toEqual(allNotes(notebooks));
        expect(await renderOne(sourceOf(notebooks), 'json-ld')).toBe(written);
      }),
    );
  });
});
