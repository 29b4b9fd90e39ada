import { afterEach, beforeEach } from 'vitest';
import { ok, settingsSchema } from '#api';
import { emptyHistory, type Note, type Placement } from '#model';
import { setBridge } from '../../../renderer/state/client';
import { saving, takeNotebook } from '../../../renderer/state/notebook-sync';
import { type ReaderHandle, setReaderHandle } from '../../../renderer/state/reader-handle';
import { type SelectedPassage, setState } from '../../../renderer/state/store';
import { info, makeHandle, makeHost, makeNotebook, makeOpen, makeRow } from './support';

interface ReadingWindowOptions {
  documentId: string;
  text: string;
  /** What the host answers beside what is asked of it for notes. */
  answers?: Parameters<typeof makeHost>[0];
  handle?: Partial<ReaderHandle>;
}

const textHash = '0'.repeat(64);

/** For each test of a file a window that reads a document of this text, with nothing done, noted or selected in it. */
export function useReadingWindow({ documentId, text, answers, handle }: ReadingWindowOptions) {
  let revision = 0;
  const reading = {
    selection: undefined as SelectedPassage | undefined,

    /** A note on a passage of the text, with the id of this number. */
    makeNote(number: number, { start, end }: SelectedPassage, part: Partial<Note> = {}): Note {
      return {
        id: `01890000-0000-7000-8000-${String(number).padStart(12, '0')}`,
        anchor: { start, end, exact: text.slice(start, end), prefix: '', suffix: '', textHash },
        colour: 'green',
        body: '',
        tags: [],
        createdAt: '2026-01-01T00:00:00.000Z',
        modifiedAt: '2026-01-01T00:00:00.000Z',
        history: [],
        ...part,
      };
    },

    /** The document has these notes, each at its place. */
    show(...notes: Note[]): void {
      takeNotebook({ notebook: makeNotebook(documentId, { notes }), revision });
      const placements = notes.map(({ id, anchor }): [string, Placement] => [
        id,
        anchor ? { state: 'exact', start: anchor.start, end: anchor.end } : { state: 'unplaced' },
      ]);
      setState({ placements: new Map(placements), open: makeOpen(documentId, { textHash }), view: { type: 'document' } });
    },
  };

  beforeEach(() => {
    const { bridge } = makeHost({
      'notebook.apply': () => ok({ savedAt: '2026-01-01T00:00:00.000Z', revision: ++revision }),
      'notebook.keep-text': () => ok(null),
      'settings.update': () => ok(settingsSchema.parse({})),
      ...answers,
    });
    setBridge(bridge);
    reading.selection = undefined;
    setReaderHandle(
      makeHandle(documentId, {
        text: () => text,
        selection: () => reading.selection,
        clearSelection: () => {
          reading.selection = undefined;
        },
        ...handle,
      }),
    );
    setState({
      // Links are the system's own, so that there need be no page with an address.
      info: { ...info, capabilities: { ...info.capabilities, systemLinks: true } },
      notices: [],
      history: emptyHistory,
      settings: settingsSchema.parse({}),
      documents: new Map([[documentId, makeRow(documentId)]]),
      editingNoteId: undefined,
      focusedNoteId: undefined,
      focusedPassageId: undefined,
      highlightPopover: undefined,
    });
  });

  afterEach(async () => {
    await saving.flush();
    setReaderHandle(undefined);
  });

  return reading;
}
