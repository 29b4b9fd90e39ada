import { runCommand } from '../../state/commands';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Keys } from '../kit/Keys';
import { ContinueReading } from './ContinueReading';
import './start-view.css';

const TEXTS = {
  filled: { title: 'Choose a document to read', text: 'Pick one from the library, search for it, or drop a file on this window.' },
  scanning: { title: 'Reading your library', text: 'The documents appear on the left as they are found.' },
  empty: {
    title: 'Your library is empty',
    text: 'Drop texts, books, PDFs, saved pages or mail on this window, or let Lectern read a folder where it is.',
  },
};

/** What a reader sees before a document is open. */
export function StartView() {
  const state = useStore(({ counts, scanning }) => (counts.documents > 0 ? 'filled' : scanning ? 'scanning' : 'empty'));
  const { title, text } = TEXTS[state];
  return (
    <main className="start-view" data-pane="main">
      <div className="empty">
        <h1>{title}</h1>
        <p>{text}</p>
        <ContinueReading />
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
