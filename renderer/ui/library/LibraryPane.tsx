import { FolderCog } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react';
import { focusPane, stepPane } from '../../state/actions/focus';
import { reportError } from '../../state/actions/notices';
import { closePane } from '../../state/actions/panes';
import { showDialog } from '../../state/actions/view';
import { call } from '../../state/client';
import { useStore } from '../../state/store';
import { formatNumber } from '../kit/format';
import { DocumentsSection } from './DocumentsSection';
import './library-pane.css';
import { PlaceRows } from './PlaceRows';
import { TagSection } from './TagSection';

/** The library beside what is read, in a narrow window a drawer over it: places, tags, and the list of documents. */
export function LibraryPane({ isDrawer }: { isDrawer: boolean }) {
  const pane = useRef<HTMLElement>(null);
  // Folded away by a key while it has the focus, it hands the focus on.
  useLayoutEffect(() => {
    const element = pane.current;
    return () => {
      if (element?.contains(document.activeElement)) stepPane(1);
    };
  }, []);
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isDrawer || event.defaultPrevented) return;
    event.preventDefault();
    closePane('library');
    focusPane('main');
  };
  return (
    <nav
      ref={pane}
      className="library"
      aria-label="Library"
      data-pane="library"
      data-view={isDrawer ? 'drawer' : 'beside'}
      onKeyDown={handleKeyDown}
    >
      <div className="library-places">
        <PlaceRows />
        <TagSection />
      </div>
      <DocumentsSection />
      <ReadingLine />
      <div className="library-foot">
        <button type="button" className="library-row" onClick={() => showDialog({ type: 'folders' })}>
          <FolderCog aria-hidden="true" />
          Library folders…
        </button>
      </div>
    </nav>
  );
}

/** How far the scan of the library is, while there is one, else how far texts are read anew for the search. */
function ReadingLine() {
  const scanning = useStore((state) => state.scanning);
  const scan = useStore((state) => state.scanProgress);
  const index = useStore((state) => state.indexProgress);
  if (scanning) return <ProgressLine label="Reading the library" words="Reading files" {...scan} />;
  if (index.total === 0) return null;
  return (
    <ProgressLine label="Reading texts for the search" words="Reading for search" {...index}>
      <button type="button" className="library-stop" onClick={() => void call('search.stop-indexing', {}).catch(reportError)}>
        Stop
      </button>
    </ProgressLine>
  );
}

interface ProgressLineProps {
  label: string;
  words: string;
  done: number;
  total: number;
  children?: ReactNode;
}

function ProgressLine({ label, words, done, total, children }: ProgressLineProps) {
  const known = total > 0;
  return (
    <div className="library-scan">
      <div className="library-scan-words">
        <span>{known ? `${words}: ${formatNumber(done)} of ${formatNumber(total)}` : 'Looking for files…'}</span>
        {children}
      </div>
      <div
        className="thin-bar"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={known ? total : undefined}
        aria-valuenow={known ? done : undefined}
      >
        <i style={{ width: known ? `${(100 * done) / total}%` : 0 }} />
      </div>
    </div>
  );
}
