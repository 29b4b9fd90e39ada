import { Ellipsis, Share } from 'lucide-react';
import { type CSSProperties, useId, useMemo, useState } from 'react';
import { wholePage } from '#api';
import { type Colour, colours } from '#model';
import { setTagColour } from '../../state/actions/notes';
import { showDialog, showTag } from '../../state/actions/view';
import { type TagNode, tagColour, tagTree } from '../../state/selectors';
import { useStore } from '../../state/store';
import { IconButton } from '../kit/Button';
import { countOf, formatNumber } from '../kit/format';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '../kit/Menu';
import { VirtualList, type VirtualPlace } from '../kit/VirtualList';
import { libraryPlace } from './library-place';

/** A tree of up to so many rows is shown whole; of a longer one, `ROWS_FOLDED`. */
const ROWS_WHOLE = 7;
const ROWS_FOLDED = 6;

/** CSS pixels */
const ROW_HEIGHT = 28;
const ROW_GAP = 2;

const keyOf = ({ key }: TagNode): string => key;

/** The tree of all tags. */
export function TagSection() {
  const nodes = useStore(tagTree);
  const page = useMemo(() => wholePage(nodes), [nodes]);
  const [isWhole, setWhole] = useState(false);
  const [section, setSection] = useState<HTMLElement | null>(null);
  const headingId = useId();
  if (nodes.length === 0) return null;
  const isLong = nodes.length > ROWS_WHOLE;
  return (
    <div ref={setSection}>
      <h2 id={headingId} className="library-heading">
        Tags
      </h2>
      {isLong && isWhole ? (
        <VirtualList
          label="Tags"
          items={page}
          keyOf={keyOf}
          estimate={ROW_HEIGHT}
          gap={ROW_GAP}
          scroller={section?.closest<HTMLElement>('.library-places') ?? null}
        >
          {(node, place) => <TagRow key={node.key} node={node} place={place} />}
        </VirtualList>
      ) : (
        <ul aria-labelledby={headingId}>
          {nodes.slice(0, isLong ? ROWS_FOLDED : nodes.length).map((node) => (
            <TagRow key={node.key} node={node} />
          ))}
        </ul>
      )}
      {isLong && (
        <button type="button" className="library-more" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show all ${formatNumber(nodes.length)} tags`}
        </button>
      )}
    </div>
  );
}

/** `place` says where it stands in a list of which only a part is in the page. */
function TagRow({ node, place }: { node: TagNode; place?: VirtualPlace }) {
  const colour = useStore((state) => tagColour(state.tags, node.name));
  const isCurrent = useStore((state) => libraryPlace(state) === `tag:${node.key}`);
  const countId = useId();
  return (
    <li
      ref={place?.ref}
      className="tag-row"
      data-index={place?.index}
      data-placed={place ? '' : undefined}
      style={{ '--depth': node.depth, top: place?.offset } as CSSProperties}
    >
      <button
        type="button"
        className="library-row"
        aria-label={node.name}
        aria-describedby={countId}
        aria-current={isCurrent ? 'true' : undefined}
        title={node.name}
        onClick={() => showTag(node.name)}
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
    </li>
  );
}

const COLOUR_NAMES: Record<Colour, string> = { yellow: 'Yellow', green: 'Green', blue: 'Blue', pink: 'Pink', violet: 'Violet' };

function TagMenu({ node }: { node: TagNode }) {
  const label = `Options for ${node.name}`;
  const choose = (colour: Colour | undefined) => setTagColour(node.name, colour);
  return (
    <Menu
      label={label}
      align="start"
      trigger={
        <IconButton label={label} small>
          <Ellipsis />
        </IconButton>
      }
    >
      <MenuLabel>Colour</MenuLabel>
      {colours.map((colour) => (
        <MenuChoice
          key={colour}
          checked={node.colour === colour}
          icon={<span className="dot" data-colour={colour} />}
          onSelect={() => choose(colour)}
        >
          {COLOUR_NAMES[colour]}
        </MenuChoice>
      ))}
      <MenuChoice checked={node.colour === undefined} icon={<span className="dot" data-hollow />} onSelect={() => choose(undefined)}>
        {node.depth > 0 ? 'As the tag above' : 'None'}
      </MenuChoice>
      <MenuSeparator />
      <MenuItem icon={<Share />} onSelect={() => showDialog({ type: 'export', scope: { type: 'tag', tag: node.name } })}>
        Export…
      </MenuItem>
    </Menu>
  );
}
