import { type AppState, getState, store } from '../store';
import { awaitEditor, takeTypedAhead } from '../typed-ahead';

export interface Opened {
  /** The hash of the document’s whole text; undefined where the document was left, or failed, before all of it was read. */
  textHash: string | undefined;
  /** Whether the editor that was asked for is awaited still; what was typed for it goes into it then. */
  isAwaited: boolean;
  /** What was typed for the editor until the reader went on to something else. */
  typed: string;
}

interface Awaited {
  typed: string;
}

/** What an editor will be opened for. Only one can be: the last that was asked for. */
let awaited: Awaited | undefined;

/** The reader goes on to something else: what was typed is kept, and keys mean again what they do. False where nothing is awaited. */
export function stopAwaiting(): boolean {
  if (!awaited) return false;
  awaited.typed = takeTypedAhead();
  awaited = undefined;
  return true;
}

/** Whether an editor beside the text may come, and take the keyboard. */
const hasRoomForEditor = ({ view, dialog, editingNoteId, taggingId }: AppState): boolean =>
  view.type === 'document' && !dialog && editingNoteId === undefined && taggingId === undefined;

/**
 * Does something once the whole text of the open document is known, or it is clear that it will not be. `forEditor`: that opens an editor, for
 * which is kept what is typed until then.
 */
export function onceOpened(run: (opened: Opened) => void, { forEditor = false } = {}): void {
  const opening = getState().open?.opening;
  const own: Awaited = { typed: '' };
  if (forEditor) {
    stopAwaiting();
    awaited = own;
    awaitEditor(() => awaited === own);
  }
  const stop = store.subscribe((state) => {
    const { open } = state;
    if (awaited === own && (open?.opening !== opening || !hasRoomForEditor(state))) stopAwaiting();
    if (open?.opening === opening && open?.phase !== 'failed' && open?.textHash === undefined) return;
    stop();
    // Not within the change of which this tells: each change counts on the one before.
    queueMicrotask(finish);
  });

  function finish(): void {
    const { open } = getState();
    const textHash = open?.opening === opening ? open?.textHash : undefined;
    const isAwaited = awaited === own && textHash !== undefined;
    if (awaited === own && !isAwaited) stopAwaiting();
    run({ textHash, isAwaited, typed: own.typed });
    if (awaited === own) awaited = undefined;
  }
}
