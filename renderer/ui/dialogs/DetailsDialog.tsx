import { type FormEvent, useState } from 'react';
import { encodings } from '#model';
import { setDocumentDate, setDocumentEncoding, setDocumentTitle } from '../../state/actions/documents';
import { closeDialog, showDialog } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import './dialogs.css';

/** The title and date that the reader gives a document, and the encoding that it is read in. */
export function DetailsDialog({ documentId }: { documentId: string }) {
  const document = useStore((state) => state.documents.get(documentId));
  const notebook = useStore((state) => state.notebooks.get(documentId));
  const found = useStore((state) => (state.open?.documentId === documentId ? state.open.encoding : undefined));
  const [title, setTitle] = useState(notebook?.title ?? document?.title ?? '');
  const [date, setDate] = useState(notebook?.date ?? document?.date ?? '');
  const [encoding, setEncoding] = useState(notebook?.encoding ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    closeDialog();
    const ownTitle = title.trim();
    if (ownTitle !== (document?.title ?? '')) setDocumentTitle(documentId, ownTitle === '' ? undefined : ownTitle);
    if (date !== (document?.date ?? '')) setDocumentDate(documentId, date === '' ? undefined : date);
    if (encoding !== (notebook?.encoding ?? '')) setDocumentEncoding(documentId, encoding === '' ? undefined : encoding);
  };
  return (
    <Dialog
      title="Title, date and encoding"
      description="These are kept with your notes; the file stays as it is. Empty a field to have again what the file says."
      foot={
        <>
          <Button kind="quiet" onClick={() => showDialog({ type: 'forget', documentId })}>
            Forget this document…
          </Button>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="primary" type="submit" form="details">
            Keep
          </Button>
        </>
      }
    >
      <form id="details" className="details-form" onSubmit={submit}>
        <label htmlFor="details-title">Title</label>
        <input id="details-title" className="field" dir="auto" value={title} onChange={(event) => setTitle(event.target.value)} />
        <label htmlFor="details-date">Date</label>
        <input
          id="details-date"
          className="field"
          type="date"
          max="9999-12-31"
          value={date}
          onChange={(event) => setDate(event.target.value)}
        />
        <label htmlFor="details-encoding">Encoding</label>
        <select id="details-encoding" className="field" value={encoding} onChange={(event) => setEncoding(event.target.value)}>
          <option value="">{found === undefined ? 'Found by Lectern' : `Found by Lectern (${found})`}</option>
          {encodings.map((label) => (
            <option key={label} value={label}>
              {label}
            </option>
          ))}
        </select>
        <span className="details-label">File</span>
        <span className="details-file" dir="ltr">
          {document?.relativePath}
        </span>
        {notebook?.notes.some(({ anchor }) => anchor) && (
          <Button className="button details-texts" onClick={() => showDialog({ type: 'texts', documentId })}>
            Texts that notes were made on…
          </Button>
        )}
      </form>
    </Dialog>
  );
}
