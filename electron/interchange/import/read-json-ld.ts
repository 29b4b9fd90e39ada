import { colourSchema, type Note, tagNameSchema, wholeWith } from '#model';
import { isRecord } from '../../storage/records';
import type { EditedNote, ReadExport, WrittenNote } from './collect';
import { elementsOf } from './json-elements';

/** Reads an annotation collection that `export/json-ld.ts` wrote. */
export const readJsonLd: ReadExport = async ({ name, text, modified }, collector, pause) => {
  for (const _ of readCollection(text, { file: name, firstLine: 1, at: modified }, collector)) await pause();
};

/**
 * Reads the JSON-LD of a file from its line `firstLine` on; yields after each record, with the note as it was exported where it is one. What an annotation says otherwise than the note that it holds was
 * changed since, at the latest `at`.
 */
export function* readCollection(
  text: string,
  { file, firstLine, at }: { file: string; firstLine: number; at: string },
  collector: Parameters<ReadExport>[1],
): Generator<WrittenNote | undefined> {
  for (const { key, json, line, isCut } of elementsOf(text, ['lectern:documents', 'items'])) {
    const place = { file, line: firstLine + line - 1 };
    const value = parse(json);
    if (value === undefined) {
      collector.refuse(place, isCut ? 'The file ends in the midst of a note.' : 'A note cannot be read: it is no JSON.');
      continue;
    }
    let written: WrittenNote | undefined;
    if (key === 'lectern:documents') collector.document(value, place);
    else {
      const documentId = isRecord(value) ? documentOf(value.target) : undefined;
      const note = isRecord(value) ? value['lectern:note'] : undefined;
      const document = documentId === undefined ? undefined : collector.documents.get(documentId);
      if (documentId === undefined || note === undefined) collector.refuse(place, 'An annotation was not written by Lectern.');
      else if (!document) collector.refuse(place, 'A note is of a document of which the file says nothing.');
      else {
        const take = (record: unknown) =>
          collector.note(documentId, withCreator(record, isRecord(value) ? value.creator : undefined), place);
        const read = take(note);
        const parts =
          read && isRecord(value) && Array.isArray(value['lectern:parts'])
            ? value['lectern:parts'].flatMap((part) => take(part) ?? [])
            : [];
        const edit = read && isRecord(value) ? editOf(read, value) : undefined;
        if (read && edit) collector.edit(read.id, { ...edit, at });
        if (read) written = { note: wholeWith([read, ...parts], read.id) ?? read, document: { id: documentId, title: document.title } };
      }
    }
    yield written;
  }
}

/** What the bodies and the colour of an annotation say otherwise than the note that it holds. */
function editOf(note: Note, annotation: Record<string, unknown>): Omit<EditedNote, 'at'> | undefined {
  const { body: written } = annotation;
  const bodies = (Array.isArray(written) ? written : [written]).filter(isRecord);
  const values = (isTag: boolean): string[] =>
    bodies.flatMap(({ purpose, value }) => ((purpose === 'tagging') === isTag && typeof value === 'string' ? [value] : []));
  const body = values(false).join('\n\n');
  const tags = values(true).filter((tag) => tagNameSchema.safeParse(tag).success);
  const colour = colourSchema.safeParse(annotation['lectern:colour']).data;
  const edit: Omit<EditedNote, 'at'> = {
    ...(body !== note.body && { body }),
    ...(tags.join('\n') !== note.tags.join('\n') && { tags }),
    ...(colour !== undefined && colour !== note.colour && { colour }),
  };
  return Object.keys(edit).length > 0 ? edit : undefined;
}

/** A note with the person whom its annotation names, where it names none itself. */
const withCreator = (note: unknown, creator: unknown): unknown =>
  isRecord(note) && note.creator === undefined && isRecord(creator) && typeof creator.name === 'string'
    ? { ...note, creator: { name: creator.name } }
    : note;

const PREFIX = 'urn:x-lectern:document:';

/** The id of the document that an annotation is of. */
function documentOf(targets: unknown): string | undefined {
  const target: unknown = Array.isArray(targets) ? targets[0] : targets;
  if (!isRecord(target)) return undefined;
  const source = isRecord(target.source) ? target.source : target;
  return typeof source.id === 'string' && source.id.startsWith(PREFIX) ? source.id.slice(PREFIX.length) : undefined;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
