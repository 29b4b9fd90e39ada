import type { PlannedDocument, RestorePlan } from '#api';
import type { Notebook, TagDetails } from '#model';
import { fileNameOf, tagKey } from '#model';
import type { Incoming, Present } from './incoming';
import { mergeIncoming } from './merging';

/** What bringing `incoming` in would do, document by document; nothing is done yet. */
export interface ImportPlan {
  /** Notebooks by the document here that they belong to. */
  notebooks: { id: string; incoming: Notebook }[];
  tags: TagDetails[];
  texts: string[];
  files: string[];
  /** Archives of versions that lack something, by the document here that they belong to; `from`: as it is called in what is brought in. */
  archives: { id: string; from: string }[];
  /** Bytes that the notebooks and archives which change will take at most, beside what is there. */
  bytes: number;
  /** As the reader is shown it. */
  shown: Pick<RestorePlan, 'documents' | 'tagCount' | 'fileCount' | 'versionCount'>;
}

/**
 * Plans a dry run. A document is the one of the same id here, else the one of the same content. `pause` is awaited after each
 * document, so that others are answered meanwhile.
 */
export async function planImport(incoming: Incoming, present: Present, pause: () => Promise<void> | undefined): Promise<ImportPlan> {
  const byContent = new Map([...present.notebooks()].map(({ id, identity }) => [identity.rawHash, id]));
  const notebooks = incoming.notebooks.map((notebook) => {
    const isKnown = present.notebook(notebook.id) !== undefined || present.lockedBecause(notebook.id) !== undefined;
    return { id: isKnown ? notebook.id : (byContent.get(notebook.identity.rawHash) ?? notebook.id), incoming: notebook };
  });
  const idHere = new Map(notebooks.map(({ id, incoming: { id: from } }) => [from, id]));
  const documents: PlannedDocument[] = [];
  let bytes = 0;
  for (const each of notebooks) {
    const planned = planDocument(each.id, each.incoming, present);
    documents.push(planned);
    if (planned.state !== 'same' || planned.deleted > 0) bytes += Buffer.byteLength(JSON.stringify(each.incoming));
    await pause();
  }
  const known = new Set(present.tags().map(({ name }) => tagKey(name)));
  const tags = incoming.tags.filter(({ name }) => !known.has(tagKey(name)));
  const texts: string[] = [];
  for (const hash of new Set(incoming.notebooks.flatMap(textsOf))) if (!(await present.hasText(hash))) texts.push(hash);
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
  return { notebooks, tags, texts, files, archives, bytes, shown };
}

function planDocument(id: string, incoming: Notebook, present: Present): PlannedDocument {
  const notebook = present.notebook(id);
  const merged = mergeIncoming(notebook, incoming, false);
  const locked = present.lockedBecause(id);
  return {
    documentId: id,
    title: titleOf(notebook ?? incoming),
    state: locked ? 'locked' : notebook === undefined ? 'new' : merged.notebook === notebook ? 'same' : 'changed',
    added: merged.added.length,
    changed: merged.changed.length,
    kept: merged.kept,
    deleted: merged.deleted.length,
    problem: locked?.message,
  };
}

/** The texts that a notebook's anchors count on. */
const textsOf = ({ identity, notes }: Notebook): string[] =>
  [identity.textHash, ...notes.map(({ anchor }) => anchor?.textHash)].filter((hash) => hash !== undefined);

const titleOf = ({ id, title, identity }: Notebook): string => title ?? identity.title ?? fileNameOf(identity) ?? id;
