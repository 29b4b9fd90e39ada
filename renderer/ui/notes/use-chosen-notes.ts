import { useRef, useState } from 'react';
import { type NotesPage, type NotesQuery, rowAt } from '#api';
import { announce } from '../../state/actions/notices';
import { call } from '../../state/client';
import { lastAnswer } from '../../state/last-answer';
import { getState } from '../../state/store';

/** The notes of a list that are selected: the document of each, by its id. */
type Chosen = ReadonlyMap<string, string>;

/** Selecting notes of a list in pages: one, from one to another, or all of them. */
export function useChosenNotes(page: NotesPage, query: NotesQuery) {
  const [chosen, setChosen] = useState<Chosen>(new Map());
  /** Where a range begins, from 0. */
  const anchor = useRef<number>(undefined);

  /** How often it was said what is to be selected: an answer that comes after something else was said selects nothing. */
  const sayings = useRef(0);

  const choose = (next: Chosen) => {
    sayings.current += 1;
    setChosen(next);
    announce(next.size === 0 ? 'No note is selected.' : `${next.size} ${next.size === 1 ? 'note' : 'notes'} selected.`);
  };
  const [held] = useState(() => lastAnswer<[noteId: string, documentId: string][]>());
  const ask = async (): Promise<[noteId: string, documentId: string][]> => {
    const notes = await call('notebook.note-ids', { query });
    return notes.flatMap(({ documentId, noteIds }) => noteIds.map((noteId): [string, string] => [noteId, documentId]));
  };
  /** All of the list as it is now, asked for once: a range grows by a key at a time. */
  const all = () => held(`${getState().libraryVersion} ${JSON.stringify(query)}`, ask);
  const chooseOnceKnown = async (from: number, to?: number) => {
    const saying = ++sayings.current;
    const notes = await all();
    if (saying === sayings.current) choose(new Map(notes.slice(from, to)));
  };

  return {
    chosen,
    isChoosing: chosen.size > 0,
    toggle(index: number) {
      const row = rowAt(page, index);
      if (!row) return;
      anchor.current = index;
      const next = new Map(chosen);
      if (!next.delete(row.note.id)) next.set(row.note.id, row.documentId);
      choose(next);
    },
    /** Selects from where the range began, which is `from` where there is none, to `to`. */
    async extend(from: number, to: number) {
      anchor.current ??= from;
      const [first, last] = [Math.min(anchor.current, to), Math.max(anchor.current, to)];
      const rows = page.rows.slice(Math.max(0, first - page.from), last + 1 - page.from);
      const isHeld = first >= page.from && last < page.from + page.rows.length;
      if (isHeld) choose(new Map(rows.map(({ note, documentId }) => [note.id, documentId])));
      else await chooseOnceKnown(first, last + 1);
    },
    chooseAll: () => chooseOnceKnown(0),
    /** These are gone, as was told already: what else is selected by now stays so. */
    drop(gone: Chosen) {
      anchor.current = undefined;
      sayings.current += 1;
      setChosen((now) => new Map([...now].filter(([noteId]) => !gone.has(noteId))));
    },
    clear() {
      anchor.current = undefined;
      sayings.current += 1;
      if (chosen.size > 0) choose(new Map());
    },
  };
}
