import type { z } from 'zod';
import {
  colourSchema,
  type DeletedNote,
  deletedNoteSchema,
  fileNameOf,
  type Identity,
  identitySchema,
  momentSchema,
  NOTEBOOK_VERSION,
  type Note,
  type Notebook,
  notebookSchema,
  noteSchema,
  noteVersionSchema,
  sha256Schema,
  tagNameSchema,
} from '#model';
import { count, isRecord, listOf } from '../storage/records';
import type { Validated } from '../storage/validation';

/** Stands for the hash of a file that is no longer known: no file has it, so the document is found again by its path. */
const UNKNOWN_HASH = '0'.repeat(64);

/**
 * What the content of `notebooks/<id>.json` is worth. What can be repaired safely is: missing lists, single notes or
 * fields that are wrong. Nothing is dropped: what does not fit goes verbatim to the
 * list `unreadable`, as `{ field, value }`.
 */
export function validateNotebook(id: string, content: unknown): Validated<Notebook> {
  if (!isRecord(content)) return { kind: 'bad', reason: 'it does not hold a notebook' };
  const parsed = notebookSchema.safeParse(content);
  if (typeof content.version === 'number' && content.version > NOTEBOOK_VERSION) {
    return { kind: 'newer', value: parsed.success && parsed.data.id === id ? parsed.data : undefined };
  }
  if (parsed.success && parsed.data.id !== id) {
    return { kind: 'bad', reason: 'it holds the notes of another document', stray: parsed.data };
  }
  const asItIs = parsed.success && hasUniqueIds(parsed.data.notes) ? parsed.data : undefined;
  const notebook = asItIs ?? repairNotebook(id, content);
  if (!notebook) return { kind: 'bad', reason: 'it does not say which document it belongs to' };
  return { kind: 'good', value: notebook, remarks: remarksOn(notebook) };
}

function remarksOn(notebook: Notebook): string[] {
  const unreadable = listOf(notebook.unreadable).filter(isRecord);
  if (unreadable.length === 0) return [];
  const notes = unreadable.filter(({ field }) => field === 'notes' || field === 'deletedNotes').length;
  const others = [
    ...new Set(unreadable.map(({ field }) => String(field)).filter((field) => field !== 'notes' && field !== 'deletedNotes')),
  ];
  const what = [...(notes > 0 ? [count(notes, 'note')] : []), ...others.map((field) => `the field “${field}”`)].join(', ');
  const name = fileNameOf(notebook.identity) ?? notebook.id;
  return [
    `In the notes on “${name}” something could not be read: ${what}. It is kept in the file as it was, under “unreadable”; everything else is here.`,
  ];
}

function repairNotebook(id: string, raw: Record<string, unknown>): Notebook | undefined {
  const unreadable = [...listOf(raw.unreadable)];
  if (raw.unreadable !== undefined && !Array.isArray(raw.unreadable)) unreadable.push({ field: 'unreadable', value: raw.unreadable });
  if (raw.version !== undefined && raw.version !== NOTEBOOK_VERSION) unreadable.push({ field: 'version', value: raw.version });
  if (raw.id !== undefined && raw.id !== id) unreadable.push({ field: 'id', value: raw.id });
  const identity = repairIdentity(raw.identity, unreadable);
  if (!identity) return undefined;
  const repaired: Record<string, unknown> = { ...raw, version: NOTEBOOK_VERSION, id, identity };
  const { version: _version, id: _id, identity: _identity, notes: _notes, deletedNotes: _deleted, ...simple } = notebookSchema.shape;
  for (const [field, schema] of Object.entries(simple)) {
    if (schema.safeParse(raw[field]).success) continue;
    if (raw[field] !== undefined) unreadable.push({ field, value: raw[field] });
    delete repaired[field];
  }
  repaired.tags ??= raw.tags === undefined ? [] : validOf(raw.tags, tagNameSchema);
  repaired.status ??= 'unread';
  repaired.notes = repairList(raw.notes, 'notes', repairNote, unreadable);
  repaired.deletedNotes = repairList(raw.deletedNotes, 'deletedNotes', repairDeletedNote, unreadable);
  if (unreadable.length > 0) repaired.unreadable = unreadable;
  return notebookSchema.parse(repaired);
}

