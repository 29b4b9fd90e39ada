import { Undo2 } from 'lucide-react';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { encodings } from '#model';
import { changeDetails, type DetailChange } from '../../state/actions/documents';
import { closeDialog, showDialog } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { Button, IconButton } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf } from '../kit/format';
import { languageOptions, nameOfLanguage } from '../kit/languages';
import './dialogs.css';

/** What the reader says of a document in place of what its file says, and the encoding that it is read in. */
export function DetailsDialog({ documentId }: { documentId: string }) {
  const document = useStore((state) => state.documents.get(documentId));
  const notebook = useStore((state) => state.notebooks.get(documentId));
  const found = useStore((state) => (state.open?.documentId === documentId ? state.open.encoding : undefined));
  const [title, setTitle] = useState(notebook?.title ?? document?.title ?? '');
  const [author, setAuthor] = useState(notebook?.author ?? document?.author ?? '');
  const [date, setDate] = useState(notebook?.date ?? document?.date ?? '');
  const [language, setLanguage] = useState(notebook?.language ?? '');
  const [encoding, setEncoding] = useState(notebook?.encoding ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    closeDialog();
    const orNone = (text: string) => (text === '' ? undefined : text);
    const [ownTitle, ownAuthor] = [title.trim(), author.trim()];
    const changes: (DetailChange | false)[] = [
      ownTitle !== (document?.title ?? '') && { type: 'set-title', title: orNone(ownTitle) },
      ownAuthor !== (document?.author ?? '') && { type: 'set-author', author: orNone(ownAuthor) },
      date !== (document?.date ?? '') && { type: 'set-date', date: orNone(date) },
      language !== (notebook?.language ?? '') && { type: 'set-language', language: orNone(language) },
      encoding !== (notebook?.encoding ?? '') && { type: 'set-encoding', encoding: orNone(encoding) },
    ];
    changeDetails(
      documentId,
      changes.filter((change) => change !== false),
    );
  };
  const stated = notebook?.language === undefined ? document?.language : undefined;
  return (
    <Dialog
      title="Details of the document"
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
        <Returnable name="title" isOwn={notebook?.title !== undefined && title !== ''} onReturn={() => setTitle('')}>
          <input
            id="details-title"
            className="field"
            dir="auto"
            placeholder="As the file says"
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </Returnable>
        <label htmlFor="details-author">Author</label>
        <Returnable name="author" isOwn={notebook?.author !== undefined && author !== ''} onReturn={() => setAuthor('')}>
          <input
            id="details-author"
            className="field"
            dir="auto"
            maxLength={1000}
            placeholder={notebook?.author === undefined ? undefined : 'As the file says'}
            aria-describedby="details-author-hint"
            value={author}
            onChange={(event) => setAuthor(event.target.value)}
          />
        </Returnable>
        <p id="details-author-hint" className="details-hint">
          Several with semicolons: “Jane Doe; John Roe”. An institution in braces: “{'{World Health Organization}'}”.
        </p>
        <label htmlFor="details-date">Date</label>
        <Returnable name="date" isOwn={notebook?.date !== undefined && date !== ''} onReturn={() => setDate('')}>
          <input
            id="details-date"
            className="field"
            type="date"
            max="9999-12-31"
            value={date}
            onChange={(event) => setDate(event.target.value)}
          />
        </Returnable>
        <label htmlFor="details-language">Language</label>
        <select id="details-language" className="field" value={language} onChange={(event) => setLanguage(event.target.value)}>
          <option value="">{stated === undefined ? 'As the file says' : `As the file says (${nameOfLanguage(stated)})`}</option>
          {languageOptions(language).map(({ tag, name }) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </select>
        <label htmlFor="details-encoding">Encoding</label>
        <select id="details-encoding" className="field" value={encoding} onChange={(event) => setEncoding(event.target.value)}>
          <option value="">{found === undefined ? 'Found by Lectern' : `Found by Lectern (${found})`}</option>
          {encodings.map((label) => (
            <option key={label} value={label}>
              {label}
            </option>
          ))}
        </select>
        {document?.series !== undefined && (
          <>
            <span className="details-label">Series</span>
            <span className="details-said" dir="auto">
              {document.series}
              {document.volume !== undefined && `, ${document.volume}`}
            </span>
          </>
        )}
        {document?.publisher !== undefined && (
          <>
            <span className="details-label">Publisher</span>
            <span className="details-said" dir="auto">
              {document.publisher}
            </span>
          </>
        )}
        <span className="details-label">File</span>
        <span className="details-file" dir="ltr">
          {document?.relativePath}
        </span>
        {document?.otherEditions !== undefined && (
          <Button className="button details-texts" onClick={() => showDialog({ type: 'editions', documentId })}>
            {countOf(document.otherEditions, 'other edition')}…
          </Button>
        )}
        {notebook?.notes.some(({ anchor }) => anchor) && (
          <Button className="button details-texts" onClick={() => showDialog({ type: 'texts', documentId })}>
            Texts that notes were made on…
          </Button>
        )}
      </form>
    </Dialog>
  );
}

interface ReturnableProps {
  name: string;
  /** The field holds what the reader said. */
  isOwn: boolean;
  onReturn(): void;
  children: ReactNode;
}

/** A field that can be given back to what the file says; the focus stays in it. */
function Returnable({ name, isOwn, onReturn, children }: ReturnableProps) {
  const row = useRef<HTMLDivElement>(null);
  const giveBack = () => {
    onReturn();
    row.current?.querySelector('input')?.focus();
  };
  return (
    <div ref={row} className="details-row">
      {children}
      {isOwn && (
        <IconButton label={`The ${name} as the file says`} onClick={giveBack}>
          <Undo2 />
        </IconButton>
      )}
    </div>
  );
}
