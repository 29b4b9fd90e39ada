import { expect, test } from 'vitest';
import { createRenewable } from '../../../../renderer/reader/pages/renewable';

interface Opened {
  number: number;
  isFull: boolean;
  isClosed: boolean;
}

function createOpened() {
  const all: Opened[] = [];
  const open = async (): Promise<Opened> => {
    await Promise.resolve();
    const opened = { number: all.length + 1, isFull: false, isClosed: false };
    all.push(opened);
    return opened;
  };
  const close = (opened: Opened): void => {
    opened.isClosed = true;
  };
  return { all, open, close, isDue: ({ isFull }: Opened) => isFull };
}

test('what is used stays open until that ends, though it is opened anew meanwhile', async () => {
  const parts = createOpened();
  const first = await parts.open();
  const { use } = createRenewable(first, parts);
  const drawing = Promise.withResolvers<void>();
  const drawn = use(async (opened) => {
    opened.isFull = true;
    await drawing.promise;
    return opened.isClosed;
  });
  await Promise.resolve();
  expect(await use(async ({ number }) => number)).toBe(2);
  expect(first.isClosed).toBe(false);
  drawing.resolve();
  expect(await drawn).toBe(false);
  expect(parts.all.map(({ isClosed }) => isClosed)).toEqual([true, false]);
});

test('it is opened anew once, however many ask for it at the same time', async () => {
  const parts = createOpened();
  const first = await parts.open();
  first.isFull = true;
  const renewable = createRenewable(first, parts);
  const numbers = await Promise.all([1, 2, 3].map(() => renewable.use(async ({ number }) => number)));
  expect(numbers).toEqual([2, 2, 2]);
  expect(parts.all.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  expect(renewable.current.number).toBe(2);
});

test('one that cannot be opened is told to who asked, and tried again the next time', async () => {
  const parts = createOpened();
  const first = await parts.open();
  first.isFull = true;
  let isThere = false;
  const open = async (): Promise<Opened> => {
    if (!isThere) throw new Error('It is gone');
    return parts.open();
  };
  const { use } = createRenewable(first, { ...parts, open });
  await expect(use(async ({ number }) => number)).rejects.toThrow('It is gone');
  expect(first.isClosed).toBe(false);
  isThere = true;
  expect(await use(async ({ number }) => number)).toBe(2);
});
