import type { LibraryFolder } from '#api';
import { tagKey } from '#model';
import { filterCollection, filterTag, viewTag } from '../../state/selectors';
import type { AppState } from '../../state/store';

/** Which row of the library's navigation is the current one: a view, a reading status, favourites, the reading list, a collection by its id, a folder by the id of its library folder and its path in there, a tag by its `tagKey`, or none of them beside results of a search. */
export type LibraryPlace =
  | 'all'
  | 'unread'
  | 'reading'
  | 'finished'
  | 'favourites'
  | 'later'
  | `collection:${string}`
  | `folder:${string}`
  | 'notes'
  | 'unplaced'
  | 'activity'
  | 'trash'
  | 'results'
  | `tag:${string}`;

/** Where in the library the reader is, from what the window shows and what its list is narrowed to. */
export function libraryPlace(state: Pick<AppState, 'view' | 'filter' | 'results' | 'tags' | 'settings' | 'counts'>): LibraryPlace {
  const { view, filter, results } = state;
  const collection = filterCollection(state);
  const [narrowed, shown] = [filterTag(state), viewTag(state)];
  if (results) return 'results';
  if (view.type === 'trash' || view.type === 'unplaced' || view.type === 'activity') return view.type;
  if (view.type === 'notes') return shown === undefined ? 'notes' : `tag:${tagKey(shown)}`;
  if (filter.status !== 'all') return filter.status;
  if (collection) return `collection:${collection.id}`;
  if (filter.later) return 'later';
  if (filter.favourite) return 'favourites';
  if (filter.folderId !== undefined && narrowed === undefined) return `folder:${filter.folderId}/${filter.path ?? ''}`;
  return narrowed === undefined ? 'all' : `tag:${tagKey(narrowed)}`;
}

/** A folder's short name: its last level; built-in folders have a name of their own. */
export const folderLabel = ({ kind, name, path }: LibraryFolder): string =>
  kind === 'added' ? (path.split(/[/\\]/).findLast((level) => level !== '') ?? name) : name;
