import { v7 as uuid } from 'uuid';
import { type BulkEdit, type BulkOutcome, type CallsOf, type Emit, fail, ok, type Result, type TagMovePlan } from '#api';
import { type Mover, moveObstacle, moverOf, rankAt, type TagMove } from '#model';
import { createGoingBack, nothingDone } from './bulk-going-back';
import { createBulkSteps, type Target } from './bulk-steps';
import { createBulkTags } from './bulk-tags';
import { describeEdit, noCount } from './bulk-wording';
import type { Turns } from './interchange/import';
import type { Log } from './log';
import type { BulkRecords, Journal, KeptMessages, NotebookCalls, NotebookStore, SettingsStore, TagCalls, TagStore } from './notebook';
import { createTagPlans } from './tag-plans';

interface Surroundings {
  notebooks: NotebookStore;
  notebookCalls: Pick<NotebookCalls, 'find' | 'changeAsPart'>;
  /** Whether the file of a document is gone, as far as the library knows. */
  isMissing(documentId: string): boolean;
  tags: TagStore;
  tagCalls: Pick<TagCalls, 'list' | 'tell' | 'remember'>;
  settings: Pick<SettingsStore, 'read' | 'update'>;
  records: BulkRecords;
  journal: Pick<Journal, 'add'>;
  messages: Pick<KeptMessages, 'add'>;
  turns: Turns;
  emit: Emit;
  log: Log;
}

/**
 * Changes of many documents or notes that are one to the reader: done completely or not at all, also where Lectern ends in their midst, and
 * taken back as one. Before a notebook is changed its changes and what takes them back are on the disk (`bulk-records.ts`).
 */
export interface BulkEdits {
  /** What moving a tag would change. */
  planMove(move: TagMove): Promise<Result<TagMovePlan>>;
  /** The tags that nothing carries. */
  unusedTags(): Promise<Result<string[]>>;
  apply(edit: BulkEdit): Promise<Result<BulkOutcome>>;
  undo(editId: string): Promise<Result<BulkOutcome>>;
  redo(editId: string): Promise<Result<BulkOutcome>>;
  /** Ends what is being applied, taken back or made again; nothing of it stays. */
  stop(): void;
  /** Takes back what the end of Lectern cut off; for the start. */
  recover(): Promise<void>;
  close(): Promise<void>;
}

/** What bulk edits answer. */
export const bulkCalls = (edits: BulkEdits): CallsOf<'bulk'> => ({
  'bulk.plan-move': (move) => edits.planMove(move),
  'bulk.unused-tags': () => edits.unusedTags(),
  'bulk.apply': (edit) => edits.apply(edit),
  'bulk.stop': () => {
    edits.stop();
    return null;
  },
  'bulk.undo': ({ editId }) => edits.undo(editId),
  'bulk.redo': ({ editId }) => edits.redo(editId),
});

