import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPieces } from '../../../../electron/interchange/export/json-pieces';

const write = async (value: object, indent: number) => (await Array.fromAsync(jsonPieces(value, indent))).join('');

test('the pieces are what JSON.stringify writes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.array(fc.jsonValue()),
      fc.constantFrom(0, 2),
      async (fields, list, indent) => {
        const lazily = { ...fields, absent: undefined, inner: { list: () => list, after: 1 } };
        expect(await write(lazily, indent)).toBe(JSON.stringify({ ...fields, inner: { list, after: 1 } }, null, indent));
      },
    ),
  );
});
