import type { CallsOf, Emit } from '#api';
import { type Done, invertTagChange, type TagChange, type TagDetails, tagKey } from '#model';
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
  /** Keeps the casing of tags that are new. */
  remember(names: readonly string[]): Promise<void>;
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
    for (const id of notebooks.ids()) {
      const { tags: own = [], noteTags = [] } = notebooks.outline(id) ?? {};
      for (const name of [...own, ...noteTags]) names.add(name);
    }
    const byKey = new Map(tags.list().map((tag) => [tagKey(tag.name), tag]));
    for (const name of names) if (!byKey.has(tagKey(name))) byKey.set(tagKey(name), { name });
    return [...byKey.values()];
  };
  const tell = () => emit('tags.changed', { tags: list() });
  tags.onOutsideChange(tell);
  return {
    calls: {
      'tags.list': list,
      'tags.apply': async ({ changes }) => {
        const before = tags.list();
        const applied = await tags.apply(changes);
        if (applied.ok) {
          const done = changes.flatMap((change) => colouredBy(before, change));
          if (done.length > 0) journal.add(done);
          tell();
        }
        return applied;
      },
    },
    async remember(names) {
      const known = new Set(tags.list().map(({ name }) => tagKey(name)));
      const added = names.filter((name) => !known.has(tagKey(name)));
      if (added.length === 0) return;
      // The notebook is saved; what is not kept is only the tag's first casing, which every notebook can tell.
      const remembered = await tags.remember(added);
      if (!remembered.ok) log.warn('The tags of a note were not remembered', remembered.failure.message);
      tell();
    },
    tell,
  };
}

function colouredBy(before: readonly TagDetails[], change: TagChange): Done[] {
  const { name, colour: to } = change;
  const { colour: from } = invertTagChange(before, change);
  return from === to ? [] : [{ type: 'tag-coloured', name, ...(from && { from }), ...(to && { to }) }];
}
