import { ChevronRight, Folder } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, useEffect, useId, useState } from 'react';
import type { FolderRow } from '#api';
import { setFolderOpen } from '../../state/actions/library';
import { reportError } from '../../state/actions/notices';
import { showFolder } from '../../state/actions/view';
import { call } from '../../state/client';
import { useStore } from '../../state/store';
import { IconButton } from '../kit/Button';
import { countOf, formatNumber } from '../kit/format';
import type { VirtualPlace } from '../kit/VirtualList';
import { FoldedRows } from './FoldedRows';
import './folder-section.css';
import { folderLabel, libraryPlace } from './library-place';
import { useLibraryRowFocus } from './use-library-row-focus';

const ROWS_FOLDED = 8;

const keyOf = ({ folderId, path }: FolderRow): string => `${folderId}/${path}`;

/** The library's folders with those in them as a tree, where there are any in them. */
export function FolderSection() {
  const rows = useFolderRows();
  const [section, setSection] = useState<HTMLElement | null>(null);
  const headingId = useId();
  const focus = useLibraryRowFocus(section);
  return (
    <div ref={setSection} {...focus} hidden={!rows.some(({ hasFolders }) => hasFolders)}>
      <h2 id={headingId} className="library-heading">
        Folders
      </h2>
      <FoldedRows label="Folders" headingId={headingId} items={rows} keyOf={keyOf} shown={ROWS_FOLDED} section={section}>
        {(row, place) => <FolderTreeRow key={keyOf(row)} row={row} place={place} />}
      </FoldedRows>
    </div>
  );
}

/** The rows as the host has them, asked for anew as the library changes and folders are opened. */
function useFolderRows(): readonly FolderRow[] {
  const version = useStore((state) => state.libraryVersion);
  const open = useStore((state) => state.openFolders);
  const [rows, setRows] = useState<readonly FolderRow[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version of the library has other folders.
  useEffect(() => {
    let isGone = false;
    call('library.folder-rows', { open: [...open.values()] })
      .then((told) => !isGone && setRows(told))
      .catch(reportError);
    return () => {
      isGone = true;
    };
  }, [version, open]);
  return rows;
}

function FolderTreeRow({ row, place }: { row: FolderRow; place: VirtualPlace | undefined }) {
  const { folderId, path, depth, documents, hasFolders, isOpen } = row;
  const root = useStore(({ folders }) => folders.find(({ id }) => id === folderId));
  const isCurrent = useStore((state) => libraryPlace(state) === `folder:${folderId}/${path}`);
  const countId = useId();
  const rootName = root ? folderLabel(root) : '';
  const name = path === '' ? rootName : (path.split('/').at(-1) ?? path);
  const fullName = path === '' ? rootName : `${rootName}/${path}`;
  const turn = () => setFolderOpen({ folderId, path }, !isOpen);
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !hasFolders) return;
    if (event.key !== (isOpen ? 'ArrowLeft' : 'ArrowRight')) return;
    event.preventDefault();
    turn();
  };
  return (
    <li
      ref={place?.ref}
      className="tag-row folder-tree-row"
      data-index={place?.index}
      data-placed={place ? '' : undefined}
      style={{ '--depth': depth, top: place?.offset } as CSSProperties}
    >
      <button
        type="button"
        className="library-row"
        aria-label={fullName}
        aria-describedby={countId}
        aria-current={isCurrent ? 'true' : undefined}
        aria-expanded={hasFolders ? isOpen : undefined}
        title={fullName}
        onClick={() => {
          showFolder(folderId, path);
          if (hasFolders) setFolderOpen({ folderId, path }, true);
        }}
        onKeyDown={handleKeyDown}
      >
        <Folder aria-hidden="true" />
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
      {hasFolders && (
        <IconButton label={`${isOpen ? 'Close' : 'Open'} ${fullName}`} className="icon-button folder-turn" tabIndex={-1} onClick={turn}>
          <ChevronRight data-open={isOpen || undefined} />
        </IconButton>
      )}
    </li>
  );
}
