import { FolderPlus, Inbox, Trash2 } from 'lucide-react';
import { type FormEvent, useEffect, useId, useState } from 'react';
import type { LibraryFolder, UnreadFile } from '#api';
import { addFolder, chooseFolder, forgetMissing, listUnread, removeFolder, setInbox } from '../../state/actions/library';
import { reportError } from '../../state/actions/notices';
import { useStore } from '../../state/store';
import { Button, IconButton } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf } from '../kit/format';
import './dialogs.css';

/** The folders that Lectern reads and watches. */
export function FoldersDialog() {
  const folders = useStore((state) => state.folders);
  const hasDialog = useStore((state) => state.info.capabilities.folderDialog);
  return (
    <Dialog
      title="Library folders"
      description="Lectern reads these folders where they are and follows what changes in them. Your notes stay when a folder is taken away. One where your browser saves pages can be the inbox: what is saved there stands on top."
      width={640}
      foot={
        hasDialog && (
          <Button kind="primary" onClick={chooseFolder}>
            <FolderPlus />
            Add folder…
          </Button>
        )
      }
    >
      <ul className="folder-list">
        {folders.map((folder) => (
          <FolderItem key={folder.id} folder={folder} />
        ))}
      </ul>
      {!hasDialog && <PathForm />}
    </Dialog>
  );
}

/** One folder: what it holds, what is not read or not there of it, and what can be done. */
function FolderItem({ folder }: { folder: LibraryFolder }) {
  const { id, name, path, kind, isInbox, documentCount, missingCount, unreadCount, problem } = folder;
  const [isListing, setListing] = useState(false);
  const listId = useId();
  return (
    <li>
      <div className="folder-row">
        <div className="folder-text">
          <b dir="auto">{name}</b>
          {name !== path && (
            <span className="folder-path" dir="ltr">
              {path}
            </span>
          )}
          {problem && <span className="field-problem">{problem.message}</span>}
        </div>
        <div className="folder-counts">
          <span>{countOf(documentCount, 'document')}</span>
          {unreadCount > 0 && (
            <button
              type="button"
              className="folder-unread"
              aria-expanded={isListing}
              aria-controls={listId}
              onClick={() => setListing(!isListing)}
            >
              {countOf(unreadCount, 'file')} not read
            </button>
          )}
        </div>
        {kind === 'added' && (
          <IconButton
            label={isInbox ? `${name} is the inbox: what is saved there comes on top` : `Make ${name} the inbox, where pages are saved`}
            aria-pressed={isInbox}
            onClick={() => void setInbox(isInbox ? undefined : folder).catch(reportError)}
          >
            <Inbox />
          </IconButton>
        )}
        {kind === 'added' ? (
          <IconButton label={`Take ${name} out of the library`} onClick={() => void removeFolder(id)}>
            <Trash2 />
          </IconButton>
        ) : (
          <span className="folder-kind">built in</span>
        )}
      </div>
      {missingCount > 0 && (
        <div className="folder-missing">
          <p>
            {countOf(missingCount, 'file')} of this folder went at once. Lectern waits for them and changes nothing until they are back.
          </p>
          <Button onClick={() => void forgetMissing(id).catch(reportError)}>They are gone for good</Button>
        </div>
      )}
      <div id={listId}>{isListing && unreadCount > 0 && <UnreadList folderId={id} count={unreadCount} name={name} />}</div>
    </li>
  );
}

/** Files that are not read and why, read anew whenever their number changes. */
function UnreadList({ folderId, count, name }: { folderId: string; count: number; name: string }) {
  const [files, setFiles] = useState<readonly UnreadFile[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another count is another list.
  useEffect(() => {
    let isCurrent = true;
    listUnread(folderId)
      .then((listed) => isCurrent && setFiles(listed))
      .catch(reportError);
    return () => {
      isCurrent = false;
    };
  }, [folderId, count]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard.
    <ul className="unread-files" aria-label={`Files of ${name} that are not read`} tabIndex={0}>
      {files.map(({ path, reason }) => (
        <li key={path}>
          <bdi className="unread-path">{path}</bdi>
          <span>{reason}</span>
        </li>
      ))}
    </ul>
  );
}

/** Where there is no dialog of the system's: a folder is named by its path. */
function PathForm() {
  const [path, setPath] = useState('');
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const result = await addFolder(path.trim());
    setProblem(result.ok ? undefined : result.failure.message);
    if (result.ok) setPath('');
  };
  return (
    <form className="path-form" onSubmit={submit}>
      <label htmlFor="folder-path">Path of a folder on this machine</label>
      <div className="path-row">
        <input
          id="folder-path"
          className="field"
          value={path}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : 'folder-path-problem'}
          onChange={(event) => setPath(event.target.value)}
        />
        <Button kind="primary" type="submit" disabled={path.trim() === ''}>
          Add folder
        </Button>
      </div>
      {problem !== undefined && (
        <p id="folder-path-problem" className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
