import type { SavedSearch } from '#api';
import { record, withStep } from '#model';
import { type AppState, getState, setState } from '../store';
import { notify } from './notices';
import { updateSettings } from './settings';

/** A search that is kept, with its name in `savedSearches`. */
export type KeptSearch = SavedSearch & { id: string };

/** The searches that are kept, by name. */
export const savedSearches = ({ settings }: Pick<AppState, 'settings'>): KeptSearch[] =>
  Object.entries(settings.savedSearches)
    .filter(([, { isRemoved }]) => !isRemoved)
    .map(([id, search]) => ({ ...search, id }))
    .sort((a, b) => nameOfSearch(a).localeCompare(nameOfSearch(b)));

export const nameOfSearch = ({ name, query }: Pick<SavedSearch, 'name' | 'query'>): string => name ?? query;

const findSaved = (state: Pick<AppState, 'settings'>, query: string): KeptSearch | undefined =>
  savedSearches(state).find((each) => each.query === query);

export const isSaved = (state: Pick<AppState, 'settings'>, query: string): boolean => findSaved(state, query) !== undefined;

/** Keeps a state of a search that is later than the one before, by whichever clock that was told. */
function put(id: string, search: Omit<SavedSearch, 'changedAt'>): void {
  const { savedSearches: all } = getState().settings;
  const before = all[id];
  const at = Math.max(Date.now(), before ? Date.parse(before.changedAt) + 1 : 0);
  updateSettings({ savedSearches: { ...all, [id]: { ...search, changedAt: new Date(at).toISOString() } } });
}

/** Keeps a search in the sidebar, or removes it from there. */
export function toggleSaved(query: string): void {
  const known = findSaved(getState(), query);
  if (known) removeSaved(known);
  else {
    put(crypto.randomUUID(), { query });
    notify('info', `“${query}” is saved. It stands in the library under “Saved searches”.`);
  }
}

/** Gives a search another name; empty for its query. */
export function renameSaved({ id, query }: KeptSearch, name: string): void {
  const trimmed = name.trim();
  put(id, { query, ...(trimmed !== '' && trimmed !== query && { name: trimmed }) });
}

/** Removes a search, as a step of undo of the library. */
export function removeSaved(search: KeptSearch): void {
  const { id } = search;
  setSearchRemoved(id, true);
  const step = { label: 'Remove saved search', changes: [], searchId: id, at: Date.now(), isOfLibrary: true };
  setState({ history: record(getState().history, step) });
  const bringBack = () => {
    setSearchRemoved(id, false);
    setState({ history: withStep(getState().history, id, 'undone') });
  };
  const message = `The saved search “${nameOfSearch(search)}” is removed.`;
  notify('info', message, { action: { label: 'Undo', run: bringBack }, about: `search ${id}` });
}

/** Removes a search, or brings it back, as it is by now. */
export function setSearchRemoved(id: string, isRemoved: boolean): void {
  const search = getState().settings.savedSearches[id];
  if (!search) return;
  const { changedAt: _earlier, isRemoved: _before, ...kept } = search;
  put(id, { ...kept, ...(isRemoved && { isRemoved }) });
}
