/** Bytes of a file, the end not included. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Stretches that are sent in one answer, at most. */
const MOST = 256;

/**
 * What a `Range` header asks for of a file of `size` bytes (RFC 9110, 14.1.2), in its order; `undefined` where there is none, or one that may be passed
 * over, since it is not in bytes, asks for very many stretches or is none: then all is sent. Empty where no byte of the file is in it.
 */
export function rangesIn(header: string | undefined, size: number): ByteRange[] | undefined {
  const [, list] = /^bytes=([\d\s,-]+)$/.exec(header?.trim() ?? '') ?? [];
  const asked = list?.split(',').map((each) => /^(\d*)-(\d*)$/.exec(each.trim()));
  if (!asked || asked.length > MOST) return undefined;
  const ranges: ByteRange[] = [];
  for (const [, from = '', to = ''] of asked.map((each) => each ?? [])) {
    if ((from === '' && to === '') || (from !== '' && to !== '' && Number(to) < Number(from))) return undefined;
    const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
    const end = from === '' || to === '' ? size : Math.min(Number(to) + 1, size);
    if (start < end) ranges.push({ start, end });
  }
  return ranges;
}
