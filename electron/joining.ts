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
        const brought = await bringVersions(from, intoId);
        if (!brought.ok) return brought;
      }
      // First the notes stand in both, then in one: nothing is lost on the way.
      const written = await notebooks.update(intoId, (present = into) => {
        const merged = from ? mergeNotebooks(present, { ...from, id: intoId, identity: present.identity }) : present;
        // The file is read as it was read.
        return applyChange(merged, { type: 'set-encoding', encoding: from?.encoding, at });
      });
      if (!written.ok) return written;
      if (from) {
        const emptied = await notebooks.update(fromId, (present = from) => emptiedInto(present, intoId, at));
        if (!emptied.ok) return emptied;
      }
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

/** A notebook whose words are another one's by now: of another machine's state of it only what is newer comes back. */
function emptiedInto(notebook: Notebook, sameAs: string, at: string): Notebook {
  const { notes, deletedNotes } = notebook;
  const changes: NotebookChange[] = [
    ...notes.map(({ id }): NotebookChange => ({ type: 'delete-note', noteId: id, at })),
    ...[...notes, ...deletedNotes.map(({ note }) => note)].map(({ id }): NotebookChange => ({ type: 'purge-note', noteId: id })),
    { type: 'set-tags', tags: [], from: notebook.tags },
    { type: 'set-title', title: undefined, at },
    { type: 'set-date', date: undefined, at },
  ];
  const emptied = changes.reduce(applyChange, notebook);
  return { ...emptied, sameAs, fieldTimes: { ...emptied.fieldTimes, sameAs: at } };
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
