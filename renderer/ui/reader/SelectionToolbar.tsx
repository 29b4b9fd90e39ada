import { Combine, Copy, MessageSquare, MoveHorizontal, Tag } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import type { ReactNode } from 'react';
import { type CommandId, commands } from '#api';
import { canBeJoined, colours } from '#model';
import { runCommand } from '../../state/commands';
import { selectNotebook, useStore } from '../../state/store';
import { Keys, withKeys } from '../kit/Keys';
import './selection-toolbar.css';
import { useBesidePassage } from './use-beside-passage';

/** The small bar beside a selected passage. It never takes the focus by itself: its keys work from the text. */
export function SelectionToolbar() {
  const selection = useStore((state) => state.selection);
  const focusedNoteId = useStore((state) => state.focusedNoteId);
  const canHaveMore = useStore((state) => {
    if (!state.selection) return false;
    const note = selectNotebook(state)?.notes.find(({ id }) => id === state.focusedNoteId);
    return note !== undefined && canBeJoined(note);
  });
  const colourNames = useStore((state) => state.settings.colourNames);
  const { setFloating, style, isAway, isTouched } = useBesidePassage(selection);
  if (!selection) return null;
  return (
    <Toolbar.Root
      ref={setFloating}
      className="selection-toolbar"
      aria-label="Selection"
      data-touched={isTouched || undefined}
      style={{ ...style, visibility: isAway ? 'hidden' : 'visible' }}
    >
      {colours.map((colour) => (
        <Action key={colour} id={`highlight.${colour}`} meaning={colourNames[colour]}>
          <span className="selection-colour" data-colour={colour} />
        </Action>
      ))}
      <Toolbar.Separator className="selection-separator" />
      <Action id="note.add">
        <MessageSquare />
        <span className="selection-label">Note</span>
        <Keys command="note.add" />
      </Action>
      <Action id="tag.add">
        <Tag />
        <span className="selection-label">Tag</span>
        <Keys command="tag.add" />
      </Action>
      <Action id="quote.copy">
        <Copy />
        <span className="selection-label">Copy</span>
      </Action>
      {focusedNoteId !== undefined && (
        <>
          {canHaveMore && (
            <Action id="note.add-passage">
              <Combine />
              <span className="selection-label">Add to note</span>
            </Action>
          )}
          <Action id="highlight.extend">
            <MoveHorizontal />
          </Action>
        </>
      )}
    </Toolbar.Root>
  );
}

/** `meaning`: of its colour. */
function Action({ id, meaning, children }: { id: CommandId; meaning?: string; children: ReactNode }) {
  const title = meaning === undefined ? commands[id].title : `${commands[id].title}: ${meaning}`;
  return (
    <Toolbar.Button
      className="selection-action"
      aria-label={title}
      title={withKeys(title, id)}
      // A press must not take the selection away before the click acts on it.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => runCommand(id)}
    >
      {children}
    </Toolbar.Button>
  );
}
