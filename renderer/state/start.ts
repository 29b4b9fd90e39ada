import type { Bridge, EventPayload } from '#api';
import { tagKey } from '#model';
import { createCatchUp, type HeldEvents, readTold } from '../sync/resync';
import { followBringing } from './actions/bringing';
import { followBulkEdit } from './actions/bulk';
import { followDocumentList, touchDocumentList } from './actions/document-list';
import { allowReopening, followDrawing, followEncoding, reopenLast, sourceChanged } from './actions/documents';
import { followExport } from './actions/exporting';
import { followForgotten } from './actions/forgetting';
import { followGivenFile } from './actions/joining';
import { setFolders, showImported } from './actions/library';
import { openAddress } from './actions/links';
import { putTags } from './actions/notebooks';
import { followSteps, reportError } from './actions/notices';
import { keepEditorInSight } from './actions/panes';
import { handlePaste } from './actions/pasting';
import { addProblem, removeProblem } from './actions/problems';
import { followTags } from './actions/results';
import { followSettings, showSettings } from './actions/settings';
import { keepWritten } from './actions/written-note';
import { call, setBridge } from './client';
import { handleKeyDown, holdTyped, runCommand } from './commands';
import { followChange, followRestored, saving, showWithin } from './notebook-sync';
import { readerHandle } from './reader-handle';
import { type AppState, getState, setState } from './store';

/** Fills the store from the host and keeps it up with the host's events. Resolves when the window can be drawn. */
export async function start(bridge: Bridge): Promise<void> {
  setBridge(bridge);
  const events = holdEvents(bridge);
  events.hold();
  const catchUp = createCatchUp(events);
  events.on('app.missed', () => void catchUp().catch(reportError));
  listen(events.on);
  // Not held back, for the host waits.
  bridge.on('app.flush', () => void flushForHost().catch(reportError));
  const { tags, settings, ...told } = await readTold();
  setState({ ...told, problems: told.info.problems });
  putTags(tags);
  followTags();
  showSettings(settings);
  followDocumentList();
  events.release();
  guardUnsaved();
  followEncoding();
  followDrawing();
  followSteps();
  keepEditorInSight();
  window.addEventListener('keydown', holdTyped, { capture: true });
  window.addEventListener('keydown', handleKeyDown);
  window.addEventListener('paste', handlePaste);
  window.addEventListener('unhandledrejection', ({ reason }) => reportError(reason));
  window.addEventListener('error', ({ error }) => {
    if (error) reportError(error);
  });
  reopenLast(settings);
}

/** Holds events back between `hold` and `release`: what happens while the state is being read changes the state that was read. */
function holdEvents(bridge: Pick<Bridge, 'on'>): Pick<Bridge, 'on'> & HeldEvents {
  let held: (() => void)[] | undefined;
  return {
    on: (event, listener) =>
      bridge.on(event, (payload) => {
        if (held) held.push(() => listener(payload));
        else listener(payload);
      }),
    hold() {
      held ??= [];
    },
    release() {
      const now = held ?? [];
      held = undefined;
      for (const tell of now) tell();
    },
  };
}

function listen(on: Bridge['on']): void {
  on('library.changed', ({ counts, tagUses, folders, scanning }) => {
    setState({
      counts,
      scanning,
      libraryVersion: getState().libraryVersion + 1,
      ...(tagUses.length > 0 && { tagUses: withUses(tagUses) }),
    });
    if (folders) setFolders(folders);
    touchDocumentList();
  });
  on('library.progress', (scanProgress) => setState({ scanProgress }));
  on('search.progress', (indexProgress) => setState({ indexProgress }));
  on('library.source-changed', (changed) => void sourceChanged(changed).catch(reportError));
  showWithin(keepWritten);
  on('notebook.changed', followChange);
  on('library.file-given', (given) => void followGivenFile(given).catch(reportError));
  on('notebook.forgotten', followForgotten);
  on('tags.changed', ({ tags }) => {
    putTags(tags);
    followTags();
  });
  on('notebook.restored', followRestored);
  on('restore.progress', followBringing);
  on('import.progress', followBringing);
  on('bulk.progress', followBulkEdit);
  on('export.progress', followExport);
  on('settings.changed', ({ settings }) => followSettings(settings));
  on('app.problem', addProblem);
  on('app.problem-solved', ({ id }) => removeProblem(id));
  on('app.opened', (outcomes) => void showImported(outcomes).catch(reportError));
  on('app.open-link', ({ address }) => void openAddress(address).catch(reportError));
  on('app.command', ({ command }) => runCommand(command));
}

/** The uses of tags with those that changed. */
function withUses(changed: EventPayload<'library.changed'>['tagUses']): AppState['tagUses'] {
  const uses = new Map(getState().tagUses);
  for (const [name, count] of changed) {
    if (count > 0) uses.set(tagKey(name), { name, count });
    else uses.delete(tagKey(name));
  }
  return uses;
}

/** Answers a host that waits to close. */
async function flushForHost(): Promise<void> {
  readerHandle()?.rememberPlace();
  allowReopening();
  const failure = await saving.flush();
  await call('shell.flushed', { failure });
}

/** Saves when the reader looks away, and asks before a window with unsaved words closes. */
function guardUnsaved(): void {
  const flush = () => {
    readerHandle()?.rememberPlace();
    if (saving.hasUnsaved()) void saving.flush();
  };
  window.addEventListener('blur', flush);
  window.addEventListener('pagehide', () => {
    readerHandle()?.rememberPlace();
    allowReopening();
    saving.sendAll();
  });
  document.addEventListener('visibilitychange', flush);
  window.addEventListener('beforeunload', (event) => {
    if (!saving.hasUnsaved()) return;
    void saving.flush();
    event.preventDefault();
  });
}
