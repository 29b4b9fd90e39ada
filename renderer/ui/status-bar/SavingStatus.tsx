import { TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { saving } from '../../state/actions/keeping';
import { reportError } from '../../state/actions/notices';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';

/** Whether everything that the reader wrote is on the disk; when it is not, why, and a way to try at once. */
export function SavingStatus() {
  const state = useStore(({ saving: now }) => now);
  const status = useRef<HTMLSpanElement>(null);
  const [isTrying, setTrying] = useState(false);

  const tryAgain = async () => {
    setTrying(true);
    try {
      // Saved: the button goes, and what it said takes the focus.
      if (!(await saving.flush())) status.current?.focus();
    } finally {
      setTrying(false);
    }
  };

  const text = state.state === 'saved' ? 'All changes saved' : state.state === 'saving' ? 'Saving…' : state.failure.message;
  return (
    <div className="saving">
      {state.state === 'failed' && <TriangleAlert aria-hidden="true" />}
      <span
        ref={status}
        role="status"
        aria-label="Saving state"
        // Says so itself: modal dialogs leave a live region readable.
        aria-live="polite"
        tabIndex={-1}
        className="saving-text"
        data-state={state.state}
      >
        {text}
      </span>
      {state.state === 'failed' && (
        <Button aria-disabled={isTrying || undefined} onClick={() => !isTrying && void tryAgain().catch(reportError)}>
          {isTrying ? 'Trying…' : 'Try again'}
        </Button>
      )}
    </div>
  );
}
