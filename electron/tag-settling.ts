import type { Result } from '#api';
import { changesOf, type NotebookChange, redirectOf } from '#model';
import type { Turns } from './interchange/import';
import type { Log } from './log';
import type { NotebookStore, TagStore } from './notebook';
import { createPause } from './pacing';

interface Surroundings {
  notebooks: Pick<NotebookStore, 'outlines' | 'outline' | 'read' | 'lockedBecause' | 'onOutsideChange'>;
  tags: Pick<TagStore, 'list' | 'onOutsideChange'>;
  /** Makes changes of a notebook for all windows. */
  change(documentId: string, changes: NotebookChange[]): Promise<Result<unknown>>;
  turns: Pick<Turns, 'ended'>;
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

  const settle = async (id: string): Promise<void> => {
    const redirect = redirectOf(tags.list());
    const outline = notebooks.outline(id);
    if (!redirect || !outline || notebooks.lockedBecause(id)) return;
    const isGone = (name: string) => redirect(name) !== name;
    if (!outline.tags.some(isGone) && !outline.noteTags.some(isGone)) return;
    const notebook = await notebooks.read(id);
    const changes = notebook ? changesOf(notebook, { type: 'move-tags', mover: redirect }, new Date().toISOString()) : [];
    if (changes.length === 0) return;
    const done = await change(id, changes);
    if (!done.ok) log.warn(`tags of ${id} could not be moved to what they became yet`, done.failure.message);
  };

  /** Not while tags are being moved, or moved back. */
  const inTurn = (act: () => Promise<void>): void => {
    turn = turn
      .then(() => turns.ended())
      .then(act)
      .catch((error: unknown) => log.error('tags could not be moved to what they became', error));
  };

  const look = (documentId: string): void => {
    if (redirectOf(tags.list())) inTurn(() => settle(documentId));
  };
  const lookAtAll = (): void => {
    if (isLookingAtAll || !redirectOf(tags.list())) return;
    isLookingAtAll = true;
    inTurn(async () => {
      isLookingAtAll = false;
      for (const { id } of [...notebooks.outlines()]) {
        await settle(id);
        await pause();
      }
    });
  };
  notebooks.onOutsideChange(({ id }) => look(id));
  tags.onOutsideChange(lookAtAll);
  return { look, lookAtAll };
}
