/** `text` in an encoding that the platform only decodes: its decoder turned round. Throws for what it cannot write. */
export function encode(label: string, text: string): Uint8Array<ArrayBuffer> {
  if (label === 'utf-8') return new TextEncoder().encode(text);
  if (label.startsWith('utf-16')) {
    const bytes = Buffer.from(text, 'utf16le');
    return new Uint8Array(label === 'utf-16be' ? bytes.swap16() : bytes);
  }
  const table = encodingTable(label);
  return Uint8Array.from([...text].flatMap((character) => table.get(character) ?? fail(label, character)));
}

const fail = (label: string, character: string): never => {
  throw new Error(`${label} has no ${character}`);
};

const tables = new Map<string, Map<string, number[]>>();

/** The bytes of each character of an encoding of one or two bytes. */
export function encodingTable(label: string): Map<string, number[]> {
  const known = tables.get(label);
  if (known) return known;
  const decoder = new TextDecoder(label);
  const table = new Map<string, number[]>();
  const add = (...bytes: number[]) => {
    const character = decoder.decode(Uint8Array.from(bytes));
    if ([...character].length === 1 && character !== '\ufffd' && !table.has(character)) table.set(character, bytes);
  };
  for (let byte = 0; byte < 256; byte++) add(byte);
  if (['shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr'].includes(label)) {
    for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) add(lead, trail);
  }
  tables.set(label, table);
  return table;
}
