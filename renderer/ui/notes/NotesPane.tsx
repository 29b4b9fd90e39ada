import { type FocusEvent, type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { focusPane, isFocusLost } from '../../state/actions/focus';
import { closePane } from '../../state/actions/panes';
import { inTextOrder } from '../../state/note-lists';
import { cardPlacements, shownNotes } from '../../state/selectors';
import { selectNotebook, useStore } from '../../state/store';
import { LinkedHere } from './LinkedHere';
import { LinkedNotes, useLinkedHere } from './linked-here';
import { MarginNotes } from './MarginNotes';
import { NoteList } from './NoteList';
import './notes-pane.css';

/** Documents with links here that are listed, and so many more each time the reader asks for them. */
const LINKED_AT_FIRST = 10;
const MORE_LINKED = 50;

/**
 * The notes of the open document: in the margin at the height of their passages, or as a list; in a narrow window a drawer over the
 * text. Belongs into the scrolled content of the text, with its top at the content's top.
 */
export function NotesPane({ isDrawer }: { isDrawer: boolean }) {
  const notebook = useStore(selectNotebook);
  const placements = useStore(cardPlacements);
  const failed = useStore(({ open }) => open?.phase === 'failed');
  const chosen = useStore((state) => state.settings.notesView);
  const shown = useStore(shownNotes);
  const notes = useMemo(() => inTextOrder(shown, placements), [shown, placements]);

  const [linkedCount, setLinkedCount] = useState(LINKED_AT_FIRST);
  const linked = useLinkedHere(notebook?.id, undefined, linkedCount);
  const linkedNotes = useMemo(() => new Map(linked?.linkedNotes), [linked]);
  const linkedHere = <LinkedHere page={linked} onMore={() => setLinkedCount(linkedCount + MORE_LINKED)} />;

  const pane = useRef<HTMLElement>(null);
  // Folded away by a key while it has the focus, it hands the focus on.
  useLayoutEffect(() => {
    const element = pane.current;
    return () => {
      if (element?.contains(document.activeElement)) focusPane('main');
    };
  }, []);

  // A text that cannot be read has no margin.
  const view = isDrawer ? 'drawer' : failed ? 'list' : chosen;
  const focusHandlers = useFocusAcrossViews(view);
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || view !== 'drawer' || event.defaultPrevented) return;
    event.preventDefault();
    closePane('notes');
    focusPane('main');
  };

  return (
    <aside ref={pane} aria-label="Notes" data-pane="notes" className="notes" data-view={view} onKeyDown={handleKeyDown} {...focusHandlers}>
      <LinkedNotes value={linkedNotes}>
        {notebook &&
          (view === 'margin' ? (
            <MarginNotes documentId={notebook.id} notes={notes} after={linkedHere} />
          ) : (
            <NoteList documentId={notebook.id} notes={notes} isDrawer={isDrawer} after={linkedHere} />
          ))}
      </LinkedNotes>
    </aside>
  );
}

/** Keeps the keyboard in the pane when the margin becomes a list, or the other way about. */
function useFocusAcrossViews(view: string) {
  const held = useRef(false);
  const shown = useRef(view);
  useEffect(() => {
    if (shown.current === view) return;
    shown.current = view;
    if (!held.current) return;
    // The list has its cards only when it knows its height.
    const frame = requestAnimationFrame(() => isFocusLost() && focusPane('notes'));
    return () => cancelAnimationFrame(frame);
  }, [view]);
  const onFocus = () => {
    held.current = true;
  };
  const onBlur = ({ target, relatedTarget, currentTarget }: FocusEvent) => {
    if (relatedTarget instanceof Node ? !currentTarget.contains(relatedTarget) : target.isConnected) held.current = false;
  };
  return { onFocus, onBlur };
}
