import {
  type Colour,
  canBeJoined,
  compareTitles,
  levelsOf,
  type Note,
  normalizeTagName,
  type Placement,
  redirectOf,
  tagKey,
  type WholeNote,
  wholeNotes,
} from '#model';
import { inTextOrder } from './note-lists';
import { type AppState, selectNotebook } from './store';

/** Recomputes only when one of the inputs is another object. */
function memoize<const I extends readonly unknown[], O, S = AppState>(
  inputs: (state: S) => I,
  compute: (...inputs: I) => O,
): (state: S) => O {
  let last: I | undefined;
  let value: O;
  return (state) => {
    const now = inputs(state);
    if (!last || now.some((input, index) => input !== last?.[index])) {
      last = now;
      value = compute(...now);
    }
    return value;
  };
}

const NO_NOTES: readonly Note[] = [];

/** The notes of the open document that are shown beside it, with all their passages: those of others unless they are hidden. */
export const shownNotes = memoize(
  (state) => [selectNotebook(state)?.notes, state.settings.othersShown],
  (records: readonly Note[] = NO_NOTES, othersShown: boolean): readonly WholeNote[] => {
    const notes = wholeNotes(records);
    return othersShown || notes.every(({ creator }) => !creator) ? notes : notes.filter(({ creator }) => !creator);
  },
);

/** Those of them that can be joined with others, in the order of the text. */
const joinableNotes = memoize(
  (state) => [shownNotes(state), state.placements],
  (notes: readonly WholeNote[], placements: AppState['placements']): readonly WholeNote[] =>
    inTextOrder(notes, placements).filter(canBeJoined),
);

/** The next (1) or previous (-1) note in the text that a note of the open document can be joined with. */
export function joinableNeighbour(state: AppState, noteId: string, direction: 1 | -1): WholeNote | undefined {
  const notes = joinableNotes(state);
  const at = notes.findIndex(({ id }) => id === noteId);
  return at < 0 ? undefined : notes[at + direction];
}

/** How many notes the open document has. */
export const noteCount = memoize(
  (state) => [selectNotebook(state)?.notes],
  (records: readonly Note[] = NO_NOTES): number => wholeNotes(records).length,
);

/** By which places the cards of notes stand: those from before, while the document is read again. */
export const cardPlacements = ({ open, placements }: AppState): ReadonlyMap<string, Placement> => open?.placedBefore ?? placements;

/** A tag in the tree: its full name, its last level, and how many documents and notes carry it or a tag under it. */
export interface TagNode {
  key: string;
  name: string;
  label: string;
  depth: number;
  count: number;
  colour?: Colour;
}

/** The tag tree, flattened in the order in which it is drawn. */
export const tagTree = memoize(
  ({ tags, tagUses }) => [tags, tagUses],
  (() => {
    /** Keys in their order, until there are others: sorting thousands takes longer than all else. */
    let sorted: string[] = [];
    return (tags: AppState['tags'], uses: AppState['tagUses']): TagNode[] => {
      const names = new Map([...uses].map(([key, { name }]) => [key, name]));
      for (const { name, colour } of tags.values())
        if (colour !== undefined) for (const level of levelsOf(name)) if (!names.has(tagKey(level))) names.set(tagKey(level), level);
      if (sorted.length !== names.size || !sorted.every((key) => names.has(key)))
        sorted = [...names.keys()]
          .map((key) => key.split('/'))
          .sort(comparePaths)
          .map((path) => path.join('/'));
      return sorted.map((key) => {
        const details = tags.get(key);
        const name = details?.name ?? names.get(key) ?? key;
        const levels = levelsOf(name);
        return {
          key,
          name,
          label: normalizeTagName(name).split('/').at(-1) ?? name,
          depth: levels.length - 1,
          count: uses.get(key)?.count ?? 0,
          colour: details?.colour,
        };
      });
    };
  })(),
);

function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let level = 0; level < Math.min(a.length, b.length); level++) {
    const order = compareTitles(a[level] ?? '', b[level] ?? '');
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** A collection of documents, with how many are in it. */
export interface ShownCollection {
  id: string;
  name: string;
  documents: number;
}

/** The collections by name: those that are kept, and those that only documents tell of. */
export const shownCollections = memoize(
  ({ settings, counts }: Pick<AppState, 'settings' | 'counts'>) => [settings.collections, counts.collections],
  (kept: AppState['settings']['collections'], counted: AppState['counts']['collections']): ShownCollection[] => {
    const byId = new Map(counted.map((each) => [each.id, each]));
    for (const [id, { name, isRemoved }] of Object.entries(kept)) {
      if (isRemoved) byId.delete(id);
      else byId.set(id, { id, name, documents: byId.get(id)?.documents ?? 0 });
    }
    return [...byId.values()].sort((a, b) => compareTitles(a.name, b.name) || (a.id < b.id ? -1 : 1));
  },
);

/** The collection that the list of documents is narrowed to, where it is still there. */
export const filterCollection = (state: Pick<AppState, 'filter' | 'settings' | 'counts'>): ShownCollection | undefined =>
  state.filter.collectionId === undefined ? undefined : shownCollections(state).find(({ id }) => id === state.filter.collectionId);

/** Where tags went: the name that one has by now. */
export const movedTags = memoize(
  ({ tags }: Pick<AppState, 'tags'>) => [tags],
  (tags: AppState['tags']): ((name: string) => string) => redirectOf([...tags.values()]) ?? ((name) => name),
);

/** The tag that the list of documents is narrowed to, as it is called by now. */
export const filterTag = (state: Pick<AppState, 'filter' | 'tags'>): string | undefined =>
  state.filter.tag && movedTags(state)(state.filter.tag);

/** The tag whose notes are shown, as it is called by now. */
export const viewTag = (state: Pick<AppState, 'view' | 'tags'>): string | undefined =>
  state.view.type === 'notes' && state.view.tag !== undefined ? movedTags(state)(state.view.tag) : undefined;

/** The colour of a tag, its own or the nearest one above it. */
export function tagColour(tags: AppState['tags'], name: string): Colour | undefined {
  const levels = tagKey(name).split('/');
  for (let depth = levels.length; depth > 0; depth--) {
    const colour = tags.get(levels.slice(0, depth).join('/'))?.colour;
    if (colour) return colour;
  }
  return undefined;
}
