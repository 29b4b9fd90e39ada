import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ManyByKey } from '../../../electron/library/many-by-key';

const few = fc.constantFrom('a', 'b', 'c');

it('has for each key what a set of its own would have', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('add', 'delete'), few, few)), (steps) => {
      const many = new ManyByKey();
      const sets = new Map<string, Set<string>>();
      for (const [step, key, value] of steps) {
        const set = sets.get(key) ?? new Set();
        sets.set(key, set);
        if (step === 'add') {
          many.add(key, value);
          set.add(value);
        } else {
          many.delete(key, value);
          set.delete(value);
        }
        expect([...many.get(key)]).toEqual([...set]);
        expect([many.count(key), many.has(key)]).toEqual([set.size, set.size > 0]);
      }
    }),
  );
});
