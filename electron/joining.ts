import { type CallsOf, documentNotFound, type Emit, fail, type LikelySame, ok, type Result } from '#api';
import {
  type Anchor,
  anchorKey,
  applyChange,
  emptied,
  emptyNotebook,
  fileNameOf,
  givenBack,
  goingBack,
  heirOf,
  type LastJoining,
  markedSame,
  moveInto,
  type Notebook,
  notesOf,
  takenBack,
  withEdition,
} from '#model';
import { tellNotebook } from './clients';
import type { Editions } from './editions';
import { contentsOf, textTeller } from './joined-files';
import { identityWith, type Library } from './library';
import type { Log } from './log';
import type { JoiningRecords, Journal, MachineStore, NotebookStore } from './notebook';
import { placePassages } from './placing';
import type { Limiter } from './storage/limiter';

interface JoiningOptions {
  notebooks: NotebookStore;
  machine: Pick<MachineStore, 'isApart' | 'keepApart'>;
  records: JoiningRecords;
  library: Library;
  journal: Pick<Journal, 'add'>;
  emit: Emit;
  tellTags(): void;
  log: Log;
  /** That of all that says which files a document has. */
  inTurn: Limiter;
}

/** The document that has a file now, its title, whether it has another edition, too, and the notes that came with the file. */
interface Joined {
  /** Another one than was asked for where that was said to be it meanwhile. */
  intoId: string;
  title: string;
  hasOther: boolean;
  noteIds: string[];
}

/** Documents of which the reader said that they are the same. */
export interface Joining {
  /** What a document seems to be another file of, or what seems to be the file of one whose own is gone; the likest first. */
  likely(documentId: string): Promise<LikelySame[]>;
  /** Gives the file of one document to the notes on another, with what the reader has on it. */
  join(fromId: string, intoId: string, client?: string): Promise<Result<Joined>>;
  /** The same of one that was parted from the other: its file is an edition again that is not shown. */
  rejoin(fromId: string, intoId: string, client?: string): Promise<Result<Joined>>;
  /** Takes the joining of two documents back where it is the last one with the latter; what was written since stays. Answers with the notes that went. */
  separate(fromId: string, intoId: string, client?: string): Promise<Result<Pick<Joined, 'noteIds'>>>;
  /** The last joining with this document, which can be taken back. */
  lastOf(intoId: string): LastJoining | undefined;
  /** They are not the same, and it is not asked again. */
  keepApart(fromId: string, intoId: string): Promise<Result<null>>;
  /** Moves on what was written on a document that is another's file by now: by a window or a machine that did not know. */
  moveLeft(documentId: string): void;
}

/** Likely documents that are looked at closely, of the likest. */
const CLOSELY = 4;
/** Of a document's passages so many are looked for, and this share of them must be found without doubt for it to be offered. */
const LOOKED_FOR = 100;
const FOUND = 0.5;
/** One without passages must be as like as that. */
const WITHOUT_PASSAGES = 0.6;

export const joinCalls = (joining: Joining, editions: Editions, library: Pick<Library, 'editions'>): CallsOf<'join'> => ({
  'join.likely': ({ documentId }) => joining.likely(documentId),
  'join.apply': ({ fromId, intoId }, client) => joining.join(fromId, intoId, client),
  'join.undo': ({ fromId, intoId }, client) => joining.separate(fromId, intoId, client),
  'join.again': ({ fromId, intoId }, client) => joining.rejoin(fromId, intoId, client),
  'join.refuse': ({ fromId, intoId }) => joining.keepApart(fromId, intoId),
  'join.editions': ({ documentId }) => library.editions(documentId),
  'join.show': ({ documentId, rawHash }) => editions.show(documentId, rawHash),
  'join.part': ({ documentId, rawHash }) => editions.part(documentId, rawHash),
});

