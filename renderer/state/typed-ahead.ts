import { isTypedWithAltGraph, type KeyPress, type Platform } from './keys';

interface TypedAhead {
  text: string;
  /** Whether the editor is still awaited. */
  isWanted(): boolean;
}

/**
 * What the reader typed since the key that opens an editor, while the editor was not there yet: its words go into it and are never
 * taken for commands.
 */
let ahead: TypedAhead | undefined;

/** An editor is about to come: from now on keys are kept for it, as long as `isWanted` holds. */
export function awaitEditor(isWanted: () => boolean): void {
  ahead = { text: ahead?.isWanted() ? ahead.text : '', isWanted };
}

/** Ends the waiting: the editor is there, or will not come. The text that was typed for it. */
export function takeTypedAhead(): string {
  const text = ahead?.isWanted() ? ahead.text : '';
  ahead = undefined;
  return text;
}

/** Keeps a key for the awaited editor; false when none is awaited, or the key is not text. */
export function keepTyped(press: Omit<KeyPress, 'code' | 'shiftKey'>, platform: Platform): boolean {
  const { key, ctrlKey, metaKey, altKey } = press;
  // On a Mac, signs are typed with Option.
  const isSign = isTypedWithAltGraph(press) || (platform === 'mac' && altKey && !ctrlKey && !metaKey && [...key].length === 1);
  if (!ahead?.isWanted() || (!isSign && (ctrlKey || metaKey || altKey))) return false;
  if (key === 'Backspace') ahead.text = [...ahead.text].slice(0, -1).join('');
  else if (key === 'Enter') ahead.text += '\n';
  else if ([...key].length === 1) ahead.text += key;
  else return false;
  return true;
}
