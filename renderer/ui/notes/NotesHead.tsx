import { List, Plus, Rows3, Share, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { focusPane } from '../../state/actions/focus';
import { closePane } from '../../state/actions/panes';
import { exportCurrent, toggleNotesView } from '../../state/actions/view';
import { runCommand } from '../../state/commands';
import { IconButton } from '../kit/Button';
import { keyText } from '../kit/Keys';

interface NotesHeadProps {
  view: 'margin' | 'list' | 'drawer';
  /** The count, or nothing. */
  children: ReactNode;
}

/** The line above the notes: how many there are, and what can be done with them as a whole. */
export function NotesHead({ view, children }: NotesHeadProps) {
  return (
    <div className="notes-head">
      <h2>{children || <span className="visually-hidden">Notes</span>}</h2>
      <IconButton
        small
        label="Add a note on the whole document"
        keys={keyText('page-note.add')}
        onClick={() => runCommand('page-note.add')}
      >
        <Plus />
      </IconButton>
      {view !== 'margin' && (
        <IconButton small label="Export…" keys={keyText('export.document')} onClick={exportCurrent}>
          <Share />
        </IconButton>
      )}
      {view !== 'drawer' && (
        <IconButton
          small
          label={view === 'margin' ? 'Show as a list' : 'Show in the margin'}
          keys={keyText('view.notes-view')}
          onClick={toggleNotesView}
        >
          {view === 'margin' ? <List /> : <Rows3 />}
        </IconButton>
      )}
      {view === 'drawer' && (
        <IconButton
          small
          label="Close the notes"
          keys={keyText('view.notes')}
          onClick={() => {
            closePane('notes');
            focusPane('main');
          }}
        >
          <X />
        </IconButton>
      )}
    </div>
  );
}
