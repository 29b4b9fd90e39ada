import { expect, it, onTestFinished } from 'vitest';
import { fail } from '#api';
import { openSearch, type SearchDocument } from '../../../electron/search';
import type { SearchRequest } from '../../../electron/search/protocol';
import { startSearchHere } from '../search-here';
import { asSearched, NOTE, searchDocument } from './fixtures';

/** Searches documents with a text each, in an index in memory, and keeps what it is asked. */
function open(documents: Map<string, SearchDocument>) {
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
    document: (id) => asSearched(documents.get(id)),
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
