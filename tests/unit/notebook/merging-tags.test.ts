import fc from 'fast-check';
import { expect, test } from 'vitest';
import { colours } from '#model';
import { mergeTags } from '../../../electron/notebook/tags';

const tag = fc.record(
  {
    name: fc.constantFrom('one', 'One', 'two', 'three/four'),
    colour: fc.constantFrom(...colours),
    movedTo: fc.constantFrom(null, 'five'),
    changedAt: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'),
  },
  { requiredKeys: ['name'] },
);
const file = fc.record(
  {
    version: fc.constant(1),
    tags: fc.uniqueArray(tag, { selector: ({ name }) => name.toLowerCase() }),
    unreadable: fc.array(fc.constantFrom<unknown>(1, 'x', { name: 2 }), { minLength: 1 }),
  },
  { requiredKeys: ['version', 'tags'] },
);

test('two machines that merge each other’s tags come to rest, with all that either has', () => {
  fc.assert(
    fc.property(file, file, (one, other) => {
      const merged = mergeTags(one, other);
      expect(mergeTags(one, merged)).toEqual(merged);
      expect(mergeTags(other, merged)).toEqual(merged);
      expect(mergeTags(merged, merged)).toEqual(merged);
      const keys = (tags: { name: string }[]) => new Set(tags.map(({ name }) => name.toLowerCase()));
      expect(keys(merged.tags)).toEqual(new Set([...keys(one.tags), ...keys(other.tags)]));
      for (const entry of [...(one.unreadable ?? []), ...(other.unreadable ?? [])]) expect(merged.unreadable).toContainEqual(entry);
    }),
  );
});

test('of a tag that two machines set, what was set later counts, also that it has no colour or another casing', () => {
  const before = { version: 1, tags: [{ name: 'Trade', colour: 'pink' as const }] };
  const after = { version: 1, tags: [{ name: 'trade', changedAt: '2026-01-01T00:00:00.000Z' }] };
  for (const merged of [mergeTags(before, after), mergeTags(after, before)]) expect(merged.tags).toEqual(after.tags);
});
