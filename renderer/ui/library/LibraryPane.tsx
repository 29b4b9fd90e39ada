import { FolderCog } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { stepPane } from '../../state/actions/focus';
import { showDialog } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { formatNumber } from '../kit/format';
import { DocumentsSection } from './DocumentsSection';
import './library-pane.css';
import { PlaceRows } from './PlaceRows';
import { TagSection } from './TagSection';

/** The library beside what is read: places, tags, and the list of documents. */
export function LibraryPane() {
  const pane = useRef<HTMLElement>(null);
  // Folded away by a key while it has the focus, it hands the focus on.
  useLayoutEffect(() => {
    const element = pane.current;
    return () => {
      if (element?.contains(document.activeElement)) stepPane(1);
    };
  }, []);
  return (
    <nav ref={pane} className="library" aria-label="Library" data-pane="library">
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
