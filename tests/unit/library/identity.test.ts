import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyNotebook, type Identity, outlineOf } from '#model';
import { deriveId, hasReadersWork, knownOf, NotebookIndex, nextIdentity, sightingOf } from '../../../electron/library/identity';

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
  const seen = (letter: string, ...paths: string[]) => ({ paths, rawHash: hashOf(letter), title: 'T' });

  it('is none when the content is known, wherever its file is', () => {
    expect(nextIdentity(identity('/a'), seen('a', '/a', '/b'), at)).toBeUndefined();
    expect(nextIdentity(identity('/a'), seen('a', '/elsewhere/other.txt'), at)).toBeUndefined();
  });

  it('keeps what an edited file was, and fields that it does not know', () => {
    const before = { ...identity('/a'), textHash: hashOf('f'), later: 7 };
    expect(nextIdentity(before, seen('b', '/texts/b.txt'), at)).toEqual({
      paths: ['/a'],
      fileName: 'b.txt',
      rawHash: hashOf('b'),
      textHash: undefined,
      title: 'T',
      later: 7,
      history: [{ rawHash: hashOf('a'), textHash: hashOf('f'), until: at }],
    });
  });

  it('keeps no endless history', () => {
    const earlier = Array.from({ length: 500 }, () => ({ path: '/old', rawHash: hashOf('c'), until: at }));
    const next = nextIdentity({ ...identity('/a'), history: earlier }, seen('b', '/a'), at);
    expect(next?.history).toHaveLength(200);
    expect(next?.history.at(-1)?.rawHash).toBe(hashOf('a'));
  });

  it('comes to rest on machines with whatever copies of a document', () => {
    const copies = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(copies, (machines) => {
        const visit = (from: Identity) => machines.reduce((now, letter) => nextIdentity(now, seen(letter, '/x'), at) ?? now, from);
        const once = visit(identity());
        expect(visit(once)).toBe(once);
        expect(new Set([once, ...once.history].map(({ rawHash }) => rawHash))).toEqual(new Set(['a', ...machines].map(hashOf)));
      }),
    );
  });
});

describe('knownOf', () => {
  const older = { rawHash: hashOf('o'), until: '2026-01-01T00:00:00.000Z' };

  it('is what this machine saw, and the newer content that another one wrote', () => {
    const sighting = { paths: ['/here'], rawHash: hashOf('s') };
    expect(knownOf({ ...identity('/there'), history: [older] }, sighting)).toEqual({ ...sighting, otherHashes: [hashOf('a')] });
    expect(knownOf(identity('/there'), { ...sighting, rawHash: hashOf('a') }).otherHashes).toEqual([]);
  });

  it('is what the notebook says, with earlier contents, of a document that was never seen here', () => {
    expect(knownOf({ ...identity('/there'), history: [older] }, undefined)).toEqual({
      paths: ['/there'],
      rawHash: hashOf('a'),
      otherHashes: [hashOf('o')],
    });
  });
});

it('sightingOf keeps no endless paths', () => {
  const paths = Array.from({ length: 100 }, (_, index) => `/${index}`);
  expect(sightingOf({ paths, rawHash: hashOf('a') })).toEqual({ paths: paths.slice(0, 20), rawHash: hashOf('a') });
});

it('hasReadersWork is about what the reader wrote', () => {
  const empty = emptyNotebook('a'.repeat(32), identity('/a'));
  expect(hasReadersWork(outlineOf(empty))).toBe(false);
  expect(hasReadersWork(outlineOf({ ...empty, status: 'reading', position: { offset: 7, progress: 0.5 } }))).toBe(false);
  expect(hasReadersWork(outlineOf({ ...empty, tags: ['x'] }))).toBe(true);
  expect(hasReadersWork(outlineOf({ ...empty, title: 'x' }))).toBe(true);
  expect(hasReadersWork(outlineOf({ ...empty, date: '2021-12-03' }))).toBe(true);
});

it('NotebookIndex follows an identity that changes', () => {
  const known = (...paths: string[]) => knownOf(identity(...paths), undefined);
  const index = new NotebookIndex();
  index.put('one', known('/a', '/b'));
  index.put('two', known('/a'));
  expect([...index.withHash(hashOf('a'))]).toEqual(['one', 'two']);
  index.put('one', { ...known('/c'), rawHash: hashOf('b') });
  expect([...index.withHash(hashOf('a'))]).toEqual(['two']);
  expect([...index.withHash(hashOf('b'))]).toEqual(['one']);
  expect([...index.withPath('/a')]).toEqual(['two']);
  expect([...index.withPath('/b')]).toEqual([]);
  expect([...index.withPath('/c')]).toEqual(['one']);
});
