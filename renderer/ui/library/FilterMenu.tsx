import { Funnel } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type DocumentFormat, documentFormats } from '#formats/list';
import { setFilter } from '../../state/actions/library';
import { reportError } from '../../state/actions/notices';
import { showDialog } from '../../state/actions/view';
import { call } from '../../state/client';
import { useStore } from '../../state/store';
import { IconButton } from '../kit/Button';
import { formatNumber } from '../kit/format';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator, useAfterMenu } from '../kit/Menu';
import { FORMAT_NAMES } from './format-names';
import { folderLabel } from './library-place';

const LABEL = 'Filter by kind, author or folder';

/** Authors that are offered at once: those of most documents. */
const AUTHORS = 6;

/** Narrows the list to documents of one kind, of one author, or in one library folder. */
export function FilterMenu() {
  const { format, author, folderId } = useStore((state) => state.filter);
  const isOn = format !== undefined || author !== undefined || folderId !== undefined;
  const { afterwards, onCloseAutoFocus } = useAfterMenu();
  return (
    <Menu
      label={LABEL}
      onCloseAutoFocus={onCloseAutoFocus}
      trigger={
        <IconButton label={LABEL} small data-on={isOn || undefined}>
          <Funnel />
        </IconButton>
      }
    >
      <Kinds chosen={format} />
      <Authors chosen={author} afterwards={afterwards} />
      <LibraryFolders chosen={folderId} />
    </Menu>
  );
}

function Kinds({ chosen }: { chosen: DocumentFormat | undefined }) {
  const counts = useStore((state) => state.counts.formats);
  return (
    <>
      <MenuLabel>Kind</MenuLabel>
      <MenuChoice checked={chosen === undefined} onSelect={() => setFilter({ format: undefined })}>
        All kinds
      </MenuChoice>
      {documentFormats
        .filter((each) => counts[each] !== undefined || each === chosen)
        .map((each) => (
          <MenuChoice key={each} checked={each === chosen} onSelect={() => setFilter({ format: each })}>
            <span className="folder-choice">
              {FORMAT_NAMES[each]} <small>{formatNumber(counts[each] ?? 0)}</small>
            </span>
          </MenuChoice>
        ))}
      <MenuSeparator />
    </>
  );
}

function Authors({ chosen, afterwards }: { chosen: string | undefined; afterwards(act: () => void): () => void }) {
  const [authors, setAuthors] = useState<readonly string[]>([]);
  useEffect(() => {
    let isGone = false;
    call('library.authors', { text: '', limit: AUTHORS })
      .then((found) => !isGone && setAuthors(found))
      .catch(reportError);
    return () => {
      isGone = true;
    };
  }, []);
  const offered = chosen === undefined || authors.includes(chosen) ? authors : [chosen, ...authors];
  return (
    <>
      <MenuLabel>Author</MenuLabel>
      <MenuChoice checked={chosen === undefined} onSelect={() => setFilter({ author: undefined })}>
        All authors
      </MenuChoice>
      {offered.map((each) => (
        <MenuChoice key={each} checked={each === chosen} onSelect={() => setFilter({ author: each })}>
          <span className="folder-choice" dir="auto">
            {each}
          </span>
        </MenuChoice>
      ))}
      <MenuItem onSelect={afterwards(() => showDialog({ type: 'author' }))}>Another author…</MenuItem>
    </>
  );
}

function LibraryFolders({ chosen }: { chosen: string | undefined }) {
  const folders = useStore((state) => state.folders);
  if (folders.length < 2) return null;
  return (
    <>
      <MenuSeparator />
      <MenuLabel>Folder</MenuLabel>
      <MenuChoice checked={chosen === undefined} onSelect={() => setFilter({ folderId: undefined, path: undefined })}>
        All folders
      </MenuChoice>
      {folders.map((folder) => (
        <MenuChoice key={folder.id} checked={folder.id === chosen} onSelect={() => setFilter({ folderId: folder.id, path: undefined })}>
          <span className="folder-choice" title={folder.path}>
            <bdi>{folderLabel(folder)}</bdi> <small>{formatNumber(folder.documentCount)}</small>
          </span>
        </MenuChoice>
      ))}
    </>
  );
}
