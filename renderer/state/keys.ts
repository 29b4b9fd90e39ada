/** What the reader pressed, as far as a key binding looks at it; `KeyboardEvent` fits. */
export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  getModifierState?(modifier: 'AltGraph'): boolean;
}

/**
 * Whether a sign was typed with AltGr. Windows reports that key as Ctrl and Alt together, so `@` on a German keyboard would be
 * taken for a command.
 */
export const isTypedWithAltGraph = (press: Pick<KeyPress, 'key' | 'getModifierState'>): boolean =>
  [...press.key].length === 1 && press.getModifierState?.('AltGraph') === true;

export type Platform = 'mac' | 'windows' | 'linux';

interface Binding {
  mod: boolean;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
  key: string;
}

const MODIFIERS = ['mod', 'ctrl', 'alt', 'shift'] as const;

/** Splits a binding such as `Mod+Shift+L` or `?`; the last part is the key, which may itself be `+`. */
function parse(binding: string): Binding {
  const split = binding.endsWith('+') && binding.length > 1 ? [...binding.slice(0, -2).split('+'), '+'] : binding.split('+');
  const key = split.at(-1) ?? '';
  const modifiers = split.slice(0, -1).map((part) => part.toLowerCase());
  const [mod, ctrl, alt, shift] = MODIFIERS.map((name) => modifiers.includes(name));
  return { mod: mod === true, ctrl: ctrl === true, alt: alt === true, shift: shift === true, key };
}

/** Letters and digits also answer to their physical key, so that a binding works on a Cyrillic or Greek layout. */
function isSameKey(press: KeyPress, key: string): boolean {
  if (press.key.toLowerCase() === key.toLowerCase()) return true;
  const onOtherScript = press.key.length === 1 && press.key.charCodeAt(0) > 0x7f;
  if (!onOtherScript && (!press.altKey || isTypedWithAltGraph(press))) return false;
  return press.code === `Key${key.toUpperCase()}` || press.code === `Digit${key}`;
}

/** Whether `press` is `binding`. Shift is not asked about for a sign that is typed with it (`?`, `+`). */
export function matchesKey(press: KeyPress, binding: string, platform: Platform): boolean {
  const wanted = parse(binding);
  const mac = platform === 'mac';
  const ctrl = wanted.ctrl || (wanted.mod && !mac);
  const meta = wanted.mod && mac;
  const { ctrlKey, altKey } = isTypedWithAltGraph(press) ? { ctrlKey: false, altKey: false } : press;
  if (ctrlKey !== ctrl || press.metaKey !== meta || altKey !== wanted.alt) return false;
  const isSign = wanted.key.length === 1 && !/[\p{L}\p{N}]/u.test(wanted.key);
  if (!isSign && press.shiftKey !== wanted.shift) return false;
  if (isSign && wanted.shift && !press.shiftKey) return false;
  return isSameKey(press, wanted.key);
}

const MAC_SIGNS: Readonly<Record<(typeof MODIFIERS)[number], string>> = { mod: '⌘', ctrl: '⌃', alt: '⌥', shift: '⇧' };
const KEY_SIGNS: ReadonlyMap<string, string> = new Map([
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
  ['ArrowUp', '↑'],
  ['ArrowDown', '↓'],
  ['Delete', 'Del'],
  [' ', 'Space'],
  ['Escape', 'Esc'],
]);

/** A binding as the platform writes it: `Ctrl Shift L` or `⇧⌘L`, in parts to set as separate keys. */
export function keyParts(binding: string, platform: Platform): string[] {
  const { key, ...modifiers } = parse(binding);
  const parts = MODIFIERS.filter((name) => modifiers[name]).map((name) =>
    platform === 'mac' ? MAC_SIGNS[name] : name === 'mod' ? 'Ctrl' : name[0]?.toUpperCase() + name.slice(1),
  );
  return [...parts, KEY_SIGNS.get(key) ?? (key.length === 1 ? key.toUpperCase() : key)];
}

const SPOKEN: ReadonlyMap<string, string> = new Map([
  ['⌘', 'Command'],
  ['⌃', 'Control'],
  ['⌥', 'Option'],
  ['⇧', 'Shift'],
  ['←', 'Arrow left'],
  ['→', 'Arrow right'],
  ['↑', 'Arrow up'],
  ['↓', 'Arrow down'],
]);

/** A binding as it is said aloud: "Ctrl Shift L", "Command Arrow left". */
export const spokenKey = (binding: string, platform: Platform): string =>
  keyParts(binding, platform)
    .map((part) => SPOKEN.get(part) ?? part)
    .join(' ');

/** The binding that the reader just pressed, for recording a key of their own; `undefined` while only modifiers are down. */
export function bindingOf(press: KeyPress, platform: Platform): string | undefined {
  if (['Control', 'Meta', 'Alt', 'Shift', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified'].includes(press.key)) return undefined;
  const mac = platform === 'mac';
  const parts: string[] = [];
  const { ctrlKey, altKey } = isTypedWithAltGraph(press) ? { ctrlKey: false, altKey: false } : press;
  if (mac ? press.metaKey : ctrlKey) parts.push('Mod');
  if (mac && ctrlKey) parts.push('Ctrl');
  if (altKey) parts.push('Alt');
  const isSign = press.key.length === 1 && !/[\p{L}\p{N}]/u.test(press.key);
  if (press.shiftKey && !isSign) parts.push('Shift');
  parts.push(press.key.length === 1 ? press.key.toUpperCase() : press.key);
  return parts.join('+');
}

/** Whether a binding is typed without Control, Command or Alt, and so must not work while text is written. */
export function isPlainKey(binding: string): boolean {
  const { mod, ctrl, alt, key } = parse(binding);
  return !mod && !ctrl && !alt && !/^F\d+$/.test(key);
}
