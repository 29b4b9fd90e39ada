import { useLayoutEffect, useRef } from 'react';
import { drawNote, markMissing, titlesLinkedIn, watchNoteLinks } from '../../reader/note-markdown';
import { followExternal, openAddress, openByTitle } from '../../state/actions/links';
import { reportError } from '../../state/actions/notices';
import { watchMissingTitles } from '../../state/link-check';
import { ErrorBoundary } from '../ErrorBoundary';
import './note-body.css';

interface NoteBodyProps {
  id?: string;
  body: string;
}

/** A note's Markdown as it reads; as it is written when it cannot be drawn. */
export const NoteBody = ({ id, body }: NoteBodyProps) => (
  <ErrorBoundary content={[body]} fallback={() => <WrittenBody id={id} body={body} />}>
    <LaidOutBody id={id} body={body} />
  </ErrorBoundary>
);

/** A note's Markdown as it is written. */
export const WrittenBody = ({ id, body }: NoteBodyProps) => (
  <div id={id} className="note-body" dir="auto">
    <div className="doc-verse">{body}</div>
  </div>
);

/** Its links ask before they leave, and `[[Title]]` opens the document. */
function LaidOutBody({ id, body }: NoteBodyProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    let stopChecking = () => {};
    const stopDrawing = drawNote(element, body, () => {
      stopChecking();
      stopChecking = watchMissingTitles(titlesLinkedIn(element), (missing) => markMissing(element, missing));
    });
    const stopWatching = watchNoteLinks(element, (link) => {
      if (link.kind === 'external') void followExternal(link.url).catch(reportError);
      else if (link.kind === 'own') void openAddress(link.address).catch(reportError);
      else void openByTitle(link.title).catch(reportError);
    });
    return () => {
      stopDrawing();
      stopChecking();
      stopWatching();
    };
  }, [body]);
  return <div ref={ref} id={id} className="note-body" dir="auto" />;
}
