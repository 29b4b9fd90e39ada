import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HeldValue } from '../../../electron/storage/held-value';

const held = () => new HeldValue<{ content: unknown }, number>((value) => JSON.stringify(value).length);

it('gives the same JSON packed as unpacked, and the same summary', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (given) => {
      // JSON has no -0.
      const content = JSON.parse(JSON.stringify(given));
      const [one, other] = [held(), held()];
      one.set({ content });
      const { summary } = one;
      const packed = one.packed() ?? expect.fail();
      other.setPacked(packed, summary ?? 0);
      one.settle();
      expect([one.value, other.value]).toEqual([{ content }, { content }]);
      expect([one.summary, other.summary]).toEqual([summary, summary]);
    }),
  );
});

it('gives all who use it the same object, and another once it was changed', () => {
  const one = held();
  expect([one.value, one.summary, one.packed()]).toEqual([undefined, undefined, undefined]);
  const first = { content: 'x'.repeat(1_000_000) };
  one.set(first);
  one.settle();
  expect(one.value).toBe(first);
  expect(one.packed()?.length).toBeLessThan(1_000);
  one.set({ content: 'y' });
  expect(one.value).toEqual({ content: 'y' });
  one.set(undefined);
  expect([one.value, one.summary, one.packed()]).toEqual([undefined, undefined, undefined]);
});
