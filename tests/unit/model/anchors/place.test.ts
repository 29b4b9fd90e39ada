import fc from 'fast-check';
import { expect, suite, test } from 'vitest';
import { createPlacing, describe, type Placement } from '#model';
import { type Edits, edit } from '../../../bench/anchors/edits';
import { createTruth, isRight } from '../../../bench/anchors/judge';
import { createRandom } from '../../../bench/faults/trial';

const HASH = 'a'.repeat(64);

/** Prose in which hardly two sentences are alike; the same for the same seed. */
function prose(sentences: number, seed = 1): string {
  const random = createRandom(seed);
  const letters = 'aeioubcdfghklmnprst';
  const words = Array.from({ length: 400 }, () =>
    Array.from({ length: 2 + random.below(7) }, () => letters[random.below(letters.length)]).join(''),
  );
  const sentence = () => {
    const [first = '', ...rest] = Array.from({ length: 6 + random.below(14) }, () => random.pick(words));
    return `${first.slice(0, 1).toUpperCase()}${[first, ...rest].join(' ').slice(1)}.`;
  };
  return Array.from({ length: sentences }, (_, at) => `${sentence()}${at % 5 === 4 ? '\n' : ' '}`)
    .join('')
    .trim();
}

const ENGLISH = `The river froze in the second week of January, and the ferries stopped. “Nobody remembers a winter like this,” said the harbour master; he had kept the books since 1961.
Children walked to school across the ice – first along the shore, then straight over the middle. The baker, who lived on the far side, sold bread from a sledge, and so the two halves of the town were one for nine weeks.
When the thaw came, it came at night. A sound like distant guns woke the whole street, and by morning the black water was moving again.`;
const GERMAN = ENGLISH.replace('harbour master', 'Hafenmeister Größe').replace('baker', 'Bäcker');
const ARABIC =
  'تجمد النهر في الأسبوع الثاني من شهر يناير وتوقفت العبارات عن العمل. قال مدير الميناء إن أحدا لا يتذكر شتاء مثل هذا.\nسار الأطفال إلى المدرسة فوق الجليد، أولا على طول الشاطئ ثم مباشرة عبر الوسط.';
const CHINESE =
  '一月的第二个星期，河水结了冰，渡船也停了。港务长说，没有人记得有过这样的冬天。\n孩子们踩着冰去上学，先是沿着岸边走，后来就直接从河中间走过去。面包师住在对岸，他用雪橇卖面包。';

/** Places `quote`, which stands in `old` once, in `now`. */
function place(old: string, now: string, quote: string, at = old.indexOf(quote)): Placement {
  expect(at).toBeGreaterThanOrEqual(0);
  return createPlacing(now)(old)(describe(old, at, at + quote.length, HASH));
}

/** What a placement holds. */
const textOf = (now: string, placement: Placement): string | undefined =>
  placement.state === 'unplaced' ? undefined : now.slice(placement.start, placement.end);

