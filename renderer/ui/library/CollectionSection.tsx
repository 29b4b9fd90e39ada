import { Folders, Pencil, Plus, Share, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { removeCollection, renameCollection } from '../../state/actions/collections';
import { reportError } from '../../state/actions/notices';
import { collect } from '../../state/actions/shelf';
import { showCollection, showDialog } from '../../state/actions/view';
import { type ShownCollection, shownCollections } from '../../state/selectors';
import { useStore } from '../../state/store';
import { IconButton } from '../kit/Button';
import { countOf, formatNumber } from '../kit/format';
import { MenuItem, MenuSeparator, Shortcut } from '../kit/Menu';
import type { VirtualPlace } from '../kit/VirtualList';
import { areDocuments, droppedDocuments } from './dragged-documents';
import { FoldedRows } from './FoldedRows';
import { libraryPlace } from './library-place';
import { SidebarRow } from './SidebarRow';
import { useLibraryRowFocus } from './use-library-row-focus';

const ROWS_FOLDED = 8;

const keyOf = ({ id }: ShownCollection): string => id;

/** The collections, each with how many documents are in it. */
export function CollectionSection() {
  const collections = useStore(shownCollections);
  const [section, setSection] = useState<HTMLElement | null>(null);
  const headingId = useId();
  const focus = useLibraryRowFocus(section);
  return (
    <div ref={setSection} {...focus} hidden={collections.length === 0}>
      <div className="tags-head">
        <h2 id={headingId} className="library-heading">
          Collections
        </h2>
        <IconButton label="New collection" small onClick={() => showDialog({ type: 'new-collection' })}>
          <Plus />
        </IconButton>
      </div>
      <FoldedRows label="Collections" headingId={headingId} items={collections} keyOf={keyOf} shown={ROWS_FOLDED} section={section}>
        {(collection, place) => <CollectionRow key={collection.id} collection={collection} place={place} />}
      </FoldedRows>
    </div>
  );
}

function CollectionRow({ collection, place }: { collection: ShownCollection; place: VirtualPlace | undefined }) {
  const { id, name, documents } = collection;
  const isCurrent = useStore((state) => libraryPlace(state) === `collection:${id}`);
  const remove = () => removeCollection(collection);
  const query = { collectionId: id, sort: 'title', ascending: true } as const;
  return (
    <SidebarRow
      name={name}
      icon={<Folders aria-hidden="true" />}
      count={{ shown: formatNumber(documents), inWords: countOf(documents, 'document') }}
      isCurrent={isCurrent}
      place={place}
      onOpen={() => showCollection(id)}
      rename={{ label: 'Name of the collection', to: (next) => renameCollection(collection, next) }}
      onDelete={remove}
      drop={{
        effect: 'copy',
        takes: areDocuments,
        onDrop(event) {
          const ids = droppedDocuments(event);
          if (ids.length > 0) void collect(ids, collection, true).catch(reportError);
          return ids.length > 0;
        },
      }}
      menu={(afterwards, rename) => (
        <>
          <MenuItem icon={<Pencil />} end={<Shortcut>F2</Shortcut>} onSelect={rename}>
            Rename…
          </MenuItem>
          <MenuItem
            icon={<Share />}
            disabled={documents === 0}
            onSelect={afterwards(() => showDialog({ type: 'export', scope: { type: 'list', query } }))}
          >
            Export…
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Trash2 />} end={<Shortcut>Del</Shortcut>} onSelect={afterwards(remove)}>
            Delete
          </MenuItem>
        </>
      )}
    />
  );
}