export function createJoining({ notebooks, machine, records, library, journal, emit, tellTags, log, inTurn }: JoiningOptions): Joining {
  const sameAsOf = (id: string): string | undefined => notebooks.outline(id)?.sameAs;

  /** Tells all windows of two notebooks, and that the file of the first is the other one's now, with these notes. */
  const tell = (fromId: string, intoId: string, told: { isJoined: boolean; noteIds: string[]; client?: string | undefined }): void => {
    for (const id of [fromId, intoId]) tellNotebook(id, notebooks, emit);
    tellTags();
    emit('library.file-given', { fromId, intoId, title: library.summary(intoId)?.title ?? '', ...told });
  };

  /** The share of a document's passages that are in the text of another one without doubt; `undefined` where it has none. */
  const shareFound = async (fromId: string, intoId: string): Promise<number | undefined> => {
    const anchors = (notebooks.get(intoId)?.notes ?? []).flatMap(({ anchor }) => anchor ?? []).slice(0, LOOKED_FOR);
    if (anchors.length === 0) return undefined;
    const placements = await placePassages({ library, notebooks }, fromId, anchors);
    if (!placements) log.info(`It could not be seen whether ${fromId} is ${intoId}`);
    const isFound = (anchor: Anchor) => ['exact', 'moved'].includes(placements?.[anchorKey(anchor)]?.state ?? '');
    return anchors.filter(isFound).length / anchors.length;
  };

  /** Old versions go along with notes; they stay where they were, too. */
  const bringVersions = async (from: Notebook, intoId: string, only?: ReadonlySet<string>): Promise<Result<null>> => {
    for (const note of notesOf(from)) {
      if (only && !only.has(note.id)) continue;
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
   * Moves all that the reader has on a document to the one that it was said to be. First it stands in both, then in one: nothing is lost on the way. What
   * is cut off in between, or written meanwhile, is moved later. Answers with the ids of the notes.
   */
  const moveWords = async (fromId: string, intoId: string): Promise<Result<string[]>> => {
    const from = notebooks.get(fromId);
    const into = notebooks.get(intoId);
    if (!from || !into) return documentNotFound();
    const brought = await bringVersions(from, intoId);
    if (!brought.ok) return brought;
    const written = await notebooks.update(intoId, (present = into) => moveInto(present, from));
    if (!written.ok) return written;
    const left = await notebooks.update(fromId, (present = from) => emptied(present, written.value.after));
    return left.ok ? ok(notesOf(from).map(({ id }) => id)) : left;
  };

  const moveLeft = async (id: string): Promise<void> => {
    const { sameAs, noteCount = 0, deletedCount = 0, tags = [] } = notebooks.outline(id) ?? {};
    if (sameAs === undefined) return;
    const heir = heirOf(id, sameAsOf);
    const isHeir = heir === id;
    if ((!isHeir && noteCount + deletedCount + tags.length === 0) || !lockOf(id, heir).ok) return;
    // Two machines said of two documents that each is the other: this is the one that stays.
    const moved = isHeir ? undefined : await moveWords(id, heir);
    const done = moved ?? (await notebooks.update(id, (present) => markedSame(present ?? missing(id), undefined, '')));
    if (!done.ok) log.warn(`What ${id} has could not be moved to ${heir} yet`, done.failure.message);
    await Promise.all([id, heir].map((each) => library.notebookChanged(each)));
    tell(id, heir, { isJoined: true, noteIds: moved?.ok ? moved.value : [] });
  };
  const moveSafely = (id: string): void => {
    if (sameAsOf(id) === undefined) return;
    void inTurn(() => moveLeft(id)).catch((error: unknown) => log.error(`What ${id} has could not be moved`, error));
  };
  void library.ready.then(() => {
    for (const id of [...notebooks.ids()]) moveSafely(id);
  });
  notebooks.onOutsideChange(({ id }) => moveSafely(id));

  /** `isShown`: by the file that it is given; else by that which it was shown by until then. */
  const join = async (fromId: string, intoId: string, isShown: boolean, client: string | undefined): Promise<Result<Joined>> => {
    const identity = library.identity(fromId);
    const into = notebooks.get(intoId);
    if (!identity || !into || fromId === intoId) return documentNotFound();
    const free = lockOf(fromId, intoId);
    if (!free.ok) return free;
    const titleOf = (id: string) => library.summary(id)?.title ?? '';
    const titles = { fromTitle: titleOf(fromId), intoTitle: titleOf(intoId) };
    // One without a notebook is marked, too: a window that shows it may still write on it.
    const from = notebooks.get(fromId) ?? emptyNotebook(fromId, { ...identity, paths: [], fileName: fileNameOf(identity) });
    const at = new Date().toISOString();
    const marked = await notebooks.update(fromId, (present = from) => markedSame(present, intoId, at));
    if (!marked.ok) return marked;
    const moved = await moveWords(fromId, intoId);
    if (!moved.ok) return moved;
    // Both files are editions of it, as far as both are here. The new one is read as it was read.
    const written = await notebooks.update(intoId, (present = into) => {
      const both = [present.identity.rawHash, identity.rawHash].reduce((all, each) => withEdition(all, each, true), present);
      if (!isShown) return both;
      const hadIt = both.identity.history.some(({ rawHash }) => rawHash === identity.rawHash);
      return {
        ...applyChange(both, { type: 'set-encoding', encoding: from.encoding, at }),
        // A content that it had before is no news to the library, which would leave it at the other one.
        ...(hadIt &&
          both.identity.rawHash !== identity.rawHash && {
            identity: identityWith(both.identity, { ...identity, title: identity.title ?? titles.fromTitle }, at),
          }),
      };
    });
    if (!written.ok) return written;
    if (isShown) {
      const seen = await library.join(fromId, intoId);
      const kept = await records.put({ fromId, intoId, since: at, titles, from, into, joined: written.value.after, seen });
      if (!kept.ok) log.warn(`the joining of ${fromId} with ${intoId} cannot be taken back`, kept.failure.message);
    } else await library.putBeside(fromId, intoId);
    journal.add([{ type: 'document-joined', documentId: intoId, fromId, ...titles }]);
    tell(fromId, intoId, { isJoined: true, noteIds: moved.value, client });
    const { title = '', otherEditions = 0 } = library.summary(intoId) ?? {};
    return ok({ intoId, title, hasOther: otherEditions > 0, noteIds: moved.value });
  };

  const lastOf = (intoId: string): LastJoining | undefined =>
    // Another machine may have parted them, or joined them with a third one.
    sameAsOf(intoId) === undefined ? records.of(intoId).find(({ fromId }) => sameAsOf(fromId) === intoId) : undefined;

  const separate: Joining['separate'] = async (fromId, intoId, client) => {
    const last = lastOf(intoId);
    const undone = last?.fromId === fromId ? await records.read(intoId, last) : undefined;
    const into = notebooks.get(intoId);
    if (!last || !undone || !into) return joinedSince();
    const { from } = undone;
    const free = lockOf(fromId, intoId);
    if (!free.ok) return free;
    const contents = contentsOf(undone, library);
    const going = goingBack(into, undone, textTeller(undone, into, contents, library));
    // The file that goes with the other one must be the one that is shown.
    const [shown, ...others] = library.editions(intoId);
    const other = shown && contents.staying.has(shown.rawHash) ? others.find(({ rawHash }) => contents.going.has(rawHash)) : undefined;
    if (other) await library.showEdition(intoId, other.rawHash);
    const at = new Date().toISOString();
    const brought = await bringVersions(into, fromId, going);
    if (!brought.ok) return brought;
    const back = await notebooks.update(fromId, (present = emptyNotebook(fromId, from.identity)) =>
      givenBack(present, into, undone, going, at),
    );
    if (!back.ok) return back;
    const taken = await notebooks.update(intoId, (present = into) => {
      const rest = takenBack(present, back.value.after, undone, going, at);
      return { ...applyChange(rest, { type: 'set-encoding', encoding: undone.into.encoding, at }), identity: undone.into.identity };
    });
    if (!taken.ok) return taken;
    await library.separate(fromId, intoId, undone.seen);
    await records.remove(intoId, last);
    journal.add([{ type: 'document-parted', documentId: intoId, fromId, ...undone.titles }]);
    const noteIds = [...going];
    tell(intoId, fromId, { isJoined: false, noteIds, client });
    return ok({ noteIds });
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

    join: (fromId, intoId, client) => inTurn(() => join(fromId, heirOf(intoId, sameAsOf), true, client)),
    rejoin: (fromId, intoId, client) =>
      inTurn(async () => {
        const isGiven = [fromId, intoId].some((id) => sameAsOf(id) !== undefined);
        return isGiven ? joinedSince() : join(fromId, intoId, false, client);
      }),
    separate: (fromId, intoId, client) => inTurn(() => separate(fromId, intoId, client)),
    lastOf,
    async keepApart(fromId, intoId) {
      const file = library.file(fromId);
      return file ? machine.keepApart(intoId, file.path) : documentNotFound();
    },
    moveLeft: moveSafely,
  };
}

const joinedSince = () =>
  fail('problem-solved', 'One of the documents was joined or parted again since, so that this cannot be taken back any more.');

function missing(id: string): never {
  throw new Error(`The notebook ${id} is gone`);
}
