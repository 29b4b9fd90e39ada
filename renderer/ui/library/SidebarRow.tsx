import { Ellipsis } from 'lucide-react';
import { type CSSProperties, type DragEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { IconButton } from '../kit/Button';
import { ContextMenu, type MenuPlace, menuPlaceOf } from '../kit/ContextMenu';
import { Menu, useAfterMenu } from '../kit/Menu';
import { NameField } from '../kit/NameField';
import type { VirtualPlace } from '../kit/VirtualList';

/** What can be dropped on a row. */
export interface RowDrop {
  effect: 'copy' | 'move';
  takes(event: DragEvent): boolean;
  /** False for what is of no use here. */
  onDrop(event: DragEvent): boolean;
}

/** Items of a row's menu. `afterwards` does something once the menu has gone, `rename` begins to rename the row. */
export type RowMenu = (afterwards: (act: () => void) => () => void, rename: () => void) => ReactNode;

interface SidebarRowProps {
  /** The whole name, for assistive technology and as the tip; `label` is shown in its place. */
  name: string;
  label?: string;
  title?: string;
  icon: ReactNode;
  /** Shown at the end, and in words; absent while it is not known. */
  count?: { shown: string; inWords: string } | undefined;
  depth?: number;
  isCurrent: boolean;
  /** Where it stands in a list of which only a part is in the page. */
  place?: VirtualPlace | undefined;
  onOpen(): void;
  /** Other keys; true for one that did something. */
  onKey?(key: string): boolean;
  /** The row is renamed where it stands, in a field of this label: F2 does it. */
  rename?: { label: string; to(name: string): void };
  /** F2 in place of `rename`, and Delete. */
  onRename?(): void;
  onDelete?(): void;
  menu?: RowMenu;
  drop?: RowDrop;
  onDragStart?(event: DragEvent): void;
  isExpanded?: boolean | undefined;
  /** Behind the row, such as what opens those under it. */
  children?: ReactNode;
}

/** A row of the sidebar: what it opens, how many there are, and its menu, under a button, where it is clicked, and by the Menu key. */
export function SidebarRow(props: SidebarRowProps) {
  const { name, label = name, title = name, icon, count, depth = 0, isCurrent, isExpanded, place, children } = props;
  const { onOpen, onKey, rename, onRename, onDelete, menu, drop, onDragStart } = props;
  const [isNaming, setNaming] = useState(false);
  const [isOver, setOver] = useState(false);
  const [menuPlace, setMenuPlace] = useState<MenuPlace>();
  const button = useRef<HTMLButtonElement>(null);
  const countId = useId();
  const startNaming = () => (rename ? setNaming(true) : onRename?.());
  const canRename = rename !== undefined || onRename !== undefined;
  const items = menu && ((afterwards: Parameters<RowMenu>[0]) => menu(afterwards, startNaming));

  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'F2' && canRename) startNaming();
    else if (event.key === 'Delete' && onDelete) onDelete();
    else if (onKey?.(event.key) !== true) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const handleDragOver = (event: DragEvent) => {
    if (!drop?.takes(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = drop.effect;
    setOver(true);
  };
  const handleDrop = (event: DragEvent) => {
    setOver(false);
    if (drop?.onDrop(event)) event.preventDefault();
  };

  return (
    <li
      ref={place?.ref}
      className="sidebar-row"
      data-index={place?.index}
      data-placed={place ? '' : undefined}
      data-over={isOver || undefined}
      style={{ '--depth': depth, top: place?.offset } as CSSProperties}
      {...(!isNaming && {
        ...(menu && {
          onContextMenu: (event) => button.current && setMenuPlace(menuPlaceOf(event, event.currentTarget, button.current)),
        }),
        ...(drop && { onDragOver: handleDragOver, onDragLeave: () => setOver(false), onDrop: handleDrop }),
      })}
    >
      {isNaming && rename ? (
        <NameField
          label={rename.label}
          name={name}
          onEnd={(next, how) => {
            setNaming(false);
            if (next !== undefined) rename.to(next);
            if (how === 'key') requestAnimationFrame(() => button.current?.focus());
          }}
        />
      ) : (
        <>
          <button
            ref={button}
            type="button"
            className="library-row"
            aria-label={name}
            aria-describedby={count && countId}
            aria-current={isCurrent ? 'true' : undefined}
            aria-expanded={isExpanded}
            aria-keyshortcuts={[canRename && 'F2', onDelete && 'Delete'].filter(Boolean).join(' ') || undefined}
            title={title}
            draggable={onDragStart && true}
            onClick={onOpen}
            onKeyDown={handleKeyDown}
            onDragStart={onDragStart}
          >
            {icon}
            <span className="sidebar-label" dir="auto">
              {label}
            </span>
            {count && (
              <span className="library-count">
                <span aria-hidden="true">{count.shown}</span>
                <span id={countId} hidden>
                  {count.inWords}
                </span>
              </span>
            )}
          </button>
          {items && <MenuButton name={name}>{items}</MenuButton>}
        </>
      )}
      {items && menuPlace && (
        <ContextMenu place={menuPlace} label={`Options for ${name}`} onClose={() => setMenuPlace(undefined)}>
          {items}
        </ContextMenu>
      )}
      {children}
    </li>
  );
}

function MenuButton({ name, children }: { name: string; children(afterwards: Parameters<RowMenu>[0]): ReactNode }) {
  const label = `Options for ${name}`;
  const { afterwards, onCloseAutoFocus } = useAfterMenu();
  return (
    <Menu
      label={label}
      align="start"
      onCloseAutoFocus={onCloseAutoFocus}
      trigger={
        <IconButton label={label} small>
          <Ellipsis />
        </IconButton>
      }
    >
      {children(afterwards)}
    </Menu>
  );
}
