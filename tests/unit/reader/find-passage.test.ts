import { expect, it } from 'vitest';
import { findPassage } from '../../../renderer/reader/find-passage';

const text = 'The army stands at the border. Another army stays at home, and a third army is far away.';
const passage = { before: 'The ', match: 'army', after: ' stands at the border. Another…', place: { start: 4, end: 8, textHash: 'first' } };

it('goes by its place in the text that it was found in', () => {
  expect(findPassage(passage, text, 'first')).toEqual({ place: { start: 4, end: 8 }, isSure: true });
});

it('is found by what stands around it in a text that has changed since', () => {
  const changed = `A new beginning.\n\nAnother army came.\n\n${text}`;
  const start = changed.indexOf('army stands');
  expect(findPassage(passage, changed, 'second')).toEqual({ place: { start, end: start + 4 }, isSure: true });
});

it('is the nearest place with its words, with doubt, where nothing around it is left', () => {
  expect(findPassage(passage, 'An army, and an army.', 'second')).toEqual({ place: { start: 3, end: 7 }, isSure: false });
});

it('is nowhere where its words are not', () => {
  expect(findPassage(passage, 'Nothing of it.', 'second')).toBeUndefined();
});
