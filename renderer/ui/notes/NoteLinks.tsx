import { Fragment, useContext } from 'react';
import { openNote } from '../../state/actions/links';
import { reportError } from '../../state/actions/notices';
import { countOf } from '../kit/format';
import { Menu, MenuItem, MenuLabel } from '../kit/Menu';
import { LinkedNotes, useLinkedHere } from './linked-here';

/** Documents whose notes are listed. */
const LISTED = 20;

interface NoteLinksProps {
  documentId: string;
  noteId: string;
  tabIndex: 0 | -1;
}

/** How many notes lead to this one, and which, where there are any. */
export function NoteLinks({ documentId, noteId, tabIndex }: NoteLinksProps) {
  const count = useContext(LinkedNotes).get(noteId) ?? 0;
  if (count === 0) return null;
  const trigger = (
    <button type="button" className="note-links" tabIndex={tabIndex}>
      {countOf(count, 'link')} here
    </button>
  );
  return (
    <Menu label="Linked here" align="start" trigger={trigger}>
      <Sources documentId={documentId} noteId={noteId} />
    </Menu>
  );
}

function Sources({ documentId, noteId }: Omit<NoteLinksProps, 'tabIndex'>) {
  const page = useLinkedHere(documentId, noteId, LISTED);
  if (!page) return <MenuLabel>Looking…</MenuLabel>;
  return page.rows.map(({ documentId: from, title, notes }) => (
    <Fragment key={from}>
      <MenuLabel>{title}</MenuLabel>
      {notes.map((note) => (
        <MenuItem key={note.noteId} onSelect={() => void openNote(from, note.noteId).catch(reportError)}>
          {note.words}
        </MenuItem>
      ))}
    </Fragment>
  ));
}
