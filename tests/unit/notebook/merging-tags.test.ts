import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyTagChange, colours } from '#model';
import { mergeTags } from '../../../electron/notebook/tags';

const moment = fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z');
const tag = fc.record(
  {
    name: fc.constantFrom('one', 'One', 'two', 'three/four'),
    colour: fc.constantFrom(...colours),
    movedTo: fc.constantFrom(null, 'five'),
    isAlias: fc.boolean(),
    order: fc.constantFrom(1, 2),
    changedAt: moment,
    colouredAt: moment,
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

/** What a file holds, in whichever order. */
const contentOf = ({ tags, unreadable = [], ...rest }: ReturnType<typeof mergeTags>) => ({
  ...rest,
  tags: tags.toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1)),
  unreadable: unreadable.map((entry) => JSON.stringify(entry)).sort(),
});

test('machines that merge each other’s tags, in whichever order, come to the same', () => {
  fc.assert(
    fc.property(file, file, file, (one, other, third) => {
      expect(contentOf(mergeTags(one, other))).toEqual(contentOf(mergeTags(other, one)));
      expect(contentOf(mergeTags(mergeTags(one, other), third))).toEqual(contentOf(mergeTags(one, mergeTags(other, third))));
    }),
  );
});

test('a tag that one machine colours and another moves has the colour and is moved, whichever was later', () => {
  const [early, late] = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'];
  const start = [{ name: 'coast' }];
  for (const [colouredAt, movedAt] of [
    [early, late],
    [late, early],
    [early, early],
  ] as const) {
    const coloured = applyTagChange(start, { type: 'set-tag-colour', name: 'coast', colour: 'pink', at: colouredAt });
    const moved = applyTagChange(start, { type: 'set-tag-alias', name: 'coast', of: 'shore', at: movedAt });
    for (const [one, other] of [
      [coloured, moved],
      [moved, coloured],
    ] as const)
      expect(mergeTags({ version: 1, tags: one }, { version: 1, tags: other }).tags).toMatchObject([{ colour: 'pink', movedTo: 'shore' }]);
  }
});

test('of a tag that two machines set, what was set later counts, also that it has no colour or another casing', () => {
  const before = { version: 1, tags: [{ name: 'Trade', colour: 'pink' as const }] };
  const after = { version: 1, tags: [{ name: 'trade', changedAt: '2026-01-01T00:00:00.000Z' }] };
  for (const merged of [mergeTags(before, after), mergeTags(after, before)]) expect(merged.tags).toEqual(after.tags);
});
