import type { Result } from '#api';
import { changesOf, type NotebookChange, redirectOf, type TagDetails } from '#model';
import type { Turns } from './interchange/import';
import type { Log } from './log';
import type { NotebookStore, TagStore } from './notebook';
import { createPause } from './pacing';

interface Surroundings {
  notebooks: Pick<NotebookStore, 'outlines' | 'outline' | 'read' | 'lockedBecause' | 'onOutsideChange'>;
  tags: Pick<TagStore, 'list' | 'onOutsideChange'>;
  /** Makes changes of a notebook for all windows. */
  change(documentId: string, changes: NotebookChange[]): Promise<Result<unknown>>;
  turns: Pick<Turns, 'between'>;
  log: Log;
}

/**
 * What comes with a tag that was renamed, merged or nested by then (from another machine, out of the trash, by an import, by its other name) is
 * given the tag that it became.
 */
export interface TagSettling {
  look(documentId: string): void;
  lookAtAll(): void;
}

export function createTagSettling({ notebooks, tags, change, turns, log }: Surroundings): TagSettling {
  const pause = createPause();
  let turn: Promise<unknown> = Promise.resolve();
  let isLookingAtAll = false;

  let known: readonly TagDetails[] | undefined;
  let redirect: ReturnType<typeof redirectOf>;
  /** Where tags went; made once for all documents, until a tag is changed. */
  const redirectNow = () => {
    const list = tags.list();
    if (list !== known) redirect = redirectOf(list);
    known = list;
    return redirect;
  };

  const isToSettle = (id: string): boolean => {
    const redirect = redirectNow();
    const outline = notebooks.outline(id);
    if (!redirect || !outline || notebooks.lockedBecause(id)) return false;
    const isGone = (name: string) => redirect(name) !== name;
    return outline.tags.some(isGone) || outline.noteTags.some(isGone);
  };

  const settle = async (id: string): Promise<void> => {
    const notebook = isToSettle(id) ? await notebooks.read(id) : undefined;
    const redirect = redirectNow();
    if (!redirect) return;
    const changes = notebook ? changesOf(notebook, { type: 'move-tags', mover: redirect }, new Date().toISOString()) : [];
    if (changes.length === 0) return;
    const done = await change(id, changes);
    if (!done.ok) log.warn(`tags of ${id} could not be moved to what they became yet`, done.failure.message);
  };

  const inTurn = (act: () => Promise<void>): void => {
    turn = turn.then(act).catch((error: unknown) => log.error('tags could not be moved to what they became', error));
  };
  /** Each document by itself, so that whoever moves tags, or moves them back, waits for one alone. */
  const settleBetween = (id: string): Promise<void> => turns.between(() => settle(id));

  const look = (documentId: string): void => {
    if (redirectNow()) inTurn(() => settleBetween(documentId));
  };
  const lookAtAll = (): void => {
    if (isLookingAtAll || !redirectNow()) return;
    isLookingAtAll = true;
    inTurn(async () => {
      isLookingAtAll = false;
      for (const { id } of [...notebooks.outlines()]) {
        if (isToSettle(id)) await settleBetween(id);
        await pause();
      }
    });
  };
  notebooks.onOutsideChange(({ id }) => look(id));
  tags.onOutsideChange(lookAtAll);
  return { look, lookAtAll };
}
