import { runCommand } from '../../state/commands';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Keys } from '../kit/Keys';
import './start-view.css';

/** What a reader sees before a document is open. */
export function StartView() {
  const isEmpty = useStore((state) => state.documents.size === 0 && !state.scanning);
  return (
    <main className="start-view" data-pane="main">
      <div className="empty">
        <h2>{isEmpty ? 'Your library is empty' : 'Choose a document to read'}</h2>
        <p>
          {isEmpty
            ? 'Drop text, Markdown or HTML files on this window, or let Lectern read a folder where it is.'
            : 'Pick one from the library, search for it, or drop a file on this window.'}
        </p>
        <div className="start-actions">
          <Button kind="primary" data-pane-entry onClick={() => runCommand('library.open-files')}>
            Open files…
          </Button>
          <Button onClick={() => runCommand('library.add-folder')}>Add library folder…</Button>
        </div>
        <ul className="start-keys">
          <li>
            Search and commands <Keys command="go.search" />
          </li>
          <li>
            Next document <Keys command="go.next-document" />
          </li>
          <li>
            All shortcuts <Keys command="help.shortcuts" />
          </li>
        </ul>
      </div>
    </main>
  );
}
