import type { DocumentFormat } from '#formats/list';
import { createWordCounter, type DocumentEnd, type DocumentHead, type DocumentPart, type DocumentSection } from '#model';
import { OPENING, titlesOf } from './titles';

/** What the library and the index want to know of a document. */
export interface DocumentFacts {
  head: DocumentHead;
  end: DocumentEnd;
  /** The titles that it can have, the best first: see `titlesOf`. */
  titles: readonly [string, ...string[]];
  words: number;
  /** The one text. */
  text: string;
}

/**
 * Reads a document to its end, and tells its titles and how many words it has. `see` is shown every part as it comes. Rejects as the
 * format's reader does.
 */
export async function readFacts(
  parts: AsyncIterable<DocumentPart>,
  file: { format: DocumentFormat; fileName: string },
  see?: (part: DocumentPart) => void,
): Promise<DocumentFacts> {
  const counter = createWordCounter();
  const texts: string[] = [];
  let head: DocumentHead | undefined;
  let end: DocumentEnd | undefined;
  let heading: string | undefined;
  /** There were headings already: in Markdown one of the first level that comes after others is no title of them. */
  let isBelow = false;
  let beginsWithTitle = false;
  let opening = '';
  let bodyStart = 0;
  let length = 0;
  for await (const part of parts) {
    see?.(part);
    if (part.part === 'head') head = part;
    else if (part.part === 'end') end = part;
    else if (part.part === 'section') {
      const header = texts.length === 0 ? part.blocks.find(([, , kind]) => kind === 'header') : undefined;
      if (header) bodyStart = header[1];
      const body = texts.length === 0 ? part.text.slice(bodyStart) : part.text;
      if (texts.length === 0) beginsWithTitle = isTitled(part, file.fileName);
      counter.add(part.outside ? articleOf(part, length) : body);
      texts.push(part.text);
      if (file.format !== 'text' && !isBelow) {
        const headings = part.headings.filter(({ start }) => !isOutside(part, start));
        const first = headings.find(({ level }) => level === 1);
        heading ??= file.format === 'markdown' && first !== headings[0] ? undefined : first?.title;
        isBelow = file.format === 'markdown' && headings.length > 0;
      }
      if (opening.length < OPENING) opening += file.format === 'text' ? body : openingOf(part, length);
      length += part.text.length;
    }
  }
  if (!head || !end) throw new Error('A document came without its head or its end.');
  const titles = titlesOf({
    metadata: head.metadata,
    heading,
    opening,
    fileName: file.fileName,
    isNamedByFile: file.format === 'markdown' && !beginsWithTitle,
  });
  return { head, end, titles, words: counter.total(), text: texts.join('') };
}

/** Files that say nothing by their names. */
const NAMELESS = /^(?:_?index|readme)(?:[._-]|$)/i;

/** A heading of the first level in Markdown that is shown as it is written, since it could not be laid out. */
const AS_WRITTEN = /^#\s/;

/** Whether a document begins with a heading that is its title: one of a lower level is that of its first section, where its file has a name. */
function isTitled(part: DocumentSection, fileName: string): boolean {
  const [start, , kind] = part.blocks.find(([from, , each]) => each !== 'header' && !isOutside(part, from)) ?? [];
  if (kind !== 'heading' || start === undefined) return false;
  const isFirst = part.headings.some((heading) => heading.start === start && heading.level === 1);
  return isFirst || AS_WRITTEN.test(part.text.slice(start, start + 3)) || NAMELESS.test(fileName);
}

const isOutside = ({ outside }: DocumentSection, offset: number): boolean =>
  outside?.some(([start, end]) => start <= offset && offset < end) === true;

/** What of the text of a section, which begins at `start`, is of the article: that is what there is to read. */
function articleOf({ text, outside = [] }: DocumentSection, start: number): string {
  let from = 0;
  let article = '';
  for (const [outsideStart, outsideEnd] of outside) {
    article += `${text.slice(from, outsideStart - start)}\n`;
    from = outsideEnd - start;
  }
  return article + text.slice(from);
}

/** The blocks of a section, which begins at `start`, as paragraphs of a plain text. */
function openingOf(section: DocumentSection, start: number): string {
  const { text, blocks } = section;
  return blocks
    .filter(([from, , kind]) => kind !== 'header' && !isOutside(section, from))
    .map(([from, to]) => `${text.slice(from - start, to - start)}\n\n`)
    .join('');
}
