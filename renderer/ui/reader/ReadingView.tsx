import { type CSSProperties, useEffect, useRef } from 'react';
import type { Typography } from '#api';
import { reportError } from '../../state/actions/notices';
import { showsPages } from '../../state/pages';
import { selectNotebook, useStore } from '../../state/store';
import { usePane } from '../kit/use-pane';
import { NotesPane } from '../notes/NotesPane';
import { PaneBoundary } from '../PaneBoundary';
import { AreaMarker } from './AreaMarker';
import { BookmarkRibbons } from './BookmarkRibbons';
import { DocumentHeader } from './DocumentHeader';
import { FindBar } from './FindBar';
import { HighlightPopover } from './HighlightPopover';
import { LateRemarks } from './LateRemarks';
import { LinkPreview } from './LinkPreview';
import { NextToRead } from './NextToRead';
import { OutlinePane } from './OutlinePane';
import { openReader } from './open-reader';
import '../../reader/document.css';
import './reading-view.css';
import { PasswordForm } from './PasswordForm';
import { PrintedNotes } from './PrintedNotes';
import { ScrollMarks } from './ScrollMarks';
import { SelectionToolbar } from './SelectionToolbar';

/** The open document with its outline and the notes beside it. */
export function ReadingView() {
  const documentId = useStore((state) => state.open?.documentId);
  const outline = usePane('outline');
  const notes = usePane('notes');
  const typography = useStore((state) => state.settings.typography);
  const isPaged = useStore((state) => showsPages(state.open));
  const scroller = useRef<HTMLDivElement>(null);
  if (documentId === undefined) return null;
  return (
    <div className="reading-view" style={readingStyle(typography)}>
      {outline !== 'closed' && <OutlinePane isDrawer={outline === 'drawer'} />}
      <LateRemarks key={documentId} documentId={documentId} />
      <div ref={scroller} className="reading-scroller" data-notes={notes} data-paged={isPaged || undefined}>
        <main className="reading-main" data-pane="main">
          <DrawingProgress />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard, or the text could not be read with it. */}
          <article className="reading-article" aria-labelledby="document-title" tabIndex={0} data-pane-entry>
            <DocumentHeader key={documentId} documentId={documentId} />
            <DocumentBody scroller={scroller} />
            <PrintedNotes />
          </article>
          <NextToRead key={documentId} documentId={documentId} />
          <BookmarkRibbons />
          <SelectionToolbar />
          <HighlightPopover />
          <AreaMarker />
          <LinkPreview scroller={scroller} />
        </main>
        {notes !== 'closed' && <Notes isDrawer={notes === 'drawer'} />}
      </div>
      <ScrollMarks scroller={scroller} />
      <FindBar />
    </div>
  );
}

function Notes({ isDrawer }: { isDrawer: boolean }) {
  const notebook = useStore(selectNotebook);
  return (
    <PaneBoundary name="The notes pane" content={[notebook?.id, notebook?.notes, isDrawer]}>
      <NotesPane isDrawer={isDrawer} />
    </PaneBoundary>
  );
}

const FONTS: Record<Typography['font'], string> = {
  literata: '"Literata Variable", Georgia, serif',
  'source-serif': '"Source Serif 4 Variable", Georgia, serif',
  inter: '"Inter Variable", system-ui, sans-serif',
  atkinson: '"Atkinson Hyperlegible Next Variable", system-ui, sans-serif',
  system: 'system-ui, sans-serif',
  // Where a book has none, or has none for some of its text.
  book: '"Literata Variable", Georgia, serif',
};

/** How the text is set, as custom properties. A character of running text is about 0.47 of the font's size wide. */
const readingStyle = ({ font, size, lineHeight, width }: Typography) =>
  ({
    '--reading-font': FONTS[font],
    '--reading-size': `${size}px`,
    '--reading-leading': lineHeight,
    '--reading-characters': width,
    '--reading-column': `${Math.round(width * size * 0.485)}px`,
  }) as CSSProperties;

/** The text itself, drawn by `renderer/reader`; or the sentence that says why it cannot be. */
function DocumentBody({ scroller }: { scroller: { current: HTMLDivElement | null } }) {
  const text = useRef<HTMLDivElement>(null);
  const opening = useStore((state) => state.open?.opening);
  const source = useStore((state) => state.open?.source);
  const failure = useStore((state) => (state.open?.phase === 'failed' ? state.open.failure : undefined));
  const focusColour = useStore((state) => selectNotebook(state)?.notes.find(({ id }) => id === state.focusedNoteId)?.colour);
  const highlighter = useStore((state) => (state.highlighter ? state.settings.lastColour : undefined));
  const { justify } = useStore((state) => state.settings.typography);
  useEffect(() => {
    if (failure || !scroller.current || !text.current || !source || opening === undefined) return;
    const reader = openReader(scroller.current, text.current, source, opening);
    reader.done.catch(reportError);
    return reader.close;
  }, [scroller, source, opening, failure]);
  if (failure?.code === 'document-locked') return <PasswordForm key="password" message={failure.message} />;
  // Apart by their keys: what the reader drew into is emptied, and must not hold what React has put there.
  if (failure) {
    return (
      <div key="failure" className="reading-failure" role="alert">
        <p>{failure.message}</p>
      </div>
    );
  }
  const selecting =
    highlighter === undefined
      ? undefined
      : ({ '--select': `var(--hl-${highlighter})`, '--select-over': `var(--edge-${highlighter})` } as CSSProperties);
  return (
    <div key="text" ref={text} style={selecting} className="reading-text" dir="auto" data-colour={focusColour} data-justify={justify} />
  );
}

/** How much of a long document is drawn, while it is being drawn. */
function DrawingProgress() {
  const phase = useStore((state) => state.open?.phase);
  const drawn = useStore((state) => state.open?.drawn ?? 0);
  if (phase !== 'drawing' && phase !== 'loading') return null;
  return (
    <div className="reading-progress" role="progressbar" aria-label="Opening the document" aria-valuenow={Math.round(drawn * 100)}>
      <div style={{ transform: `scaleX(${drawn})` }} />
    </div>
  );
}
