import { ArrowUpToLine, FolderMinus, Folders, ListMinus, ListPlus, Star, StarOff } from 'lucide-react';
import { reportError } from '../../state/actions/notices';
import { areAll, collect, moveInReadingList, toggleFavourites, toggleLater } from '../../state/actions/shelf';
import { showDialog } from '../../state/actions/view';
import { filterCollection } from '../../state/selectors';
import { useStore } from '../../state/store';
import { MenuItem, Shortcut } from '../kit/Menu';

interface ShelfMenuItemsProps {
  /** The documents that the menu is for. */
  documentIds: readonly string[];
  /** Does something once the menu has gone. */
  afterwards(act: () => void): () => void;
}

/** What puts documents among the favourites, on the reading list and into collections, and takes them out. */
export function ShelfMenuItems({ documentIds, afterwards }: ShelfMenuItemsProps) {
  const areFavourites = useStore((state) => areAll(state, documentIds, 'favourite'));
  const areLater = useStore((state) => areAll(state, documentIds, 'later'));
  const isInOrder = useStore((state) => state.filter.later === true);
  const collection = useStore(filterCollection);
  const [only] = documentIds;
  const run = (act: () => Promise<unknown>) => afterwards(() => void act().catch(reportError));
  return (
    <>
      <MenuItem
        icon={areFavourites ? <StarOff /> : <Star />}
        end={<Shortcut>F</Shortcut>}
        onSelect={run(() => toggleFavourites(documentIds))}
      >
        {areFavourites ? 'Take out of the favourites' : 'Add to the favourites'}
      </MenuItem>
      <MenuItem icon={areLater ? <ListMinus /> : <ListPlus />} end={<Shortcut>Q</Shortcut>} onSelect={run(() => toggleLater(documentIds))}>
        {areLater ? 'Take off the reading list' : 'Read later'}
      </MenuItem>
      {isInOrder && only !== undefined && documentIds.length === 1 && (
        <MenuItem icon={<ArrowUpToLine />} onSelect={afterwards(() => moveInReadingList(only, () => 0))}>
          Read next
        </MenuItem>
      )}
      <MenuItem icon={<Folders />} onSelect={afterwards(() => showDialog({ type: 'collections', documentIds: [...documentIds] }))}>
        Collections…
      </MenuItem>
      {collection && (
        <MenuItem icon={<FolderMinus />} onSelect={run(() => collect(documentIds, collection, false))}>
          Take out of “{collection.name}”
        </MenuItem>
      )}
    </>
  );
}
