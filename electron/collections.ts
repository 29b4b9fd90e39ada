import type { Collection, Settings } from '#api';
import { collectionsOf, type Done, type Notebook, type NotebookOutline } from '#model';
import type { Journal, SettingsStore } from './notebook';

interface Surroundings {
  settings: Pick<SettingsStore, 'read' | 'onOutsideChange'>;
  outlines(): Iterable<NotebookOutline>;
  /** Of what is done that notebooks do not tell. */
  journal: Pick<Journal, 'add'>;
  /** These documents are found by other names now. */
  touch(ids: Iterable<string>): void;
}

/** What collections are called: with the settings is kept what the reader calls each, in the notebooks which documents are in it. */
export interface Collections {
  /** The names of those that a document is in, without those that were removed. */
  namesOf(outline: Pick<NotebookOutline, 'collections'> | undefined): string[];
  /** The notebook with them called so, and in no others: as it leaves the library. */
  named(notebook: Notebook): Notebook;
  /** The settings may be others, and not by the reader's doing. */
  look(): void;
  /** The settings were changed here: what that did to collections is noted in the journal. */
  settingsChanged(settings: Settings): void;
}

type Kept = Readonly<Record<string, Collection>>;

export function createCollections({ settings, outlines, journal, touch }: Surroundings): Collections {
  // Reading all settings for each document would take longer than all else.
  let kept: Kept = settings.read().collections;

  const take = (next: Kept): [id: string, from: string | undefined, to: string | undefined][] => {
    const changed = [...new Set([...Object.keys(kept), ...Object.keys(next)])].flatMap((id): ReturnType<typeof take> => {
      const [from, to] = [shownName(kept[id]), shownName(next[id])];
      return from === to ? [] : [[id, from, to]];
    });
    kept = next;
    const ids = new Set(changed.map(([id]) => id));
    const isConcerned = ({ collections = [] }: NotebookOutline) => collections.some(({ id }) => ids.has(id));
    if (ids.size > 0) touch([...outlines()].filter(isConcerned).map(({ id }) => id));
    return changed;
  };

  const look = () => void take(settings.read().collections);
  settings.onOutsideChange(look);
  /** What a collection is called; `undefined` where it was removed. */
  const nameOf = ({ id, name }: { id: string; name: string }): string | undefined => {
    const known = kept[id];
    return known ? shownName(known) : name;
  };
  return {
    look,
    named(notebook) {
      if (!notebook.collections) return notebook;
      const memberships = collectionsOf(notebook).flatMap((each) => {
        const name = nameOf(each);
        return name === undefined ? [] : [[each.id, { ...notebook.collections?.[each.id], name, count: 1 }]];
      });
      return { ...notebook, collections: Object.fromEntries(memberships) };
    },
    namesOf: (outline) => (outline?.collections ?? []).flatMap((each) => nameOf(each) ?? []),
    settingsChanged({ collections }) {
      const done = take(collections).map(
        ([collectionId, from, to]): Done => ({
          type: 'collection-set',
          collectionId,
          ...(from !== undefined && { from }),
          ...(to !== undefined && { to }),
        }),
      );
      if (done.length > 0) journal.add(done);
    },
  };
}

const shownName = (collection: Collection | undefined): string | undefined => (collection?.isRemoved ? undefined : collection?.name);
