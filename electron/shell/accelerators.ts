const modifierNames: ReadonlyMap<string, string> = new Map([
  ['mod', 'CommandOrControl'],
  ['ctrl', 'Control'],
  ['alt', 'Alt'],
  ['shift', 'Shift'],
]);

/** Keys whose name in a binding (`KeyboardEvent.key`) is not Electron's. */
const keyNames: ReadonlyMap<string, string> = new Map([
  ['+', 'Plus'],
  [' ', 'Space'],
  ['ArrowLeft', 'Left'],
  ['ArrowRight', 'Right'],
  ['ArrowUp', 'Up'],
  ['ArrowDown', 'Down'],
]);

/** Keys that Electron has under the same name: ASCII signs, function keys, and these. */
const sameName = /^([!-~]|F([1-9]|1\d|2[0-4])|Enter|Escape|Backspace|Delete|Insert|Home|End|PageUp|PageDown|Tab|Space)$/;

interface Accelerator {
  /** As Electron writes it, e.g. `CommandOrControl+Shift+L`. */
  accelerator: string;
  /** Typed without Control, Command or Alt, and not a function key. */
  plain: boolean;
}

/** Electron's way to write a binding such as `Mod+Shift+L`; `undefined` for a key that Electron has no name for. */
export function acceleratorOf(binding: string): Accelerator | undefined {
  const parts = binding.endsWith('+') ? [...binding.slice(0, -2).split('+'), '+'] : binding.split('+');
  const key = parts.at(-1) ?? '';
  const keyName = keyNames.get(key) ?? (sameName.test(key) ? key : undefined);
  const modifiers = parts
    .slice(0, -1)
    .filter((part) => part !== '')
    .map((part) => modifierNames.get(part.toLowerCase()));
  if (keyName === undefined || modifiers.includes(undefined)) return undefined;
  const plain = !/^F\d/.test(keyName) && modifiers.every((modifier) => modifier === 'Shift');
  return { accelerator: [...modifiers, keyName].join('+'), plain };
}
