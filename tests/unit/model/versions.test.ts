import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goneBetween, isMuch, type Note, nextHistory, passageSince } from '#model';

const moment = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 12) + seconds * 1000).toISOString();
const note = (body: string, seconds = 0, part: Partial<Note> = {}): Note => ({
  id: '01890000-0000-7000-8000-000000000001',
  colour: 'blue',
  body,
  tags: [],
  createdAt: moment(0),
  modifiedAt: moment(seconds),
  history: [],
  ...part,
});

/** Bodies that follow one another, `seconds` apart, each made knowing the one before. */
const write = (bodies: readonly string[], seconds = 1): Note =>
  bodies.slice(1).reduce(
    (before, body, index) => {
      const after = note(body, (index + 1) * seconds);
      return { ...after, history: nextHistory(before, after, true) };
    },
    note(bodies[0] ?? ''),
  );

const versions = ({ history }: Note) => history.filter(({ provisional }) => !provisional).map(({ body }) => body);

const sentence = 'Each of these words was thought about. ';
const long = sentence.repeat(18);

test('what was typed and replaced within one sitting is a version', () => {
  expect(versions(write([long, 'x', 'x and more']))).toEqual([long]);
});

test('what goes a character at a time is a version once much of it is gone', () => {
  const steps = Array.from({ length: 40 }, (_, index) => long.slice(0, long.length - index * 17));
  expect(versions(write([...steps, 'x', '']))).toContain(long);
});

test('a slip of the fingers, put right, is none', () => {
  expect(write(['a note about teh', 'a note about t', 'a note about the', 'a note about the end']).history).toMatchObject([
    { body: 'a note about teh', provisional: true },
  ]);
  expect(write(['a note about the', 'a note about', 'a note about the end']).history).toEqual([]);
});

test('a note that grows becomes a version every five minutes, not more often', () => {
  const bodies = Array.from({ length: 31 }, (_, index) => sentence.repeat(index + 1));
  expect(versions(write(bodies, 30))).toHaveLength(3);
  expect(versions(write(bodies, 3600))).toHaveLength(30);
});

test('a version has the passage that it was written on, and another passage makes one', () => {
  const anchor = { start: 0, end: 4, exact: 'here', prefix: '', suffix: '', textHash: 'a'.repeat(64) };
  const before = note('words', 0, { anchor });
  const moved = note('words', 1, { anchor: { ...anchor, exact: 'there' } });
  expect(nextHistory(before, moved, true)).toMatchObject([{ body: 'words', anchor: { exact: 'here' } }]);
  const elsewhere = note('words', 1, { anchor: { ...anchor, start: 30, end: 34 } });
  expect(nextHistory(before, elsewhere, true)).toMatchObject([{ anchor: { start: 0 } }]);
  // The same words in a text that changed are the same passage.
  expect(nextHistory(before, note('words', 1, { anchor: { ...anchor, start: 30, end: 34, textHash: 'b'.repeat(64) } }), true)).toEqual([]);
  // The passage stands since it was marked, or put elsewhere.
  expect(passageSince(before)).toBe(moment(0));
  expect(passageSince({ ...moved, history: nextHistory(before, moved, true) })).toBe(moment(1));
  // A highlight without words has its passage to keep.
  expect(nextHistory(note('', 0, { anchor }), note('', 1, { anchor: { ...anchor, exact: 'there' } }), true)).toHaveLength(1);
});

test('characters of scripts without spaces count as words', () => {
  expect(isMuch(goneBetween('今天天气很好', '今天'))).toBe(true);
  expect(isMuch(goneBetween('今天天气很好', '今天天气很'))).toBe(false);
});

test('whatever is typed, no sentence goes without being in the note or in a version', () => {
  const words = fc.array(fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'omega'), { maxLength: 80 }).map((each) => each.join(' '));
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 12 }), (bodies) => {
      const written = write(bodies);
      const kept = [written.body, ...written.history.map(({ body }) => body)];
      // What is lost of any state, beside the state that has most of it, is less than two thresholds.
      for (const body of bodies) expect(Math.min(...kept.map((each) => goneBetween(body, each).characters))).toBeLessThanOrEqual(400);
    }),
  );
});

test('a word that is replaced by one that begins or ends alike is gone', () => {
  expect(versions(write(['precious', 'pizza', 'pizza, and more']))).toEqual(['precious']);
  expect(versions(write(['precious', 'cautious', 'cautious optimism']))).toEqual(['precious']);
  expect(versions(write(['precious', 'preciuos', 'precious']))).toEqual([]);
});
