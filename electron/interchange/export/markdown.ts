import { stringify } from 'yaml';
import type { ColourNames } from '#api';
import { exactOf, recordsOf, type WholeNote, writePlace } from '#model';
import type { FilePart } from '../facts';
import type { DocumentContent, FileContent, WriteFormat } from '../format';
import { hiddenJson } from '../record';
import { closeBody } from './markdown-body';
import { headingLine, noteDetails, noteMark, quoteBlock, recordOpening } from './markdown-note';
import { obsidianTags } from './obsidian-tags';

/**
 * Markdown with YAML properties that Obsidian reads. The notes stand as they were written; what is needed to take them
 * back in is a comment at the very end, one line of JSON for each document and each note. It is the last one that
 * counts: a note may contain anything, even something that looks like such a comment. The last line of each note has a mark in a
 * comment, by which it is known again after somebody edited the file.
 */
export const writeMarkdown: WriteFormat = async function* (content, { colourNames, linkBase }) {
  yield properties(content, colourNames);
  for await (const document of content.documents()) yield* section(document, content.stamp, linkBase);
  yield* records(content);
};

function properties({ title, documentCount, first, sources, tags, created, modified }: FilePart, colourNames: ColourNames): string {
  const single = documentCount === 1 ? first : undefined;
  const named = Object.entries(colourNames);
  const values = {
    title: single?.title ?? title,
    date: single?.date && new Date(single.date),
    author: single?.author,
    source: single ? single.source : sources,
    tags: obsidianTags(tags),
    // Said once: the last line of each note has the colour alone, by which it is known again.
    ...(named.length > 0 && { colours: named.map(([colour, name]) => `${colour}: ${name}`) }),
  };
  // YAML 1.1 is what most readers of properties speak: it quotes what they would take for a date, a number or a truth value.
  const yaml = stringify(values, { schema: 'yaml-1.1', lineWidth: 0 });
  return `---\n${yaml}created: ${yamlMoment(created)}\nmodified: ${yamlMoment(modified)}\n---`;
}

/** The form that Obsidian shows as date and time; without a zone it is UTC by YAML's rule. */
const yamlMoment = (moment: number): string => new Date(moment).toISOString().slice(0, 19);

async function* section(document: DocumentContent, stamp: string, linkBase: string): AsyncGenerator<string> {
  yield `\n\n${headingLine(document.title)}`;
  let isFirst = true;
  for await (const notes of document.notes) {
    for (const note of notes) {
      yield `\n\n${isFirst ? '' : '***\n\n'}${noteBlock(note, document, { stamp, linkBase })}`;
      isFirst = false;
    }
  }
}

/** Blocks end with a blank line, so that neither a lazy paragraph nor a setext underline joins two of them. */
function noteBlock(note: WholeNote, { id, title }: DocumentContent, { stamp, linkBase }: { stamp: string; linkBase: string }): string {
  const exact = exactOf(note);
  const quote = exact === undefined ? undefined : quoteBlock(exact);
  const body = note.body.trim() === '' ? undefined : closeBody(note.body);
  const details = noteDetails(note, title, linkBase + writePlace({ documentId: id, noteId: note.id }));
  return [quote, body, `${details} ${noteMark(stamp, note)}`].filter((block) => block !== undefined).join('\n\n');
}

async function* records(content: FileContent): AsyncGenerator<string> {
  yield `\n\n${recordOpening(content.stamp)}\n`;
  for await (const document of content.documents()) {
    yield `${hiddenJson(document.record)}\n`;
    for await (const notes of document.notes) for (const record of notes.flatMap(recordsOf)) yield `${hiddenJson(record)}\n`;
  }
  yield '-->\n';
}
