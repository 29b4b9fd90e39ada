/** The key of an object that stands for bytes. Own keys that begin with `$` are written with one more. */
const BYTES = '$bytes';

/** JSON that also carries `Uint8Array`s, for the calls and events of the browser host. As in JSON, `undefined` members are left out. */
export const encodeWire = (value: unknown): string =>
  JSON.stringify(value === undefined ? null : value, function (this: Record<string, unknown>, key, each: unknown) {
    // Not `each`: a Buffer has turned itself into an object by then.
    const own = this[key];
    if (own instanceof Uint8Array) return { [BYTES]: toBase64(own) };
    return isPlain(each) ? renameKeys(each, (name) => (name.startsWith('$') ? `$${name}` : name)) : each;
  });

/** What `encodeWire` wrote. Throws a `SyntaxError` on anything else. */
export const decodeWire = (text: string): unknown =>
  JSON.parse(text, (_key, each: unknown) => {
    if (!isPlain(each)) return each;
    const keys = Object.keys(each);
    if (keys.length === 1 && keys[0] === BYTES) return fromBase64(each[BYTES]);
    return renameKeys(each, (name) => (name.startsWith('$$') ? name.slice(1) : name));
  });

const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `object` itself where no key begins with `$`, as almost always. */
function renameKeys(object: Record<string, unknown>, rename: (key: string) => string): Record<string, unknown> {
  if (!Object.keys(object).some((key) => key.startsWith('$'))) return object;
  return Object.fromEntries(Object.entries(object).map(([key, member]) => [rename(key), member]));
}

/** How many bytes are handed to one call of `String.fromCharCode`. */
const CHUNK = 32_768;

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK) binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  return btoa(binary);
}

function fromBase64(text: unknown): Uint8Array {
  try {
    if (typeof text === 'string') return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    // Said below.
  }
  throw new SyntaxError('Bytes are written as base64.');
}
