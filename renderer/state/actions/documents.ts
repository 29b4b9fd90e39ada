import type { DocumentSummary, EventPayload, Failure, Settings } from '#api';
import type { NotebookChange, OutlineEntry, Position, ReadingStatus } from '#model';
import { call } from '../client';
import { readNotebook, saving } from '../notebook-sync';
import { hasTwoViews, isViewUnknown } from '../pages';
import { forgetPassword, passwordOf, rememberPassword } from '../passwords';
import { readerHandle } from '../reader-handle';
import { type Goal, getState, type OpenDocument, selectNotebook, setState, store, type View } from '../store';
import { documentAt, documentListSettled, findPlace } from './document-list';
import { markOrigin, rememberJump } from './jumps';
import { changeNotebook, makeChanges } from './notebooks';
import { notify, reportError } from './notices';
import { showLossOf } from './problems';
import { updateSettings } from './settings';
import { placeNotes, putRow } from './shown-notebooks';

let openings = 0;

/** Opens a document; `goal` says where, else it opens where the reader left it. */
export async function openDocument(documentId: string, { goal, remember = true }: { goal?: Goal; remember?: boolean } = {}): Promise<void> {
  const { open, view, results } = getState();
  if (remember && (view.type !== 'document' || open?.documentId !== documentId || goal)) rememberJump();
  if (remember && goal && open?.documentId === documentId) markOrigin({ isRemembered: true });
  // In a narrow window it lies over them.
  if (results && !results.isBehind) setState({ results: { ...results, isBehind: true } });
  if (open?.documentId === documentId && (open.phase === 'ready' || open.phase === 'drawing')) {
    setState({ view: { type: 'document' }, open: { ...open, goal } });
    return;
  }
  await load(documentId, goal);
}

/** Reads the open document again: its file or its encoding changed. The place, the view, and the note that is being written stay. */
export async function reloadDocument(): Promise<void> {
  const { open, view } = getState();
  if (open) await load(open.documentId, placeOf(open), { view });
}

/** Where the view is, or where it is still to be brought. */
function placeOf({ goal, openedFor }: OpenDocument): Goal | undefined {
  const offset = readerHandle()?.topOffset();
  return offset === undefined ? (goal ?? openedFor) : { type: 'offset', offset };
}

/** Shows the document that has the file of the open one by now, at the same place, in the same view. */
export async function followFile(fromId: string, intoId: string): Promise<void> {
  const { open, view } = getState();
  if (open?.documentId === fromId) await load(intoId, placeOf(open), { view });
}

/** Opens the open document with its password. */
export async function unlockDocument(password: string): Promise<void> {
  const { open } = getState();
  if (!open) return;
  rememberPassword(open.documentId, password);
  await load(open.documentId, open.goal ?? open.openedFor);
}

/** Leaves a document that is not there any more. */
export function leaveDocument(documentId: string): void {
  const { open, view } = getState();
  if (open?.documentId !== documentId) return;
  setState({
    open: undefined,
    selection: undefined,
    focusedNoteId: undefined,
    editingNoteId: undefined,
    ...(view.type === 'document' && { view: { type: 'start' } }),
  });
}

/** What is said of a document that has another file. That documents were joined or parted is said by itself. */
const SOURCE_CHANGED: Record<EventPayload<'library.source-changed'>['by'], string | undefined> = {
  program: 'The file was changed by another program, so it was read again.',
  edition: 'This is another edition of the document, with your notes on it.',
  joining: undefined,
};

/** Reads a document again that is open and has another file, and says why. */
export async function sourceChanged({ documentId, by }: EventPayload<'library.source-changed'>): Promise<void> {
  if (getState().open?.documentId !== documentId) return;
  const sentence = SOURCE_CHANGED[by];
  if (sentence !== undefined) notify('info', sentence);
  await reloadDocument();
}

/** Looks whether the open document's file was changed, or can be read by now, when that may have been told in vain. */
export async function recheckOpenDocument(): Promise<void> {
  const { open } = getState();
  if (!open) return;
  if (!open.source || open.phase === 'failed') {
    await reloadDocument();
    return;
  }
  const now = await call('library.open', { documentId: open.documentId });
  if (now.ok && now.value.source.rawHash !== open.source.rawHash) await sourceChanged({ documentId: open.documentId, by: 'program' });
}

/** A document's parts broke off: what is drawn of it goes, and its notes stay readable. */
export function documentFailed(opening: number, failure: Failure): void {
  updateOpen(opening, { phase: 'failed', failure, placedBefore: undefined });
  updateSettings({ reopenLast: true });
}

