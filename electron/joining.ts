import { type CallsOf, documentNotFound, type Emit, fail, type LikelySame, ok, type Result } from '#api';
import { type Anchor, applyChange, emptyNotebook, mergeNotebooks, type Notebook, type NotebookChange, type Placement } from '#model';
import type { Library } from './library';
import type { Log } from './log';
import type { MachineStore, NotebookStore } from './notebook';

interface JoiningOptions {
  notebooks: NotebookStore;
  machine: Pick<MachineStore, 'isApart' | 'keepApart'>;
  library: Library;
  emit: Emit;
  tellTags(): void;
  log: Log;
}

/** Documents of which the reader said that they are the same. */
export interface Joining {
  /** What a document seems to be another file of, or what seems to be the file of one whose own is gone; the likest first. */
  likely(documentId: string): Promise<LikelySame[]>;
  /** Gives the file of one document to the notes on another, with what the reader has on it, and answers with its title. */
  join(fromId: string, intoId: string): Promise<Result<{ title: string }>>;
  /** Takes the last joining of a document back; what was written since stays. */
  separate(intoId: string): Promise<Result<null>>;
  /** They are not the same, and it is not asked again. */
  keepApart(fromId: string, intoId: string): Promise<Result<null>>;
}

/** Likely documents that are looked at closely, of the likest. */
const CLOSELY = 4;
/** Of a document's passages so many are looked for, and this share of them must be found without doubt for it to be offered. */
const LOOKED_FOR = 100;
const FOUND = 0.5;
/** One without passages must be as like as that. */
const WITHOUT_PASSAGES = 0.6;

export const joinCalls = (joining: Joining): CallsOf<'join'> => ({
  'join.likely': ({ documentId }) => joining.likely(documentId),
  'join.apply': ({ fromId, intoId }) => joining.join(fromId, intoId),
  'join.undo': ({ intoId }) => joining.separate(intoId),
  'join.refuse': ({ fromId, intoId }) => joining.keepApart(fromId, intoId),
});

/** How two documents stood before they were joined. */
interface Before {
  fromId: string;
  from: Notebook | undefined;
  into: Notebook;
  /** What the latter became. */
  joined: Notebook;
}

