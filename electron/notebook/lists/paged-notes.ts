import {
  type ActivityPage,
  type ChosenNotes,
  type DeletedNotesPage,
  fail,
  type NoteChoices,
  type NotesPage,
  type NotesQuery,
  ok,
  type Result,
  type UnplacedNotesPage,
} from '#api';
import type { LastJoining, TagDetails } from '#model';
import type { Pause } from '../../pacing';
import type { Journal } from '../journal';
import { type Activities, activitiesPage, findActivities } from './activities';
import { type DeletedNotes, deletedPage, findDeleted } from './deleted-notes';
import { createDocumentTitles, type DocumentTitles } from './document-titles';
import { type FoundNotes, findNotes, noteIdsOf, notesPage } from './found-notes';
import type { NotebooksAtHand } from './kept-list';
import { findChoices, type KeptChoices, offered } from './note-choices';
import { createWordsOf } from './query-filter';
import { findUnplaced, type UnplacedIds, type UnplacedNotes, unplacedPage } from './unplaced-notes';

/** ms after the last question of a window until what was found for it is let go. */
const KEPT_FOR = 60_000;

interface Place {
  from: number;
  count: number;
}

/** Lists of the notes of all documents, in pages. `client` is who asks. */
export interface PagedNotes {
  /** A newer query of the same window ends this one with `cancelled`. */
  notes(client: string, query: NotesQuery, place: Place): Promise<Result<NotesPage>>;
  /** All that a query finds, by document. */
  noteIds(client: string, query: NotesQuery): Promise<ChosenNotes>;
  /** `documentId`: one that is offered as long as it has notes, however many others have newer ones. */
  choices(client: string, within: string | undefined, documentId?: string): Promise<NoteChoices>;
  deletedNotes(client: string, place: Place): Promise<DeletedNotesPage>;
  unplacedNotes(client: string, place: Place): Promise<UnplacedNotesPage>;
  /** What was done in a document, or in all. */
  activities(client: string, documentId: string | undefined, place: Place): Promise<ActivityPage>;
  /** From now on titles are asked for here. */
  follow: DocumentTitles['follow'];
  /** These documents may have other titles. */
  touch: DocumentTitles['touch'];
}

export interface PagedNotesOptions extends NotebooksAtHand {
  unplaced: UnplacedIds;
  /** Whether the file of a document is gone. */
  isMissing(documentId: string): boolean;
  journal: Pick<Journal, 'read'>;
  tags(): readonly TagDetails[];
  /** Whether a change of many stands, and can be taken back on this machine. */
  canUndo(editId: string): boolean;
  /** The joining with this document that can still be taken back. */
  joiningOf(documentId: string): LastJoining | undefined;
  pause: Pause;
  keptFor?: number;
}

/** What is kept for a window between its questions. */
interface Kept {
  /** The newest query. */
  asked?: string;
  found?: FoundNotes;
  choices?: KeptChoices;
  deleted?: DeletedNotes;
  unplaced?: UnplacedNotes;
  activities?: Activities;
  timer?: NodeJS.Timeout;
}

class Overtaken extends Error {}

/**
 * Lists out of the notebooks in memory. What was found stays for a while, and is brought up to date with each question: the next page costs
 * what has changed since.
 */
export function createPagedNotes({
  outlines,
  notebook,
  unplaced,
  isMissing,
  journal,
  tags,
  canUndo,
  joiningOf,
  pause,
  keptFor = KEPT_FOR,
}: PagedNotesOptions): PagedNotes {
  const titles = createDocumentTitles();
  const clients = new Map<string, Kept>();
  let wordsOf = createWordsOf();
  const source = () => ({ outlines, notebook, titles, wordsOf });

  const keptOf = (client: string): Kept => {
    const kept = clients.get(client) ?? {};
    clients.set(client, kept);
    clearTimeout(kept.timer);
    kept.timer = setTimeout(() => forget(client), keptFor);
    kept.timer.unref();
    return kept;
  };
  const forget = (client: string): void => {
    clients.delete(client);
    if (clients.size > 0) return;
    titles.clear();
    wordsOf = createWordsOf();
  };

  return {
    async notes(client, query, place) {
      const kept = keptOf(client);
      const asked = JSON.stringify(query);
      kept.asked = asked;
      const step: Pause = () =>
        pause()?.then(() => {
          if (kept.asked !== asked) throw new Overtaken();
        });
      try {
        const found = await findNotes(query, kept.found, source(), step);
        if (kept.asked === asked) kept.found = found;
        return ok(await notesPage(found, place, source(), step));
      } catch (error) {
        if (error instanceof Overtaken) return fail('cancelled', 'A newer query took the place of this one.');
        throw error;
      }
    },
    async noteIds(client, query) {
      const kept = keptOf(client);
      return noteIdsOf(await findNotes(query, kept.found, source(), pause), source(), pause);
    },
    async choices(client, within, documentId) {
      const kept = keptOf(client);
      kept.choices = await findChoices(within, kept.choices, source(), pause);
      return offered(kept.choices, titles, documentId);
    },
    async deletedNotes(client, place) {
      const kept = keptOf(client);
      kept.deleted = await findDeleted(kept.deleted, source(), pause);
      return deletedPage(kept.deleted, place, titles);
    },
    async unplacedNotes(client, place) {
      const kept = keptOf(client);
      kept.unplaced = await findUnplaced(kept.unplaced, { ...source(), unplaced }, pause);
      return unplacedPage(kept.unplaced, place, isMissing);
    },
    async activities(client, documentId, place) {
      const kept = keptOf(client);
      kept.activities = await findActivities(documentId, kept.activities, source(), await journal.read(), pause);
      return activitiesPage(kept.activities, place, { ...source(), tags, canUndo, joiningOf });
    },
    follow: titles.follow,
    touch: titles.touch,
  };
}
