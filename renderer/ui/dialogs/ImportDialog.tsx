import { useEffect, useState } from 'react';
import type { BroughtOutcome, NotesImport } from '#api';
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
import { closeDialog } from '../../state/actions/view';
import { call } from '../../state/client';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { BringingProgress } from './BringingProgress';
import { ImportPlanView } from './ImportPlanView';
import { useDryRun } from './use-dry-run';
import { WhoseNotes } from './WhoseNotes';
import './dialogs.css';
import './restore-dialog.css';
import './import-dialog.css';

/** Chooses exports to take notes back in from, shows what that would do, and does it. Nothing is done before it was shown. */
export function ImportDialog({ files }: { files?: readonly NamedFile[] }) {
  const { source, planned, undelete, setUndelete, choose, step } = useDryRun(mine(files), planImport, forgetImport);
  const [isWantingName, setWantingName] = useState(false);
  const bringing = useStore((state) => state.bringing);

  // Others that were dropped while it is open.
  const [given, setGiven] = useState(files);
  if (given !== files) {
    setGiven(files);
    choose(mine(files));
  }

  if (bringing) return <BringingProgress title="Import" doing="Importing" {...bringing} step={step} onStop={stopImport} />;
  if (!source) {
    return (
      <Dialog
        title="Import"
        description="Takes notes back in that Lectern exported as Markdown, HTML or JSON-LD, also after you edited the Markdown elsewhere. What it would do is shown first."
        width={720}
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
    <Dialog
      title="Import"
      width={720}
      foot={
        <>
          <Button onClick={() => choose(undefined)}>Back</Button>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button
            kind="primary"
            // What it would do is to be seen first.
            data-asks
            disabled={!plan || isWantingName || !doesAnything(plan, undelete)}
            onClick={() => plan && void applyImport(plan.id, undelete).catch(reportError)}
          >
            Import
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list of documents must scroll by keyboard. */}
      <section ref={step} aria-label="What would be imported" tabIndex={0} className="dialog-step">
        {!planned && (
          <>
            <p className="export-empty">Looking at what is in {source.files.length === 1 ? 'it' : 'them'}…</p>
            <progress aria-label="Looking at the files" />
          </>
        )}
        {planned && !planned.ok && <p role="alert">{planned.failure.message}</p>}
        {plan && <WhoseNotes person={source.person} onChange={(person) => choose({ ...source, person })} onWanting={setWantingName} />}
        {plan && <ImportPlanView plan={plan} undelete={undelete} onUndelete={setUndelete} />}
      </section>
    </Dialog>
  );
}

/** Files as they are chosen: their notes are the reader's own until they say otherwise. */
const mine = (files: readonly NamedFile[] | undefined): ImportSource | undefined => files && { files, person: '' };

const doesAnything = ({ documents }: NotesImport, undelete: boolean): boolean =>
  documents.some(({ state, deleted }) => state === 'new' || state === 'changed' || (undelete && deleted > 0));

/** The last import, while it can be taken back. */
function LastImport() {
  const [last, setLast] = useState<BroughtOutcome>();
  useEffect(() => {
    call('import.last', {}).then((told) => setLast(told.last), reportError);
  }, []);
  if (!last) return null;
  const undo = () => {
    closeDialog();
    void undoImport().catch(reportError);
  };
  return (
    <div className="restore-last">
      <p>The last import can be taken back. What you changed since then stays.</p>
      <Button onClick={undo}>Undo the last import</Button>
    </div>
  );
}