suite('createPlacing', () => {
  const cases: [what: string, old: string, change: (text: string) => string, quote: string, expected: string][] = [
    ['text before it', ENGLISH, (text) => `A preface of some words.\n${text}`, 'the ferries stopped', 'the ferries stopped'],
    [
      'one word of it',
      ENGLISH,
      (text) => text.replace('second week', 'third week'),
      'froze in the second week of January',
      'froze in the third week of January',
    ],
    [
      'its first word',
      ENGLISH,
      (text) => text.replace('sold bread', 'offered bread'),
      'sold bread from a sledge',
      'offered bread from a sledge',
    ],
    ['its last word', ENGLISH, (text) => text.replace('a sledge', 'a cart'), 'sold bread from a sledge', 'sold bread from a cart'],
    [
      'a comma',
      ENGLISH,
      (text) => text.replaceAll(',', ''),
      'The baker, who lived on the far side, sold',
      'The baker who lived on the far side sold',
    ],
    ['upper case', ENGLISH, (text) => text.toUpperCase(), 'sold bread from a sledge', 'SOLD BREAD FROM A SLEDGE'],
    [
      'typographic quotes and dashes',
      ENGLISH,
      (text) => text.replace(/[“”]/g, '"').replaceAll('–', '--'),
      '“Nobody remembers a winter like this,”',
      '"Nobody remembers a winter like this,"',
    ],
    [
      'soft hyphens',
      ENGLISH,
      (text) => text.replaceAll('remembers', 're\u00admem\u00adbers').replaceAll('winter', 'win\u00adter'),
      'Nobody remembers a winter',
      'Nobody re\u00admem\u00adbers a win\u00adter',
    ],
    ['line breaks', ENGLISH, (text) => text.replaceAll(' ', '\n'), 'sold bread from a sledge', 'sold\nbread\nfrom\na\nsledge'],
    ['markup', ENGLISH, (text) => text.replace('a sledge', '**a** _sledge_'), 'sold bread from a sledge', 'sold bread from **a** _sledge'],
    ['composed letters', GERMAN, (text) => text.normalize('NFD'), 'Hafenmeister Größe', 'Hafenmeister Größe'.normalize('NFD')],
    [
      'a paragraph that it crosses into',
      ENGLISH,
      (text) => text.replace('were one', 'became one'),
      'were one for nine weeks.\nWhen the thaw came',
      'became one for nine weeks.\nWhen the thaw came',
    ],
    [
      'paragraphs that were joined',
      ENGLISH,
      (text) => text.replaceAll('\n', ' '),
      'for nine weeks.\nWhen the thaw came',
      'for nine weeks. When the thaw came',
    ],
    [
      'the place of its paragraph',
      ENGLISH,
      (text) => text.split('\n').toReversed().join('\n'),
      'first along the shore, then straight over the middle',
      'first along the shore, then straight over the middle',
    ],
    [
      'Arabic',
      ARABIC,
      (text) => `مقدمة.\n${text.replace('شهر يناير', 'شهر فبراير')}`,
      'الثاني من شهر يناير وتوقفت',
      'الثاني من شهر فبراير وتوقفت',
    ],
    [
      'Chinese',
      CHINESE,
      (text) => `序言。\n${text.replace('渡船也停了', '渡船都停了')}`,
      '河水结了冰，渡船也停了',
      '河水结了冰，渡船都停了',
    ],
    ['one Chinese character', CHINESE, (text) => `序言。\n${text}`, '橇', '橇'],
    ['a letter within a word', ENGLISH, (text) => `Preface. ${text}`, 'arbour mas', 'arbour mas'],
    ['a pictograph', `${ENGLISH}\nIt was 🥶 outside, and 🍞 was sold.`, (text) => `New. ${text}`, '🍞', '🍞'],
  ];
  for (const [what, old, change, quote, expected] of cases) {
    test(`places a quote in silence when ${what} changed`, () => {
      const now = change(old);
      const placement = place(old, now, quote);
      expect(textOf(now, placement)).toBe(expected);
      expect(placement.state).toMatch(/moved|exact/);
    });
  }

  test('a short quote stays where all around it stayed, though it stands word for word elsewhere', () => {
    const old = `${prose(30)} The old ferry master wrote. ${prose(30, 2)}`;
    const now = `${old.replace('The old ferry master wrote', 'One ferry pilot wrote')} The old ferry master slept.`;
    const placement = place(old, now, 'old ferry');
    expect([placement.state, textOf(now, placement)]).toEqual(['moved', 'One ferry']);
  });

  test('a quote goes along with half of its words, however short these are, where all around it stayed; of less of them it is asked', () => {
    const old = `${prose(30)} Nobody went to a conservatory there. ${prose(30, 2)}`;
    const quote = 'went to a conservatory';
    const placed = (written: string) => {
      const now = old.replace(quote, written);
      const placement = place(old, now, quote);
      return [placement.state, textOf(now, placement)];
    };
    expect(placed('went to a theatre')).toEqual(['moved', 'went to a theatre']);
    expect(placed('went near some theatre')).toEqual(['close', 'went near some theatre']);
  });

  test('places a quote of 20,000 characters of which single words changed', () => {
    const old = prose(600);
    const now = old.replaceAll('. ', '. Also ');
    const placement = createPlacing(now)(old)(describe(old, 5_000, 25_000, HASH));
    expect(placement.state).toBe('moved');
    const found = textOf(now, placement) ?? '';
    expect(found.replaceAll('Also ', '')).toBe(old.slice(5_000, 25_000));
  });

  test('places long quotes whole when many single words changed', () => {
    const old = prose(500);
    for (const seed of [1, 2, 3, 4]) {
      const edited = edit(old, { words: 0.08 }, createRandom(seed));
      const truth = createTruth(edited)({ start: 3_000, end: 3_000 + 2_500 * seed });
      const placement = createPlacing(edited.text)(old)(describe(old, 3_000, 3_000 + 2_500 * seed, HASH));
      expect(placement.state).not.toBe('unplaced');
      expect(placement.state !== 'unplaced' && isRight(edited.text, placement, truth)).toBe(true);
    }
  });

  test('a quote that is cut within its words has a place that is not empty', () => {
    const old = 'I think that he had had enough of it by now.';
    const now = 'I think that he had enough of it by now.';
    const placement = createPlacing(now)(old)(describe(old, old.indexOf('d had'), old.indexOf('d had') + 3, HASH));
    if (placement.state === 'unplaced') return expect(placement).toEqual({ state: 'unplaced' });
    expect(placement.start).toBeLessThan(placement.end);
  });

  test('does not take a sentence of the next paragraph for one whose own paragraph went', () => {
    const paragraphs = [
      'The ferry left at dawn with forty goats and a bishop aboard. It was a long day. Nobody spoke until the island came into sight over the bow.',
      'In the market the potters argued about salt and the price of clay in winter. It was a long day. By evening every stall was bare.',
      'The road to the mill was under water again, and the miller walked along the wall with his shoes in his hand.',
      'Nobody had counted the swans since the old warden died, but everyone agreed that there were fewer than before.',
    ];
    const old = paragraphs.join('\n');
    const now = paragraphs.toSpliced(1, 1).join('\n');
    const quote = 'It was a long day.';
    expect(place(old, now, quote, old.lastIndexOf(quote)).state).not.toBe('moved');
    const kept = place(old, now, quote);
    expect(kept).toEqual({ state: 'exact', start: old.indexOf(quote), end: old.indexOf(quote) + quote.length });
  });

  test('says that a passage is where it was when only what follows changed', () => {
    expect(place(ENGLISH, `${ENGLISH}\nAnother line.`, 'sold bread').state).toBe('exact');
  });

  test('keeps signs that fold to several, and leaves an empty quote without a place', () => {
    const now = `New. ${ENGLISH.replace('a sledge,', 'a sledge…')}`;
    const old = ENGLISH.replace('a sledge,', 'a sledge…');
    expect(textOf(now, place(old, now, 'sold bread from a sledge…'))).toBe('sold bread from a sledge…');
    expect(createPlacing(now)(old)({ ...describe(old, 5, 5, HASH), exact: '' })).toEqual({ state: 'unplaced' });
  });

  test('takes either copy of a doubled paragraph', () => {
    const old = prose(40);
    const [first = ''] = old.split('\n').slice(2);
    const now = old.replace(first, `${first}\n${first}`);
    const quote = first.slice(10, 60);
    const placement = place(old, now, quote);
    expect(placement.state).toMatch(/moved|exact/);
    expect(textOf(now, placement)).toBe(quote);
  });

  test('tells apart what reads alike by the text around it', () => {
    const paragraphs = prose(60).split('\n');
    const old = paragraphs.map((text) => `${text}\nSee the notes at the end of the book for more.`).join('\n');
    const now = `A new beginning.\n${old}`;
    const placing = createPlacing(now)(old);
    const quote = 'notes at the end of the book';
    let count = 0;
    for (let at = old.indexOf(quote); at >= 0; at = old.indexOf(quote, at + 1)) {
      const placement = placing(describe(old, at, at + quote.length, HASH));
      expect(placement).toEqual({ state: 'moved', start: at + 17, end: at + 17 + quote.length });
      count += 1;
    }
    expect(count).toBe(paragraphs.length);
  });

  test('asks about a quote that was rewritten', () => {
    const now = ENGLISH.replace(
      'first along the shore, then straight over the middle',
      'at the beginning close to land, later anywhere they liked',
    );
    const placement = place(ENGLISH, now, 'first along the shore, then straight over the middle');
    expect(placement.state).toBe('close');
  });

  test('asks when a part of a quote went elsewhere', () => {
    const [first = '', second = '', third = ''] = prose(15).split('\n');
    const old = [first, second, third].join('\n');
    const quote = `${first.slice(-60)}\n${second.slice(0, 60)}`;
    const now = [first, third, second].join('\n');
    expect(place(old, now, quote).state).toBe('close');
  });

  test('leaves a quote without a place in a text that has nothing of it', () => {
    expect(place(ENGLISH, prose(80), 'sold bread from a sledge')).toEqual({ state: 'unplaced' });
    expect(place(ENGLISH, '', 'sold bread from a sledge')).toEqual({ state: 'unplaced' });
  });

  test('without the earlier text only an exact quote in its context is placed in silence', () => {
    const anchor = describe(ENGLISH, ENGLISH.indexOf('sold bread'), ENGLISH.indexOf(', and so the two'), HASH);
    const moved = `New. ${ENGLISH}`;
    expect(textOf(moved, createPlacing(moved)()(anchor))).toBe('sold bread from a sledge');
    const changed = ENGLISH.replace('sold bread', 'offered bread');
    const placement = createPlacing(changed)()(anchor);
    expect(placement.state).toBe('close');
    expect(textOf(changed, placement)).toContain('bread from a sledge');
  });

  test('holds nothing against texts and anchors of any kind', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), fc.nat(), fc.nat(), (old, now, a, b) => {
        const [start = 0, end = 0] = [a % (old.length + 1), b % (old.length + 1)].sort((x, y) => x - y);
        const anchor = describe(old, start, end, HASH);
        for (const earlier of [old, undefined, now]) {
          const placement = createPlacing(now)(earlier)(anchor);
          if (placement.state === 'unplaced') continue;
          expect(placement.start).toBeGreaterThanOrEqual(0);
          expect(placement.start).toBeLessThan(placement.end);
          expect(placement.end).toBeLessThanOrEqual(now.length);
        }
      }),
    );
  });

  const edits: [what: string, edits: Edits][] = [
    ['words', { words: 0.1 }],
    ['moved paragraphs', { paragraphsMoved: 0.2 }],
    ['split and joined paragraphs', { paragraphsSplit: 0.3, paragraphsJoined: 0.3 }],
    ['doubled paragraphs', { paragraphsDoubled: 0.2 }],
    ['all of it', { words: 0.08, paragraphsMoved: 0.1, paragraphsSplit: 0.1, paragraphsJoined: 0.1 }],
  ];
  for (const [what, change] of edits) {
    test(`after a change of ${what} no quote is placed wrong in silence, and nearly all are placed`, () => {
      const old = prose(400);
      let placed = 0;
      for (const seed of [1, 2, 3]) {
        const random = createRandom(seed);
        const edited = edit(old, change, random);
        const truthOf = createTruth(edited);
        const placing = createPlacing(edited.text)(old);
        for (let index = 0; index < 100; index++) {
          const start = random.below(old.length - 200);
          const range = { start, end: start + 20 + random.below(120) };
          const placement = placing(describe(old, range.start, range.end, HASH));
          if (placement.state !== 'moved') continue;
          placed += 1;
          const isPlacedRight = isRight(edited.text, placement, truthOf(range));
          expect(isPlacedRight, `${old.slice(range.start, range.end)} → ${textOf(edited.text, placement)}`).toBe(true);
        }
      }
      expect(placed).toBeGreaterThan(260);
    });
  }
});