function repairIdentity(raw: unknown, unreadable: unknown[]): Identity | undefined {
  const parsed = identitySchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  if (!isRecord(raw)) return undefined;
  const paths = listOf(raw.paths).filter((each) => typeof each === 'string');
  const isHashKnown = sha256Schema.safeParse(raw.rawHash).success;
  if (paths.length === 0 && !isHashKnown) return undefined;
  unreadable.push({ field: 'identity', value: raw });
  const textHash = sha256Schema.safeParse(raw.textHash).data;
  const history = validOf(raw.history, identitySchema.shape.history.element);
  return identitySchema.parse({ ...raw, paths, rawHash: isHashKnown ? raw.rawHash : UNKNOWN_HASH, textHash, history });
}

/** The elements that `repair` understands; the others, and the second of two with one id, go to `unreadable`. */
function repairList<T extends Note | DeletedNote>(
  raw: unknown,
  field: string,
  repair: (element: unknown) => { value: T; isWhole: boolean } | undefined,
  unreadable: unknown[],
): T[] {
  if (raw !== undefined && !Array.isArray(raw)) unreadable.push({ field, value: raw });
  const ids = new Set<string>();
  return listOf(raw).flatMap((element) => {
    const repaired = repair(element);
    const id = repaired && ('note' in repaired.value ? (repaired.value as DeletedNote).note.id : (repaired.value as Note).id);
    const isKnown = id !== undefined && ids.has(id);
    if (!repaired?.isWhole || isKnown) unreadable.push({ field, value: element });
    if (!repaired || id === undefined || isKnown) return [];
    ids.add(id);
    return [repaired.value];
  });
}

/** `isWhole`: nothing of what the file says is lost in the repaired value. */
function repairNote(raw: unknown): { value: Note; isWhole: boolean } | undefined {
  if (!isRecord(raw)) return undefined;
  const filled = {
    ...raw,
    colour: raw.colour ?? 'yellow',
    body: raw.body ?? '',
    tags: raw.tags ?? [],
    createdAt: raw.createdAt ?? raw.modifiedAt,
    modifiedAt: raw.modifiedAt ?? raw.createdAt,
    history: raw.history ?? [],
  };
  const whole = noteSchema.safeParse(filled);
  if (whole.success) return { value: whole.data, isWhole: true };
  const createdAt = momentSchema.safeParse(filled.createdAt).data;
  const modifiedAt = momentSchema.safeParse(filled.modifiedAt).data;
  const salvaged = noteSchema.safeParse({
    ...filled,
    motivation: noteSchema.shape.motivation.safeParse(raw.motivation).data,
    partOf: noteSchema.shape.partOf.safeParse(raw.partOf).data,
    colour: colourSchema.safeParse(raw.colour).data ?? 'yellow',
    tags: validOf(raw.tags, tagNameSchema),
    createdAt: createdAt ?? modifiedAt,
    modifiedAt: modifiedAt ?? createdAt,
    history: validOf(raw.history, noteVersionSchema),
  });
  return salvaged.success ? { value: salvaged.data, isWhole: false } : undefined;
}

function repairDeletedNote(raw: unknown): { value: DeletedNote; isWhole: boolean } | undefined {
  if (!isRecord(raw)) return undefined;
  const note = repairNote(raw.note);
  if (!note) return undefined;
  const deletedAt = momentSchema.safeParse(raw.deletedAt).data;
  const value = deletedNoteSchema.parse({ ...raw, note: note.value, deletedAt: deletedAt ?? note.value.modifiedAt });
  return { value, isWhole: note.isWhole && (deletedAt !== undefined || raw.deletedAt === undefined) };
}

const validOf = <T extends z.ZodType>(raw: unknown, schema: T): z.output<T>[] =>
  listOf(raw).flatMap((each) => {
    const parsed = schema.safeParse(each);
    return parsed.success ? [parsed.data] : [];
  });

const hasUniqueIds = (notes: readonly Note[]): boolean => new Set(notes.map(({ id }) => id)).size === notes.length;
