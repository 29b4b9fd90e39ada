import { useEffect, useState } from 'react';
import type { BroughtOutcome } from '#api';
import {
  applyImport,
  chooseImport,
  forgetImport,
  type ImportSource,
  type NamedFile,
  planImport,
  stopImport,
  undoImport,
} from '../../state/actions/importing';
import { reportError } from '../../state/actions/notices';
import { call } from '../../state/client';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { BringingProgress } from './BringingProgress';
import { changesAny, DryRunStep, LastBrought } from './DryRunStep';
import { ImportPlanView } from './ImportPlanView';
import { useDryRun } from './use-dry-run';
import { WhoseNotes } from './WhoseNotes';
import './dialogs.css';
import './restore-dialog.css';
import './import-dialog.css';

/** Chooses exports to take notes back in from, shows what that would do, and does it. Nothing is done before it was shown. */
export function ImportDialog({ files }: { files?: readonly NamedFile[] }) {
  const { source, planned, undelete, setUndelete, choose, step, returnFocus } = useDryRun(mine(files), planImport, forgetImport);
  const [isWantingName, setWantingName] = useState(false);
  const bringing = useStore((state) => state.bringing);

  // Others that were dropped while it is open.
  const [given, setGiven] = useState(files);
  if (given !== files) {
    setGiven(files);
    choose(mine(files));
  }

  if (bringing)
    return <BringingProgress title="Import" doing="Importing" {...bringing} step={step} returnFocus={returnFocus} onStop={stopImport} />;
  if (!source) {
    return (
      <Dialog
        title="Import"
        description="Takes notes back in that Lectern exported as Markdown, HTML or JSON-LD, also after you edited the Markdown elsewhere. What it would do is shown first."
        width={720}
        returnFocus={returnFocus}
        firstFocus={'[data-kind="primary"]'}
        foot={
          <>
            <Button onClick={() => chooseImport('folder', (chosen) => choose(mine(chosen)))}>Choose a folder…</Button>
            <Button kind="primary" onClick={() => chooseImport('files', (chosen) => choose(mine(chosen)))}>
              Choose files…
            </Button>
          </>
        }
      >
        <LastImport />
        <p className="export-empty">Choose exported files, zips of them, or a folder, or drop them here.</p>
      </Dialog>
    );
  }
  const plan = planned?.ok ? planned.value : undefined;
  return (
    <DryRunStep
      title="Import"
      width={720}
      label="What would be imported"
      lookingIn={source.files.length === 1 ? 'it' : 'them'}
      lookingAt="Looking at the files"
      planned={planned}
      canApply={plan !== undefined && !isWantingName && changesAny(plan.documents, undelete)}
      step={step}
      returnFocus={returnFocus}
      onBack={() => choose(undefined)}
      onApply={async () => plan && applyImport(plan.id, undelete)}
    >
      {plan && <WhoseNotes person={source.person} onChange={(person) => choose({ ...source, person })} onWanting={setWantingName} />}
      {plan && <ImportPlanView plan={plan} undelete={undelete} onUndelete={setUndelete} />}
    </DryRunStep>
  );
}

/** Files as they are chosen: their notes are the reader's own until they say otherwise. */
const mine = (files: readonly NamedFile[] | undefined): ImportSource | undefined => files && { files, person: '' };

/** The last import, while it can be taken back. */
function LastImport() {
  const [last, setLast] = useState<BroughtOutcome>();
  useEffect(() => {
    call('import.last', {}).then((told) => setLast(told.last), reportError);
  }, []);
  return last && <LastBrought noun="import" undo={undoImport} />;
}
