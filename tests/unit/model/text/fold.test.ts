import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldText, unfoldRange } from '#model';

describe('foldText', () => {
  it.each([
    ['Ukraine', 'ukraine'],
    ['Élan vital', 'elan vital'],
    ['E\u0301lan', 'elan'],
    ['Straße', 'strasse'],
    ['ŁÓDŹ', 'lodz'],
    ['İstanbul ısı', 'istanbul isi'],
    ['ΣΟΦΟΣ σοφός', 'σοφοσ σοφοσ'],
    ['Ёлка Йод', 'елка иод'],
    ['ﬁne ｆｕｌｌ', 'fine full'],
    ['l’homme “dit” – oui', 'l\'homme "dit" - oui'],
    ['co\u00ADop\u200Berate', 'cooperate'],
    ['a\n\tb\u00A0c', 'a  b c'],
    ['كِتَابٌ', 'كتاب'],
    ['שָׁלוֹם', 'שלום'],
    ['น้ำตาล', 'น้ําตาล'],
    ['が ガ', 'が ガ'],
    ['か\u3099', 'が'],
    ['한국', '한국'],
    ['\u1112\u1161\u11ab', '한'],
    ['हिन्दी', 'हिन्दी'],
    ['俄罗斯', '俄罗斯'],
    ['中\n文\r\n\t字\n\n行', '中文字  行'],
    ['จาก\nที่นี่', 'จากที่นี่'],
    ['中\nabc\n文', '中 abc 文'],
    ['한국\n사람', '한국 사람'],
    ['❤️ 👩‍👧', '❤ 👩👧'],
  ])('%j -> %j', (text, folded) => expect(foldText(text)).toBe(folded));

  it('folds each character in the same way, whether it is looked at by itself or not', () => {
    // With an accent each is looked at.
    for (let code = 0; code < 0xd800; code++) {
      const character = String.fromCharCode(code);
      if (!/\p{M}|[\u1100-\u11FF\u3131-\u318E]/u.test(character))
        expect(foldText(character), character).toBe(foldText(`${character}\u0301`));
    }
  });

  it('folds what is folded to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
  });

  it('gives what fold gives, in every script', () => {
    const unit = fc.oneof(
      fc.constantFrom(...'aE ИйÉßΣς한\u1112\u1161\u11abがか\u3099\u0301\u0308\u00AD\u200B\n、漢字ﬁＦㄱ👩\u200d👧İ'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 40 }), (units) => {
        const text = units.join('');
        expect(foldText(text)).toBe(fold(text).text);
      }),
      { numRuns: 300 },
    );
  });
});

describe('unfoldRange', () => {
  it.each([
    ['Ein Élan', 'elan', 'Élan'],
    ['un e\u0301lan vital', 'elan', 'e\u0301lan'],
    ['die Straße hier', 'strasse', 'Straße'],
    ['die Straße hier', 'hier', 'hier'],
    ['ß', 's', 'ß'],
    ['co\u00ADop\u200Berate now', 'cooperate', 'co\u00ADop\u200Berate'],
    ['co\u00ADop\u200Berate now', 'now', 'now'],
    ['👩‍👧 und mehr', 'mehr', 'mehr'],
    ['هذا كِتَابٌ جديد', 'كتاب', 'كِتَابٌ'],
    ['ﬁne', 'fi', 'ﬁ'],
  ])('in %j finds %j as %j', (text, needle, expected) => {
    const folded = fold(text);
    const at = folded.text.indexOf(needle);
    const { start, end } = unfoldRange(folded, at, at + needle.length);
    expect(text.slice(start, end)).toBe(expected);
  });

  it('gives a stretch that folds to at least what was asked for, and at most to whole characters around it', () => {
    const pieces = fc.constantFrom('a', 'É', 'e\u0301', 'ß', '\u00AD', 'ﬃ', '👩‍👧', '\u1112\u1161\u11ab', '中', 'น้ำ', ' ', '\n');
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 20 }),
        fc.nat(),
        fc.nat(),
        (parts, a, b) => {
          const text = parts.join('');
          const folded = fold(text);
          const from = Math.min(a % (folded.text.length + 1), b % (folded.text.length + 1));
          const to = Math.max(a % (folded.text.length + 1), b % (folded.text.length + 1));
          const { start, end } = unfoldRange(folded, from, to);
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(text.length);
          const part = folded.text.slice(from, to);
          if (part.isWellFormed()) expect(foldText(text.slice(start, end))).toContain(part);
        },
      ),
    );
  });
});
