import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { doNotReopen } from '../state/actions/documents';
import { focusViewFromNowhere } from '../state/actions/focus';
import { filesOfDrop, showImport } from '../state/actions/importing';
import { importFiles } from '../state/actions/library';
import { reportError } from '../state/actions/notices';
import { effectiveTheme } from '../state/actions/settings';
import { viewTag } from '../state/selectors';
import { getState, useStore, type View } from '../state/store';
import './App.css';
import { Dialogs } from './dialogs/Dialogs';
import { useMedia } from './kit/use-media';
import { usePane } from './kit/use-pane';
import { LibraryPane } from './library/LibraryPane';
import { ActivityView } from './notes/ActivityView';
import { AllNotes } from './notes/AllNotes';
import { Trash } from './notes/Trash';
import { Unplaced } from './notes/Unplaced';
import { Announcer } from './notices/Announcer';
import { Notices } from './notices/Notices';
import { PaneBoundary } from './PaneBoundary';
import { ReadingView } from './reader/ReadingView';
import { StartView } from './reader/StartView';
import { ResultsPage } from './search/ResultsPage';
import { StatusBar } from './status-bar/StatusBar';
import { TopBar } from './top-bar/TopBar';

/** Where results lie over what is read, as in App.css: nothing else is the main thing then. */
const RESULTS_ALONE = '(max-width: 999.98px)';

/** The window: bars above and below, the library beside what is read. */
export function App() {
  useTheme();
  const library = usePane('library');
  const view = useStore((state) => state.view);
  const results = useStore((state) => state.results);
  const documentsView = useStore((state) => state.settings.documentsView);
  const isAlone = useMedia(RESULTS_ALONE) && results?.isBehind === false;
  useFocusInView(view);
  return (
    <div
      className="app"
      data-library={library}
      data-documents={documentsView}
      data-results={results && (results.isBehind ? 'behind' : 'front')}
    >
      <TopBar />
      {library !== 'closed' && <Library isDrawer={library === 'drawer'} />}
      {results && (
        <PaneBoundary name="The search results" area="results" content={[results.query, results.found]}>
          <div className="results-place" role={isAlone ? 'main' : undefined}>
            <ResultsPage key={results.opening} results={results} />
          </div>
        </PaneBoundary>
      )}
      <Main view={view} />
      <StatusBar />
      <Notices />
      <Announcer />
      <Dialogs />
      <DropTarget />
    </div>
  );
}

function Library({ isDrawer }: { isDrawer: boolean }) {
  const filter = useStore((state) => state.filter);
  const list = useStore((state) => state.list);
  return (
    <PaneBoundary name="The library" area="library" content={[filter, list, isDrawer]}>
      <LibraryPane isDrawer={isDrawer} />
    </PaneBoundary>
  );
}

function Main({ view }: { view: View }) {
  const opening = useStore((state) => state.open?.opening);
  const tag = useStore(viewTag);
  if (view.type === 'document') {
    return (
      <PaneBoundary name="The reading pane" area="main" content={[view, opening]} onError={doNotReopen}>
        <ReadingView />
      </PaneBoundary>
    );
  }
  return (
    <PaneBoundary name="This view" area="main" content={[view]}>
      {view.type === 'start' && <StartView />}
      {view.type === 'notes' && <AllNotes key={`${view.tag} ${view.untagged}`} tag={tag} untagged={view.untagged} />}
      {view.type === 'trash' && <Trash />}
      {view.type === 'unplaced' && <Unplaced />}
      {view.type === 'activity' && <ActivityView />}
    </PaneBoundary>
  );
}

const darkQuery = matchMedia('(prefers-color-scheme: dark)');
const subscribeToDark = (listener: () => void) => {
  darkQuery.addEventListener('change', listener);
  return () => darkQuery.removeEventListener('change', listener);
};

function useTheme(): void {
  const chosen = useStore((state) => state.settings.theme);
  const prefersDark = useSyncExternalStore(subscribeToDark, () => darkQuery.matches);
  useEffect(() => {
    document.documentElement.dataset.theme = effectiveTheme(chosen, prefersDark);
  }, [chosen, prefersDark]);
}

/** A view that goes takes the keyboard's focus with it when it has it: the next one gets it. */
function useFocusInView(view: View): void {
  const shown = useRef(view);
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = view;
    // At the start nothing has the focus, and the document that was open last takes none.
    if (before === view || (before.type === 'start' && view.type === 'document')) return;
    focusViewFromNowhere();
  }, [view]);
}

/** Takes files that are dropped anywhere on the window, and shows that it will. */
function DropTarget() {
  const [over, setOver] = useState(false);
  const isImport = useStore((state) => state.dialog?.type === 'import');
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      const { dataTransfer } = event;
      if (!dataTransfer) return;
      if (getState().dialog?.type === 'import') void filesOfDrop(dataTransfer).then(showImport).catch(reportError);
      else void importFiles([...dataTransfer.files]).catch(reportError);
    };
    const listeners = { dragenter: enter, dragover: enter, dragleave: leave, drop } as const;
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name as 'drop', listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name as 'drop', listener);
    };
  }, []);
  return over ? <div className="drop-target">{isImport ? 'Drop to import notes' : 'Drop to copy into the library'}</div> : null;
}
