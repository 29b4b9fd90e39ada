import { expect, test } from 'vitest';
import { commandIds, commands } from '#api';
import { bindingOf, isPlainKey, type KeyPress, keyParts, matchesKey, spokenKey } from '../../../renderer/state/keys';

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
});

test.each([
  ['Mod+K', press('k', { ctrlKey: true }), 'linux', true],
  ['Mod+K', press('k', { metaKey: true }), 'mac', true],
  ['Mod+K', press('k', { ctrlKey: true }), 'mac', false],
  ['Mod+K', press('K', { ctrlKey: true, shiftKey: true }), 'linux', false],
  ['Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), 'windows', true],
  ['N', press('n'), 'linux', true],
  ['N', press('n', { ctrlKey: true }), 'linux', false],
  ['?', press('?', { shiftKey: true }), 'linux', true],
  ['Mod++', press('+', { ctrlKey: true, shiftKey: true }), 'linux', true],
  ['Mod+=', press('=', { ctrlKey: true }), 'linux', true],
  ['N', press('т', { code: 'KeyN' }), 'linux', true],
  ['Mod+Alt+B', press('∫', { metaKey: true, altKey: true, code: 'KeyB' }), 'mac', true],
  ['Alt+ArrowLeft', press('ArrowLeft', { altKey: true }), 'linux', true],
  ['1', press('1', { shiftKey: true }), 'linux', false],
  ['Mod+Alt+Q', press('@', { ctrlKey: true, altKey: true, code: 'KeyQ' }), 'windows', true],
  ['Mod+Alt+Q', press('@', { ctrlKey: true, altKey: true, code: 'KeyQ', getModifierState: () => true }), 'windows', false],
  ['[', press('[', { ctrlKey: true, altKey: true, code: 'Digit8', getModifierState: () => true }), 'windows', true],
] as const)('%s is met or not by a press', (binding, event, platform, expected) => {
  expect(matchesKey(event, binding, platform)).toBe(expected);
});

test('a recorded key is met by the same press', () => {
  const presses = [
    press('k', { ctrlKey: true }),
    press('?', { shiftKey: true }),
    press('F3', { shiftKey: true }),
    press('+', { ctrlKey: true, shiftKey: true }),
  ];
  for (const each of presses) {
    const binding = bindingOf(each, 'linux');
    expect(binding).toBeDefined();
    expect(matchesKey(each, binding ?? '', 'linux')).toBe(true);
  }
  expect(bindingOf(press('Shift', { shiftKey: true }), 'linux')).toBeUndefined();
});

test('keys are shown as the platform writes them', () => {
  expect(keyParts('Mod+Shift+L', 'linux')).toEqual(['Ctrl', 'Shift', 'L']);
  expect(keyParts('Mod+Shift+L', 'mac')).toEqual(['⌘', '⇧', 'L']);
  expect(keyParts('Alt+ArrowLeft', 'windows')).toEqual(['Alt', '←']);
  expect(spokenKey('Mod+Shift+ArrowUp', 'linux')).toBe('Ctrl Shift Arrow up');
  expect(spokenKey('Mod+L', 'mac')).toBe('Command L');
  expect(keyParts('Mod++', 'linux')).toEqual(['Ctrl', '+']);
});

test('keys without a modifier are plain, function keys are not', () => {
  expect(isPlainKey('N')).toBe(true);
  expect(isPlainKey('Shift+ArrowRight')).toBe(true);
  expect(isPlainKey('Mod+K')).toBe(false);
  expect(isPlainKey('Shift+F6')).toBe(false);
});

test('no two commands come with the same key', () => {
  const keys = commandIds.flatMap((id) => [...commands[id].keys]);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});
