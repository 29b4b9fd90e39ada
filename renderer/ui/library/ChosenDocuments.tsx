import { CircleCheck, Share, Tag, X } from 'lucide-react';
import { chooseDocuments, exportDocuments, setStatusOf } from '../../state/actions/choosing';
import { reportError } from '../../state/actions/notices';
import { showDialog } from '../../state/actions/view';
import { getState, useStore } from '../../state/store';
import { Button, IconButton } from '../kit/Button';
import { formatNumber } from '../kit/format';
import { Menu, MenuItem, MenuSeparator, useAfterMenu } from '../kit/Menu';
import '../kit/chosen-bar.css';
import { ShelfMenuItems } from './ShelfMenuItems';
import { STATUS_ACTIONS } from './status-actions';

const ids = (): string[] => [...getState().chosenDocuments];

/** What can be done with the documents that are selected in the list. `onDone` gives the list the keyboard back. */
export function ChosenDocuments({ onDone }: { onDone(): void }) {
  const chosen = useStore((state) => state.chosenDocuments);
  const count = chosen.size;
  const { afterwards, onCloseAutoFocus } = useAfterMenu();
  if (count === 0) return null;
  return (
    <div role="toolbar" aria-label="Selected documents" className="chosen-bar">
      <span className="chosen-count">{formatNumber(count)} selected</span>
      <IconButton
        label="Tag the selected documents"
        keys="T"
        small
        onClick={() => showDialog({ type: 'tag-many', target: { type: 'documents', documentIds: ids() } })}
      >
        <Tag />
      </IconButton>
      <Menu
        label="Mark the selected documents"
        onCloseAutoFocus={onCloseAutoFocus}
        trigger={
          <IconButton label="Mark the selected documents" small>
            <CircleCheck />
          </IconButton>
        }
      >
        {STATUS_ACTIONS.map(({ status, label, icon: Icon }) => (
          <MenuItem key={status} icon={<Icon />} onSelect={afterwards(() => void setStatusOf(ids(), status).catch(reportError))}>
            {label}
          </MenuItem>
        ))}
        <MenuSeparator />
        <ShelfMenuItems documentIds={[...chosen]} afterwards={afterwards} />
      </Menu>
      <IconButton label="Export the selected documents" small onClick={() => exportDocuments(ids())}>
        <Share />
      </IconButton>
      <Button
        kind="quiet"
        onClick={() => {
          chooseDocuments(new Set());
          onDone();
        }}
      >
        <X />
        Clear
      </Button>
    </div>
  );
}
