import { Ellipsis, FileText, Highlighter, Tags } from 'lucide-react';
import { useId, useState } from 'react';
import { tagKey } from '#model';
import { showDialog, showTag, showUntaggedDocuments, showView } from '../../state/actions/view';
import { movedTags, type TagNode, tagColour, tagTree } from '../../state/selectors';
import { type TagTask, useStore } from '../../state/store';
import { IconButton } from '../kit/Button';
import { countOf, formatNumber } from '../kit/format';
import { Menu, MenuItem, useAfterMenu } from '../kit/Menu';
import type { VirtualPlace } from '../kit/VirtualList';
import { FoldedRows } from './FoldedRows';
import { libraryPlace } from './library-place';
import { SidebarRow } from './SidebarRow';
import { TagMenuItems } from './TagMenuItems';
import { useLibraryRowFocus } from './use-library-row-focus';

const ROWS_FOLDED = 6;

const keyOf = ({ key }: TagNode): string => key;

/** The tree of all tags. */
export function TagSection() {
  const nodes = useStore(tagTree);
  const [section, setSection] = useState<HTMLElement | null>(null);
  const headingId = useId();
  const focus = useLibraryRowFocus(section, useStore(movedTags));
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
  const { key, name, label, depth, count } = node;
  const colour = useStore((state) => tagColour(state.tags, name));
  const isCurrent = useStore((state) => libraryPlace(state) === `tag:${key}`);
  const start = (task: TagTask) => showDialog({ type: 'tag-move', task, tag: name });
  return (
    <SidebarRow
      name={name}
      label={label}
      icon={<span className="dot" data-colour={colour} data-inherited={node.colour === undefined || undefined} />}
      count={{ shown: formatNumber(count), inWords: countOf(count, 'use') }}
      depth={depth}
      isCurrent={isCurrent}
      place={place}
      onOpen={() => showTag(name)}
      onRename={() => start('rename')}
      onDelete={() => start('delete')}
      menu={(afterwards) => <TagMenuItems node={node} afterwards={afterwards} />}
      drop={{
        effect: 'move',
        takes: ({ dataTransfer }) => dataTransfer.types.includes(DRAGGED_TAG),
        onDrop({ dataTransfer }) {
          const tag = dataTransfer.getData(DRAGGED_TAG);
          if (tag === '' || tagKey(tag) === key) return false;
          showDialog({ type: 'tag-move', task: 'nest', tag, to: name });
          return true;
        },
      }}
      onDragStart={({ dataTransfer }) => {
        dataTransfer.setData(DRAGGED_TAG, name);
        dataTransfer.effectAllowed = 'move';
      }}
    />
  );
}

/** The type of what is dragged: a tag's name. */
const DRAGGED_TAG = 'application/x-lectern-tag';

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
