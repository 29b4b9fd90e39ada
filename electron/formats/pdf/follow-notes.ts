import type { DocumentEnd, DocumentSection } from '#model';
import type { DocumentBytes } from '../format';
import { type Annotation, type Annotations, createAnnotations } from './annotations';
import { fileNotesOf } from './file-notes';
import { createPrintedWords } from './marked-words';
import { openObjects } from './objects/objects';
import { createParts } from './objects/parts';
import { isDict, type PdfDict, PdfRef, PdfSyntaxError } from './objects/syntax';

/** Finds the notes that stand in a file while it is read. */
export interface NotesFollowed {
  /** Of the pages that were read: those of a page before its text. */
  annotations: Annotations;
  /** The sections as they come, of which it is seen where the words stand that may be marked. */
  follow(sections: AsyncIterable<DocumentSection | undefined>): AsyncGenerator<DocumentSection | undefined, void, undefined>;
  /** What the document's end says of them. To be called when all sections were read. */
  end(): Promise<Pick<DocumentEnd, 'fileNotes'>>;
}

interface Followed {
  source: DocumentBytes;
  /** What pages are called, from 0. */
  labelOf(page: number): string;
  /** Gets what could not be read, in whole sentences for the reader. */
  notices: string[];
}

export function followNotes({ source, labelOf, notices }: Followed): NotesFollowed {
  const annotations = createAnnotations();
  const words = createPrintedWords();
  const texts: string[] = [];
  return {
    annotations,
    async *follow(sections) {
      let start = 0;
      for await (const section of sections) {
        if (section) {
          words.take(section, start, annotations.pages);
          texts.push(section.text);
          start += section.text.length;
        }
        yield section;
      }
    },
    async end() {
      const { found, isCut } = annotations;
      if (isCut)
        notices.push('This file holds more highlights and notes than Lectern reads of one: only the first of them are known here.');
      if (found.length === 0) return {};
      const dicts = await dictsOf(found, source);
      return { fileNotes: fileNotesOf(found, { words, text: texts.join(''), dicts, labelOf }) };
    },
  };
}

/**
 * The dictionaries of annotations, by pdf.js’s names of these, of which no more is read than they need; none where they are encrypted, or the table of
 * objects is damaged, which pdf.js mends by guessing.
 */
async function dictsOf(annotations: readonly Annotation[], source: DocumentBytes): Promise<Map<string, PdfDict>> {
  const dicts = new Map<string, PdfDict>();
  const parts = createParts(source);
  const get = async <T>(act: () => T): Promise<T | undefined> => {
    try {
      return await parts.whenThere(act);
    } catch (error) {
      if (error instanceof PdfSyntaxError) return undefined;
      throw error;
    }
  };
  const objects = await get(() => openObjects(parts.bytes));
  if (!objects || objects.trailer.has('Encrypt')) return dicts;
  for (const { ref } of annotations) {
    const [, number, generation = '0'] = /^(\d+)R(\d*)$/.exec(ref) ?? [];
    const dict = number === undefined ? null : await get(() => objects.get(new PdfRef(Number(number), Number(generation))));
    if (isDict(dict)) dicts.set(ref, dict);
  }
  return dicts;
}
