/** A line of a page: where it begins, in points from the lower left corner. */
export interface PlacedLine {
  text: string;
  x: number;
  y: number;
  /** Points; 10 when it is not given. */
  size?: number;
  /** It is a link to this page, counted from 0. */
  to?: number;
}

interface PdfOptions {
  info?: Readonly<Record<string, string>>;
  /** Entries of the outline, each with its page counted from 0. */
  outline?: readonly { title: string; page: number }[];
  /** The ranges of page labels, as a number tree has them (ISO 32000-2, 12.4.2). */
  labels?: string;
  /** Says that a password is needed, which nobody knows. */
  isLocked?: boolean;
}

/** A PDF of these pages, 400 by 600 points, with letters of Latin 1 in Helvetica: as small as one can be. */
export function makePdf(
  pages: readonly (readonly PlacedLine[])[],
  { info = {}, outline = [], labels, isLocked = false }: PdfOptions = {},
): Uint8Array {
  const objects: string[] = [];
  const add = (content: string): string => `${objects.push(content)} 0 R`;
  const catalog = add('');
  const tree = add('');
  const font = add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  const kids = pages.map((lines) => {
    const content = lines.map(({ text, x, y, size = 10 }) => `BT /F ${size} Tf ${x} ${y} Td ${literal(text)} Tj ET`).join('\n');
    const stream = add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    const links = lines.map(({ x, y, size = 10, text, to }) =>
      to === undefined ? '' : `<< /Subtype /Link /Rect [${x} ${y} ${x + text.length * size * 0.5} ${y + size}] /Dest [${to} /Fit] >>`,
    );
    return add(
      `<< /Type /Page /Parent ${tree} /MediaBox [0 0 400 600] /Resources << /Font << /F ${font} >> >> /Contents ${stream} /Annots [${links.join(' ')}] >>`,
    );
  });
  objects[1] = `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${kids.length} >>`;
  const entries = outline.map(({ title, page }) => ({ title, page: kids[page] ?? kids[0] ?? tree }));
  const root = entries.length > 0 ? add('') : undefined;
  const first = objects.length + 1;
  for (const [index, { title, page }] of entries.entries()) {
    const next = index + 1 < entries.length ? `/Next ${first + index + 1} 0 R` : '';
    add(`<< /Title ${literal(title)} /Parent ${root} /Dest [${page} /Fit] ${next} >>`);
  }
  if (root) objects[first - 2] = `<< /First ${first} 0 R /Last ${first + entries.length - 1} 0 R /Count ${entries.length} >>`;
  objects[0] = `<< /Type /Catalog /Pages ${tree} ${root ? `/Outlines ${root}` : ''} ${labels ? `/PageLabels << /Nums ${labels} >>` : ''} >>`;
  const about = add(
    `<< ${Object.entries(info)
      .map(([name, value]) => `/${name} ${literal(value)}`)
      .join(' ')} >>`,
  );
  const key = `<${'41'.repeat(32)}>`;
  const lock = isLocked ? `/Encrypt ${add(`<< /Filter /Standard /V 1 /R 2 /O ${key} /U ${key} /P -4 >>`)} /ID [<41> <41>]` : '';
  return write(objects, `/Root ${catalog} /Info ${about} ${lock}`);
}

const literal = (text: string): string => `(${text.replace(/[\\()]/g, '\\$&')})`;

function write(objects: readonly string[], trailer: string): Uint8Array {
  let file = '%PDF-1.7\n';
  const places = objects.map((content, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${content}\nendobj\n`;
    return place;
  });
  const table = ['0000000000 65535 f ', ...places.map((place) => `${String(place).padStart(10, '0')} 00000 n `)].join('\n');
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n${table}\ntrailer\n<< /Size ${objects.length + 1} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(file, 'latin1'));
}

/** Lines one below the other, 12 points apart. */
export const below = (x: number, y: number, lines: readonly string[], size = 10): PlacedLine[] =>
  lines.map((text, index) => ({ text, x, y: y - index * 1.2 * size, size }));
