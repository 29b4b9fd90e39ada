import { describe, expect, it } from 'vitest';
import { emptyNotebook, type Identity } from '../../../electron/api';
import { deriveId, hasReadersWork, NotebookIndex, nextIdentity } from '../../../electron/library/identity';

const hashOf = (letter: string) => letter.repeat(64);
const identity = (...paths: string[]): Identity => ({ paths, rawHash: hashOf('a'), history: [] });

describe('deriveId', () => {
  it('is the start of the hash, or another of hash and path when that is taken', () => {
    expect(deriveId(hashOf('a'), '/x', () => false)).toBe('a'.repeat(32));
    const salted = deriveId(hashOf('a'), '/x', (id) => id === 'a'.repeat(32));
    expect(salted).toMatch(/^[0-9a-f]{32}$/);
    expect(deriveId(hashOf('a'), '/x', (id) => id === 'a'.repeat(32))).toBe(salted);
    expect(deriveId(hashOf('a'), '/y', (id) => id === 'a'.repeat(32))).not.toBe(salted);
    expect(deriveId(hashOf('a'), '/x', (id) => id === 'a'.repeat(32) || id === salted)).not.toBe(salted);
  });
});

describe('nextIdentity', () => {
  const at = '2026-01-01T00:00:00.000Z';

  it('is none when nothing changed', () => {
    expect(nextIdentity(identity('/a', '/b'), { paths: ['/a', '/b'], rawHash: hashOf('a'), title: 'T' }, at)).toBeUndefined();
  });

  it('keeps what a moved file was, and fields that it does not know', () => {
    const before = { ...identity('/a'), textHash: hashOf('f'), later: 7 };
    expect(nextIdentity(before, { paths: ['/b'], rawHash: hashOf('a'), title: 'T' }, at)).toEqual({
      paths: ['/b'],
      rawHash: hashOf('a'),
      textHash: hashOf('f'),
      title: 'T',
      later: 7,
      history: [{ path: '/a', rawHash: hashOf('a'), textHash: hashOf('f'), until: at }],
    });
  });

  it('keeps what an edited file was', () => {
    const next = nextIdentity(identity('/a'), { paths: ['/a'], rawHash: hashOf('b'), title: 'T' }, at);
    expect(next?.rawHash).toBe(hashOf('b'));
    expect(next?.history).toEqual([{ path: '/a', rawHash: hashOf('a'), textHash: undefined, until: at }]);
  });

  it('makes no history of a second copy, and keeps neither endless history nor endless paths', () => {
    expect(nextIdentity(identity('/a'), { paths: ['/a', '/b'], rawHash: hashOf('a'), title: 'T' }, at)?.history).toEqual([]);
    const entry = { path: '/old', rawHash: hashOf('c'), until: at };
    const old = { ...identity('/a'), history: Array.from({ length: 500 }, () => entry) };
    const paths = Array.from({ length: 100 }, (_, index) => `/${index}`);
    const next = nextIdentity(old, { paths, rawHash: hashOf('b'), title: 'T' }, at);
    expect(next?.history).toHaveLength(200);
    expect(next?.history.at(-1)?.path).toBe('/a');
    expect(next?.paths).toEqual(paths.slice(0, 20));
    expect(next && nextIdentity(next, { paths, rawHash: hashOf('b'), title: 'T' }, at)).toBeUndefined();
  });
});

it('hasReadersWork is about what the reader wrote', () => {
  const empty = emptyNotebook('a'.repeat(32), identity('/a'));
  expect(hasReadersWork(empty)).toBe(false);
  expect(hasReadersWork({ ...empty, status: 'reading', position: { offset: 7, progress: 0.5 } })).toBe(false);
  expect(hasReadersWork({ ...empty, tags: ['x'] })).toBe(true);
  expect(hasReadersWork({ ...empty, title: 'x' })).toBe(true);
  expect(hasReadersWork({ ...empty, date: '2021-12-03' })).toBe(true);
});

it('NotebookIndex follows an identity that changes', () => {
  const index = new NotebookIndex();
  index.put('one', identity('/a', '/b'));
  index.put('two', identity('/a'));
  expect([...index.withHash(hashOf('a'))]).toEqual(['one', 'two']);
  index.put('one', { ...identity('/c'), rawHash: hashOf('b') });
  expect([...index.withHash(hashOf('a'))]).toEqual(['two']);
  expect([...index.withHash(hashOf('b'))]).toEqual(['one']);
  expect([...index.withPath('/a')]).toEqual(['two']);
  expect([...index.withPath('/b')]).toEqual([]);
  expect([...index.withPath('/c')]).toEqual(['one']);
});
