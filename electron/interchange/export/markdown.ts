import { stringify } from 'yaml';
import type { Note } from '#model';
import type { FilePart } from '../facts';
import type { DocumentContent, FileContent, WriteFormat } from '../format';
import { hiddenJson } from '../record';
import { closeBody } from './markdown-body';
import { obsidianTag, obsidianTags } from './obsidian-tags';

/**
 * Markdown with YAML properties that Obsidian reads. The notes stand as they were written; what is needed to take them
 * back in is a comment at the very end, one line of JSON for each document and each note. It is the last one that
 * counts: a note may contain anything, even something that looks like such a comment.
 */
export const writeMarkdown: WriteFormat = async function* (content) {
  yield properties(content);
  for await (const document of content.documents()) yield* section(document);
  yield* records(content);
};

function properties({ title, documentCount, first, sources, tags, created, modified }: FilePart): string {
  const single = documentCount === 1 ? first : undefined;
  const values = {
    title: single?.title ?? title,
    date: single?.date && new Date(single.date),
    author: single?.author,
    source: single ? single.source : sources,
    tags: obsidianTags(tags),
  };
  // YAML 1.1 is what most readers of properties speak: it quotes what they would take for a date, a number or a truth value.
  const yaml = stringify(values, { schema: 'yaml-1.1', lineWidth: 0 });
  return `---\n${yaml}created: ${yamlMoment(created)}\nmodified: ${yamlMoment(modified)}\n---`;
}

/** The form that Obsidian shows as date and time; without a zone it is UTC by YAML's rule. */
const yamlMoment = (moment: number): string => new Date(moment).toISOString().slice(0, 19);

async function* section(document: DocumentContent): AsyncGenerator<string> {
  yield `\n\n# ${escapeInline(document.title)}`;
  let isFirst = true;
  for await (const notes of document.notes) {
    for (const note of notes) {
      yield `\n\n${isFirst ? '' : '***\n\n'}${noteBlock(note)}`;
      isFirst = false;
    }
  }
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

async function* records(content: FileContent): AsyncGenerator<string> {
  yield '\n\n<!-- lectern\n';
  for await (const document of content.documents()) {
    yield `${hiddenJson(document.record)}\n`;
    for await (const notes of document.notes) for (const note of notes) yield `${hiddenJson(note)}\n`;
  }
  yield '-->\n';
}
