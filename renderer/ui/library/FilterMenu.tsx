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
import { FORMAT_NAMES } from './describe-document';
import { folderLabel } from './library-place';

const LABEL = 'Filter by kind, author or folder';

/** Authors, and series, that are offered at once. */
const OFFERED = 6;

/** Narrows the list to documents of one kind, of one author or series, or in one library folder. */
export function FilterMenu() {
  const { format, author, series, folderId } = useStore((state) => state.filter);
  const isOn = format !== undefined || author !== undefined || series !== undefined || folderId !== undefined;
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
      <Series chosen={series} />
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
  const authors = useOffered('library.authors', chosen);
  return (
    <>
      <MenuLabel>Author</MenuLabel>
      <MenuChoice checked={chosen === undefined} onSelect={() => setFilter({ author: undefined })}>
        All authors
      </MenuChoice>
      {authors.map((each) => (
        <NameChoice key={each} name={each} checked={each === chosen} onSelect={() => setFilter({ author: each })} />
      ))}
      <MenuItem onSelect={afterwards(() => showDialog({ type: 'author' }))}>Another author…</MenuItem>
    </>
  );
}

/** The series that books belong to, where any does. */
function Series({ chosen }: { chosen: string | undefined }) {
  const series = useOffered('library.series', chosen);
  if (series.length === 0) return null;
  return (
    <>
      <MenuSeparator />
      <MenuLabel>Series</MenuLabel>
      <MenuChoice checked={chosen === undefined} onSelect={() => setFilter({ series: undefined })}>
        All documents
      </MenuChoice>
      {series.map((each) => (
        <NameChoice key={each} name={each} checked={each === chosen} onSelect={() => setFilter({ series: each })} />
      ))}
    </>
  );
}

const NameChoice = ({ name, checked, onSelect }: { name: string; checked: boolean; onSelect(): void }) => (
  <MenuChoice checked={checked} onSelect={onSelect}>
    <span className="folder-choice" dir="auto">
      {name}
    </span>
  </MenuChoice>
);

/** Those of most documents, and the one that is chosen. */
function useOffered(method: 'library.authors' | 'library.series', chosen: string | undefined): readonly string[] {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    let isGone = false;
    call(method, { text: '', limit: OFFERED })
      .then((found) => !isGone && setNames(found))
      .catch(reportError);
    return () => {
      isGone = true;
    };
  }, [method]);
  return chosen === undefined || names.includes(chosen) ? names : [chosen, ...names];
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
