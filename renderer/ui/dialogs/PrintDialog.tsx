import { Switch } from 'radix-ui';
import { type FormEvent, useId, useState } from 'react';
import { reportError } from '../../state/actions/notices';
import { printDocument } from '../../state/actions/printing';
import { closeDialog } from '../../state/actions/view';
import { shownNotes } from '../../state/selectors';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf } from '../kit/format';
import './dialogs.css';

/** Asks whether the notes are printed too. */
export function PrintDialog() {
  const count = useStore((state) => shownNotes(state).length);
  const isReady = useStore((state) => state.open?.phase === 'ready');
  const [withNotes, setWithNotes] = useState(count > 0);
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) void printDocument(withNotes && count > 0).catch(reportError);
  };
  return (
    <Dialog
      title="Print"
      description="The text is printed with its highlights, and nothing of the window. What the printer and the paper are is asked next."
      width={460}
      foot={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="primary" type="submit" form={`${id}-form`} aria-disabled={!isReady || undefined}>
            Print…
          </Button>
        </>
      }
    >
      <form id={`${id}-form`} className="print-choice" onSubmit={submit}>
        {count > 0 ? (
          <>
            <label htmlFor={id}>With {countOf(count, 'note')}, after the text</label>
            <Switch.Root id={id} className="switch" checked={withNotes} onCheckedChange={setWithNotes}>
              <Switch.Thumb className="switch-thumb" />
            </Switch.Root>
          </>
        ) : (
          <p>The document has no notes.</p>
        )}
      </form>
      {!isReady && <p role="status">The document is still being opened.</p>}
    </Dialog>
  );
}
