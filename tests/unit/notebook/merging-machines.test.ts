import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeMachines } from '../../../electron/notebook/machine';

const sighting = fc.record({
  paths: fc.array(fc.constantFrom('/a.txt', '/b.txt')),
  rawHash: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
});
const file = fc.record(
  {
    version: fc.constant(1),
    name: fc.constantFrom('here', 'there'),
    folders: fc.uniqueArray(fc.constantFrom('/texts', '/more', '/disk', '/unmounted')),
    documents: fc.dictionary(fc.constantFrom('document-1', 'document-2', 'document-3'), sighting, { noNullPrototype: true }),
    windowState: fc.constantFrom({ x: 1 }, { x: 2 }),
    unreadable: fc.array(fc.constantFrom<unknown>(1, { folders: 7 }), { minLength: 1 }),
    later: fc.constantFrom('a field of a later version', 7),
  },
  { requiredKeys: ['version', 'name', 'folders', 'documents'], noNullPrototype: true },
);

test('two states of a machine that are merged with each other come to rest, with all that either has', () => {
  fc.assert(
    fc.property(file, file, (known, other) => {
      const merged = mergeMachines(known, other);
      for (const each of [known, other, merged]) expect(mergeMachines(each, merged)).toEqual(merged);
      expect(new Set(merged.folders)).toEqual(new Set([...known.folders, ...other.folders]));
      expect(merged.documents).toEqual({ ...known.documents, ...other.documents });
      expect(merged.windowState).toEqual(other.windowState ?? known.windowState);
      for (const entry of [...(known.unreadable ?? []), ...(other.unreadable ?? [])]) expect(merged.unreadable).toContainEqual(entry);
    }),
  );
});

test('the order of folders stays as it was where another state brings some more', () => {
  const state = (...folders: string[]) => ({ version: 1, name: 'here', folders, documents: {} });
  expect(mergeMachines(state('/b', '/a'), state('/a', '/c')).folders).toEqual(['/b', '/a', '/c']);
  expect(mergeMachines(state('/b', '/a'), state('/a', '/c', '/b')).folders).toEqual(['/a', '/c', '/b']);
});
