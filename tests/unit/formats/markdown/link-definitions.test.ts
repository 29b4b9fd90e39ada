import { expect, test } from 'vitest';
import { findDefinitions } from '../../../../electron/formats/markdown/link-definitions';

const placeIn = (source: string, label: string): number | undefined =>
  findDefinitions(source, (written) => written.trim().toLowerCase()).nextOf(label, 0);

test.each(['[1]: /a', '   [1]: /a', '> - [1]: /a', '- [ ] [1]: /a', '2) > [1]: /a', '[^n]: [1]: /a', 'text\n[1]: /a'])(
  'a link may be defined in %j',
  (source) => expect(placeIn(source, '1')).toBe(source.indexOf(']: /a')),
);

// The text before such a place was read ahead to find out, all of it.
test.each(['a[1]: x', 'case [1]:', '{[1]: 2}', '\\[1]: /a', '[a[1]: /a', 'see\n\n1]: /a'])('none is defined in %j', (source) =>
  expect(placeIn(source, '1')).toBeUndefined(),
);

test('a label of several lines may be any', () => {
  expect(placeIn('> [two\n> lines]: /l', 'two lines')).toBe('> [two\n> lines'.length);
});

test('of brackets in a row, however many, only the first in its line may define a link', () => {
  let looked = 0;
  const source = '[a]:'.repeat(200_000);
  findDefinitions(source, (written) => {
    looked += 1;
    return written;
  });
  expect(looked).toBe(1);
});
