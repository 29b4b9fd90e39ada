import type { CallsOf, Emit } from '#api';
import { type Done, isTagWithin, type TagChange, type TagDetails, tagKey, useAgain, withTag } from '#model';
import type { Journal } from './journal';
import type { NotebookStore } from './notebook-store';
import type { TagStore } from './tags';

interface Surroundings {
  tags: TagStore;
  notebooks: NotebookStore;
  /** Of what is done that notebooks do not tell. */
  journal: Pick<Journal, 'add'>;
  emit: Emit;
}

/** What is kept of tags, told and changed for all windows. */
export interface TagCalls {
  calls: CallsOf<'tags'>;
  /** Keeps the casing of tags that are new; those that `isUsed` are in use again where they had gone. */
  remember(names: readonly string[], isUsed: (name: string) => boolean): Promise<void>;
  /** The tags that documents and notes carry, and those that are kept, each as it is written. */
  list(): TagDetails[];
  /** Tells the windows of the tags as they are now. */
  tell(): void;
}

export function createTagCalls(
  { tags, notebooks, journal, emit }: Surroundings,
  log: { warn(message: string, cause?: unknown): void },
): TagCalls {
  /** The kept tags, and those that only notebooks know (when tags.json was lost, or came with a notebook). */
  const list = (): TagDetails[] => {
    // As they are written: thousands of notes carry the same few.
    const names = new Set<string>();
    for (const { tags: own, noteTags } of notebooks.outlines()) {
      for (const name of own) names.add(name);
      for (const name of noteTags) names.add(name);
    }
    const byKey = new Map(tags.list().map((tag) => [tagKey(tag.name), tag]));
    for (const name of names) if (!byKey.has(tagKey(name))) byKey.set(tagKey(name), { name });
    return [...byKey.values()];
  };
  const tell = () => emit('tags.changed', { tags: list() });
  tags.onOutsideChange(tell);
  return {
    list,
    calls: {
      'tags.list': list,
      'tags.apply': async ({ changes }) => {
        const before = tags.list();
        const at = new Date().toISOString();
        const applied = await tags.apply(changes.map((change) => ({ at, ...change })));
        if (applied.ok) {
          const done = changes.flatMap((change) => colouredBy(before, change));
          if (done.length > 0) journal.add(done);
          tell();
        }
        return applied;
      },
    },
    async remember(names, isUsed) {
      if (names.length === 0) return;
      const known = new Set(tags.list().map(({ name }) => tagKey(name)));
      const added = names.filter((name) => !known.has(tagKey(name)));
      const gone = tags.list().filter(({ movedTo }) => movedTo !== undefined);
      const again = names.filter((name) => gone.some((tag) => isTagWithin(name, tag.name)) && isUsed(name));
      if (added.length + again.length === 0) return;
      // The notebook is saved; what is not kept is only the tag's first casing, which every notebook can tell.
      const at = new Date().toISOString();
      const remembered = await tags.update((all) => again.reduce((each, name) => useAgain(each, name, at), added.reduce(withTag, all)));
      if (!remembered.ok) log.warn('The tags of a note were not remembered', remembered.failure.message);
      tell();
    },
    tell,
  };
}

function colouredBy(before: readonly TagDetails[], change: TagChange): Done[] {
  if (change.type !== 'set-tag-colour') return [];
  const { name, colour: to } = change;
  const from = before.find((tag) => tagKey(tag.name) === tagKey(name))?.colour;
  return from === to ? [] : [{ type: 'tag-coloured', name, ...(from && { from }), ...(to && { to }) }];
}
