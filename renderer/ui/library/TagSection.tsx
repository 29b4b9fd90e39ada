import { Ellipsis, FileText, Highlighter, Tags } from 'lucide-react';
import { type CSSProperties, type DragEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { tagKey } from '#model';
import { showDialog, showTag, showUntaggedDocuments, showView } from '../../state/actions/view';
import { type TagNode, tagColour, tagTree } from '../../state/selectors';
import { type TagTask, useStore } from '../../state/store';
import { IconButton } from '../kit/Button';
import { ContextMenu, type MenuPlace, menuPlaceOf } from '../kit/ContextMenu';
import { countOf, formatNumber } from '../kit/format';
import { Menu, MenuItem, useAfterMenu } from '../kit/Menu';
import type { VirtualPlace } from '../kit/VirtualList';
import { FoldedRows } from './FoldedRows';
import { libraryPlace } from './library-place';
import { TagMenuItems } from './TagMenuItems';
import { useLibraryRowFocus } from './use-library-row-focus';

const ROWS_FOLDED = 6;

const keyOf = ({ key }: TagNode): string => key;

/** The tree of all tags. */
export function TagSection() {
  const nodes = useStore(tagTree);
  const [section, setSection] = useState<HTMLElement | null>(null);
  const headingId = useId();
  const focus = useLibraryRowFocus(section);
  if (nodes.length === 0) return null;
  return (
    <div ref={setSection} {...focus}>
      <div className="tags-head">
        <h2 id={headingId} className="library-heading">
          Tags
        </h2>
        <TagsMenu />
      </div>
      <FoldedRows label="Tags" headingId={headingId} items={nodes} keyOf={keyOf} shown={ROWS_FOLDED} section={section}>
        {(node, place) => <TagRow key={node.key} node={node} place={place} />}
      </FoldedRows>
    </div>
  );
}

/** `place` says where it stands in a list of which only a part is in the page. */
function TagRow({ node, place }: { node: TagNode; place: VirtualPlace | undefined }) {
  const colour = useStore((state) => tagColour(state.tags, node.name));
  const isCurrent = useStore((state) => libraryPlace(state) === `tag:${node.key}`);
  const countId = useId();
  const [menu, setMenu] = useState<MenuPlace>();
  const [isOver, setOver] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const start = (task: TagTask) => showDialog({ type: 'tag-move', task, tag: node.name });

  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'F2') start('rename');
    else if (event.key === 'Delete') start('delete');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const handleDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(DRAGGED_TAG)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    setOver(true);
  };
  const handleDrop = (event: DragEvent) => {
    const tag = event.dataTransfer.getData(DRAGGED_TAG);
    setOver(false);
    if (tag === '' || tagKey(tag) === node.key) return;
    event.preventDefault();
    showDialog({ type: 'tag-move', task: 'nest', tag, to: node.name });
  };

  return (
    <li
      ref={place?.ref}
      className="tag-row"
      data-index={place?.index}
      data-placed={place ? '' : undefined}
      data-over={isOver || undefined}
      style={{ '--depth': node.depth, top: place?.offset } as CSSProperties}
      onContextMenu={(event) => button.current && setMenu(menuPlaceOf(event, event.currentTarget, button.current))}
      onDragOver={handleDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={handleDrop}
    >
      <button
        ref={button}
        type="button"
        className="library-row"
        aria-label={node.name}
        aria-describedby={countId}
        aria-current={isCurrent ? 'true' : undefined}
        aria-keyshortcuts="F2 Delete"
        title={node.name}
        draggable
        onClick={() => showTag(node.name)}
        onKeyDown={handleKeyDown}
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAGGED_TAG, node.name);
          event.dataTransfer.effectAllowed = 'move';
        }}
      >
        <span className="dot" data-colour={colour} data-inherited={node.colour === undefined || undefined} />
        <span className="tag-label" dir="auto">
          {node.label}
        </span>
        <span className="library-count">
          <span aria-hidden="true">{formatNumber(node.count)}</span>
          <span id={countId} hidden>
            {countOf(node.count, 'use')}
          </span>
        </span>
      </button>
      <TagMenu node={node} />
      {menu && (
        <ContextMenu place={menu} label={`Options for ${node.name}`} onClose={() => setMenu(undefined)}>
          {(afterwards) => <TagMenuItems node={node} afterwards={afterwards} />}
        </ContextMenu>
      )}
    </li>
  );
}

/** The type of what is dragged: a tag's name. */
const DRAGGED_TAG = 'application/x-lectern-tag';

function TagMenu({ node }: { node: TagNode }) {
  const label = `Options for ${node.name}`;
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
      <TagMenuItems node={node} afterwards={afterwards} />
    </Menu>
  );
}

/** What concerns no single tag. */
function TagsMenu() {
  const { afterwards, onCloseAutoFocus } = useAfterMenu();
  return (
    <Menu
      label="Tags"
      onCloseAutoFocus={onCloseAutoFocus}
      trigger={
        <IconButton label="Untagged and unused" small>
          <Ellipsis />
        </IconButton>
      }
    >
      <MenuItem icon={<FileText />} onSelect={showUntaggedDocuments}>
        Untagged documents
      </MenuItem>
      <MenuItem icon={<Highlighter />} onSelect={afterwards(() => showView({ type: 'notes', untagged: true }))}>
        Untagged notes
      </MenuItem>
      <MenuItem icon={<Tags />} onSelect={afterwards(() => showDialog({ type: 'unused-tags' }))}>
        Unused tags…
      </MenuItem>
    </Menu>
  );
}
