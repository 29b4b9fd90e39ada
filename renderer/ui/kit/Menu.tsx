import { DropdownMenu } from 'radix-ui';
import { type PointerEvent, type ReactNode, useRef } from 'react';

/**
 * For a menu's content: the press that opened it chooses nothing when it is let go, unless the pointer was drawn onto an item. A menu that grows
 * while it opens can come to lie under a pointer that rests.
 */
export function useDrawnRelease() {
  const isMeant = useRef(false);
  return {
    /** Another press begins. */
    isOpening() {
      isMeant.current = false;
    },
    release: {
      onPointerDownCapture() {
        isMeant.current = true;
      },
      onPointerMoveCapture({ movementX, movementY }: PointerEvent) {
        if (movementX !== 0 || movementY !== 0) isMeant.current = true;
      },
      onPointerUpCapture(event: PointerEvent) {
        if (!isMeant.current) event.stopPropagation();
      },
    },
  };
}

/** A menu that opens under `trigger` (one element that can hold a ref, such as a Button). */
export function Menu({
  trigger,
  label,
  align = 'end',
  onCloseAutoFocus,
  children,
}: {
  trigger: ReactNode;
  label: string;
  align?: 'start' | 'end';
  /** The focus is about to return to the trigger; preventing the event leaves it where it is. */
  onCloseAutoFocus?(event: Event): void;
  children: ReactNode;
}) {
  const { isOpening, release } = useDrawnRelease();
  return (
    <DropdownMenu.Root modal={false} onOpenChange={isOpening}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu"
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={onCloseAutoFocus}
          {...release}
          // Letters find an item here; they must not run a command beneath.
          onKeyDown={(event) => event.stopPropagation()}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Puts off what opens an editor or a dialog until a menu has gone, and its trigger has the focus: it is not taken back then. */
export function useAfterMenu() {
  const pending = useRef<() => void>(undefined);
  return {
    afterwards: (act: () => void) => () => {
      pending.current = act;
    },
    onCloseAutoFocus(event: Event) {
      const act = pending.current;
      pending.current = undefined;
      if (!act) return;
      event.preventDefault();
      if (event.target instanceof HTMLElement) {
        const trigger = document.getElementById(event.target.getAttribute('aria-labelledby') ?? '');
        trigger?.focus({ preventScroll: true });
      }
      act();
    },
  };
}

interface MenuItemProps {
  icon?: ReactNode;
  /** At the end of the row: a key or a mark. */
  end?: ReactNode;
  disabled?: boolean;
  onSelect(): void;
  children: ReactNode;
}

export const MenuItem = ({ icon, end, disabled, onSelect, children }: MenuItemProps) => (
  <DropdownMenu.Item className="menu-item" disabled={disabled} onSelect={onSelect}>
    {icon}
    <span className="menu-text">{children}</span>
    {end}
  </DropdownMenu.Item>
);

/** At the end of an item: a key that the row itself answers. */
export const Shortcut = ({ children }: { children: string }) => (
  <span className="keys" aria-hidden="true">
    <kbd>{children}</kbd>
  </span>
);

/** One of several choices, of which the checked one is in force. */
export const MenuChoice = ({
  checked,
  onSelect,
  icon,
  children,
}: {
  checked: boolean;
  onSelect(): void;
  icon?: ReactNode;
  children: ReactNode;
}) => (
  <DropdownMenu.CheckboxItem className="menu-item" checked={checked} onSelect={onSelect}>
    {icon}
    <span className="menu-text">{children}</span>
    <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
  </DropdownMenu.CheckboxItem>
);

export const MenuSeparator = () => <DropdownMenu.Separator className="menu-separator" />;
export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <DropdownMenu.Label className="menu-label">{children}</DropdownMenu.Label>
);
