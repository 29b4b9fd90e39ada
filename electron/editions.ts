import { type Edition, type Emit, fail, ok, type Result } from '#api';
import { heirOf, markedSame, type Notebook, withEdition } from '#model';
import { tellNotebook } from './clients';
import { identityWith, type Library } from './library';
import type { Journal, NotebookStore } from './notebook';
import type { Limiter } from './storage/limiter';

interface EditionsOptions {
  /** See `Joining`. */
  keepApart(fromId: string, intoId: string): Promise<Result<null>>;
  notebooks: NotebookStore;
  library: Library;
  journal: Pick<Journal, 'add'>;
  emit: Emit;
  /** That of all that says which files a document has. */
  inTurn: Limiter;
}

/** The files of a document that are not the same, since the reader said that several are one document. */
export interface Editions {
  /** Shows a document, on all machines, by another of its editions. */
  show(documentId: string, rawHash: string): Promise<Result<null>>;
  /** Makes an edition that is not shown a document of its own, and answers with its id and title; notes stay where they are. */
  part(documentId: string, rawHash: string): Promise<Result<{ documentId: string; title: string }>>;
}

export function createEditions({ keepApart, notebooks, library, journal, emit, inTurn }: EditionsOptions): Editions {
  /** An edition that is here and not shown, of a document whose notebook may be changed. */
  const find = (documentId: string, rawHash: string): Result<{ edition: Edition; notebook: Notebook }> => {
    const notebook = notebooks.get(documentId);
    const failure = notebooks.lockedBecause(documentId);
    if (failure) return { ok: false, failure };
    const edition = library.editions(documentId).find((each) => each.rawHash === rawHash && !each.isShown);
    return notebook && edition ? ok({ edition, notebook }) : gone();
  };

  const show: Editions['show'] = async (documentId, rawHash) => {
    const found = find(documentId, rawHash);
    if (!found.ok) return found;
    const { notebook, edition } = found.value;
    const shown = library.identity(documentId)?.rawHash;
    const seen = { paths: edition.paths, rawHash, title: edition.title };
    const written = await notebooks.update(documentId, (present = notebook) => ({
      // What is shown until now may have been edited since it was said to be this document.
      ...(shown === undefined ? present : withEdition(present, shown, true)),
      identity: identityWith(present.identity, seen, new Date().toISOString()),
    }));
    if (!written.ok) return written;
    await library.showEdition(documentId, rawHash);
    tellNotebook(documentId, notebooks, emit);
    return ok(null);
  };

  const part: Editions['part'] = async (documentId, rawHash) => {
    const found = find(documentId, rawHash);
    if (!found.ok) return found;
    const { notebook, edition } = found.value;
    const sameAsOf = (id: string) => notebooks.outline(id)?.sameAs;
    // The document that it was before has its file again.
    const before = [...notebooks.outlines()].filter(
      ({ id, identity, sameAs }) => sameAs !== undefined && identity.rawHash === rawHash && heirOf(id, sameAsOf) === documentId,
    );
    const at = new Date().toISOString();
    const intoTitle = library.summary(documentId)?.title ?? '';
    for (const { id } of before) {
      const parted = await notebooks.update(id, (present) => markedSame(present ?? missing(id), undefined, at));
      if (!parted.ok) return parted;
    }
    const written = await notebooks.update(documentId, (present = notebook) => withEdition(present, rawHash, false));
    if (!written.ok) return written;
    for (const id of [...before.map((each) => each.id), documentId]) {
      await library.notebookChanged(id);
      tellNotebook(id, notebooks, emit);
    }
    const own = library.idOfContent(rawHash);
    if (own === undefined) return gone();
    // Whoever parts them has answered.
    for (const [fromId, intoId] of [
      [own, documentId],
      [documentId, own],
    ] as const) {
      const kept = await keepApart(fromId, intoId);
      if (!kept.ok) return kept;
    }
    journal.add([{ type: 'document-parted', documentId, fromId: own, fromTitle: edition.title, intoTitle }]);
    return ok({ documentId: own, title: edition.title });
  };

  return {
    show: (documentId, rawHash) => inTurn(() => show(documentId, rawHash)),
    part: (documentId, rawHash) => inTurn(() => part(documentId, rawHash)),
  };
}

const gone = () => fail('problem-solved', 'This edition is not here any more, or it was parted from the document meanwhile.');

function missing(id: string): never {
  throw new Error(`The notebook ${id} is gone`);
}
