import { expect, test } from 'vitest';
import { awaitEditor, keepTyped, takeTypedAhead } from '../../../renderer/state/typed-ahead';

const press = (key: string, part: Partial<KeyboardEvent> = {}) =>
  keepTyped({ key, ctrlKey: false, metaKey: false, altKey: false, ...part }, part.metaKey === undefined ? 'windows' : 'mac');

test('keys are kept only while an editor is awaited, and are text', () => {
  expect(press('a')).toBe(false);
  let isWanted = true;
  awaitEditor(() => isWanted);
  for (const key of ['S', 'o', ' ', '1', 'x', 'Backspace', 'Enter', '😀']) expect(press(key), key).toBe(true);
  for (const key of ['Escape', 'ArrowLeft', 'F6', 'Tab', 'Shift']) expect(press(key), key).toBe(false);
  expect(press('k', { ctrlKey: true })).toBe(false);
  expect(press('q', { ctrlKey: true, altKey: true })).toBe(false);
  // The one that a note was made for goes on for the note.
  awaitEditor(() => isWanted);
  expect(takeTypedAhead()).toBe('So 1\n😀');
  expect(takeTypedAhead()).toBe('');
  expect(press('a')).toBe(false);

  awaitEditor(() => isWanted);
  press('a');
  isWanted = false;
  expect(press('b')).toBe(false);
  isWanted = true;
  takeTypedAhead();

  awaitEditor(() => isWanted);
  press('a');
  isWanted = false;
  awaitEditor(() => true);
  expect(takeTypedAhead()).toBe('');
});

test('signs that are typed with AltGr, or with Option on a Mac, are text', () => {
  awaitEditor(() => true);
  expect(press('@', { ctrlKey: true, altKey: true, getModifierState: (name) => name === 'AltGraph' })).toBe(true);
  expect(press('€', { altKey: true, metaKey: false })).toBe(true);
  expect(press('€', { altKey: true })).toBe(false);
  expect(takeTypedAhead()).toBe('@€');
});
