import { Ellipsis, Folders, Pencil, Plus, Share, Trash2 } from 'lucide-react';
import { type CSSProperties, type DragEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { removeCollection, renameCollection } from '../../state/actions/collections';
import { reportError } from '../../state/actions/notices';
import { collect } from '../../state/actions/shelf';
import { showCollection, showDialog } from '../../state/actions/view';
import { type ShownCollection, shownCollections } from '../../state/selectors';
import { useStore } from '../../state/store';
import { IconButton } from '../kit/Button';
import { ContextMenu, type MenuPlace, menuPlaceOf } from '../kit/ContextMenu';
import { countOf, formatNumber } from '../kit/format';
import { Menu, MenuItem, MenuSeparator, Shortcut, useAfterMenu } from '../kit/Menu';
import { NameField } from '../kit/NameField';
import type { VirtualPlace } from '../kit/VirtualList';
import { areDocuments, droppedDocuments } from './dragged-documents';
import { FoldedRows } from './FoldedRows';
import { libraryPlace } from './library-place';
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
  const [isNaming, setNaming] = useState(false);
  const [isOver, setOver] = useState(false);
  const [menu, setMenu] = useState<MenuPlace>();
  const button = useRef<HTMLButtonElement>(null);
  const countId = useId();
  if (isNaming) {
    return (
      <li
        ref={place?.ref}
        className="tag-row"
        data-index={place?.index}
        data-placed={place ? '' : undefined}
        style={{ top: place?.offset }}
      >
        <NameField
          label="Name of the collection"
          name={name}
          onEnd={(next, how) => {
            setNaming(false);
            if (next !== undefined) renameCollection(collection, next);
            if (how === 'key') requestAnimationFrame(() => button.current?.focus());
          }}
        />
      </li>
    );
  }
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'F2') setNaming(true);
    else if (event.key === 'Delete') removeCollection(collection);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const handleDragOver = (event: DragEvent) => {
    if (!areDocuments(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  };
  const handleDrop = (event: DragEvent) => {
    setOver(false);
    const ids = droppedDocuments(event);
    if (ids.length === 0) return;
    event.preventDefault();
    void collect(ids, collection, true).catch(reportError);
  };
  const items = (afterwards: (act: () => void) => () => void) => (
    <CollectionMenuItems collection={collection} onRename={() => setNaming(true)} afterwards={afterwards} />
  );
  return (
    <li
      ref={place?.ref}
      className="tag-row"
      data-index={place?.index}
      data-placed={place ? '' : undefined}
      data-over={isOver || undefined}
      style={{ '--depth': 0, top: place?.offset } as CSSProperties}
      onContextMenu={(event) => button.current && setMenu(menuPlaceOf(event, event.currentTarget, button.current))}
      onDragOver={handleDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={handleDrop}
    >
      <button
        ref={button}
        type="button"
        className="library-row"
        aria-label={name}
        aria-describedby={countId}
        aria-current={isCurrent ? 'true' : undefined}
        aria-keyshortcuts="F2 Delete"
        title={name}
        onClick={() => showCollection(id)}
        onKeyDown={handleKeyDown}
      >
        <Folders aria-hidden="true" />
        <span className="tag-label" dir="auto">
          {name}
        </span>
        <span className="library-count">
          <span aria-hidden="true">{formatNumber(documents)}</span>
          <span id={countId} hidden>
            {countOf(documents, 'document')}
          </span>
        </span>
      </button>
      <CollectionMenu name={name}>{items}</CollectionMenu>
      {menu && (
        <ContextMenu place={menu} label={`Options for ${name}`} onClose={() => setMenu(undefined)}>
          {items}
        </ContextMenu>
      )}
    </li>
  );
}

type Items = (afterwards: (act: () => void) => () => void) => ReactNode;

function CollectionMenu({ name, children }: { name: string; children: Items }) {
  const label = `Options for ${name}`;
  const { afterwards, onCloseAutoFocus } = useAfterMenu();
  return (
    <Menu
      label={label}
      align="start"
      onCloseAutoFocus={onCloseAutoFocus}
      trigger={
        <IconButton label={label} small>
          <Ellipsis />
        </IconButton>
      }
    >
      {children(afterwards)}
    </Menu>
  );
}

interface CollectionMenuItemsProps {
  collection: ShownCollection;
  onRename(): void;
  afterwards(act: () => void): () => void;
}

function CollectionMenuItems({ collection, onRename, afterwards }: CollectionMenuItemsProps) {
  const { id, documents } = collection;
  const query = { collectionId: id, sort: 'title', ascending: true } as const;
  return (
    <>
      <MenuItem icon={<Pencil />} end={<Shortcut>F2</Shortcut>} onSelect={onRename}>
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
      <MenuItem icon={<Trash2 />} end={<Shortcut>Del</Shortcut>} onSelect={afterwards(() => removeCollection(collection))}>
        Delete
      </MenuItem>
    </>
  );
}
