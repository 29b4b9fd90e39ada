import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { joinNames, tagKey, tagNameSchema } from '#model';
import { obsidianTag, obsidianTags } from '../export/obsidian-tags';
import type { Collector, DocumentInFile, EditedDocument } from './collect';

/** What was exported into a file: documents, and the tags of all notes. */
interface Exported {
  documents: readonly DocumentInFile[];
  /** Those of its notes, as they were exported and as they are in the file now; absent where not all of its notes can be read. */
  noteTags?: { exported: readonly string[]; now: readonly string[] };
}

/** Where the properties of a file stand: their lines, without those that begin and end them. */
interface Properties {
  name: string;
  lines: readonly string[];
  /** When the file was last changed. */
  at: string;
}

/** The line of a file on which its properties begin, after the one that opens them. */
const FIRST_LINE = 2;

/**
 * Compares the YAML properties that a file begins with with what was exported; what a person changed of title, author, date and tags is an edit of the
 * document. A property that is not there any more says nothing, and neither do those of several documents together.
 */
export function readProperties(
  { name, lines, at }: Properties,
  { documents, noteTags }: Exported,
  collector: Pick<Collector, 'editDocument' | 'notice'>,
): void {
  const allTags = [...documents.flatMap(({ tags }) => tags), ...(noteTags?.exported ?? [])];
  const lineCounter = new LineCounter();
  const document = parseDocument(lines.join('\n'), { schema: 'yaml-1.1', lineCounter, logLevel: 'silent', prettyErrors: false });
  const lineOf = (offset = 0) => FIRST_LINE + Math.max(0, lineCounter.linePos(offset).line - 1);
  const [error] = document.errors;
  if (error || !isMap<Node, Node>(document.contents)) {
    if (lines.length === 0) return;
    const line = lineOf(error?.pos[0]);
    collector.notice(
      `The properties at the beginning of “${name}” cannot be read (line ${line}), so title, author, date and tags stay as they were.`,
    );
    return;
  }
  const { contents } = document;
  const found = noteTags && tagsOf(contents.get('tags', true));
  const expected = new Set(obsidianTags(allTags).map((tag) => tag.toLowerCase()));
  const given = found?.filter((tag) => !expected.has(spelled(tag))) ?? [];
  const kept = new Set(found?.map(spelled));
  const isGone = (tag: string) => found !== undefined && spelled(tag) !== '' && !kept.has(spelled(tag));
  const [exported, ...others] = documents;
  if (!exported) return;
  if (others.length > 0) {
    if (given.length > 0 || allTags.some(isGone))
      collector.notice(
        `The tags at the beginning of “${name}” are those of several documents together. That they were changed says nothing of one of them.`,
      );
    return;
  }
  const edit: EditedDocument = { at };
  const title = textOf(contents.get('title', true))?.replace(/\s+/g, ' ').trim();
  if (title && title !== exported.title) edit.title = title;
  const author = authorOf(contents.get('author', true));
  if (author && author !== exported.author) edit.author = author;
  const dateNode = contents.get('date', true);
  const date = textOf(dateNode)?.trim();
  if (date) {
    const [day = ''] = /^\d{4}-\d\d-\d\d(?=$|[T\s])/.exec(date) ?? [];
    if (!z.iso.date().safeParse(day).success)
      collector.notice(
        `“${date}” in “${name}” (line ${lineOf(rangeOf(dateNode))}) is no date as Lectern reads one (2026-01-31), so the document’s stays.`,
      );
    else if (day !== exported.date) edit.date = day;
  }
  const taken = exported.tags.filter(isGone);
  const ofNotes = (noteTags?.now ?? []).filter((tag) => isGone(tag) && !taken.some((each) => tagKey(each) === tagKey(tag)));
  for (const tag of new Set(ofNotes))
    collector.notice(
      `The tag “${tag}” is not at the beginning of “${name}” any more, but it is a note’s: take it away in the note’s last line.`,
    );
  const valid = given.filter((tag) => tagNameSchema.safeParse(tag).success);
  if (valid.length > 0) edit.givenTags = valid;
  if (taken.length > 0) edit.takenTags = taken;
  if (Object.keys(edit).length > 1) collector.editDocument(exported.id, edit);
}

const spelled = (tag: string): string => obsidianTag(tag).toLowerCase();

/** What a person wrote as one value, whatever YAML takes it for. */
function textOf(node: unknown): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : node.source;
}

/** One author, or several as a list. */
function authorOf(node: unknown): string | undefined {
  const names = isSeq(node) ? node.items.flatMap((item) => textOf(item) ?? []) : [textOf(node) ?? ''];
  return joinNames(names).replace(/\s+/g, ' ').trim();
}

const rangeOf = (node: unknown): number | undefined => (isScalar(node) ? node.range?.[0] : undefined);

/** Tags as a list, or as words of one line; `undefined` where there is no such property. */
function tagsOf(node: unknown): string[] | undefined {
  if (node === undefined) return undefined;
  const parts = isSeq(node) ? node.items.map(textOf) : (textOf(node)?.split(/[\s,]+/) ?? []);
  return parts.flatMap((part) => part?.trim().replace(/^#/, '') || []);
}
