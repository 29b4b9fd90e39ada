import { MessageSquareText } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { takeFileNotes } from '../../state/actions/file-notes';
import { focusPane } from '../../state/actions/focus';
import { announce, dismissDocumentNotice } from '../../state/actions/notices';
import { describeFileNotes, offeredFileNotes } from '../../state/file-notes';
import { selectNotebook, useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Remark } from './Remark';

/** Offers the highlights and notes that stand in the document’s file, as notes of whoever made them. */
export function FileNotesRemark({ documentId }: { documentId: string }) {
  const isReady = useStore(({ open }) => open?.documentId === documentId && open.phase === 'ready');
  const fileNotes = useStore((state) => state.open?.fileNotes);
  const notebook = useStore(selectNotebook);
  const sentence = useMemo(() => describeFileNotes(offeredFileNotes(fileNotes, notebook)), [fileNotes, notebook]);
  const key = `file notes ${sentence}`;
  const isRead = useStore((state) => state.readNotices.get(documentId)?.includes(key) === true);
  const shown = isReady && !isRead ? sentence : undefined;
  useEffect(() => {
    if (shown !== undefined) announce(shown);
  }, [shown]);
  if (shown === undefined) return null;
  const act = (work: () => void) => {
    // The remark goes with its answer.
    focusPane('main');
    work();
  };
  return (
    <section aria-label="Notes in the file">
      <Remark documentId={documentId} sentence={shown} icon={MessageSquareText}>
        <Button onClick={() => act(takeFileNotes)}>Take them in</Button>
        <Button onClick={() => act(() => dismissDocumentNotice(documentId, key))}>Not now</Button>
      </Remark>
    </section>
  );
}
