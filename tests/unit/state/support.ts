import {
  type AppInfo,
  type Args,
  type Bridge,
  type DocumentPage,
  type DocumentSummary,
  type EventName,
  type EventPayload,
  type MethodName,
  noCapabilities,
  type Returns,
  wholePage,
} from '#api';
import { anchorIn, anchorOfArea, emptyNotebook, type Notebook } from '#model';
import type { ReaderHandle } from '../../../renderer/state/reader-handle';
import type { OpenDocument } from '../../../renderer/state/store';

export const info: AppInfo = {
  version: '0',
  platform: 'linux',
  dataFolder: '/data',
  capabilities: noCapabilities,
  problems: [],
};

/** A row of the library. */
export const makeRow = (id: string, part: Partial<DocumentSummary> = {}): DocumentSummary => ({
  id,
  title: `Document ${id}`,
  format: 'text',
  fileName: `${id}.txt`,
  folderId: 'own',
  relativePath: `${id}.txt`,
  size: 1,
  words: 1,
  addedAt: '2026-01-01T00:00:00.000Z',
  changedAt: '2026-01-01T00:00:00.000Z',
  tags: [],
  status: 'unread',
  progress: 0,
  noteCount: 0,
  missing: false,
  ...part,
});

export const makeNotebook = (id: string, part: Partial<Notebook> = {}): Notebook => ({
  ...emptyNotebook(id, { paths: [`/${id}.txt`], rawHash: '0'.repeat(64), history: [] }),
  ...part,
});

/** What a host counts in a library of so many documents. */
export const makeCounts = (documents = 0): Returns<'library.overview'>['counts'] => ({
  documents,
  favourites: 0,
  later: 0,
  collections: [],
  formats: {},
  unread: documents,
  reading: 0,
  finished: 0,
  notes: 0,
  unplacedNotes: 0,
  deletedNotes: 0,
});

/** A whole list of documents as a host answers with it. */
export const makePage = (rows: readonly DocumentSummary[], locate: readonly string[] = []): DocumentPage => ({
  ...wholePage(rows),
  rows: [...rows],
  places: Object.fromEntries([...rows.entries()].filter(([, { id }]) => locate.includes(id)).map(([place, { id }]) => [id, place])),
  located: rows.filter(({ id }) => locate.includes(id)),
});

/** A document that is open and drawn. */
export const makeOpen = (documentId: string, part: Partial<OpenDocument> = {}): OpenDocument => ({
  documentId,
  opening: 1,
  phase: 'ready',
  outline: [],
  beginsWithTitle: false,
  notices: [],
  drawn: 1,
  paragraph: 0,
  paragraphCount: 1,
  offset: 0,
  progress: 0,
  fits: false,
  ...part,
});

/** A document on a screen that nobody looks at. */
export function makeHandle(documentId: string, part: Partial<ReaderHandle> = {}): ReaderHandle {
  const nothing = () => undefined;
  return {
    documentId,
    text: () => '',
    anchorOf(passage, textHash) {
      return anchorIn(this.whole(), passage, textHash);
    },
    anchorOfArea(area, textHash) {
      return anchorOfArea(this.whole(), area, textHash);
    },
    partsShown: (passage) => [passage],
    whole() {
      return { text: this.text(), headings: [], pages: [], sheetCount: 0 };
    },
    reveal: nothing,
    scrollTo: nothing,
    arrive: nothing,
    topOffset: () => 0,
    firstBeginning: () => 0,
    rememberPlace: nothing,
    find: () => ({ count: 0 }),
    showHit: nothing,
    hitNearTop: () => 0,
    clearFind: nothing,
    hits: () => [],
    topOf: nothing,
    topsOf: (spots) => spots.map(() => Number.NaN),
    nearbyOffsets: () => ({ start: 0, end: 0 }),
    selection: nothing,
    bodyStart: () => 0,
    recordsAt: () => [],
    edgesOf: nothing,
    offsetAt: nothing,
    quote: () => '',
    contentAt: async () => [],
    pictureInSight: async () => undefined,
    placeOf: () => {
      throw new Error('There is no screen here.');
    },
    select: nothing,
    clearSelection: nothing,
    ...part,
  };
}

/** A host that answers from a table, and tells events when the test says so. */
export function makeHost(answers: { [M in MethodName]?: (args: Args<M>) => Promise<Returns<M>> | Returns<M> }) {
  const listeners = new Map<EventName, ((payload: never) => void)[]>();
  const bridge: Bridge = {
    async call(method, args) {
      const answer = answers[method];
      if (!answer) throw new Error(`${method} was not expected.`);
      return answer(args);
    },
    async upload(name) {
      throw new Error(`${name} was not expected.`);
    },
    on(event, listener) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
      return () => undefined;
    },
  };
  const tell = <E extends EventName>(event: E, payload: EventPayload<E>) => {
    for (const listener of listeners.get(event) ?? []) listener(payload as never);
  };
  return { bridge, tell };
}
