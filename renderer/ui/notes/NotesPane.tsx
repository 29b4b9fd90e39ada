import { type KeyboardEvent, useMemo } from 'react';
import { inTextOrder } from '../../domain/note-order';
import { focusPane } from '../../state/actions/focus';
import { updateSettings } from '../../state/actions/settings';
import { selectNotebook, useStore } from '../../state/store';
import { useMedia } from '../kit/use-media';
import { MarginNotes } from './MarginNotes';
import { NoteList } from './NoteList';
import './notes-pane.css';

/** Narrower windows have no margin beside the text. */
const DRAWER_QUERY = '(max-width: 999.98px)';

/**
 * The notes of the open document: in the margin at the height of their passages, or as a list; in a narrow window a drawer over the
 * text. Belongs into the scrolled content of the text, with its top at the content's top.
 */
export function NotesPane() {
  const notebook = useStore(selectNotebook);
  const placements = useStore((state) => state.placements);
  const failed = useStore(({ open }) => open?.phase === 'failed');
  const chosen = useStore((state) => state.settings.notesView);
  const isDrawer = useMedia(DRAWER_QUERY);
  const notes = useMemo(() => inTextOrder(notebook?.notes ?? [], placements), [notebook?.notes, placements]);

  // A text that cannot be read has no margin.
  const view = isDrawer ? 'drawer' : failed ? 'list' : chosen;
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || view !== 'drawer' || event.defaultPrevented) return;
    event.preventDefault();
    updateSettings({ notesOpen: false });
    focusPane('main');
  };

  return (
    <aside aria-label="Notes" data-pane="notes" className="notes" data-view={view} onKeyDown={handleKeyDown}>
      {notebook &&
        (view === 'margin' ? (
          <MarginNotes documentId={notebook.id} notes={notes} />
        ) : (
          <NoteList documentId={notebook.id} notes={notes} isDrawer={isDrawer} />
        ))}
    </aside>
  );
}
