import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinNames, type Name, readNames } from '#model';

const doe: Name = { family: 'Doe', given: 'Jane' };
const roe: Name = { family: 'Roe', given: 'John' };

describe('the names of authors', () => {
  it.each<[string, Name[]]>([
    ['', []],
    [' ; , ', []],
    ['Jane Doe', [doe]],
    ['Doe, Jane', [doe]],
    ['Jane Doe, John Roe', [doe, roe]],
    ['Jane Doe and John Roe', [doe, roe]],
    ['Jane Doe & John Roe', [doe, roe]],
    ['Doe, Jane; Roe, John', [doe, roe]],
    ['Doe, Jane and Roe, John', [doe, roe]],
    ['Jane Doe, John Roe, and Ada Lovelace', [doe, roe, { family: 'Lovelace', given: 'Ada' }]],
    [
      'Doe, J., Roe, J. K.',
      [
        { family: 'Doe', given: 'J.' },
        { family: 'Roe', given: 'J. K.' },
      ],
    ],
    ['Plato', [{ literal: 'Plato' }]],
    ['Plato, Socrates, Aristotle', [{ literal: 'Plato' }, { literal: 'Socrates' }, { literal: 'Aristotle' }]],
    ['Ludwig van Beethoven', [{ family: 'van Beethoven', given: 'Ludwig' }]],
    ['Charles de la Vallée Poussin', [{ family: 'Poussin', given: 'Charles de la Vallée' }]],
    ['Martin Luther King, Jr.', [{ family: 'King Jr.', given: 'Martin Luther' }]],
    ['World Health Organization', [{ literal: 'World Health Organization' }]],
    ['The Guardian', [{ literal: 'The Guardian' }]],
    ['{Barnes and Noble, Inc.}', [{ literal: 'Barnes and Noble, Inc.' }]],
    ['{Médecins Sans Frontières}; Jane Doe', [{ literal: 'Médecins Sans Frontières' }, doe]],
    ['村上春樹、川上未映子', [{ literal: '村上春樹' }, { literal: '川上未映子' }]],
  ])('in “%s”', (authors, names) => expect(readNames(authors)).toEqual(names));

  it('are as many as were joined, whichever way each is written', () => {
    const word = fc
      .stringMatching(/^[A-Z][a-z]{3,9}$/)
      .filter((each) => !/^(Bank|Desk|Inc|Ltd|Press|Staff|Team|Union|Group|The)/.test(each));
    const name = fc
      .tuple(word, word, fc.boolean())
      .map(([given, family, isInverted]) => (isInverted ? `${family}, ${given}` : `${given} ${family}`));
    fc.assert(
      fc.property(fc.array(name, { minLength: 2, maxLength: 5 }), (names) => {
        expect(readNames(joinNames(names))).toHaveLength(names.length);
      }),
    );
  });

  it('are found in any text, without an end that does not come', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const { literal = 'x' } of readNames(text)) expect(literal).not.toBe('');
      }),
    ));
});
