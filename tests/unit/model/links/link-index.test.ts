import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type LinkedDocument, LinkIndex, placeKey } from '#model';

const links = (noteId: string, { names = [], places = [] }: { names?: string[]; places?: string[] }) => ({ noteId, names, places });

it('finds what leads to a document by its title, its address and the addresses of its notes', () => {
  const index = new LinkIndex();
  index.put('quay', { title: 'The Winter Quay', namedNotes: [['summary', 'note-of-quay']] });
  index.put('one', { title: 'One', links: [links('a', { names: ['the winter quay'] }), links('b', { names: ['nowhere'] })] });
  index.put('two', { title: 'Two', links: [links('c', { places: [placeKey('quay')] }), links('d', { places: [placeKey('quay', 'n')] })] });
  index.put('three', { title: 'Three', links: [links('e', { names: ['summary'] })] });
  expect([...index.toDocument('quay')]).toEqual(
    expect.arrayContaining([
      ['one', ['a']],
      ['two', ['c', 'd']],
      ['three', ['e']],
    ]),
  );
  expect([...index.toNote('quay', 'n')]).toEqual([['two', ['d']]]);
  expect([...index.linkedNotes('quay')]).toEqual([
    ['n', 1],
    ['note-of-quay', 1],
  ]);
  index.put('two', { title: 'Two' });
  index.put('one', undefined);
  expect([...index.toDocument('quay').keys()]).toEqual(['three']);
});

it('lets a title go on leading where it led when the reader gives the document another, unless another document has it', () => {
  const index = new LinkIndex();
  index.put('one', { title: 'One', links: [links('a', { names: ['old name'] })] });
  index.put('quay', { title: 'Old name' });
  index.put('quay', { title: 'New name', formerTitle: 'Old name' });
  expect(index.find('OLD  name').documentIds).toEqual(['quay']);
  expect([...index.toDocument('quay').keys()]).toEqual(['one']);
  index.put('other', { title: 'Old name' });
  expect(index.find('Old name').documentIds).toEqual(['other']);
  expect([...index.toDocument('quay').keys()]).toEqual([]);
  expect([...index.toDocument('other').keys()]).toEqual(['one']);
});

it('leads to the document that has the words of another by now, and to none that is not there', () => {
  const index = new LinkIndex();
  index.put('first', { formerTitle: 'The same', sameAs: 'second' });
  index.put('second', { title: 'The second' });
  index.put('one', { title: 'One', links: [links('a', { places: [placeKey('first', 'n')], names: ['the same'] })] });
  expect(index.heir('first')).toBe('second');
  expect(index.find('The same').documentIds).toEqual(['second']);
  expect([...index.toDocument('second')]).toEqual([['one', ['a']]]);
  expect([...index.toNote('second', 'n')]).toEqual([['one', ['a']]]);
  index.put('second', undefined);
  expect(index.find('The same').documentIds).toEqual([]);
});

it('finds documents by where their files lie, and by what else they say they are called', () => {
  const index = new LinkIndex();
  index.put('waves', { title: 'The tides', path: 'Physics/Tides', aliases: ['Ebb and  flow'] });
  index.put('moon', { title: 'Tides', path: 'Space/Tides' });
  index.put('one', { title: 'One', links: [links('a', { names: ['ebb and flow'] }), links('b', { names: ['physics/tides', 'tides'] })] });
  expect(index.find('Tides').documentIds).toEqual(['moon']);
  expect(index.find('Physics/Tides#Spring|words').documentIds).toEqual(['waves']);
  expect(index.find('/physics/tides.md').documentIds).toEqual(['waves']);
  expect(index.find('Vault/Physics/Tides').documentIds).toEqual(['moon']);
  expect(index.find('ebb and flow').documentIds).toEqual(['waves']);
  expect([...index.toDocument('waves')]).toEqual([['one', ['a']]]);
  index.put('waves', { title: 'The tides', path: 'Physics/Tides' });
  expect(index.find('Ebb and flow').documentIds).toEqual([]);
});

