import { type ReadingStatus, type ReadSoFar, statusOfReading } from '#model';
import { getState, selectNotebook } from '../store';
import { changeNotebook, lockOf } from './notebooks';
import { notify, withdrawNotices } from './notices';

/** s after which it is looked whether the reader is still there. */
const TICK = 5;
/** s without a key, a click or a scroll after which nobody is taken to be reading. */
const AWAY = 120;

/** What is read of an opening of a document. */
export interface ReadingTime {
  /** s that were ever spent with the document. */
  secondsEver(): number;
  /** The reader went on or back, or the end was seen. */
  saw(part: Partial<Pick<ReadSoFar, 'hasScrolled' | 'hasSeenEnd'>>): void;
}

/** Follows how long an opened document is read, and marks it as being read or finished when that is so; each at most once an opening. */
export function followReading(opening: number, signal: AbortSignal): ReadingTime {
  const earlier = selectNotebook(getState())?.position?.secondsRead ?? 0;
  let read = { seconds: 0, hasScrolled: false, hasSeenEnd: false };
  const told = new Set<string>();
  let activeAt = performance.now();

  function judge(): void {
    const { open, documents, notebooks } = getState();
    const notebook = open?.opening === opening && open.phase === 'ready' ? notebooks.get(open.documentId) : undefined;
    if (!notebook || lockOf(notebook.id)) return;
    const words = documents.get(notebook.id)?.words ?? 0;
    const status = statusOfReading(notebook.status, { ...read, words, secondsEver: earlier + read.seconds });
    if (status === notebook.status || told.has(status)) return;
    told.add(status);
    if (status === 'reading') changeNotebook(notebook.id, { type: 'set-status', status });
    else if (!notebook.position?.wasFinished) finish(notebook.id, notebook.status);
  }

  function tick(): void {
    const { open, view, dialog } = getState();
    const isReading = open?.opening === opening && open.phase === 'ready' && view.type === 'document' && !dialog;
    if (!isReading || document.visibilityState === 'hidden' || performance.now() - activeAt > AWAY * 1000) return;
    read = { ...read, seconds: read.seconds + TICK };
    judge();
  }

  const timer = setInterval(tick, TICK * 1000);
  const noteActive = (): void => {
    activeAt = performance.now();
  };
  for (const name of ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchmove'] as const)
    window.addEventListener(name, noteActive, { signal, passive: true, capture: true });
  signal.addEventListener('abort', () => clearInterval(timer));

  return {
    secondsEver: () => earlier + read.seconds,
    saw(part) {
      const seen = { ...read, ...part };
      if (seen.hasScrolled === read.hasScrolled && seen.hasSeenEnd === read.hasSeenEnd) return;
      read = seen;
      judge();
    },
  };
}

/** Marks a document as finished that was read to its end, and says so with a way back to what it was. */
function finish(documentId: string, before: ReadingStatus): void {
  if (!changeNotebook(documentId, { type: 'set-status', status: 'finished' }, { label: 'Mark as finished', isAutomatic: true })) return;
  const { notebooks } = getState();
  const position = notebooks.get(documentId)?.position;
  if (position) {
    const at = new Date().toISOString();
    changeNotebook(documentId, { type: 'set-position', position: { ...position, wasFinished: true }, at });
  }
  // Not what was done last in the document: that may be another thing by then.
  const takeBack = (): void => {
    if (getState().notebooks.get(documentId)?.status !== 'finished') return;
    if (!changeNotebook(documentId, { type: 'set-status', status: before }, { label: 'Set reading status' })) return;
    withdrawNotices();
    notify('info', 'Undone: Mark as finished', { about: 'history' });
  };
  notify('info', 'You read it to the end, so it is marked as finished.', {
    action: { label: 'Undo', run: takeBack },
    about: 'history',
  });
}
