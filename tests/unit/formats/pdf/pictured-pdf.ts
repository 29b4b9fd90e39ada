import type { PlacedLine } from './make-pdf';

export interface PicturedPdf {
  pages: number;
  /** Pixels of the picture on each page, three bytes each. */
  picture: readonly [width: number, height: number];
  linesOf(page: number): readonly PlacedLine[];
  /** Points; 400 by 600 when it is not given. */
  sizeOf?(page: number): readonly [width: number, height: number];
  title?: string;
  /** The table of objects is not where the file says. */
  isDamaged?: boolean;
}

/** A PDF with another picture on each page, in pieces, of which none is kept: as large as one wishes. Letters are Latin 1 in Helvetica. */
export function* picturedPdf({
  pages,
  picture: [width, height],
  linesOf,
  sizeOf = () => [400, 600],
  title = 'Pictures',
  isDamaged = false,
}: PicturedPdf): Generator<Uint8Array<ArrayBuffer>> {
  const places: number[] = [];
  let length = 0;
  const count = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
    length += bytes.length;
    return bytes;
  };
  const latin = (text: string) => count(new Uint8Array(Buffer.from(text, 'latin1')));
  const begin = (dict: string) => {
    places.push(length);
    return latin(`${places.length} 0 obj\n${dict}`);
  };
  const kids = Array.from({ length: pages }, (_, page) => `${7 + 3 * page} 0 R`).join(' ');
  yield latin('%PDF-1.7\n');
  yield begin('<< /Type /Catalog /Pages 2 0 R >>\nendobj\n');
  yield begin(`<< /Type /Pages /Kids [${kids}] /Count ${pages} >>\nendobj\n`);
  yield begin('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>\nendobj\n');
  yield begin(`<< /Title (${title}) >>\nendobj\n`);
  for (let page = 0; page < pages; page++) {
    const [across, down] = sizeOf(page);
    const bytes = pixels(width * height, page);
    const shape = `/Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8`;
    yield begin(`<< /Type /XObject /Subtype /Image ${shape} /Length ${bytes.length} >>\nstream\n`);
    yield count(bytes);
    yield latin('\nendstream\nendobj\n');
    const lines = linesOf(page).map(
      ({ text, x, y, size = 10 }) => `BT /F ${size} Tf ${x} ${y} Td (${text.replace(/[\\()]/g, String.raw`\$&`)}) Tj ET`,
    );
    const content = [`q ${across - 60} 0 0 ${down / 3} 30 20 cm /P Do Q`, ...lines].join('\n');
    yield begin(`<< /Length ${content.length} >>\nstream\n${content}\nendstream\nendobj\n`);
    const [shown, drawn] = [places.length - 1, places.length];
    yield begin(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${across} ${down}] /Resources << /Font << /F 3 0 R >> /XObject << /P ${shown} 0 R >> >> /Contents ${drawn} 0 R >>\nendobj\n`,
    );
  }
  const start = length;
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer\n<< /Size ${places.length + 1} /Root 1 0 R /Info 4 0 R >>`;
  yield latin(
    `xref\n0 ${places.length + 1}\n0000000000 65535 f \n${table}${trailer}\nstartxref\n${isDamaged ? start - 1000 : start}\n%%EOF\n`,
  );
}

/** Noise in broad stripes: nothing packs it. */
function pixels(count: number, seed: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(3 * count);
  let state = seed + 1;
  for (let at = 0; at < bytes.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = ((at >> 9) & 127) + (state >>> 25);
  }
  return bytes;
}