it('a link in a document leads to the nearest file of its library folder that is called so, and only then to a title', () => {
  const index = new LinkIndex();
  const put = (id: string, title: string, path: string, folderId = 'vault') => index.put(id, { title, path, folderId });
  put('here', 'Here', 'Physics/Waves/Here');
  put('top', 'Top', 'Top');
  put('titled', 'Tides', 'Moon');
  put('far', 'On tides', 'Old/Physics/Tides');
  put('near', 'On tides, again', 'Physics/Waves/Tides');
  put('short', 'Tides of old', 'Old/Tides');
  put('elsewhere', 'Tides of another vault', 'Tides', 'other');
  expect(index.find('Tides').documentIds).toEqual(['titled']);
  expect(index.find('Tides#Spring|words', 'here').documentIds).toEqual(['near']);
  expect(index.find('Tides', 'top').documentIds).toEqual(['short']);
  expect(index.find('Physics/Tides', 'top').documentIds).toEqual(['far']);
  for (const id of ['far', 'near', 'short']) index.put(id, undefined);
  expect(index.find('Tides', 'here').documentIds).toEqual(['titled']);
  put('titled too', 'Tides', 'Physics/Waves/Sea');
  expect(index.find('Tides').documentIds).toHaveLength(2);
  expect(index.find('Tides', 'here').documentIds).toEqual(['titled too']);
  index.put('paper', { title: 'A paper', path: 'Papers/Sea', ending: '.pdf', folderId: 'vault' });
  expect(index.find('Sea.pdf#page=2', 'here').documentIds).toEqual(['paper']);
  expect(index.find('papers/sea.PDF').documentIds).toEqual(['paper']);
  put('lone', 'Lone', 'Lone', 'third');
  expect(index.find('Tides', 'lone').documentIds).toHaveLength(2);
});

const ids = ['a', 'b', 'c', 'd'];
const titles = ['red', 'green', 'blue'];
const arbitraryDocument: fc.Arbitrary<LinkedDocument> = fc.record(
  {
    title: fc.constantFrom(...titles),
    formerTitle: fc.constantFrom(...titles),
    links: fc.uniqueArray(
      fc.record({
        noteId: fc.constantFrom('1', '2', '3'),
        names: fc.uniqueArray(fc.constantFrom(...titles), { maxLength: 2 }),
        places: fc.uniqueArray(fc.constantFrom(...ids, ...ids.map((id) => placeKey(id, '1'))), { maxLength: 2 }),
      }),
      { selector: ({ noteId }) => noteId },
    ),
  },
  { requiredKeys: [] },
);

it('says the same whatever came and went before', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...ids), fc.option(arbitraryDocument, { nil: undefined })), { maxLength: 20 }),
      (steps) => {
        const index = new LinkIndex();
        const last = new Map<string, LinkedDocument>();
        for (const [id, document] of steps) {
          index.put(id, document);
          if (document) last.set(id, document);
          else last.delete(id);
        }
        for (const id of ids) {
          const named = (name: string) => {
            const having = (key: 'title' | 'formerTitle') => [...last].filter(([, each]) => each[key] === name && each.title !== undefined);
            const found = having('title').length > 0 ? having('title') : having('formerTitle');
            return found.some(([each]) => each === id);
          };
          const expected = [...last]
            .filter(([each]) => each !== id)
            .map(([each, document]) => {
              const leading = (document.links ?? []).filter(
                ({ names, places }) => names.some(named) || places.some((place) => place.split('/')[0] === id),
              );
              return [each, leading.map(({ noteId }) => noteId)] as const;
            })
            .filter(([, noteIds]) => noteIds.length > 0);
          expect(new Map(index.toDocument(id))).toEqual(new Map(expected));
          const counts = new Map<string, number>();
          for (const noteId of ['1', '2', '3']) {
            const sources = [...index.toNote(id, noteId).values()].flat();
            if (sources.length > 0) counts.set(noteId, sources.length);
          }
          expect(index.linkedNotes(id)).toEqual(counts);
        }
      },
    ),
  );
});

it('looks at those alone that lead there, among 10,000 documents', () => {
  const index = new LinkIndex();
  let looked = 0;
  const watched = (id: number): LinkedDocument => ({
    title: `Document ${id}`,
    get links() {
      looked += 1;
      return [links(`n${id}`, { names: [`document ${Math.floor(id / 10)}`], places: [placeKey(`id${id + 1}`, 'n')] })];
    },
  });
  for (let id = 0; id < 10_000; id++) index.put(`id${id}`, watched(id));
  expect(looked).toBe(10_000);
  expect(index.toDocument('id700').size).toBe(11);
  expect(index.linkedNotes('id700').size).toBe(1);
  expect(index.find('Document 9999').documentIds).toEqual(['id9999']);
  expect(looked).toBeLessThan(10_020);
});