/** The file was changed between `library.open` and its reading: it is opened once more, and what then fails is told. */
export async function documentChanged(opening: number, failure: Failure): Promise<void> {
  const { open, view } = getState();
  if (open?.opening !== opening) return;
  if (open.wasChanged) documentFailed(opening, failure);
  else await load(open.documentId, open.goal ?? open.openedFor, { view, wasChanged: true });
}

interface Loading {
  view?: View;
  wasChanged?: boolean;
}

async function load(
  documentId: string,
  goal: Goal | undefined,
  { view = { type: 'document' }, wasChanged = false }: Loading = {},
): Promise<void> {
  const opening = ++openings;
  const loading: OpenDocument = {
    documentId,
    opening,
    phase: 'loading',
    outline: [],
    beginsWithTitle: false,
    notices: [],
    drawn: 0,
    paragraph: 0,
    paragraphCount: 0,
    offset: 0,
    progress: getState().documents.get(documentId)?.progress ?? 0,
    fits: false,
    goal,
    openedFor: goal,
    wasChanged,
  };
  const { open, find, placements } = getState();
  const isAnother = open?.documentId !== documentId;
  if (!isAnother) loading.placedBefore = open.placedBefore ?? placements;
  // The reader may have scrolled a moment ago.
  if (isAnother) readerHandle()?.rememberPlace();
  setState({
    view,
    open: loading,
    placements: new Map(),
    selection: undefined,
    // In the same document it is found again.
    find: !isAnother && find ? { query: find.query, count: 0, current: -1, isWaiting: find.isWaiting } : undefined,
    ...(isAnother && {
      focusedNoteId: undefined,
      placingNoteId: undefined,
      editingNoteId: undefined,
      taggingId: undefined,
      drawer: undefined,
    }),
  });
  hasBroken = false;
  updateSettings({ lastDocumentId: documentId, reopenLast: false });
  showLossOf(documentId);
  const password = passwordOf(documentId);
  // That of another document is not needed any more.
  if (password === undefined) forgetPassword();
  const result = await readNotebook(documentId, () => call('library.open', { documentId, password }));
  if (getState().open?.opening !== opening) return;
  if (!result.ok) {
    updateOpen(opening, { phase: 'failed', failure: result.failure, placedBefore: undefined });
    updateSettings({ reopenLast: true });
    // The notes on a file that cannot be read stay readable.
    if (!getState().notebooks.has(documentId)) await readNotebook(documentId, () => call('library.notebook', { documentId }));
    return;
  }
  const { document, source } = result.value;
  putRow(document);
  updateOpen(opening, { phase: 'drawing', source });
}

/** Changes the open document's state, unless another opening has taken its place. */
export function updateOpen(opening: number, part: Partial<OpenDocument>): void {
  const { open } = getState();
  if (open?.opening === opening) setState({ open: { ...open, ...part } });
}

/** Tells what stands beside the text, or over it, that the text stands elsewhere. */
export const tellLayout = (): void => setState({ layoutVersion: getState().layoutVersion + 1 });

/** Ends what is done in an opening that is not on the screen any more; another one of the same document has its own find, or goes on with this one's. */
export function endOpening(opening: number, documentId: string): void {
  const { marking, open, view } = getState();
  setState({ selection: undefined, marking: undefined });
  if (marking && view.type === 'document' && open?.documentId === documentId)
    notify('info', 'No area was marked, since the document is shown anew.');
  if (getState().open?.opening === opening) setState({ find: undefined });
}

/** What the reader should know of the open document, as a whole sentence. */
export function addDocumentNotice(opening: number, sentence: string): void {
  const notices = getState().open?.notices ?? [];
  if (!notices.includes(sentence)) updateOpen(opening, { notices: [...notices, sentence] });
}

/** The whole text is known: its notes can be placed, though not all of it may be drawn. */
export function textReady(opening: number, textHash: string): void {
  const { open, notebooks } = getState();
  const notebook = open?.opening === opening ? notebooks.get(open.documentId) : undefined;
  // Placed first: who waits for the hash goes to a note's place at once.
  if (notebook) placeNotes(notebook, textHash);
  updateOpen(opening, { textHash, placedBefore: undefined });
}

/** The whole document is drawn. */
export function documentDrawn(opening: number, drawn: { outline: readonly OutlineEntry[]; paragraphCount: number }): void {
  const { open } = getState();
  if (open?.opening !== opening) return;
  updateOpen(opening, { ...drawn, phase: 'ready', drawn: 1 });
  allowReopening();
}

