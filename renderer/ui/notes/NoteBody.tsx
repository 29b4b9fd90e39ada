import { useLayoutEffect, useRef } from 'react';
import { drawNote, watchNoteLinks } from '../../dom/note-markdown';
import { openByTitle } from '../../state/actions/documents';
import { reportError } from '../../state/actions/notices';
import { showDialog } from '../../state/actions/view';
import './note-body.css';

/** A note's Markdown as it reads; its links ask before they leave, and `[[Title]]` opens the document. */
export function NoteBody({ id, body }: { id?: string; body: string }) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const stopDrawing = drawNote(element, body);
    const stopWatching = watchNoteLinks(element, (link) => {
      if (link.kind === 'external') showDialog({ type: 'link', url: link.url });
      else void openByTitle(link.title).catch(reportError);
    });
    return () => {
      stopDrawing();
      stopWatching();
    };
  }, [body]);
  return <div ref={ref} id={id} className="note-body" dir="auto" />;
}
