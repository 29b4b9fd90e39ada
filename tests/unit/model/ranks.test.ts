import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankAt, rankBehind, rankBetween, rankSchema, ranksForMove } from '#model';

test('what is added later stands behind what was added before', () => {
  fc.assert(
    fc.property(fc.nat(5e12), fc.nat(5e12), (one, other) => {
      expect(rankSchema.safeParse(rankAt(one)).success).toBe(true);
      expect(Math.sign(one - other)).toBe(rankAt(one) < rankAt(other) ? -1 : rankAt(one) > rankAt(other) ? 1 : 0);
    }),
  );
});

test('what is added at once keeps its order, before all that is added later', () => {
  fc.assert(
    fc.property(fc.nat(5e12), fc.nat(1e5), fc.nat(1e5), (time, one, other) => {
      expect(rankSchema.safeParse(rankAt(time, one)).success).toBe(true);
      expect(Math.sign(one - other)).toBe(rankAt(time, one) < rankAt(time, other) ? -1 : rankAt(time, one) > rankAt(time, other) ? 1 : 0);
      expect(rankAt(time, one) < rankAt(time + 1)).toBe(true);
    }),
  );
});

test('between two places there is always a third, however often something is put there', () => {
  const goals = fc.array(fc.nat(30), { maxLength: 60 });
  fc.assert(
    fc.property(fc.array(fc.nat(1e12), { maxLength: 6 }), goals, (times, places) => {
      const order = [...new Set(times)].sort((a, b) => a - b).map((time) => rankAt(time));
      for (const wanted of places) {
        const place = Math.min(wanted, order.length);
        const rank = rankBetween(order[place - 1], order[place]);
        expect(rankSchema.safeParse(rank).success).toBe(true);
        order.splice(place, 0, rank);
      }
      expect(order).toEqual([...new Set(order)].sort());
    }),
  );
});

test('of two machines that put something at the same place, what comes next is behind both', () => {
  expect(rankBetween('m', 'm') > 'm').toBe(true);
});

test('what is moved to the end stands behind the last one, and before what is added later', () => {
  fc.assert(
    fc.property(fc.nat(5e12), fc.nat(5e12), (one, other) => {
      const [last, moved] = [Math.min(one, other), Math.max(one, other)];
      const rank = rankBehind(rankAt(last), moved);
      expect(rank > rankAt(last)).toBe(true);
      if (last < moved) expect(rank < rankAt(moved + 1)).toBe(true);
    }),
  );
  expect(rankBehind('z', 1) > 'z').toBe(true);
  expect(rankBehind(undefined, 1)).toBe(rankAt(1));
});

test('what is moved stands where it was put, also between documents of one rank, as two machines can make them', () => {
  const anyOrder = fc.array(fc.constantFrom('a', 'b', 'b1', 'c'), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(anyOrder, fc.nat(), fc.nat(), (ranks, first, second) => {
      const sorted = (all: { id: string; rank: string }[]) =>
        all.toSorted((a, b) => (a.rank === b.rank ? (a.id < b.id ? -1 : 1) : a.rank < b.rank ? -1 : 1));
      const list = sorted(ranks.map((rank, index) => ({ id: `document-${index}`, rank })));
      const [moved] = list.splice(first % list.length, 1);
      const to = second % (list.length + 1);
      const behind = list.slice(to);
      const [own = '', ...others] = ranksForMove(
        list[to - 1]?.rank,
        behind.map(({ rank }) => rank),
        1,
      );
      for (const rank of [own, ...others]) expect(rankSchema.safeParse(rank).success).toBe(true);
      const wanted = [
        ...list.slice(0, to),
        { id: moved?.id ?? '', rank: own },
        ...behind.map((each, index) => ({ ...each, rank: others[index] ?? each.rank })),
      ];
      expect(sorted(wanted)).toEqual(wanted);
      // No more is written than must be.
      expect(others.length).toBe(list[to - 1] === undefined ? 0 : behind.filter(({ rank }) => rank === list[to - 1]?.rank).length);
    }),
    { numRuns: 200 },
  );
});
