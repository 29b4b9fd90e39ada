import { FolderCog } from 'lucide-react';
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { focusPane, stepPane } from '../../state/actions/focus';
import { closePane } from '../../state/actions/panes';
import { showDialog } from '../../state/actions/view';
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
      <ScanLine />
      <div className="library-foot">
        <button type="button" className="library-row" onClick={() => showDialog({ type: 'folders' })}>
          <FolderCog aria-hidden="true" />
          Library folders…
        </button>
      </div>
    </nav>
  );
}

/** How far the scan of the library is, while there is one. */
function ScanLine() {
  const scanning = useStore((state) => state.scanning);
  const { done, total } = useStore((state) => state.scanProgress);
  if (!scanning) return null;
  const known = total > 0;
  return (
    <div className="library-scan">
      <span>{known ? `Reading files: ${formatNumber(done)} of ${formatNumber(total)}` : 'Looking for files…'}</span>
      <div
        className="thin-bar"
        role="progressbar"
        aria-label="Reading the library"
        aria-valuemin={0}
        aria-valuemax={known ? total : undefined}
        aria-valuenow={known ? done : undefined}
      >
        <i style={{ width: known ? `${(100 * done) / total}%` : 0 }} />
      </div>
    </div>
  );
}
