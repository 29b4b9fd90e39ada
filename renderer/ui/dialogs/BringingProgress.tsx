import type { RefObject } from 'react';
import { reportError } from '../../state/actions/notices';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf } from '../kit/format';
import type { ReturnFocus } from '../kit/use-return-focus';

interface BringingProgressProps {
  title: string;
  /** "Restoring". */
  doing: string;
  done: number;
  /** 0 while it is not known. */
  total: number;
  step: RefObject<HTMLElement | null>;
  returnFocus: ReturnFocus;
  onStop(): Promise<unknown>;
}

/** How far a restore or an import is, and how to stop it. */
export function BringingProgress({ title, doing, done, total, step, returnFocus, onStop }: BringingProgressProps) {
  return (
    <Dialog
      title={title}
      width={640}
      keepsEscape
      returnFocus={returnFocus}
      foot={<Button onClick={() => void onStop().catch(reportError)}>Stop</Button>}
    >
      <section ref={step} aria-label="Progress" tabIndex={-1} className="dialog-step">
        <p>{total > 0 ? `${doing}: ${done} of ${countOf(total, 'document')}…` : `${doing}…`}</p>
        <progress aria-label={doing} {...(total > 0 && { value: done, max: total })} />
      </section>
    </Dialog>
  );
}
