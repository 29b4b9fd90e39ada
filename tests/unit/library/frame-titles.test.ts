import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FrameTitles } from '../../../electron/library/frame-titles';

const WARNING = 'This old browser is unsupported and will most likely display funky things.';
const page = (name: string) => ({ title: WARNING, otherTitles: [`Function ${name}`, 'source', name] });

it('takes a sentence that stands above five texts for no title, and what follows it instead', () => {
  const titles = new FrameTitles();
  for (const name of ['a', 'b', 'c', 'd']) expect(titles.put(name, page(name))).toEqual([]);
  expect(titles.titleOf(page('a'))).toBe(WARNING);
  expect(titles.put('e', page('e')).sort()).toEqual(['a', 'b', 'c', 'd']);
  expect(titles.titleOf(page('a'))).toBe('Function a');
  expect(titles.put('e', undefined).sort()).toEqual(['a', 'b', 'c', 'd']);
  expect(titles.titleOf(page('a'))).toBe(WARNING);
});

it('names by their files documents of which nothing is their own, and leaves a title alone that is stated', () => {
  const titles = new FrameTitles();
  const same = (name: string) => ({ title: WARNING, otherTitles: [name] });
  for (const name of ['a', 'b', 'c', 'd', 'e']) titles.put(name, same(name));
  expect(titles.titleOf(same('c'))).toBe('c');
  expect(titles.titleOf({ title: WARNING })).toBe(WARNING);
});

it('calls every document the same, in whatever order they came and changed', () => {
  const text = fc.array(fc.constantFrom('x', 'y', 'z', 'v', 'w'), { minLength: 1, maxLength: 3 });
  const change = fc.tuple(fc.integer({ min: 0, max: 9 }).map(String), fc.option(text, { nil: undefined }));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const titles = new FrameTitles();
      const files = new Map<string, { title: string; otherTitles: string[] }>();
      const shown = new Map<string, string>();
      for (const [id, beginnings] of changes) {
        const [title, ...others] = beginnings ?? [];
        if (title === undefined) files.delete(id);
        else files.set(id, { title, otherTitles: [...others, `file ${id}`] });
        for (const each of [id, ...titles.put(id, files.get(id))]) {
          const file = files.get(each);
          if (file) shown.set(each, titles.titleOf(file));
          else shown.delete(each);
        }
      }
      const anew = new FrameTitles();
      for (const [id, file] of files) anew.put(id, file);
      expect(Object.fromEntries(shown)).toEqual(Object.fromEntries([...files].map(([id, file]) => [id, anew.titleOf(file)])));
    }),
  );
});
