import { useEffect, useState } from 'react';
import type { Result } from '#api';
import { compareTitles } from '#model';
import { applyBulkEdit, findUnusedTags } from '../../state/actions/bulk';
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

/** The tags that nothing carries, by their names; `undefined` until that is known. Asked for again when the tags, or what carries them, change. */
function useUnusedTags(): Result<string[]> | undefined {
  const tags = useStore((state) => state.tags);
  const uses = useStore((state) => state.tagUses);
  const [found, setFound] = useState<Result<string[]>>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the host answers anew when these are others.
  useEffect(() => {
    let isCurrent = true;
    findUnusedTags()
      .then((result) => isCurrent && setFound(result.ok ? { ok: true, value: result.value.sort(compareTitles) } : result))
      .catch(reportError);
    return () => {
      isCurrent = false;
    };
  }, [tags, uses]);
  return found;
}

/** Tags that no document and no note carries, to be deleted together. */
export function UnusedTagsDialog() {
  const found = useUnusedTags();
  const unused = found?.ok ? found.value : [];
  const remove = () => {
    closeDialog();
    void applyBulkEdit({ type: 'delete-unused-tags', names: unused }, 'Delete unused tags').catch(reportError);
  };
  return (
    <Dialog
      title="Unused tags"
      description="No document and no note carries them, and none in the trash. They are kept for their colours and their casing, and are offered where you write a tag."
      foot={
        <>
          <Button onClick={closeDialog}>Close</Button>
          <Button kind="danger" disabled={unused.length === 0} onClick={remove}>
            {unused.length === 1 ? 'Delete it' : `Delete all ${unused.length}`}
          </Button>
        </>
      }
    >
      {!found ? (
        <p>Looking through the notes and the trash…</p>
      ) : !found.ok ? (
        <p className="field-problem">{found.failure.message}</p>
      ) : unused.length === 0 ? (
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
