import { type DeletedNotesPage, fail, type NoteChoices, type NotesPage, type NotesQuery, ok, type Result } from '#api';
import type { Notebook } from '#model';
import type { Pause } from '../../pacing';
import { type DeletedNotes, deletedPage, findDeleted } from './deleted-notes';
import { createDocumentTitles, type DocumentTitles } from './document-titles';
import { type FoundNotes, findNotes, notesPage } from './found-notes';
import { findChoices, type KeptChoices, offered } from './note-choices';
import { createWordsOf } from './note-filter';

/** ms after the last question of a window until what was found for it is let go. */
const KEPT_FOR = 60_000;

interface Place {
  from: number;
  count: number;
}

/** Lists of the notes of all documents, in pages. `origin` is the window that asks. */
export interface NoteLists {
  /** A newer query of the same window ends this one with `cancelled`. */
  notes(origin: string, query: NotesQuery, place: Place): Promise<Result<NotesPage>>;
  choices(origin: string, within: string | undefined): Promise<NoteChoices>;
  deletedNotes(origin: string, place: Place): Promise<DeletedNotesPage>;
  /** From now on titles are asked for here. */
  follow: DocumentTitles['follow'];
  /** These documents may have other titles. */
  touch: DocumentTitles['touch'];
}

export interface NoteListsOptions {
  notebooks(): Iterable<Notebook>;
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
  timer?: NodeJS.Timeout;
}

class Overtaken extends Error {}

/**
 * Lists out of the notebooks in memory. What was found stays for a while, and is brought up to date with each question: the next page costs
 * what has changed since.
 */
export function createNoteLists({ notebooks, pause, keptFor = KEPT_FOR }: NoteListsOptions): NoteLists {
  const titles = createDocumentTitles();
  const windows = new Map<string, Kept>();
  let wordsOf = createWordsOf();

  const keptOf = (origin: string): Kept => {
    const kept = windows.get(origin) ?? {};
    windows.set(origin, kept);
    clearTimeout(kept.timer);
    kept.timer = setTimeout(() => letGo(origin), keptFor);
    kept.timer.unref();
    return kept;
  };
  const letGo = (origin: string): void => {
    windows.delete(origin);
    if (windows.size > 0) return;
    titles.letGo();
    wordsOf = createWordsOf();
  };

  return {
    async notes(origin, query, place) {
      const kept = keptOf(origin);
      const asked = JSON.stringify(query);
      kept.asked = asked;
      const step: Pause = () =>
        pause()?.then(() => {
          if (kept.asked !== asked) throw new Overtaken();
        });
      try {
        const found = await findNotes(query, kept.found, { notebooks, titles, wordsOf }, step);
        if (kept.asked === asked) kept.found = found;
        return ok(await notesPage(found, place, titles, step));
      } catch (error) {
        if (error instanceof Overtaken) return fail('cancelled', 'A newer query took the place of this one.');
        throw error;
      }
    },
    async choices(origin, within) {
      const kept = keptOf(origin);
      kept.choices = await findChoices(within, kept.choices, notebooks(), pause);
      return offered(kept.choices, titles);
    },
    async deletedNotes(origin, place) {
      const kept = keptOf(origin);
      kept.deleted = await findDeleted(kept.deleted, notebooks(), pause);
      return deletedPage(kept.deleted, place, titles);
    },
    follow: titles.follow,
    touch: titles.touch,
  };
}
