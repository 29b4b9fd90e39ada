import { openExternal } from '../../state/actions/links';
import { closeDialog } from '../../state/actions/view';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import './dialogs.css';

/** Asks before an address of a document is opened outside: nothing leaves the machine without the reader's word. */
export function LinkDialog({ url }: { url: string }) {
  const open = async () => {
    closeDialog();
    await openExternal(url);
  };
  return (
    <Dialog
      title="Open this address in your browser?"
      description="The document links to a place outside Lectern. Your browser will load it from the network."
      width={520}
      foot={
        <>
          <Button onClick={closeDialog}>Stay here</Button>
          <Button kind="primary" onClick={open}>
            Open in browser
          </Button>
        </>
      }
    >
      <p className="link-address" dir="ltr">
        {url}
      </p>
    </Dialog>
  );
}
