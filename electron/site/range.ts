/** Bytes of a file, the end not included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * What a `Range` header asks for of a file of `size` bytes (RFC 9110, 14.1.2); `undefined` where there is none, or one that may be passed over, since it
 * asks for several stretches or is not in bytes: then all is sent. `null` where no byte of the file is in it.
 */
export function rangeIn(header: string | undefined, size: number): ByteRange | null | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  // One that ends before it begins is none.
  if (from !== '' && to !== '' && Number(to) < first) return undefined;
  return first > last ? null : { start: first, end: last + 1 };
}