export function createBulkEdits(surroundings: Surroundings): BulkEdits {
  const { notebooks, notebookCalls, isMissing, tags, tagCalls, settings, records, journal, messages, turns, emit, log } = surroundings;
  let running: AbortController | undefined;

  const plans = createTagPlans({ notebooks, find: notebookCalls.find, list: tagCalls.list });
  const steps = createBulkSteps({ notebookCalls, plans, records, emit, log });
  const bulkTags = createBulkTags({ tags, settings, plans, records, emit });
  const targetsOfMoves = async (mover: Mover): Promise<Target[]> =>
    (await plans.carriersOf(mover)).map((documentId) => ({ documentId, edit: { type: 'move-tags', mover } }));
  const { conclude, withdraw, goBack, recover } = createGoingBack({
    plans,
    steps,
    bulkTags,
    targetsOfMoves,
    tagCalls,
    records,
    journal,
    messages,
    log,
  });

  const apply = async (edit: BulkEdit, signal: AbortSignal): Promise<Result<BulkOutcome>> => {
    if (edit.type === 'move-tags')
      for (const move of edit.moves) {
        const obstacle = moveObstacle(move);
        if (obstacle !== undefined) return fail('tag-not-movable', obstacle);
      }
    const at = new Date().toISOString();
    const known = plans.names();
    const moves = edit.type === 'delete-unused-tags' ? await bulkTags.deletionsOf(edit.names) : edit.type === 'move-tags' ? edit.moves : [];
    if (edit.type === 'delete-unused-tags' && moves.length === 0) return ok({ message: 'They are in use by now, so nothing was changed.' });
    const targets = edit.type === 'move-tags' ? await targetsOfMoves(moverOf(edit.moves, known)) : targetsOf(edit, isMissing);
    const editId = uuid();
    const begun = await records.begin(editId);
    if (!begun.ok) return nothingDone(begun);
    const moved = moves.length > 0 ? await bulkTags.move(editId, moves, at) : ok(null);
    const made = moved.ok
      ? await steps.make(editId, steps.stepsOf(targets, at), { total: () => targets.length, signal })
      : { count: noCount(), failure: moved.failure };
    if (made.failure || made.isStopped) return withdraw(editId, made);
    if (edit.type === 'remove-records') made.count.present = edit.documentIds.length - targets.length;
    const message = describeEdit(
      edit.type === 'delete-unused-tags' ? { ...edit, names: moves.map(({ from }) => from) } : edit,
      made.count,
      known,
    );
    if (moves.length === 0 && made.count.documents + made.count.notes === 0) {
      await records.remove(editId);
      return ok({ message });
    }
    return conclude(editId, 'done', { message, steps: targets.length });
  };

  const inTurn = (act: (signal: AbortSignal) => Promise<Result<BulkOutcome>>): Promise<Result<BulkOutcome>> =>
    turns.change(async () => {
      running = new AbortController();
      steps.takeCame();
      try {
        return await act(running.signal);
      } finally {
        running = undefined;
      }
    });

  return {
    planMove: (move) => turns.look(() => plans.planMove(move)),
    unusedTags: () => turns.look(async () => ok(await plans.unused())),
    apply: (edit) => inTurn((signal) => apply(edit, signal)),
    undo: (editId) => inTurn((signal) => goBack(editId, 'undo', signal)),
    redo: (editId) => inTurn((signal) => goBack(editId, 'redo', signal)),
    stop: () => running?.abort(),
    recover,
    async close() {
      running?.abort();
      await turns.ended();
    },
  };
}

function targetsOf(edit: Exclude<BulkEdit, { type: 'move-tags' }>, isMissing: (documentId: string) => boolean): Target[] {
  switch (edit.type) {
    // Nothing carries them.
    case 'delete-unused-tags':
      return [];
    case 'tag-documents':
      return edit.documentIds.map((documentId) => ({ documentId, edit: { type: 'tag-document', add: edit.add, remove: edit.remove } }));
    case 'set-status':
      return edit.documentIds.map((documentId) => ({ documentId, edit: { type: 'set-status', status: edit.status } }));
    case 'set-favourite':
      return edit.documentIds.map((documentId) => ({
        documentId,
        edit: { type: 'set-favourite', favourite: edit.isFavourite ? true : undefined },
      }));
    case 'set-later': {
      const now = Date.now();
      return edit.documentIds.map((documentId, index) => ({
        documentId,
        edit: { type: 'set-later', later: edit.isLater ? rankAt(now, index) : undefined },
      }));
    }
    case 'set-collection': {
      const { documentIds, collectionId: id, name, isIn } = edit;
      return documentIds.map((documentId) => ({ documentId, edit: { type: 'set-collection', id, name, isIn } }));
    }
    case 'remove-records':
      return edit.documentIds.filter(isMissing).map((documentId) => ({ documentId, edit: { type: 'remove-record' } }));
    case 'tag-notes':
    case 'delete-notes':
      return edit.notes.map(({ documentId, noteIds }) => ({ documentId, edit: { ...edit, noteIds: new Set(noteIds) } }));
  }
}
