import { ChevronRight, Folder } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
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
import { SidebarRow } from './SidebarRow';
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
    <div ref={setSection} className="folder-tree" {...focus} hidden={!rows.some(({ hasFolders }) => hasFolders)}>
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
  const rootName = root ? folderLabel(root) : '';
  const name = path === '' ? rootName : `${rootName}/${path}`;
  const turn = () => setFolderOpen({ folderId, path }, !isOpen);
  return (
    <SidebarRow
      name={name}
      label={path === '' ? rootName : (path.split('/').at(-1) ?? path)}
      icon={<Folder aria-hidden="true" />}
      count={{ shown: formatNumber(documents), inWords: countOf(documents, 'document') }}
      depth={depth}
      isCurrent={isCurrent}
      isExpanded={hasFolders ? isOpen : undefined}
      place={place}
      onOpen={() => {
        showFolder(folderId, path);
        if (hasFolders) setFolderOpen({ folderId, path }, true);
      }}
      onKey={(key) => {
        const turns = hasFolders && key === (isOpen ? 'ArrowLeft' : 'ArrowRight');
        if (turns) turn();
        return turns;
      }}
    >
      {hasFolders && (
        <IconButton label={`${isOpen ? 'Close' : 'Open'} ${name}`} className="icon-button folder-turn" tabIndex={-1} onClick={turn}>
          <ChevronRight data-open={isOpen || undefined} />
        </IconButton>
      )}
    </SidebarRow>
  );
}
