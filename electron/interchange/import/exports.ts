import { isUtf8 } from 'node:buffer';
import { fail, ok, type Result } from '#api';
import { type Creator, emptyNotebook, tagKey } from '#model';
import { decodeBytes } from '../../formats/decode/decode';
import { binaryKind } from '../../formats/decode/sniff';
import type { Pause } from '../../pacing';
import { foreignLimits, openZip, ZipLimitError } from '../../zip-reader';
import { type Collected, type Collector, createCollector, type ExportedFile, type ReadExport } from './collect';
import type { Incoming } from './incoming';

/** A file that a reader gave to be imported. */
export interface GivenFile {
  /** With the folders that it was found in, separated by `/`. */
  name: string;
  bytes: Uint8Array;
  /** When it was last changed, ms since the epoch. */
  modified: number;
}

/** UTF-16 code units of a file's beginning that tell what it is, where its end does not. */
const BEGINNING = 100_000;

/** By what each format of ours is known; the names of files do not count. */
const formats: readonly { is(text: string): boolean; load(): Promise<ReadExport> }[] = [
  {
    is: (text) => /^\s*\{/.test(text) && /"AnnotationCollection"/.test(text.slice(0, BEGINNING)),
    load: async () => (await import('./read-json-ld')).readJsonLd,
  },
  {
    is: (text) => /<meta name="generator" content="Lectern"/.test(text.slice(0, BEGINNING)),
    load: async () => (await import('./read-html')).readHtml,
  },
  {
    is: (text) => /(?:^|[\n\r])<!-- lectern(?: [0-9a-f]{8})?[\n\r]/.test(text),
    load: async () => (await import('./read-markdown')).readMarkdown,
  },
];

/**
 * Reads files that Lectern exported, also out of zips, whatever they are called. What is no export is told and left out. Fails with
 * `import-empty` where nothing of Lectern's is in them.
 */
export async function readExports(files: readonly GivenFile[], pause: Pause): Promise<Result<Collected>> {
  const collector = createCollector();
  const strangers: string[] = [];
  for (const file of files) {
    if (isZip(file.bytes)) await readZip(file, collector, strangers, pause);
    else if (!(await readFile(file, collector, pause))) strangers.push(file.name);
  }
  if (collector.documents.size === 0 && collector.bad.length === 0) return nothingOfOurs(strangers);
  if (strangers.length > 0) collector.notice(leftOut(strangers));
  return ok(collector);
}

/** What was read of exports as it is brought in; `text` gives texts that their anchors count on, where they are here. */
export function incomingOf({ notebooks, documents, edits, documentEdits, byHand }: Collected, text: Incoming['text']): Incoming {
  const used = notebooks.flatMap(({ id, tags, notes }) => [
    ...tags,
    ...(documentEdits.get(id)?.givenTags ?? []),
    ...notes.flatMap((note) => edits.get(note.id)?.tags ?? note.tags),
  ]);
  const tags = [...new Map(used.map((name) => [tagKey(name), { name }])).values()];
  return {
    notebooks,
    tags,
    text,
    files: [],
    archives: [],
    versions: async () => [],
    exported: { documents, edits, documentEdits, byHand },
  };
}

/**
 * What another person exported: their notes alone are taken, as theirs, since tags, title and place of a document are what its reader
 * makes of it.
 */
export function ofAnother(collected: Collected, creator: Creator): Collected {
  const notebooks = collected.notebooks.map(({ id, identity, notes }) => ({
    ...emptyNotebook(id, identity),
    notes: notes.map((note) => ({ creator, ...note })),
  }));
  const { documents, edits, byHand, bad, notices } = collected;
  return { notebooks, documents, edits, documentEdits: new Map(), byHand, bad, notices };
}

/** Whether it is an export of ours. */
async function readFile({ name, bytes, modified }: GivenFile, collector: Collector, pause: Pause): Promise<boolean> {
  if (!isUtf8(bytes) && binaryKind(bytes)) return false;
  // As it was exported; a program that edited it since may have saved it in another encoding.
  const text = isUtf8(bytes) ? new TextDecoder().decode(bytes) : decodeBytes(bytes, undefined, 'markdown').text;
  const format = formats.find(({ is }) => is(text));
  if (!format) return false;
  const file: ExportedFile = { name, text, modified: new Date(momentOf(modified)).toISOString() };
  await (await format.load())(file, collector, pause);
  return true;
}

/** When a file says that it was changed; where that is no time, or in the future, now. ms since the epoch. */
const momentOf = (modified: number): number => (modified >= 0 && modified <= Date.now() ? modified : Date.now());

async function readZip({ name, bytes, modified }: GivenFile, collector: Collector, strangers: string[], pause: Pause): Promise<void> {
  let zip: Awaited<ReturnType<typeof openZip>>;
  try {
    zip = await openZip(bytes, foreignLimits);
  } catch (error) {
    const why = error instanceof ZipLimitError ? error.message : 'it is damaged, or no zip file';
    collector.refuse({ file: name }, `The zip cannot be opened: ${why}.`);
    return;
  }
  try {
    for (const inner of zip.names()) {
      const place = `${name}/${inner}`;
      const content = await zip.read(inner).catch(() => undefined);
      if (!content) collector.refuse({ file: place }, 'This file within the zip is damaged.');
      else if (!(await readFile({ name: place, bytes: content, modified }, collector, pause))) strangers.push(place);
      await pause();
    }
  } finally {
    await zip.close();
  }
}

/** A local file header, or the end of an empty zip (APPNOTE.TXT 4.3). */
const isZip = ([first, second, third, fourth]: Uint8Array): boolean =>
  first === 0x50 && second === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6));

const nothingOfOurs = (names: readonly string[]) =>
  fail(
    'import-empty',
    names.length === 1
      ? `“${names[0]}” is no export of Lectern’s: it does not hold what is needed to take notes back in. Markdown, HTML and JSON-LD exports do, if what Lectern wrote at their end or beginning was not taken away.`
      : 'None of these files is an export of Lectern’s in Markdown, HTML or JSON-LD.',
  );

const MOST_NAMES = 3;

function leftOut(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `“${name}”`);
  const more = names.length - shown.length;
  const all = more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
  return names.length === 1
    ? `${all} is no export of Lectern’s, and is left out.`
    : `${all} are no exports of Lectern’s, and are left out.`;
}
