import { FolderPlus, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { addFolder, chooseFolder, removeFolder } from '../../state/actions/library';
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
      description="Lectern reads these folders where they are and follows what changes in them. Your notes stay when a folder is taken away."
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
        {folders.map(({ id, name, path, kind, documentCount, problem }) => (
          <li key={id}>
            <div className="folder-text">
              <b dir="auto">{name}</b>
              {name !== path && (
                <span className="folder-path" dir="ltr">
                  {path}
                </span>
              )}
              {problem && <span className="field-problem">{problem.message}</span>}
            </div>
            <span className="folder-count">{countOf(documentCount, 'document')}</span>
            {kind === 'added' ? (
              <IconButton label={`Take ${name} out of the library`} onClick={() => void removeFolder(id)}>
                <Trash2 />
              </IconButton>
            ) : (
              <span className="folder-kind">built in</span>
            )}
          </li>
        ))}
      </ul>
      {!hasDialog && <PathForm />}
    </Dialog>
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
