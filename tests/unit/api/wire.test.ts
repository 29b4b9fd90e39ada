import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWire, encodeWire } from '../../../electron/api/wire';

const key = fc.oneof(fc.string(), fc.constantFrom('$', '$$', '$bytes', '$$bytes', '$x', '__proto__'));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array(),
    fc.array(tie('value')),
    fc.dictionary(key, tie('value'), { noNullPrototype: true }),
  ),
}));

describe('the wire', () => {
  it('gives back what was sent, bytes and keys that look like bytes included', () => {
    fc.assert(
      fc.property(value, (sent) => {
        expect(decodeWire(encodeWire(sent))).toEqual(sent);
      }),
    );
  });

  it('carries every byte, in long arrays and Buffers', () => {
    const bytes = Uint8Array.from({ length: 200_000 }, (_, index) => index % 256);
    expect(decodeWire(encodeWire({ bytes }))).toEqual({ bytes });
    expect(decodeWire(encodeWire([Buffer.from('Grüße')]))).toEqual([new TextEncoder().encode('Grüße')]);
  });

  it('leaves undefined members out, and sends undefined itself as null', () => {
    expect(decodeWire(encodeWire({ a: undefined, b: 1 }))).toEqual({ b: 1 });
    expect(decodeWire(encodeWire(undefined))).toBeNull();
  });

  it.each(['', '{', '{"$bytes":1}', '{"$bytes":"*"}'])('refuses %j', (text) => {
    expect(() => decodeWire(text)).toThrow(SyntaxError);
  });
});