/** Whether the window or the text broke since the document was opened. */
let hasBroken = false;

/** The open document may be what broke the window or the text: it is not opened at the next start. */
export function doNotReopen(): void {
  hasBroken = true;
  updateSettings({ reopenLast: false });
}

/** The open document stands, or is left in peace: it is opened at the next start. */
export function allowReopening(): void {
  if (getState().open && !hasBroken) updateSettings({ reopenLast: true });
}

/** Opens the document that was open last, unless the reader does not like that, or says why not. While the library is being read it may have yet to be found. */
export function reopenLast({ lastDocumentId, opensLast, reopenLast: isAllowed }: Settings): void {
  if (lastDocumentId === undefined || !opensLast) return;
  /** Whether it is known by now what to do, and what that is. */
  const decide = (): { row?: DocumentSummary } | undefined => {
    const { open, view, documents, list, scanning } = getState();
    // The reader was faster.
    if (open || view.type !== 'start') return {};
    const row = documents.get(lastDocumentId);
    return row || (list && !scanning) ? { row } : undefined;
  };
  const finish = ({ row }: { row?: DocumentSummary }): void => {
    if (row) openAgain(row, isAllowed);
  };
  const now = decide();
  if (now) {
    finish(now);
    return;
  }
  const stop = store.subscribe(() => {
    const decided = decide();
    if (!decided) return;
    stop();
    // That nothing is being looked for any more is told before the list that has what was found last.
    if (decided.row) finish(decided);
    else
      void Promise.resolve()
        .then(documentListSettled)
        .then(() => finish(decide() ?? {}), reportError);
  });
}

function openAgain({ id, title }: DocumentSummary, isAllowed: boolean): void {
  // Not awaited: the window stands while the text is read.
  const run = () => void openDocument(id, { remember: false }).catch(reportError);
  if (isAllowed) {
    run();
    return;
  }
  const why = `“${title}” is not opened by itself this time: Lectern broke or ended while it was being shown. Your notes on it are kept.`;
  notify('error', why, { action: { label: 'Open it', run } });
}

/** s of reading that are kept though the place is the same. */
const TIME_KEPT = 15;

/** Remembers the reader's place; called when scrolling rests. */
export function rememberPosition(opening: number, position: Position): void {
  const { open, notebooks } = getState();
  if (open?.opening !== opening || open.phase !== 'ready') return;
  const notebook = notebooks.get(open.documentId);
  const known = notebook?.position;
  const isKnown = known?.offset === position.offset && known.revision === position.revision;
  const isLonger = Math.abs((known?.secondsRead ?? 0) - (position.secondsRead ?? 0)) >= TIME_KEPT;
  if (!notebook || (isKnown && !isLonger && Math.abs(known.progress - position.progress) < 0.001)) return;
  const { wholePage, asText } = known ?? {};
  const at = new Date().toISOString();
  changeNotebook(open.documentId, {
    type: 'set-position',
    position: { ...position, ...(wholePage !== undefined && { wholePage }), ...(asText !== undefined && { asText }) },
    at,
  });
}

/** Shows a document in the other one of its two views from now on: a page as its article or whole, what has pages as these or as text. */
export function toggleView(): void {
  const { open } = getState();
  if (open && isViewUnknown(open)) {
    updateOpen(open.opening, { awaitsView: !open.awaitsView });
    return;
  }
  if (open?.hasArticle) {
    const showsWholePage = !open.showsWholePage;
    updateOpen(open.opening, { showsWholePage });
    notify('info', showsWholePage ? 'The whole page is shown.' : 'Only the article is shown.');
    rememberView(open, { wholePage: showsWholePage });
  } else if (open && hasTwoViews(open)) {
    const asText = !open.asText;
    notify('info', asText ? 'The text is shown.' : 'The pages are shown.');
    rememberView(open, { asText });
    const goal: Goal | undefined = open.eye === undefined ? undefined : { type: 'eye', offset: open.eye };
    void load(open.documentId, goal, { view: getState().view }).catch(reportError);
  }
}

/** What was asked for before it was known whether the document has two views. */
export function takeAwaitedView(opening: number): void {
  const { open } = getState();
  if (open?.opening !== opening || !open.awaitsView) return;
  updateOpen(opening, { awaitsView: false });
  toggleView();
}

