import { expect, it, onTestFinished } from 'vitest';
import { fail } from '#api';
import { openSearch, type SearchDocument } from '../../../electron/search';
import type { SearchRequest } from '../../../electron/search/protocol';
import type { SearchedDocument } from '../../../electron/search/source';
import { startSearchHere } from '../search-here';
import { asSearched, NOTE, searchDocument } from './fixtures';

/** Searches documents with a text each, in an index in memory, and keeps what it is asked. */
function open<T extends SearchDocument>(
  documents: Map<string, T>,
  searched: (document: T | undefined) => SearchedDocument | undefined = asSearched,
) {
  const asked: SearchRequest['type'][] = [];
  const search = openSearch({
    file: '/dev/null/index.sqlite',
    start() {
      const worker = startSearchHere();
      const postMessage = worker.postMessage;
      worker.postMessage = (request, transfer) => {
        asked.push(request.type);
        postMessage(request, transfer);
      };
      return worker;
    },
    log: { error: () => {}, warn: () => {} },
  });
  onTestFinished(() => search.close());
  search.follow({
    ids: () => documents.keys(),
    document: (id) => searched(documents.get(id)),
    read: async () => fail('document-unreadable', ''),
  });
  search.complete();
  const idsOf = async (query: string) => {
    const result = await search.run('window', query, 9);
    return result.ok ? result.value.groups.map(({ documentId }) => documentId) : [];
  };
  return { search, asked, idsOf };
}

it('looks for texts without a document only when a document came, went, or has another content', async () => {
  const one = searchDocument({ id: 'one', content: 'content one' });
  const documents = new Map([['one', one]]);
  const { search, asked, idsOf } = open(documents);
  await expect.poll(() => asked).toContain('tidy');
  const tidied = () => asked.filter((type) => type === 'tidy').length;
  const handedOver = () => asked.filter((type) => type === 'documents').length;
  const before = tidied();
  for (const body of ['apples', 'pears', 'plums']) {
    documents.set('one', searchDocument({ ...one, notes: [{ id: NOTE, colour: 'green', quote: '', body, tags: [] }] }));
    const earlier = handedOver();
    search.touch(['one']);
    await expect.poll(handedOver).toBe(earlier + 1);
    // Answered after what was handed over was taken.
    expect(await idsOf(body)).toEqual(['one']);
  }
  expect(tidied()).toBe(before);
  documents.set('two', searchDocument({ id: 'two', content: 'content two' }));
  search.touch(['two']);
  await expect.poll(tidied).toBe(before + 1);
  documents.set('two', searchDocument({ id: 'two', content: 'content three' }));
  search.touch(['two']);
  await expect.poll(tidied).toBe(before + 2);
  documents.delete('two');
  search.touch(['two']);
  await expect.poll(tidied).toBe(before + 3);
});

it('looks no notes up of documents that the index has as they are: all are gone through at each start', async () => {
  let looked = 0;
  const one: SearchedDocument = {
    ...searchDocument({ id: 'one' }),
    notesState: 'as before',
    get notes() {
      looked += 1;
      return [];
    },
  };
  const { search, asked, idsOf } = open(new Map([['one', one]]), (document) => document);
  await expect.poll(() => asked).toContain('tidy');
  const before = looked;
  expect(before).toBeGreaterThan(0);
  search.touch(['one']);
  expect(await idsOf('one')).toEqual(['one']);
  expect(looked).toBe(before);
});
