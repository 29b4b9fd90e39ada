import { useState } from 'react';
import { joinDocuments } from '../../state/actions/joining';
import { reportError } from '../../state/actions/notices';
import { closeDialog } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { DocumentChooser } from './DocumentChooser';
import './dialogs.css';

/** Chooses the document with notes whose file the open one is. */
export function SameDialog({ documentId }: { documentId: string }) {
  const title = useStore((state) => state.documents.get(documentId)?.title);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [intoId] = chosen;
  const apply = () => {
    closeDialog();
    if (intoId !== undefined) void joinDocuments({ fromId: documentId, intoId }).catch(reportError);
  };
  return (
    <Dialog
      title="This is another document’s file"
      description={`“${title}” becomes the file of the document that you choose: its notes are placed in this text, and what you have on this one is added to them. Where it has another file, too, that stays as another edition of it.`}
      foot={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="primary" disabled={intoId === undefined || intoId === documentId} onClick={apply}>
            It is the same
          </Button>
        </>
      }
    >
      <DocumentChooser label="Document that it is" chosen={chosen} onChange={setChosen} isSingle without={documentId} />
    </Dialog>
  );
}
