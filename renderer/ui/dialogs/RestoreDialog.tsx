import { useEffect, useRef, useState } from 'react';
import type { RestorePlan, Returns } from '#api';
import { reportError } from '../../state/actions/notices';
import { applyRestore, chooseZip, forgetPlan, planRestore, stopRestore, undoRestore } from '../../state/actions/restoring';
import { closeDialog } from '../../state/actions/view';
import { call } from '../../state/client';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf, formatMoment } from '../kit/format';
import { BringingProgress } from './BringingProgress';
import { RestorePlanView } from './RestorePlanView';
import { useDryRun } from './use-dry-run';
import './dialogs.css';
import './restore-dialog.css';

type Source = { name: string } | File;
type Listed = Returns<'restore.list'>;

/** Chooses what to restore from, shows what that would do, and does it. Nothing is done before it was shown. */
export function RestoreDialog({ file }: { file?: File }) {
  const { source, planned, undelete, setUndelete, choose, step } = useDryRun<Source, RestorePlan>(file, planRestore, forgetPlan);
  const bringing = useStore((state) => state.bringing);
  const plan = planned?.ok ? planned.value : undefined;

  if (bringing) return <BringingProgress title="Restore" doing="Restoring" {...bringing} step={step} onStop={stopRestore} />;
  if (!source) {
    return (
      <Dialog
        title="Restore"
        description="Choose a backup to see what restoring from it would do. It adds notes with their old versions, tags and dropped files that are missing, and overwrites nothing; settings stay as they are."
        width={640}
        foot={<Button onClick={() => chooseZip(choose)}>Open a zip…</Button>}
      >
        <BackupList onChoose={choose} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title="Restore"
      width={640}
      foot={
        <>
          <Button onClick={() => choose(undefined)}>Back</Button>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button
            kind="primary"
            // What it would do is to be seen first.
            data-asks
            disabled={!plan || !doesAnything(plan, undelete)}
            onClick={() => plan && void applyRestore(plan.id, undelete).catch(reportError)}
          >
            Restore
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list of documents must scroll by keyboard. */}
      <section ref={step} aria-label="What would be restored" tabIndex={0} className="dialog-step">
        {!planned && (
          <>
            <p className="export-empty">Looking at what is in it…</p>
            <progress aria-label="Looking at the backup" />
          </>
        )}
        {planned && !planned.ok && <p role="alert">{planned.failure.message}</p>}
        {plan && <RestorePlanView plan={plan} name={source.name} undelete={undelete} onUndelete={setUndelete} />}
      </section>
    </Dialog>
  );
}

const doesAnything = ({ documents, tagCount, fileCount, versionCount }: RestorePlan, undelete: boolean): boolean =>
  tagCount + fileCount + versionCount > 0 ||
  documents.some(({ state, deleted }) => state === 'new' || state === 'changed' || (undelete && deleted > 0));

/** The backups with their days and what they hold, and the last restore while it can be taken back. */
function BackupList({ onChoose }: { onChoose(source: Source): void }) {
  const [listed, setListed] = useState<Listed>();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    call('restore.list', {}).then(setListed, reportError);
  }, []);
  useEffect(() => {
    if (listed) first.current?.focus();
  }, [listed]);
  if (!listed) return <p className="export-empty">Looking for backups…</p>;
  const { backups, last } = listed;
  const undo = () => {
    closeDialog();
    void undoRestore().catch(reportError);
  };
  return (
    <>
      {last && (
        <div className="restore-last">
          <p>The last restore can be taken back. What you changed since then stays.</p>
          <Button onClick={undo}>Undo the last restore</Button>
        </div>
      )}
      {backups.length === 0 && (
        <p className="export-empty">There is no backup yet. Lectern makes one each day on which something changed.</p>
      )}
      <ul className="restore-backups" aria-label="Backups">
        {backups.map(({ name, madeAt, documents, notes, files, problem }, index) => (
          <li key={name}>
            <button ref={index === 0 ? first : undefined} type="button" disabled={problem !== undefined} onClick={() => onChoose({ name })}>
              <b>{formatMoment(madeAt)}</b>
              <span>
                {problem ??
                  [
                    documents !== undefined && countOf(documents, 'document'),
                    notes !== undefined && countOf(notes, 'note'),
                    files !== undefined && files > 0 && `${countOf(files, 'dropped file')}`,
                  ]
                    .filter(Boolean)
                    .join(', ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
