import { TriangleAlert } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { isFocusLost } from '../../state/actions/focus';
import { reportError } from '../../state/actions/notices';
import { copyUnsavedNotes, hasUnsavedNotes } from '../../state/actions/unsaved-notes';
import { saving } from '../../state/notebook-sync';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { useIsLong } from '../kit/use-is-long';

const SAVED = 'All changes saved';
const SAVING = 'Saving…';

/** Whether everything that the reader wrote is on the disk; when it is not, why, a way to try at once, and one to have the words elsewhere. */
export function SavingStatus() {
  const state = useStore(({ saving: now }) => now);
  const status = useRef<HTMLSpanElement>(null);
  const [isTrying, setTrying] = useState(false);
  const hadFocus = useRef(false);
  const isFailed = state.state === 'failed';

  // Saved: the buttons go, and what is said in their place takes the focus.
  useLayoutEffect(() => {
    if (!isFailed && hadFocus.current && isFocusLost()) status.current?.focus();
    if (!isFailed) hadFocus.current = false;
  }, [isFailed]);

  const tryAgain = async () => {
    setTrying(true);
    await saving.flush().finally(() => setTrying(false));
  };

  // What was saved within a moment is announced to nobody.
  const isLong = useIsLong(state.state === 'saving');
  const text = state.state === 'saved' ? SAVED : state.state === 'saving' ? (isLong ? SAVING : '') : state.failure.message;
  return (
    <div className="saving">
      {isFailed && <TriangleAlert aria-hidden="true" />}
      <span
        ref={status}
        role="status"
        aria-label="Saving state"
        // Says so itself: modal dialogs leave a live region readable.
        aria-live="polite"
        tabIndex={-1}
        className="saving-text"
        data-state={state.state}
        data-shown={text === '' ? SAVING : undefined}
      >
        {text}
      </span>
      {isFailed && (
        // biome-ignore lint/a11y/noStaticElementInteractions: it only notes where the focus is.
        <div
          className="saving-choices"
          onFocus={() => {
            hadFocus.current = true;
          }}
          onBlur={() => {
            hadFocus.current = false;
          }}
        >
          {hasUnsavedNotes() && <Button onClick={() => void copyUnsavedNotes().catch(reportError)}>Copy unsaved notes</Button>}
          <Button aria-disabled={isTrying || undefined} onClick={() => !isTrying && void tryAgain().catch(reportError)}>
            {isTrying ? 'Trying…' : 'Try again'}
          </Button>
        </div>
      )}
    </div>
  );
}
