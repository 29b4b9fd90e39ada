import {
  ArrowDownUp,
  FileType,
  Folder,
  Folders,
  LayoutGrid,
  LibraryBig,
  List,
  ListOrdered,
  Search,
  Star,
  Tag,
  User,
  X,
} from 'lucide-react';
import { type KeyboardEvent, type ReactNode, type Ref, useRef } from 'react';
import { sortOrders } from '#api';
import { documentListSettled, orderOf, rowAtPlace } from '../../state/actions/document-list';
import { clearFilter, setFilter } from '../../state/actions/library';
import { reportError } from '../../state/actions/notices';
import { updateSettings } from '../../state/actions/settings';
import { runCommand } from '../../state/commands';
import { filterCollection, filterTag } from '../../state/selectors';
import { type DocumentFilter, getState, useStore } from '../../state/store';
import { Button, IconButton } from '../kit/Button';
import { keyText } from '../kit/Keys';
import { Menu, MenuChoice, MenuSeparator } from '../kit/Menu';
import { openAndRead } from '../kit/open-and-read';
import { ChosenDocuments } from './ChosenDocuments';
import { DocumentList } from './DocumentList';
import { FORMAT_NAMES } from './describe-document';
import { documentOrders, orderHeading } from './document-order';
import { FilterMenu } from './FilterMenu';
import { folderLabel } from './library-place';

const KINDS = { all: 'Documents', unread: 'Unread', reading: 'Reading', finished: 'Finished' } as const;

/** The documents that are looked for, with what narrows and orders them. */
export function DocumentsSection() {
  const total = useStore((state) => state.list?.total);
  const isEmptyLibrary = useStore((state) => state.counts.documents === 0);
  const status = useStore((state) => state.filter.status);
  const later = useStore((state) => state.filter.later);
  const heading = useStore((state) => orderHeading(orderOf(state)));
  const isOrdered = useStore(({ filter }) => filter.later || filter.series !== undefined);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const focusField = () => field.current?.focus();
  return (
    <div className="library-documents">
      <div className="documents-head">
        <h2 className="library-heading">
          <span className="documents-kind">{later && status === 'all' ? 'Reading list' : KINDS[status]} · </span>
          {heading}
        </h2>
        <ViewButton />
        <FilterMenu />
        {!isOrdered && <SortMenu />}
      </div>
      {!isEmptyLibrary && <FilterField ref={field} onLeave={() => list.current?.focus()} />}
      <FilterChips onClear={focusField} />
      {total !== undefined && total > 0 ? (
        <DocumentList total={total} ref={list} onGone={focusField} />
      ) : isEmptyLibrary ? (
        <NoDocuments />
      ) : (
        total === 0 && <NothingFound onClear={focusField} />
      )}
      <ChosenDocuments onDone={() => list.current?.focus()} />
    </div>
  );
}

function ViewButton() {
  const areCovers = useStore((state) => state.settings.documentsView === 'covers');
  return (
    <IconButton
      label={areCovers ? 'Show as a list' : 'Show covers'}
      keys={keyText('view.documents-view')}
      small
      onClick={() => runCommand('view.documents-view')}
    >
      {areCovers ? <List /> : <LayoutGrid />}
    </IconButton>
  );
}

function SortMenu() {
  const sort = useStore((state) => state.settings.sort);
  const ascending = useStore((state) => state.settings.sortAscending);
  const order = documentOrders[sort];
  return (
    <Menu
      label="Sort documents"
      trigger={
        <IconButton label="Sort documents" small>
          <ArrowDownUp />
        </IconButton>
      }
    >
      {sortOrders.map((each) => (
        <MenuChoice
          key={each}
          checked={each === sort}
          onSelect={() => updateSettings({ sort: each, sortAscending: documentOrders[each].naturallyAscending })}
        >
          {documentOrders[each].label}
        </MenuChoice>
      ))}
      <MenuSeparator />
      {[order.naturallyAscending, !order.naturallyAscending].map((each) => (
        <MenuChoice key={String(each)} checked={each === ascending} onSelect={() => updateSettings({ sortAscending: each })}>
          {each ? order.ascending : order.descending}
        </MenuChoice>
      ))}
    </Menu>
  );
}

/** `onLeave` is called when the reader goes on into the list. */
function FilterField({ ref, onLeave }: { ref: Ref<HTMLInputElement>; onLeave(): void }) {
  const text = useStore((state) => state.filter.text);
  const clear = () => setFilter({ text: '' });
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && text !== '') clear();
    else if (event.key === 'ArrowDown') onLeave();
    else if (event.key === 'Enter' && text !== '') void openFirst().catch(reportError);
    else return;
    event.preventDefault();
  };
  return (
    <div className="documents-filter">
      <Search aria-hidden="true" />
      <input
        ref={ref}
        type="text"
        aria-label="Filter documents"
        placeholder="Filter documents"
        spellCheck={false}
        autoComplete="off"
        dir="auto"
        value={text}
        onChange={(event) => setFilter({ text: event.target.value })}
        onKeyDown={handleKeyDown}
      />
      {text !== '' && (
        <IconButton
          label="Clear the filter"
          small
          onClick={(event) => {
            clear();
            event.currentTarget.parentElement?.querySelector('input')?.focus();
          }}
        >
          <X />
        </IconButton>
      )}
    </div>
  );
}

