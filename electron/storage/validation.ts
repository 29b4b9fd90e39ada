/**
 * What a file's content is worth: `remarks` say what in it could not be understood (it is kept in `value` all the same). `stray`: what
 * a file holds that is whole but belongs under another name. `isCutOff`: it may be a part of a file that is whole.
 */
export type Validated<T> =
  | { kind: 'good'; value: T; remarks: string[] }
  | { kind: 'newer'; value?: T }
  | { kind: 'bad'; reason: string; stray?: T; isCutOff?: boolean };

/** Judges a JSON file, which is UTF-8 without exception. */
export function validateBytes<T>(bytes: Uint8Array, validate: (content: unknown) => Validated<T>): Validated<T> {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { kind: 'bad', reason: bytes.length === 0 ? 'it is empty' : 'it is not valid JSON', isCutOff: true };
  }
  return validate(content);
}
