import { MessageSquareText } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { openDocument } from '../../state/actions/documents';
import { takeFileNotes } from '../../state/actions/file-notes';
import { focusPane } from '../../state/actions/focus';
import { announce, dismissDocumentNotice, reportError } from '../../state/actions/notices';
import { describeCopy, describeFileNotes, fileNotesByPlace } from '../../state/file-notes';
import { selectNotebook, useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Remark } from './Remark';
import { type Turns, useTurn } from './use-turn';

/** Offers the highlights and notes that stand in the document’s file, as notes of whoever made them, or leads to the document that has them. */
export function FileNotesRemark({ documentId, turns }: { documentId: string; turns: Turns }) {
  const isReady = useStore(({ open }) => open?.documentId === documentId && open.phase === 'ready');
  const fileNotes = useStore((state) => state.open?.fileNotes);
  const notebook = useStore(selectNotebook);
  const copyOf = useStore((state) => state.open?.copyOf);
  const offer = useMemo(() => notebook && describeFileNotes(fileNotesByPlace(fileNotes, notebook).offered), [fileNotes, notebook]);
  const sentence = offer ?? (copyOf && describeCopy(copyOf));
  const key = `file notes ${sentence}`;
  const isRead = useStore((state) => state.readNotices.get(documentId)?.includes(key) === true);
  const isAsking = useTurn(turns, 'notes', isReady && !isRead && sentence !== undefined);
  const shown = isAsking ? sentence : undefined;
  useEffect(() => {
    if (shown !== undefined) announce(shown);
  }, [shown]);
  if (shown === undefined) return null;
  const act = (work: () => void) => {
    // The remark goes with its answer.
    focusPane('main');
    work();
  };
  if (offer === undefined && copyOf) {
    return (
      <section aria-label="Notes in the file">
        <Remark documentId={documentId} sentence={shown} dismissal={key} icon={MessageSquareText}>
          <Button onClick={() => act(() => void openDocument(copyOf.documentId).catch(reportError))}>Open it</Button>
        </Remark>
      </section>
    );
  }
  return (
    <section aria-label="Notes in the file">
      <Remark documentId={documentId} sentence={shown} icon={MessageSquareText}>
        <Button onClick={() => act(takeFileNotes)}>Take them in</Button>
        <Button onClick={() => act(() => dismissDocumentNotice(documentId, key))}>Not now</Button>
      </Remark>
    </section>
  );
}
