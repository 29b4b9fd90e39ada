import { expect, it } from 'vitest';
import { createPictures } from '../../../../renderer/ui/library/pictures-in-turn';

const LONG = 60_000;
const going = () => new AbortController().signal;

/** What was begun to be drawn, each of which is drawn when it is told to be. */
function studio(kept = 10, longest = LONG) {
  const begun: string[] = [];
  const finish = new Map<string, (picture: string) => void>();
  const pictures = createPictures<string, string>({
    keyOf: (name) => name,
    draw(name) {
      begun.push(name);
      return new Promise((resolve) => {
        finish.set(name, resolve);
      });
    },
    kept,
    longest,
  });
  const draw = async (name: string): Promise<string> => {
    const drawing = pictures.draw(name, going());
    await expect.poll(() => finish.has(name)).toBe(true);
    finish.get(name)?.(name.toUpperCase());
    return drawing;
  };
  return { begun, finish, pictures, draw };
}

it('draws one after the other, and each once', async () => {
  const { begun, finish, pictures, draw } = studio();
  const [first, second, again] = [pictures.draw('a', going()), pictures.draw('b', going()), pictures.draw('a', going())];
  await expect.poll(() => begun).toEqual(['a']);
  finish.get('a')?.('A');
  expect(await first).toBe('A');
  await expect.poll(() => begun).toEqual(['a', 'b']);
  finish.get('b')?.('B');
  expect(await Promise.all([second, again])).toEqual(['B', 'A']);
  expect(begun).toEqual(['a', 'b']);
  expect(pictures.held('a')).toBe('A');
  await draw('c');
});

it('goes on with the next when one is not wanted any more, also where that never ends, or takes too long', async () => {
  const { begun, pictures, draw } = studio();
  const stop = new AbortController();
  const [unended, unbegun] = [pictures.draw('a', stop.signal), pictures.draw('b', stop.signal)];
  await expect.poll(() => begun).toEqual(['a']);
  stop.abort();
  await expect(unended).rejects.toThrow('abort');
  await expect(unbegun).rejects.toThrow('abort');
  expect(await draw('c')).toBe('C');
  expect(begun).toEqual(['a', 'c']);

  const slow = studio(10, 5);
  await expect(slow.pictures.draw('a', going())).rejects.toThrow('timeout');
  expect(slow.pictures.held('a')).toBeUndefined();
  // What cannot be drawn keeps the others waiting once.
  await expect(slow.pictures.draw('a', going())).rejects.toThrow('timeout');
  expect(slow.begun).toEqual(['a']);
});

it('keeps those that were seen last', async () => {
  const { pictures, draw } = studio(2);
  await draw('a');
  await draw('b');
  pictures.held('a');
  await draw('c');
  expect(['a', 'b', 'c'].map((name) => pictures.held(name))).toEqual(['A', undefined, 'C']);
});