export function createJoining({ notebooks, machine, library, emit, tellTags, log }: JoiningOptions): Joining {
  const undoable = new Map<string, Before>();

  const tell = (...ids: string[]): void => {
    for (const id of ids) {
      const notebook = notebooks.get(id);
      if (notebook) emit('notebook.restored', { notebook, revision: notebooks.revisionOf(notebook) });
    }
    tellTags();
  };

  /** The share of a document's passages that are in the text of another one without doubt; `undefined` where it has none. */
  const shareFound = async (fromId: string, intoId: string): Promise<number | undefined> => {
    const anchors = (notebooks.get(intoId)?.notes ?? []).flatMap(({ anchor }) => anchor ?? []).slice(0, LOOKED_FOR);
    if (anchors.length === 0) return undefined;
    const earlier: { text?: string; anchors: Anchor[] }[] = [];
    for (const [textHash, made] of Map.groupBy(anchors, (anchor) => anchor.textHash)) {
      const text = await notebooks.readText(textHash);
      earlier.push({ anchors: made, ...(text.ok && { text: text.value }) });
    }
    let placements: Placement[] = [];
    const read = await library.readThrough(fromId, () => async ({ place }) => {
      placements = (await place(earlier)).flat();
      return undefined;
    });
    if (!read.ok) log.info(`It could not be seen whether ${fromId} is ${intoId}: ${read.failure.message}`);
    return placements.filter(({ state }) => state === 'exact' || state === 'moved').length / anchors.length;
  };

  /** Old versions go along with notes; they stay where they were, too. */
  const bringVersions = async (from: Notebook, intoId: string): Promise<Result<null>> => {
    for (const note of [...from.notes, ...from.deletedNotes.map((deleted) => deleted.note)]) {
      const versions = await notebooks.archivedVersions(from.id, note.id).catch((error: unknown) => {
        log.error(`the oldest versions of a note in ${from.id} could not be read`, error);
      });
      if (!versions) return fail('document-unreadable', 'Old versions of notes on this document could not be read, so nothing was done.');
      if (versions.length === 0) continue;
      const brought = await notebooks.bringVersions(
        intoId,
        versions.map((version) => ({ noteId: note.id, version })),
      );
      if (!brought.ok) return brought;
    }
    return ok(null);
  };

  const lockOf = (...ids: string[]): Result<null> => {
    for (const id of ids) {
      const failure = notebooks.lockedBecause(id);
      if (failure) return { ok: false, failure };
    }
    return ok(null);
  };

  /**
   * Moves all that the reader has on a document to the one that it was said to be. First it stands in both, then in one: nothing is lost on the way, and
   * what is cut off in between is done at the next start.
   */
  const moveWords = async (fromId: string, intoId: string): Promise<Result<null>> => {
    const from = notebooks.get(fromId);
    const into = notebooks.get(intoId);
    if (!from || !into) return documentNotFound();
    const brought = await bringVersions(from, intoId);
    if (!brought.ok) return brought;
    const written = await notebooks.update(intoId, (present = into) =>
      mergeNotebooks(present, { ...from, id: intoId, identity: present.identity, sameAs: present.sameAs }),
    );
    if (!written.ok) return written;
    const at = new Date().toISOString();
    const emptied = await notebooks.update(fromId, (present = from) => withoutWords(present, from, at));
    return emptied.ok ? ok(null) : emptied;
  };

  /** What another machine wrote on a document that did not know yet, or what was cut off. */
  const moveLeft = async (fromId: string): Promise<void> => {
    const { sameAs, noteCount = 0, deletedCount = 0, tags = [] } = notebooks.outline(fromId) ?? {};
    if (sameAs === undefined || noteCount + deletedCount + tags.length === 0 || !lockOf(fromId, sameAs).ok) return;
    const moved = await moveWords(fromId, sameAs);
    if (!moved.ok) log.warn(`What ${fromId} has could not be moved to ${sameAs} yet`, moved.failure.message);
    tell(fromId, sameAs);
    await Promise.all([fromId, sameAs].map((id) => library.notebookChanged(id)));
  };
  const moveSafely = (id: string): void =>
    void moveLeft(id).catch((error: unknown) => log.error(`What ${id} has could not be moved`, error));
  void library.ready.then(() => {
    for (const id of [...notebooks.ids()]) moveSafely(id);
  });
  notebooks.onOutsideChange(({ id }) => moveSafely(id));

  return {
    async likely(documentId) {
      const found: LikelySame[] = [];
      const hasNotes = (notebooks.outline(documentId)?.noteCount ?? 0) > 0;
      const like = (await library.like(documentId)).flatMap(({ documentId: otherId, likeness }) => {
        const [fromId, intoId] = hasNotes ? [otherId, documentId] : [documentId, otherId];
        const row = library.summary(otherId);
        const file = library.file(fromId);
        return row && file && !machine.isApart(intoId, file.path) ? [{ fromId, intoId, row, likeness }] : [];
      });
      for (const { fromId, intoId, row, likeness } of like.slice(0, CLOSELY)) {
        const share = await shareFound(fromId, intoId);
        if (share === undefined ? likeness < WITHOUT_PASSAGES : share < FOUND) continue;
        found.push({ fromId, intoId, title: row.title, noteCount: notebooks.outline(intoId)?.noteCount ?? 0 });
      }
      return found;
    },

    async join(fromId, intoId) {
      const identity = library.identity(fromId);
      const into = notebooks.get(intoId);
      if (!identity || !into || fromId === intoId) return documentNotFound();
      const free = lockOf(fromId, intoId);
      if (!free.ok) return free;
      const from = notebooks.get(fromId);
      const at = new Date().toISOString();
      if (from) {
        const marked = await notebooks.update(fromId, (present = from) => markedAs(present, intoId, at));
        if (!marked.ok) return marked;
        const moved = await moveWords(fromId, intoId);
        if (!moved.ok) return moved;
      }
      // The file is read as it was read.
      const written = await notebooks.update(intoId, (present = into) =>
        applyChange(present, { type: 'set-encoding', encoding: from?.encoding, at }),
      );
      if (!written.ok) return written;
      await library.join(fromId, intoId);
      undoable.set(intoId, { fromId, from, into, joined: written.value.after });
      tell(fromId, intoId);
      return ok({ title: library.summary(intoId)?.title ?? '' });
    },

    async separate(intoId) {
      const before = undoable.get(intoId);
      const present = notebooks.get(intoId);
      if (!before || !present) return fail('problem-solved', 'This cannot be taken back any more.');
      const { fromId, from, into, joined } = before;
      const free = lockOf(fromId, intoId);
      if (!free.ok) return free;
      const at = new Date().toISOString();
      if (from) {
        const back = await notebooks.update(fromId, (emptied = emptyNotebook(fromId, from.identity)) =>
          refilled(emptied, from, present, at),
        );
        if (!back.ok) return back;
      }
      const own = new Set([...into.notes, ...into.deletedNotes.map(({ note }) => note)].map(({ id }) => id));
      const gone = new Set(from?.notes.map(({ id }) => id).filter((id) => !own.has(id)));
      const taken = await notebooks.update(intoId, (now = present) => {
        const changes: NotebookChange[] = [
          ...[...gone].flatMap((noteId): NotebookChange[] => [
            { type: 'delete-note', noteId, at },
            { type: 'purge-note', noteId },
          ]),
          { type: 'set-tags', tags: into.tags, from: joined.tags },
          { type: 'set-encoding', encoding: into.encoding, at },
        ];
        return { ...changes.reduce(applyChange, now), identity: into.identity };
      });
      if (!taken.ok) return taken;
      await library.separate(fromId, intoId);
      undoable.delete(intoId);
      tell(fromId, intoId);
      return ok(null);
    },

    async keepApart(fromId, intoId) {
      const file = library.file(fromId);
      return file ? machine.keepApart(intoId, file.path) : documentNotFound();
    },
  };
}

