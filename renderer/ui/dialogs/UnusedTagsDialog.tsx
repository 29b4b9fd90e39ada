import { useMemo } from 'react';
import { compareTitles, tagKey } from '#model';
import { applyBulkEdit } from '../../state/actions/bulk';
import { reportError } from '../../state/actions/notices';
import { closeDialog } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf } from '../kit/format';
import './dialogs.css';
import './tag-dialogs.css';

/** Tags that are listed one by one. */
const SHOWN = 500;

/** Tags that no document and no note carries, to be deleted together. */
export function UnusedTagsDialog() {
  const tags = useStore((state) => state.tags);
  const uses = useStore((state) => state.tagUses);
  const unused = useMemo(
    () =>
      [...tags.values()]
        .filter(({ name, movedTo }) => movedTo === undefined && !uses.has(tagKey(name)))
        .map(({ name }) => name)
        .sort(compareTitles),
    [tags, uses],
  );
  const remove = () => {
    closeDialog();
    const moves = unused.map((from) => ({ from }));
    void applyBulkEdit({ type: 'move-tags', moves }, 'Delete unused tags').catch(reportError);
  };
  return (
    <Dialog
      title="Unused tags"
      description="No document and no note carries them. They are kept for their colours and their casing, and are offered where you write a tag."
      foot={
        <>
          <Button onClick={closeDialog}>Close</Button>
          <Button kind="danger" disabled={unused.length === 0} onClick={remove}>
            {unused.length === 1 ? 'Delete it' : `Delete all ${unused.length}`}
          </Button>
        </>
      }
    >
      {unused.length === 0 ? (
        <p>Every tag is in use.</p>
      ) : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it. */}
          <ul className="tag-names" aria-label="Unused tags" tabIndex={0}>
            {unused.slice(0, SHOWN).map((name) => (
              <li key={name}>
                <span dir="auto">{name}</span>
              </li>
            ))}
          </ul>
          {unused.length > SHOWN && <p className="tag-move-more">and {countOf(unused.length - SHOWN, 'more tag')}</p>}
        </>
      )}
    </Dialog>
  );
}
