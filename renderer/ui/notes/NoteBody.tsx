import { useLayoutEffect, useRef } from 'react';
import { renderNote, watchNoteLinks } from '../../dom/note-markdown';
import { openByTitle } from '../../state/actions/documents';
import { followExternal } from '../../state/actions/links';
import { reportError } from '../../state/actions/notices';
import './note-body.css';

/** A note's Markdown as it reads; its links ask before they leave, and `[[Title]]` opens the document. */
export function NoteBody({ id, body }: { id?: string; body: string }) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    element.replaceChildren(renderNote(body));
    return watchNoteLinks(element, (link) => {
      if (link.kind === 'external') void followExternal(link.url).catch(reportError);
      else void openByTitle(link.title).catch(reportError);
    });
  }, [body]);
  return <div ref={ref} id={id} className="note-body" dir="auto" />;
}
