import { ArrowUpToLine, CornerDownRight, Merge, Pencil, Share, Tags, Trash2 } from 'lucide-react';
import { colours } from '#model';
import { setTagColour } from '../../state/actions/notes';
import { showDialog } from '../../state/actions/view';
import type { TagNode } from '../../state/selectors';
import type { TagTask } from '../../state/store';
import { MenuChoice, MenuItem, MenuLabel, MenuSeparator, Shortcut } from '../kit/Menu';
import { colourName } from '../notes/note-names';

interface TagMenuItemsProps {
  node: TagNode;
  /** Does something once the menu has gone. */
  afterwards(act: () => void): () => void;
}

/** What can be done with a tag, in the menu of its button and in that of its row. */
export function TagMenuItems({ node: { name, depth, colour: own }, afterwards }: TagMenuItemsProps) {
  const start = (task: TagTask) => afterwards(() => showDialog({ type: 'tag-move', task, tag: name }));
  return (
    <>
      <MenuItem icon={<Pencil />} end={<Shortcut>F2</Shortcut>} onSelect={start('rename')}>
        Rename…
      </MenuItem>
      <MenuItem icon={<Merge />} onSelect={start('merge')}>
        Merge into…
      </MenuItem>
      <MenuItem icon={<CornerDownRight />} onSelect={start('nest')}>
        Nest under…
      </MenuItem>
      {depth > 0 && (
        <MenuItem icon={<ArrowUpToLine />} onSelect={start('top')}>
          Move out to the top…
        </MenuItem>
      )}
      <MenuItem icon={<Tags />} onSelect={afterwards(() => showDialog({ type: 'tag-aliases', tag: name }))}>
        Other names…
      </MenuItem>
      <MenuItem icon={<Share />} onSelect={afterwards(() => showDialog({ type: 'export', scope: { type: 'tag', tag: name } }))}>
        Export…
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Colour</MenuLabel>
      {colours.map((colour) => (
        <MenuChoice
          key={colour}
          checked={own === colour}
          icon={<span className="dot" data-colour={colour} />}
          onSelect={() => setTagColour(name, colour)}
        >
          {colourName(colour)}
        </MenuChoice>
      ))}
      <MenuChoice checked={own === undefined} icon={<span className="dot" data-hollow />} onSelect={() => setTagColour(name, undefined)}>
        {depth > 0 ? 'As the tag above' : 'None'}
      </MenuChoice>
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} end={<Shortcut>Del</Shortcut>} onSelect={start('delete')}>
        Delete…
      </MenuItem>
    </>
  );
}