const markedAs = (notebook: Notebook, sameAs: string, at: string): Notebook => ({
  ...notebook,
  sameAs,
  fieldTimes: { ...notebook.fieldTimes, sameAs: at },
});

/** A notebook without the words that another one has by now: of another machine's state of it only what is newer comes back. */
function withoutWords(notebook: Notebook, moved: Notebook, at: string): Notebook {
  const { notes, deletedNotes } = moved;
  const changes: NotebookChange[] = [
    ...notes.map(({ id }): NotebookChange => ({ type: 'delete-note', noteId: id, at })),
    ...[...notes, ...deletedNotes.map(({ note }) => note)].map(({ id }): NotebookChange => ({ type: 'purge-note', noteId: id })),
    { type: 'set-tags', tags: [], from: moved.tags },
    { type: 'set-title', title: undefined, at },
    { type: 'set-date', date: undefined, at },
  ];
  return changes.reduce(applyChange, notebook);
}

/** The notebook with what it had `before`, its notes as they are in the one that has them now. */
function refilled(emptied: Notebook, before: Notebook, joined: Notebook, at: string): Notebook {
  const now = new Map(joined.notes.map((note) => [note.id, note]));
  const changes: NotebookChange[] = [
    ...before.notes.map((note): NotebookChange => ({ type: 'put-note', note: now.get(note.id) ?? note })),
    { type: 'set-tags', tags: before.tags, from: emptied.tags },
    { type: 'set-title', title: before.title, at },
    { type: 'set-date', date: before.date, at },
  ];
  const { sameAs: _joined, ...filled } = changes.reduce(applyChange, emptied);
  return { ...filled, fieldTimes: { ...filled.fieldTimes, sameAs: at } };
}
