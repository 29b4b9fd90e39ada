import { useRef } from 'react';
import { addNamedPageNote } from '../../state/actions/notes';
import { reportError } from '../../state/actions/notices';
import { closeDialog, showDialog } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import './dialogs.css';

/** Says that a title in a link names nothing, and offers what can be done about it. */
export function MissingLinkDialog({ title }: { title: string }) {
  const documentId = useStore(({ open, view }) => (view.type === 'document' ? open?.documentId : undefined));
  const afterwards = useRef<() => void>(undefined);
  const close = (action: () => void) => () => {
    afterwards.current = action;
    closeDialog();
  };
  return (
    <Dialog
      title="This link leads to nothing yet"
      description={`No document has the title “${title}”, and no note on a whole document begins with it as a heading.`}
      width={520}
      afterClose={afterwards}
      foot={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          {documentId !== undefined && (
            <Button onClick={close(() => void addNamedPageNote(documentId, title).catch(reportError))}>Make a note with this title</Button>
          )}
          <Button kind="primary" onClick={close(() => showDialog({ type: 'palette', query: title }))}>
            Search for it
          </Button>
        </>
      }
    >
      {null}
    </Dialog>
  );
}
