import type { ReactNode, RefObject } from 'react';
import type { Result } from '#api';
import { reportError } from '../../state/actions/notices';
import { closeDialog } from '../../state/actions/view';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf } from '../kit/format';
import type { ReturnFocus } from '../kit/use-return-focus';
import './dialogs.css';
import './restore-dialog.css';

interface DryRunStepProps {
  /** "Import": the title, and what the button says. */
  title: string;
  /** CSS pixels */
  width: number;
  /** "What would be imported". */
  label: string;
  /** What is looked at until it is known what would be done: as part of a sentence, and as a whole. */
  lookingIn: string;
  lookingAt: string;
  planned: Result<unknown> | undefined;
  /** Whether what would be done may be done. */
  canApply: boolean;
  step: RefObject<HTMLElement | null>;
  returnFocus: ReturnFocus;
  onBack(): void;
  onApply(): Promise<unknown>;
  /** What would be done, once it is known. */
  children: ReactNode;
}

/** Shows what bringing something in would do, and does it once the reader says so. */
export function DryRunStep({ title, width, label, lookingIn, lookingAt, planned, canApply, step, ...props }: DryRunStepProps) {
  return (
    <Dialog
      title={title}
      width={width}
      returnFocus={props.returnFocus}
      foot={
        <>
          <Button onClick={props.onBack}>Back</Button>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button
            kind="primary"
            // What it would do is to be seen first.
            data-asks
            disabled={!canApply}
            onClick={() => void props.onApply().catch(reportError)}
          >
            {title}
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list of documents must scroll by keyboard. */}
      <section ref={step} aria-label={label} tabIndex={0} className="dialog-step">
        {!planned && (
          <>
            <p className="export-empty">Looking at what is in {lookingIn}…</p>
            <progress aria-label={lookingAt} />
          </>
        )}
        {planned && !planned.ok && <p role="alert">{planned.failure.message}</p>}
        {props.children}
      </section>
    </Dialog>
  );
}

interface DryRunRemarksProps {
  notices: readonly string[];
  /** Notes that would come, and that the reader has deleted since. */
  deleted: number;
  undelete: boolean;
  onUndelete(undelete: boolean): void;
}

/** What the reader should know of what would be done, and whether deleted notes come back, too. */
export function DryRunRemarks({ notices, deleted, undelete, onUndelete }: DryRunRemarksProps) {
  return (
    <>
      {notices.map((notice) => (
        <p key={notice} className="restore-notice">
          {notice}
        </p>
      ))}
      {deleted > 0 && (
        <label className="restore-deleted">
          <input type="checkbox" checked={undelete} onChange={(event) => onUndelete(event.target.checked)} />
          <span>Also bring back {countOf(deleted, 'note')} that you deleted since</span>
        </label>
      )}
    </>
  );
}

/** Whether something would be done to any of these documents. */
export const changesAny = (documents: readonly { state: string; deleted: number }[], undelete: boolean): boolean =>
  documents.some(({ state, deleted }) => state === 'new' || state === 'changed' || (undelete && deleted > 0));

/** Takes back what was brought in last. `noun`: "import". */
export function LastBrought({ noun, undo }: { noun: string; undo(): Promise<unknown> }) {
  const takeBack = () => {
    closeDialog();
    void undo().catch(reportError);
  };
  return (
    <div className="restore-last">
      <p>The last {noun} can be taken back. What you changed since then stays.</p>
      <Button onClick={takeBack}>Undo the last {noun}</Button>
    </div>
  );
}
