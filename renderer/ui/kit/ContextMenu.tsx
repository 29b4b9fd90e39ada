import { DropdownMenu } from 'radix-ui';
import { type MouseEvent, type ReactNode, useRef } from 'react';
import { isFocusLost } from '../../state/actions/focus';
import { useDrawnRelease } from './Menu';

/** Where a menu of a row opens, in CSS pixels of the window, and what has the focus when it closes. */
export interface MenuPlace {
  x: number;
  y: number;
  from: HTMLElement;
}

/** What has a menu of its own: the browser's, or the system's. */
const KEEPS_ITS_MENU = 'input, textarea, select, [contenteditable], a[href]';

/**
 * Where the menu of `row` opens: at the pointer, or by the keyboard (Menu, Shift F10) under the row. `undefined` where the browser's own menu is
 * wanted: over text fields, links and selected text. Else it, and with it Electron's, does not come.
 */
export function menuPlaceOf(event: MouseEvent, row: HTMLElement, from: HTMLElement = row): MenuPlace | undefined {
  if (!(event.target instanceof Element) || event.target.closest(KEEPS_ITS_MENU)) return undefined;
  const selection = document.getSelection();
  if (selection?.isCollapsed === false && selection.containsNode(event.target, true)) return undefined;
  event.preventDefault();
  if (event.button === 2) return { x: event.clientX, y: event.clientY, from };
  const { left, bottom } = row.getBoundingClientRect();
  return { x: left + 12, y: bottom, from };
}

interface ContextMenuProps {
  place: MenuPlace;
  label: string;
  onClose(): void;
  /** Given what puts off what opens an editor or a dialog until the menu has gone, so that its focus is not taken back. */
  children(afterwards: (act: () => void) => () => void): ReactNode;
}

/** A menu with what can be done with a row, where the row was clicked. */
export function ContextMenu({ place, label, onClose, children }: ContextMenuProps) {
  const pending = useRef<() => void>(undefined);
  const { release } = useDrawnRelease();
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden="true" style={{ position: 'fixed', left: place.x, top: place.y }} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu"
          aria-label={label}
          aria-labelledby={undefined}
          align="start"
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // A click elsewhere closes the menu too, and what was clicked keeps the focus.
            if (isFocusLost()) place.from.focus({ preventScroll: true });
            pending.current?.();
          }}
          {...release}
          onContextMenu={(event) => event.preventDefault()}
          onKeyDown={(event) => event.stopPropagation()}
        >
          {children((act) => () => {
            pending.current = act;
          })}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
