import { applyChange, type Bridge, tagKey } from '../../electron/api';
import { followEncoding, openDocument, reloadDocument } from './actions/documents';
import { notebookSaving, saving } from './actions/keeping';
import { showImported } from './actions/library';
import { loadNotebook, putNotebook, putTags } from './actions/notebooks';
import { notify, reportError } from './actions/notices';
import { call, setBridge } from './client';
import { handleKeyDown, runCommand } from './commands';
import { readerHandle } from './reader-handle';
import { getState, setState } from './store';

/** Fills the store from the host and keeps it up with the host's events. Resolves when the window can be drawn. */
export async function start(bridge: Bridge): Promise<void> {
  setBridge(bridge);
  const { on, release } = holdEvents(bridge);
  listen(on);
  const [info, settings, library, tags] = await Promise.all([
    call('app.info', {}),
    call('settings.read', {}),
    call('library.list', {}),
    call('tags.list', {}),
  ]);
  setState({
    info,
    settings,
    problems: info.problems,
    documents: new Map(library.documents.map((document) => [document.id, document])),
    folders: library.folders,
    scanning: library.scanning,
    tags: new Map(tags.map((tag) => [tagKey(tag.name), tag])),
  });
  release();
  void call('shell.set-theme', { theme: settings.theme }).catch(reportError);
  void call('shell.set-keys', { keys: settings.keys }).catch(reportError);
  guardUnsaved();
  followEncoding();
  window.addEventListener('keydown', handleKeyDown);
  window.addEventListener('unhandledrejection', ({ reason }) => reportError(reason));
  window.addEventListener('error', ({ error }) => {
    if (error) reportError(error);
  });
  const { lastDocumentId } = settings;
  if (lastDocumentId !== undefined && getState().documents.has(lastDocumentId)) {
    // Not awaited: the window stands while the text is read.
    void openDocument(lastDocumentId, { remember: false }).catch(reportError);
  }
}

/** Holds events back until `release`: what happens while the state is being read changes the state that was read. */
function holdEvents(bridge: Pick<Bridge, 'on'>): Pick<Bridge, 'on'> & { release(): void } {
  let held: (() => void)[] | undefined = [];
  return {
    on: (event, listener) =>
      bridge.on(event, (payload) => {
        if (held) held.push(() => listener(payload));
        else listener(payload);
      }),
    release() {
      const now = held ?? [];
      held = undefined;
      for (const tell of now) tell();
    },
  };
}

function listen(on: Bridge['on']): void {
  on('library.changed', ({ changed, removed, folders, scanning }) => {
    const documents = new Map(getState().documents);
    for (const document of changed) documents.set(document.id, document);
    for (const id of removed) documents.delete(id);
    setState({ documents, scanning, ...(folders && { folders }) });
  });
  on('library.progress', (scanProgress) => setState({ scanProgress }));
  on('library.source-changed', ({ documentId }) => {
    if (getState().open?.documentId !== documentId) return;
    notify('info', 'The file was changed by another program, so it was read again.');
    void reloadDocument().catch(reportError);
  });
  on('notebook.changed', ({ documentId, changes }) => {
    const { notebooks, allNotes, allDeleted } = getState();
    const own = notebooks.get(documentId);
    // What is not saved here yet comes last, here as on the disk.
    if (own) putNotebook([...changes, ...notebookSaving.unsavedOf(documentId)].reduce(applyChange, own));
    else if (allNotes || allDeleted) void loadNotebook(documentId).catch(reportError);
  });
  on('tags.changed', ({ tags }) => putTags(tags));
  on('app.problem', (problem) => {
    setState({ problems: [...getState().problems.filter(({ id }) => id !== problem.id), problem] });
  });
  on('app.opened', (outcomes) => void showImported(outcomes).catch(reportError));
  on('app.command', ({ command }) => runCommand(command));
  on('app.flush', () => void flushForHost().catch(reportError));
}

/** Answers a host that waits to close. */
async function flushForHost(): Promise<void> {
  readerHandle()?.rememberPlace();
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
    saving.sendAll();
  });
  document.addEventListener('visibilitychange', flush);
  window.addEventListener('beforeunload', (event) => {
    if (!saving.hasUnsaved()) return;
    void saving.flush();
    event.preventDefault();
  });
}
