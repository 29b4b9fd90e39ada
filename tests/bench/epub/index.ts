import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Zippable, zipSync } from 'fflate';
import { pathWithin } from '#model';
import { documentBytes } from '../../../electron/formats/format';
import { readerOf } from '../../../electron/formats/registry';
import { UnreadableDocument } from '../../../electron/formats/unreadable';
import { drawnIn, excluded, judge, type Seen } from './judgements';

/**
 * `npm run bench -- --epub DIR`: makes a book of each folder in `DIR/tests`, a checkout of github.com/w3c/epub-tests, reads it as the library does, and prints
 * as a table which of them pass. What a machine cannot tell is said beside it. Nothing is asserted.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { epub: { type: 'string' } } });
  const folder = path.join(path.resolve(process.env['INIT_CWD'] ?? process.cwd(), values.epub ?? ''), 'tests');
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  if (names.length === 0) throw new Error(`There is no test in ${folder}`);
  const rows: Row[] = [];
  for (const name of names.sort()) {
    const why = excluded(name);
    if (why !== undefined) {
      rows.push({ name, outcome: 'excluded', why });
      continue;
    }
    const { passes, why: reason } = judge(name, await readBook(name, await makeBook(name, path.join(folder, name))));
    rows.push({ name, outcome: passes ? 'passes' : 'fails', why: reason });
  }
  report(rows);
}

interface Row {
  name: string;
  outcome: 'passes' | 'fails' | 'excluded';
  why: string;
}

function report(rows: readonly Row[]): void {
  const of = (wanted: Row['outcome']) => rows.filter(({ outcome }) => outcome === wanted);
  const [passing, failing] = [of('passes'), of('fails')];
  const grouped = (some: readonly Row[]) =>
    [...Map.groupBy(some, ({ why }) => why)].map(([why, group]) => [why, group.map(({ name }) => name).join(', ')]);
  const applying = passing.length + failing.length;
  process.stdout.write(
    `${rows.length} books. Of the ${applying} that apply ${passing.length} pass (${((100 * passing.length) / applying).toFixed(1)} %).\n\n`,
  );
  process.stdout.write(table(['Why not', 'Tests'], grouped(failing)));
  process.stdout.write(table(['What does not apply', 'Tests'], grouped(of('excluded'))));
  process.stdout.write(
    table(
      ['What passes', 'Judged by'],
      passing.map(({ name, why }) => [name, why]),
    ),
  );
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `${[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n\n`;

/** The bytes of a book (EPUB 3.3, 4.2): `mimetype` first and stored, and packed in the wrong way where the test is about that. */
async function makeBook(name: string, folder: string): Promise<Uint8Array> {
  const files: Zippable = { mimetype: [Buffer.from('application/epub+zip'), { level: 0 }] };
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of all) {
    const file = path.join(entry.parentPath, entry.name);
    const inside = path.relative(folder, file).split(path.sep).join('/');
    if (entry.isFile() && inside !== 'mimetype') files[inside] = [await readFile(file), { level: 6 }];
  }
  const bytes = zipSync(files);
  if (name === 'ocf-zip-mult') return bytes.slice(0, 64 * 1024);
  return name === 'ocf-zip-comp' ? withMethod(bytes, BZIP2) : bytes;
}

const BZIP2 = 12;
const DEFLATE = 8;

/** A zip that says of its deflated files that they are packed by another method (APPNOTE.TXT 4.4.5). */
function withMethod(bytes: Uint8Array, method: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 12 < bytes.length; at++) {
    const signature = view.getUint32(at, true);
    const place = signature === 0x04034b50 ? at + 8 : signature === 0x02014b50 ? at + 10 : undefined;
    if (place !== undefined && view.getUint16(place, true) === DEFLATE) view.setUint16(place, method, true);
  }
  return bytes;
}

async function readBook(name: string, bytes: Uint8Array): Promise<Seen> {
  try {
    const reader = await readerOf('epub');
    const parts = await Array.fromAsync(reader.read(documentBytes(bytes, `${name}.epub`), { signal: new AbortController().signal }));
    const sections = parts.filter((part) => part.part === 'section');
    const [head] = parts.filter((part) => part.part === 'head');
    const [end] = parts.filter((part) => part.part === 'end');
    const fonts = sections.flatMap(({ fonts: some = [] }) => some);
    const typeAt = async (where: string): Promise<string | undefined> =>
      (await reader.embedded?.(documentBytes(bytes, `${name}.epub`), where, { signal: new AbortController().signal }))?.mediaType;
    return {
      text: sections.map(({ text }) => text).join(''),
      nodes: sections.flatMap(({ nodes }) => nodes),
      headings: sections.flatMap(({ headings }) => headings),
      // The first place of a name counts.
      targets: new Map(sections.flatMap(({ targets }) => targets).toReversed()),
      metadata: head?.metadata ?? {},
      notices: [...(head?.notices ?? []), ...(end?.notices ?? [])],
      writings: sections.map(({ writing }) => writing),
      fonts: new Map(await Promise.all(fonts.map(async ({ family, path }) => [family, await typeAt(path)] as const))),
      sounds: await Promise.all(
        drawnIn(
          sections.flatMap(({ nodes }) => nodes),
          'audio',
        ).map(({ a }) => typeAt(pathWithin(a?.['src'] ?? '') ?? '')),
      ),
    };
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error;
    return {
      text: '',
      nodes: [],
      headings: [],
      targets: new Map(),
      metadata: {},
      notices: [],
      writings: [],
      fonts: new Map(),
      sounds: [],
      refused: error.message,
    };
  }
}

await main();
