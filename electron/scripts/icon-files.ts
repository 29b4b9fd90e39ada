/** A square picture of an icon, as a PNG file. */
export interface IconImage {
  /** Pixels. */
  size: number;
  png: Uint8Array;
}

/** Packs PNGs of up to 256 pixels into a Windows icon (.ico: ICONDIR and ICONDIRENTRY, with PNGs as Windows Vista and later read them). */
export function packIco(images: readonly IconImage[]): Buffer {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    // A byte each, in which 0 stands for 256.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

/** The types of an .icns that hold PNGs, by the pixels of their side; a size that also serves a screen of double density has two. */
const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** The sides, in pixels, of the pictures in an .icns. */
export const icnsSizes = Object.keys(ICNS_TYPES).map(Number);

/** Packs PNGs of these sizes into a macOS icon (.icns: big-endian, a type and a length before each picture). */
export function packIcns(images: readonly IconImage[]): Buffer {
  const parts = images.flatMap(({ size, png }) => (ICNS_TYPES[size] ?? []).map((type) => Buffer.concat([headOf(type, png.length), png])));
  const body = Buffer.concat(parts);
  return Buffer.concat([headOf('icns', body.length), body]);
}

function headOf(type: string, length: number): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(head.length + length, 4);
  return head;
}