/** What was typed last may not be answered yet. */
async function openFirst(): Promise<void> {
  await documentListSettled();
  const first = rowAtPlace(getState(), 0);
  if (first) openAndRead(first.id);
}

/** What the list is narrowed to. `onClear` is called when one was taken away, and its button with it. */
function FilterChips({ onClear }: { onClear(): void }) {
  const tag = useStore(filterTag);
  const folder = useStore(({ folders, filter }) => folders.find(({ id }) => id === filter.folderId));
  const { untagged, favourite, later, path, format, author, series } = useStore((state) => state.filter);
  const collection = useStore(filterCollection);
  const isNarrowed = tag !== undefined || folder || untagged || favourite || later || collection || format || author || series;
  if (!isNarrowed) return null;
  const clear = (part: { [K in Exclude<keyof DocumentFilter, 'status' | 'text'>]?: undefined }) => {
    setFilter(part);
    onClear();
  };
  return (
    <ul className="filter-chips" aria-label="Active filters">
      {tag !== undefined && (
        <FilterChip name={tag} onClear={() => clear({ tag: undefined })}>
          <span aria-hidden="true">#</span>
        </FilterChip>
      )}
      {favourite && (
        <FilterChip name="Favourites" onClear={() => clear({ favourite: undefined })}>
          <Star aria-hidden="true" />
        </FilterChip>
      )}
      {later && (
        <FilterChip name="Reading list" onClear={() => clear({ later: undefined })}>
          <ListOrdered aria-hidden="true" />
        </FilterChip>
      )}
      {collection && (
        <FilterChip name={collection.name} onClear={() => clear({ collectionId: undefined })}>
          <Folders aria-hidden="true" />
        </FilterChip>
      )}
      {untagged && (
        <FilterChip name="Untagged" onClear={() => clear({ untagged: undefined })}>
          <Tag aria-hidden="true" />
        </FilterChip>
      )}
      {format && (
        <FilterChip name={FORMAT_NAMES[format]} onClear={() => clear({ format: undefined })}>
          <FileType aria-hidden="true" />
        </FilterChip>
      )}
      {author !== undefined && (
        <FilterChip name={author} onClear={() => clear({ author: undefined })}>
          <User aria-hidden="true" />
        </FilterChip>
      )}
      {series !== undefined && (
        <FilterChip name={series} onClear={() => clear({ series: undefined })}>
          <LibraryBig aria-hidden="true" />
        </FilterChip>
      )}
      {folder && (
        <FilterChip
          name={path === undefined ? folderLabel(folder) : `${folderLabel(folder)}/${path}`}
          onClear={() => clear({ folderId: undefined, path: undefined })}
        >
          <Folder aria-hidden="true" />
        </FilterChip>
      )}
    </ul>
  );
}

const FilterChip = ({ name, onClear, children }: { name: string; onClear(): void; children: ReactNode }) => (
  <li className="filter-chip">
    {children}
    <span dir="auto">{name}</span>
    <IconButton label={`Stop filtering by ${name}`} small onClick={onClear}>
      <X />
    </IconButton>
  </li>
);

function NoDocuments() {
  const scanning = useStore((state) => state.scanning);
  if (scanning) return null;
  return (
    <div className="documents-empty">
      <p>No documents yet. Drop files on this window, or let Lectern read a folder where it is.</p>
      <Button onClick={() => runCommand('library.open-files')}>Open files…</Button>
      <Button onClick={() => runCommand('library.add-folder')}>Add library folder…</Button>
    </div>
  );
}

function NothingFound({ onClear }: { onClear(): void }) {
  const sentence = useStore(({ filter }) => emptySentence(filter));
  const clear = () => {
    clearFilter();
    onClear();
  };
  return (
    <div className="documents-empty">
      <p>{sentence}</p>
      <Button onClick={clear}>Show all documents</Button>
    </div>
  );
}

/** Why the list is empty, from the one thing that it is narrowed to. */
function emptySentence({ status, text, ...others }: DocumentFilter): string {
  const narrowed = Object.entries(others).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  const [only] = narrowed;
  if (text !== '' || narrowed.length + (status === 'all' ? 0 : 1) !== 1) return 'No document matches the filter.';
  if (status !== 'all') return EMPTY_STATUS[status];
  return (only !== undefined && EMPTY_SHELF[only]) || 'No document matches the filter.';
}

const EMPTY_SHELF: Readonly<Record<string, string>> = {
  favourite: 'No favourites yet. F makes the open document one.',
  later: 'The reading list is empty. Q puts the open document on it.',
  collectionId: 'Nothing is in this collection yet. Drag documents onto it, or put them into it by their menu.',
};

const EMPTY_STATUS = {
  unread: 'Nothing unread.',
  reading: 'You are not reading anything at the moment.',
  finished: 'Nothing finished yet.',
} as const;
