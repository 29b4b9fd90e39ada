import type { ImportedDocument, PlannedDocument, RestorePlan } from '#api';
import { fileNameOf, haveSameWords, type Notebook, type TagDetails, tagKey, wholeNotes } from '#model';
import type { Pause } from '../../pacing';
import { withEdits } from './edits';
import type { Incoming, Present } from './incoming';
import { countWhole, type Merged, mergeIncoming } from './merging';
import { createRecognise, type Recognised } from './recognise';

/** What bringing `incoming` in would do, document by document; nothing is done yet. */
export interface ImportPlan {
  /**
   * Notebooks by the document here that they belong to, each with the texts that its anchors count on, and that are not here; `standing`: the ids of
   * the notes that are here now.
   */
  notebooks: { id: string; incoming: Notebook; texts: string[]; standing: ReadonlySet<string> }[];
  tags: TagDetails[];
  files: string[];
  /** Archives of versions that lack something, by the document here that they belong to; `from`: as it is called in what is brought in. */
  archives: { id: string; from: string }[];
  /** Bytes that the notebooks and archives which change will take at most, beside what is there. */
  bytes: number;
  /** As the reader is shown it. */
  shown: Pick<RestorePlan, 'documents' | 'tagCount' | 'fileCount' | 'versionCount'>;
  /** The same of exports, with more to tell; empty for a backup. */
  imported: ImportedDocument[];
}

/** Plans a dry run. `pause` is awaited after each document, so that others are answered meanwhile. */
export async function planImport(incoming: Incoming, present: Present, pause: Pause): Promise<ImportPlan> {
  const recognise = await createRecognise(incoming, present, pause);
  const notebooks: ImportPlan['notebooks'] = [];
  const idHere = new Map<string, string>();
  const documents: PlannedDocument[] = [];
  const imported: ImportedDocument[] = [];
  const textsSeen = new Set<string>();
  let bytes = 0;
  for (const each of incoming.notebooks) {
    const recognised = recognise(each);
    const { id } = recognised;
    const notebook = present.notebook(id);
    const fitted = incoming.exported || recognised.isJoined ? fitIn(each, recognised, notebook, present) : each;
    const {
      notebook: coming,
      conflicts,
      said,
    } = incoming.exported
      ? withEdits(notebook, fitted, incoming.exported, each.id)
      : { notebook: fitted, conflicts: new Set<string>(), said: [] };
    const merged = mergeIncoming(notebook, { ...coming, id }, false);
    const planned = planDocument({ id, notebook, coming, merged }, present);
    documents.push(planned);
    if (incoming.exported) {
      const details = detailsOf({ notebook, coming, merged, conflicts });
      // The same content reads as the same text.
      const isOther = recognised.isJoined || recognised.foundBy === 'id' || recognised.foundBy === 'title';
      const unplaced = isOther ? (await present.withoutPlace(id, merged.added)).size : 0;
      imported.push({ ...planned, ...details, unplaced, said, ...(recognised.foundBy && { foundBy: recognised.foundBy }) });
    }
    const texts: string[] = [];
    for (const hash of textHashesOf(each)) {
      if (!textsSeen.has(hash) && !(await present.hasText(hash))) texts.push(hash);
      textsSeen.add(hash);
    }
    notebooks.push({ id, incoming: coming, texts, standing: new Set(notebook?.notes.map((note) => note.id)) });
    idHere.set(each.id, id);
    if (planned.state !== 'same' || planned.deleted > 0) bytes += Buffer.byteLength(JSON.stringify(coming));
    await pause();
  }
  const known = new Set(present.tags().map(({ name }) => tagKey(name)));
  const tags = incoming.tags.filter(({ name }) => !known.has(tagKey(name)));
  const files: string[] = [];
  for (const name of incoming.files) if (!(await present.hasFile(name))) files.push(name);
  const archives: ImportPlan['archives'] = [];
  let versionCount = 0;
  for (const from of incoming.archives) {
    const id = idHere.get(from) ?? from;
    const versions = await incoming.versions(from);
    const lacking = await present.countLacking(id, versions);
    versionCount += lacking;
    if (lacking > 0) {
      archives.push({ id, from });
      bytes += Buffer.byteLength(JSON.stringify(versions));
    }
    await pause();
  }
  const shown = { documents, tagCount: tags.length, fileCount: files.length, versionCount };
  return { notebooks, tags, files, archives, bytes, shown, imported };
}

/**
 * A notebook that was exported, or is of a file that belongs to another document since, for its document here: what the document is now is not known better by an export, and a place in
 * another text says nothing.
 */
function fitIn(exported: Notebook, { id, foundBy, isJoined }: Recognised, notebook: Notebook | undefined, present: Present): Notebook {
  const { position, encoding, lastReadAt, ...rest } = exported;
  const own = foundBy === 'title' || isJoined ? rest : exported;
  if (notebook) return { ...own, identity: notebook.identity };
  const here = foundBy === 'title' ? present.identity(id) : undefined;
  return here ? { ...own, identity: { ...here, paths: [], fileName: fileNameOf(here) } } : own;
}

interface Looked {
  notebook: Notebook | undefined;
  coming: Notebook;
  merged: Merged;
}

function planDocument({ id, notebook, coming, merged }: Looked & { id: string }, present: Present): PlannedDocument {
  const locked = present.lockedBecause(id);
  const { added, changed, inTrash, deleted } = countWhole(coming, merged);
  return {
    documentId: id,
    title: (notebook && titleOf(notebook)) ?? titleOf(coming) ?? id,
    state: locked ? 'locked' : notebook === undefined ? 'new' : merged.notebook === notebook ? 'same' : 'changed',
    added,
    changed,
    inTrash,
    kept: wholeNotes(merged.notebook.notes).length - added - changed,
    deleted,
    problem: locked?.message,
  };
}

/** What becomes of the notes that come, one by one. */
function detailsOf({
  notebook,
  coming,
  merged,
  conflicts,
}: Looked & { conflicts: ReadonlySet<string> }): Pick<ImportedDocument, 'updated' | 'conflicts' | 'newer' | 'same'> {
  const before = new Map(notebook?.notes.map((note) => [note.id, note]));
  const after = new Map(merged.notebook.notes.map((note) => [note.id, note]));
  const details = { updated: 0, conflicts: 0, newer: 0, same: 0 };
  for (const note of wholeNotes(coming.notes)) {
    const [was, is] = [before.get(note.id), after.get(note.id)];
    if (!was || !is) continue;
    if (conflicts.has(note.id)) details.conflicts += 1;
    else if (!haveSameWords(was, is)) details.updated += 1;
    else if (!haveSameWords(is, note)) details.newer += 1;
    else details.same += 1;
  }
  return details;
}

/** The texts that a notebook's anchors count on. */
const textHashesOf = ({ identity, notes }: Notebook): string[] =>
  [identity.textHash, ...notes.map(({ anchor }) => anchor?.textHash)].filter((hash) => hash !== undefined);

/** `undefined` for one that was forgotten: it has no name any more. */
const titleOf = ({ title, identity }: Notebook): string | undefined => title ?? identity.title ?? fileNameOf(identity);
