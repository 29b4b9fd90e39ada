import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeText, encodeText } from '../../../electron/formats/document-text';

it('brings every text over as it is, halves of surrogate pairs too', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }), (text) => {
      const { units, textHash } = encodeText(text, 'hash');
      expect([decodeText({ units: structuredClone(units, { transfer: [units.buffer] }) }), textHash]).toEqual([text, 'hash']);
    }),
  );
});