function rememberView(open: OpenDocument, view: Pick<Position, 'wholePage' | 'asText'>): void {
  const known = selectNotebook(getState())?.position;
  // A place that is known stays: while a document is being opened, what it has is none yet. Reading on tells where it is.
  const { offset, progress, revision } = open;
  const position: Position = { offset, progress, revision, ...known, ...view };
  changeNotebook(open.documentId, { type: 'set-position', position, at: new Date().toISOString() });
}

/** Shows all of a page, since what the reader goes to is outside of its article. It opens as its article all the same. */
export function showWholePage(opening: number): void {
  updateOpen(opening, { showsWholePage: true });
  notify('info', 'This is outside of the article, so the whole page is shown.');
}

/** What the reader says of a document in place of what its file says; an encoding has the file read in it, none lets Lectern find it again. */
export type DetailChange = Extract<NotebookChange, { type: keyof typeof DETAILS }>;

const DETAILS = {
  'set-title': 'title',
  'set-author': 'author',
  'set-date': 'date',
  'set-language': 'language',
  'set-encoding': 'encoding',
} as const;

/** Puts details of a document right, as one step of undo. */
export function changeDetails(documentId: string, changes: readonly DetailChange[]): void {
  const [first] = changes;
  if (!first) return;
  const label = `Change ${changes.length === 1 ? DETAILS[first.type] : 'details'}`;
  makeChanges(
    changes.map((change) => ({ documentId, change })),
    { label },
  );
}

/** Reads the open document again whenever its encoding is chosen anew: in its details, by undo, or in another window. */
export function followEncoding(): void {
  store.subscribe((state, before) => {
    const [now, then] = [selectNotebook(state), selectNotebook(before)];
    // In a moment: the change is on the screen before it is in the queue.
    if (now && then?.id === now.id && then.encoding !== now.encoding) queueMicrotask(() => void rereadOnceSaved(now.id).catch(reportError));
  });
}

/** Draws the open document again whenever its words are to be parted at the ends of lines, or no longer, or in another language, or the styles or fonts of books are to be seen or not. */
export function followDrawing(): void {
  store.subscribe((state, before) => {
    const [now, then] = [selectNotebook(state), selectNotebook(before)];
    const isOther = now !== undefined && then?.id === now.id && then.language !== now.language;
    const [chosen, earlier] = [state.settings.typography, before.settings.typography];
    if (chosen === earlier && !isOther) return;
    const isDrawnAnew =
      chosen.hyphenate !== earlier.hyphenate ||
      chosen.ownStyles !== earlier.ownStyles ||
      (chosen.font === 'book') !== (earlier.font === 'book');
    if (isOther || isDrawnAnew) void reloadDocument().catch(reportError);
  });
}

/** The host decodes by the notebook on its side, so the reader's choice must have arrived there first. */
async function rereadOnceSaved(documentId: string): Promise<void> {
  if (await saving.flush()) {
    await new Promise<void>((resolve) => {
      const stop = store.subscribe((state) => {
        if (state.saving.state !== 'saved') return;
        stop();
        resolve();
      });
    });
  }
  if (getState().open?.documentId === documentId) await reloadDocument();
}

const STATUS_SET: Record<ReadingStatus, string> = {
  unread: 'Marked as unread.',
  reading: 'Marked as being read.',
  finished: 'Marked as finished.',
};

/** Says of the open document how far the reader is with it. */
export function setStatus(status: ReadingStatus): void {
  const { open, notebooks } = getState();
  if (!open || notebooks.get(open.documentId)?.status === status) return;
  if (changeNotebook(open.documentId, { type: 'set-status', status }, { label: 'Change reading status' }))
    notify('info', STATUS_SET[status]);
}

export function toggleFinished(): void {
  const { open, notebooks } = getState();
  const status = open && notebooks.get(open.documentId)?.status;
  if (status) setStatus(status === 'finished' ? 'unread' : 'finished');
}

let stepped: Promise<void> = Promise.resolve();

/** Opens the document before (-1) or after (1) the open one in the list; a key that comes before the last one was answered goes on from there. */
export function stepDocument(direction: 1 | -1): void {
  stepped = stepped.then(() => step(direction)).catch(reportError);
}

async function step(direction: 1 | -1): Promise<void> {
  const { open } = getState();
  const place = open && (await findPlace(open.documentId));
  const next = await documentAt(place === undefined ? 0 : place + direction);
  // Not awaited: it is the open one at once.
  if (next !== undefined) void openDocument(next).catch(reportError);
}
