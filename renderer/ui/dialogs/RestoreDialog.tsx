import { useEffect, useRef, useState } from 'react';
import type { RestorePlan, Returns } from '#api';
import { reportError } from '../../state/actions/notices';
import { applyRestore, chooseZip, forgetPlan, planRestore, stopRestore, undoRestore } from '../../state/actions/restoring';
import { call } from '../../state/client';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf, formatMoment } from '../kit/format';
import { BringingProgress } from './BringingProgress';
import { changesAny, DryRunStep, LastBrought } from './DryRunStep';
import { RestorePlanView } from './RestorePlanView';
import { useDryRun } from './use-dry-run';
import './dialogs.css';
import './restore-dialog.css';

type Source = { name: string } | File;
type Listed = Returns<'restore.list'>;

/** Chooses what to restore from, shows what that would do, and does it. Nothing is done before it was shown. */
export function RestoreDialog({ file }: { file?: File }) {
  const { source, planned, undelete, setUndelete, choose, step, returnFocus } = useDryRun<Source, RestorePlan>(
    file,
    planRestore,
    forgetPlan,
  );
  const bringing = useStore((state) => state.bringing);
  const plan = planned?.ok ? planned.value : undefined;

  if (bringing)
    return <BringingProgress title="Restore" doing="Restoring" {...bringing} step={step} returnFocus={returnFocus} onStop={stopRestore} />;
  if (!source) {
    return (
      <Dialog
        title="Restore"
        description="Choose a backup to see what restoring from it would do. It adds notes with their old versions, tags and dropped files that are missing, and overwrites nothing; settings stay as they are."
        width={640}
        returnFocus={returnFocus}
        foot={<Button onClick={() => chooseZip(choose)}>Open a zip…</Button>}
      >
        <BackupList onChoose={choose} />
      </Dialog>
    );
  }
  return (
    <DryRunStep
      title="Restore"
      width={640}
      label="What would be restored"
      lookingIn="it"
      lookingAt="Looking at the backup"
      planned={planned}
      canApply={plan !== undefined && doesAnything(plan, undelete)}
      step={step}
      returnFocus={returnFocus}
      onBack={() => choose(undefined)}
      onApply={async () => plan && applyRestore(plan.id, undelete)}
    >
      {plan && <RestorePlanView plan={plan} name={source.name} undelete={undelete} onUndelete={setUndelete} />}
    </DryRunStep>
  );
}

const doesAnything = ({ documents, tagCount, fileCount, versionCount }: RestorePlan, undelete: boolean): boolean =>
  tagCount + fileCount + versionCount > 0 || changesAny(documents, undelete);

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
  return (
    <>
      {last && <LastBrought noun="restore" undo={undoRestore} />}
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
