import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutSections } from '../../../electron/formats/sections';

describe('cutSections', () => {
  interface Item {
    units: number;
    blocks: number;
    heading: boolean;
  }
  const items = fc.array(
    fc.record<Item>({ units: fc.oneof(fc.nat(800), fc.constant(20_000)), blocks: fc.oneof(fc.nat(2), fc.nat(150)), heading: fc.boolean() }),
    { maxLength: 900 },
  );

  test('drops nothing, keeps the order and never holds more than 100 blocks', () => {
    fc.assert(
      fc.property(items, (list) => {
        const sections = [...cutSections(list, (item) => item)];
        expect(sections.flat()).toEqual(list);
        for (const section of sections) {
          const blocks = section.map((item) => item.blocks).filter((count) => count > 0);
          if (blocks.length > 1) expect(blocks.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  test('cuts before a heading once there are sixty', () => {
    const list = Array.from({ length: 150 }, (_, index) => ({ units: 10, blocks: 1, heading: index === 20 || index === 70 }));
    expect([...cutSections(list, (item) => item)].map(({ length }) => length)).toEqual([70, 80]);
  });
});
