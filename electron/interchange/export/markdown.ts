import { stringify } from 'yaml';
import type { Note } from '#model';
import type { ExportFileFormat } from '../format';
import { documentRecord, hiddenJson } from '../record';
import type { SelectedDocument, Selection } from '../selection';
import { closeBody } from './markdown-body';
import { obsidianTag, obsidianTags } from './obsidian-tags';

/**
 * Markdown with YAML properties that Obsidian reads. The notes stand as they were written; what is needed to take them
 * back in is a comment at the very end, one line of JSON for each document and each note. It is the last one that
 * counts: a note may contain anything, even something that looks like such a comment.
 */
export const markdownFormat: ExportFileFormat = {
  extension: 'md',
  mediaType: 'text/markdown',
  *write(selection) {
    yield properties(selection);
    for (const document of selection.documents) yield* section(document);
    yield* records(selection);
  },
};

function properties({ title, documents }: Selection): string {
  const [only, ...others] = documents;
  const notes = documents.flatMap((document) => document.notes);
  const single = others.length === 0 ? only : undefined;
  const values = {
    title: single?.title ?? title,
    date: single?.date && new Date(single.date),
    author: single?.author,
    source: single ? single.source : documents.map((document) => document.source),
    tags: obsidianTags([...new Set([...documents.flatMap(({ notebook }) => notebook.tags), ...notes.flatMap((note) => note.tags)])]),
  };
  const created = notes.reduce((first, note) => Math.min(first, Date.parse(note.createdAt)), Number.POSITIVE_INFINITY);
  const modified = notes.reduce((last, note) => Math.max(last, Date.parse(note.modifiedAt)), Number.NEGATIVE_INFINITY);
  // YAML 1.1 is what most readers of properties speak: it quotes what they would take for a date, a number or a truth value.
  const yaml = stringify(values, { schema: 'yaml-1.1', lineWidth: 0 });
  return `---\n${yaml}created: ${yamlMoment(created)}\nmodified: ${yamlMoment(modified)}\n---`;
}

/** The form that Obsidian shows as date and time; without a zone it is UTC by YAML's rule. */
const yamlMoment = (moment: number): string => new Date(moment).toISOString().slice(0, 19);

function* section(document: SelectedDocument): Generator<string> {
  yield `\n\n# ${escapeInline(document.title)}`;
  for (const [index, note] of document.notes.entries()) yield `\n\n${index > 0 ? '***\n\n' : ''}${noteBlock(note)}`;
}

/** Blocks end with a blank line, so that neither a lazy paragraph nor a setext underline joins two of them. */
function noteBlock(note: Note): string {
  const quote = note.anchor && blockquote(note.anchor.exact);
  const body = note.body.trim() === '' ? undefined : closeBody(note.body);
  return [quote, body, details(note)].filter((block) => block !== undefined).join('\n\n');
}

/** The quote with its own line breaks (two spaces make them hard); every line escaped, so that none becomes Markdown. */
function blockquote(text: string): string {
  const lines = text
    .trimEnd()
    .replace(/^\s*\n/, '')
    .split(/\r\n|[\r\n]/);
  return lines
    .map((line, index) => {
      const content = escapeInline(line.trim());
      if (content === '') return '>';
      return `> ${content}${index < lines.length - 1 && lines[index + 1]?.trim() !== '' ? '  ' : ''}`;
    })
    .join('\n');
}

/** One line of text, with everything escaped that Markdown or Obsidian could take for more than text. */
const escapeInline = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>~$|]|&(?=[#\w]+;)|%(?=%)|(?<=%)%|=(?==)|(?<==)=|#(?=[\p{L}\p{N}_]|\s*$)|!(?=\[)|\^(?=[\w-]+$)/gu, '\\$&')
    .replace(/^([-+#=])(?=\s|$|[-+#=])/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');

function details(note: Note): string {
  const created = note.createdAt.slice(0, 10);
  const modified = note.modifiedAt.slice(0, 10);
  const tags = note.tags.map(obsidianTag).filter((tag) => tag !== '');
  const parts = [...tags.map((tag) => `#${tag}`), note.colour, modified === created ? created : `${created}, changed ${modified}`];
  return parts.join(' · ');
}

function* records(selection: Selection): Generator<string> {
  yield '\n\n<!-- lectern\n';
  for (const document of selection.documents) {
    const { notes, ...record } = documentRecord(document);
    yield `${hiddenJson(record)}\n`;
    for (const note of notes) yield `${hiddenJson(note)}\n`;
  }
  yield '-->\n';
}
