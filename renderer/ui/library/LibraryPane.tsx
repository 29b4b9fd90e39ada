import { FolderCog, Settings } from 'lucide-react';
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import type { IndexProgress } from '#api';
import { focusPane, stepPane } from '../../state/actions/focus';
import { announce, reportError } from '../../state/actions/notices';
import { closePane } from '../../state/actions/panes';
import { showDialog } from '../../state/actions/view';
import { call } from '../../state/client';
import { runCommand } from '../../state/commands';
import { useStore } from '../../state/store';
import { IconButton } from '../kit/Button';
import { formatNumber } from '../kit/format';
import { keyText } from '../kit/Keys';
import { CollectionSection } from './CollectionSection';
import { DocumentsSection } from './DocumentsSection';
import { FolderSection } from './FolderSection';
import './library-pane.css';
import { PlaceRows } from './PlaceRows';
import { SavedSearches } from './SavedSearches';
import { TagSection } from './TagSection';
import { useOneTabStop } from './use-one-tab-stop';

/** The library beside what is read, in a narrow window a drawer over it: places, tags, and the list of documents. */
export function LibraryPane({ isDrawer }: { isDrawer: boolean }) {
  const pane = useRef<HTMLElement>(null);
  const places = useOneTabStop();
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
      <div className="library-places" {...places}>
        <PlaceRows />
        <CollectionSection />
        <SavedSearches />
        <FolderSection />
        <TagSection />
      </div>
      <DocumentsSection />
      <ReadingLine />
      <div className="library-foot">
        <button type="button" className="library-row" onClick={() => showDialog({ type: 'folders' })}>
          <FolderCog aria-hidden="true" />
          Library folders…
        </button>
        <IconButton label="Settings" keys={keyText('settings.open')} onClick={() => runCommand('settings.open')}>
          <Settings />
        </IconButton>
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
  return index.total > 0 || index.isStopped ? <IndexLine {...index} /> : null;
}

/** How far texts are read for the search, or that this was stopped: one button does either, so that the focus stays where it is. */
function IndexLine({ done, total, isStopped }: IndexProgress) {
  const line = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = line.current;
    return () => {
      if (element?.contains(document.activeElement)) focusPane('library');
    };
  }, []);
  const turn = async (): Promise<void> => {
    await call(isStopped ? 'search.go-on-indexing' : 'search.stop-indexing', {});
    announce(isStopped ? 'Texts are read for the search again.' : 'Reading for the search is stopped. Not all texts are searched.');
  };
  return (
    <div className="library-scan" ref={line}>
      <div className="library-scan-words">
        <span>{isStopped ? 'Not all texts are searched' : describeProgress('Reading for search', done, total)}</span>
        <button type="button" className="library-stop" onClick={() => void turn().catch(reportError)}>
          {isStopped ? 'Go on' : 'Stop'}
        </button>
      </div>
      {!isStopped && <ProgressBar label="Reading texts for the search" done={done} total={total} />}
    </div>
  );
}

interface Progress {
  label: string;
  done: number;
  /** 0 while it is not known. */
  total: number;
}

function ProgressLine({ words, ...progress }: Progress & { words: string }) {
  const { done, total } = progress;
  return (
    <div className="library-scan">
      <div className="library-scan-words">{total > 0 ? describeProgress(words, done, total) : 'Looking for files…'}</div>
      <ProgressBar {...progress} />
    </div>
  );
}

const describeProgress = (words: string, done: number, total: number): string =>
  `${words}: ${formatNumber(done)} of ${formatNumber(total)}`;

function ProgressBar({ label, done, total }: Progress) {
  const known = total > 0;
  return (
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
  );
}
