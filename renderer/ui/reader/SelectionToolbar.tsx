import { autoUpdate, flip, hide, offset, shift, useFloating } from '@floating-ui/react';
import { Copy, MessageSquare, MoveHorizontal, Tag } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { type ReactNode, useLayoutEffect } from 'react';
import { type CommandId, commands } from '#api';
import { colours } from '#model';
import { runCommand } from '../../state/commands';
import { readerHandle } from '../../state/reader-handle';
import { useStore } from '../../state/store';
import { Keys, keyText } from '../kit/Keys';
import { useTouch } from '../kit/use-media';
import './selection-toolbar.css';

/** CSS pixels between a passage and the bar; below a passage that a finger selected, the system's handles have their place. */
const GAP = 10;
const GAP_WITH_HANDLES = 46;
/** CSS pixels that the bars of the window take at its edges. */
const BAR = 52;

/** The small bar beside a selected passage. It never takes the focus by itself: its keys work from the text. */
export function SelectionToolbar() {
  const selection = useStore((state) => state.selection);
  const focusedNoteId = useStore((state) => state.focusedNoteId);
  const isTouched = useTouch();
  const { refs, floatingStyles, middlewareData } = useFloating({
    strategy: 'fixed',
    placement: 'bottom',
    // Beside what is on the screen of the passage, over it only where it fills the window, and never outside of that.
    middleware: [
      offset(({ placement }) => (isTouched && placement === 'bottom' ? GAP_WITH_HANDLES : GAP), [isTouched]),
      flip({ fallbackPlacements: ['top'], padding: BAR }),
      shift({ padding: { top: BAR, bottom: BAR, left: 12, right: 12 }, crossAxis: true }),
      hide(),
    ],
    whileElementsMounted: autoUpdate,
  });
  useLayoutEffect(() => {
    const place = selection && readerHandle()?.placeOf(selection);
    if (place) refs.setPositionReference(place);
  }, [selection, refs]);
  if (!selection) return null;
  return (
    <Toolbar.Root
      ref={refs.setFloating}
      className="selection-toolbar"
      aria-label="Selection"
      data-touched={isTouched || undefined}
      style={{ ...floatingStyles, visibility: middlewareData.hide?.referenceHidden ? 'hidden' : 'visible' }}
    >
      {colours.map((colour) => (
        <Action key={colour} id={`highlight.${colour}`}>
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
        <Action id="highlight.extend">
          <MoveHorizontal />
        </Action>
      )}
    </Toolbar.Root>
  );
}

function Action({ id, children }: { id: CommandId; children: ReactNode }) {
  const { title } = commands[id];
  const keys = keyText(id);
  return (
    <Toolbar.Button
      className="selection-action"
      aria-label={title}
      title={keys === undefined ? title : `${title} (${keys})`}
      // A press must not take the selection away before the click acts on it.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => runCommand(id)}
    >
      {children}
    </Toolbar.Button>
  );
}
