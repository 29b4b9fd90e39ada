import { useStore as useZustand } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type {
  AppInfo,
  CommandId,
  DataProblem,
  DocumentSource,
  DocumentSummary,
  ExportScope,
  Failure,
  IndexProgress,
  LibraryCounts,
  LibraryFolder,
  NotesQuery,
  PreparedExport,
  SearchOrder,
  SearchResult,
  SearchScope,
  Settings,
} from '#api';
import type { DocumentFormat } from '#formats/list';
import type {
  Area,
  AreaBox,
  ChapterPlace,
  Days,
  FileNote,
  Note,
  Notebook,
  OutlineEntry,
  Placement,
  Placements,
  ReadingStatus,
  TagDetails,
} from '#model';
import { emptyHistory, type History, type Step, type WholeNote, wholeWith } from '#model';
import type { FoundPassage } from '../reader/find-passage';
import type { SavingState } from '../sync/saving';

/** What fills the middle of the window. */
export type View =
  | { type: 'start' }
  | { type: 'document' }
  | { type: 'notes'; tag?: string; untagged?: true }
  | { type: 'unplaced' }
  | { type: 'trash' }
  | { type: 'activity' };

/** What the list of documents is narrowed to. */
export interface DocumentFilter {
  status: ReadingStatus | 'all';
  tag?: string;
  untagged?: true;
  favourite?: true;
  /** The reading list, in its own order. */
  later?: true;
  collectionId?: string;
  folderId?: string;
  /** A folder in that one, with `/`. */
  path?: string;
  format?: DocumentFormat;
  author?: string;
  series?: string;
  /** Typed to filter titles, file names and tags. */
  text: string;
}

/** The part of a list of documents that is held. */
export interface DocumentList {
  /** How many documents the whole list has. */
  total: number;
  /** Place of the first of `ids`, from 0. */
  from: number;
  ids: readonly string[];
  /** Where other documents are that are looked after, from 0. */
  places: ReadonlyMap<string, number>;
}

/** A passage that the reader selected, in the text layer (UTF-16 code units). How it reads is asked for when it is needed: it can be all. */
export interface SelectedPassage {
  start: number;
  end: number;
}

/** The open document. `phase` goes loading -> drawing -> ready, or ends in failed. */
export interface OpenDocument {
  documentId: string;
  /** Grows by one with each opening, so that late answers of an earlier one are known. */
  opening: number;
  phase: 'loading' | 'drawing' | 'ready' | 'failed';
  failure?: Failure;
  source?: DocumentSource;
  /** With which its file was decoded, a WHATWG label; known once its text comes. */
  encoding?: string;
  /** Of the reader that made its text; known once that comes. */
  revision?: number;
  /** It is a page that holds more than its article; known once its text comes. */
  hasArticle?: boolean;
  /** All of such a page is shown. */
  showsWholePage?: boolean;
  /** It is protected by a password, with which it was opened. */
  isLocked?: boolean;
  /** A document that has pages is shown as a text that flows. */
  asText?: boolean;
  /** The other one of its two views was asked for before it was known whether it has two. */
  awaitsView?: boolean;
  /** Of a document that is shown as pages: the one that is being read, from 0, how many there are, and per cent of their size. */
  sheet?: { index: number; count: number };
  zoom?: number;
  /** SHA-256 of the text; known once the whole text is. */
  textHash?: string;
  /** Where passages of earlier texts are in this one, as the host found them. */
  placed?: Placements;
  /** Where its notes stood before it was read again, until they are placed anew: their cards stay, with the keyboard and what is written there. */
  placedBefore?: ReadonlyMap<string, Placement> | undefined;
  /** What stands in its file and was not made on another document here; known once the whole text is. */
  fileNotes?: readonly FileNote[];
  /** The document here of which the file is a copy with notes, and which has or had all of these. */
  copyOf?: { documentId: string; title: string } | undefined;
  outline: readonly OutlineEntry[];
  /** The text itself begins with the title, which then need not stand above it too. */
  beginsWithTitle: boolean;
  notices: readonly string[];
  /** Share of the text that is drawn, 0 to 1, while it is being drawn. */
  drawn: number;
  /** The paragraph that is being read, from 0, and how many there are. */
  paragraph: number;
  paragraphCount: number;
  /** What the page is called that is being read, and its chapter, where the document has any. */
  page?: string | undefined;
  chapter?: ChapterPlace | undefined;
  /** Text-layer offset of the first visible paragraph. */
  offset: number;
  /** That of where the eye is; known once it is drawn. */
  eye?: number;
  /** How much of the text was read, 0 to 1. */
  progress: number;
  /** All of it fits on the screen: there is no progress to tell. */
  fits: boolean;
  /** Where to go when the document is ready. */
  goal?: Goal;
  /** For what it was opened; stays when it is reached. */
  openedFor?: Goal;
  /** It was opened again by itself, since its file was changed between finding and reading it. */
  wasChanged?: boolean;
}

/** A place to go to in a document. */
export type Goal =
  | { type: 'offset'; offset: number }
  /** Where the eye is to be, in the view that is shown by then. */
  | { type: 'eye'; offset: number }
  | { type: 'note'; noteId: string }
  /** A place that the document names. */
  | { type: 'name'; name: string }
  | ({ type: 'text' } & FoundPassage);

/** Find in the document. */
export interface FindState {
  query: string;
  /** Number of hits, and the current one from 0 (-1: none yet). */
  count: number;
  current: number;
  /** There are more hits than can be gone through. */
  hasMore?: boolean;
  /** Asked before there was text: its first hit is gone to when there is. */
  isWaiting?: boolean;
}

/** What is tagged together. */
export type TagManyTarget =
  | { type: 'documents'; documentIds: readonly string[] }
  /** The document of each note, by its id. */
  | { type: 'notes'; notes: ReadonlyMap<string, string> };

/** What is done to a tag in all documents and notes. */
export type TagTask = 'rename' | 'merge' | 'nest' | 'top' | 'delete';

export type Dialog =
  | { type: 'palette'; query: string }
  | { type: 'export'; scope: ExportScope }
  | { type: 'restore'; file?: File }
  | { type: 'import'; files?: readonly { name: string; file: File }[] }
  /** `noteId`: the note that it begins with. */
  | { type: 'review'; noteId?: string }
  | { type: 'shortcuts' }
  | { type: 'print' }
  /** `command`: that of the option that it begins with. */
  | { type: 'settings'; command?: CommandId }
  | { type: 'colour-names' }
  | { type: 'picture'; src: string; alt: string }
  | { type: 'folders' }
  /** `to`: the tag to merge with, or to nest under, where it is known. */
  | { type: 'tag-move'; task: TagTask; tag: string; to?: string }
  | { type: 'tag-aliases'; tag: string }
  | { type: 'unused-tags' }
  /** Which collections the documents are in. */
  | { type: 'collections'; documentIds: readonly string[] }
  /** The author whose documents are listed. */
  | { type: 'author' }
  /** The name of a new collection. */
  | { type: 'new-collection' }
  | { type: 'tag-many'; target: TagManyTarget }
  | { type: 'empty-trash' }
  | { type: 'forget'; documentId: string }
  | { type: 'details'; documentId: string }
  | { type: 'same'; documentId: string }
  | { type: 'editions'; documentId: string }
  /** `textHash`, `at`: the text and the place in it that are shown first. */
  | { type: 'texts'; documentId: string; textHash?: string; at?: number }
  | { type: 'link'; url: string }
  | { type: 'missing-link'; title: string };

/** What was found of a query that has a page of its own. */
export interface ResultsState {
  /** Another one each time that the page is opened. */
  opening: number;
  query: string;
  order: SearchOrder;
  scope: SearchScope;
  /** The documents that are held so far, from the first one; `undefined` until the first answer. */
  found?: Omit<SearchResult, 'elapsed'>;
  /** The answer to what is asked now is still to come. */
  isPending: boolean;
  /** Why there is no answer. */
  failure?: string;
  /** Place of the row that the keys work on, among `rowsOf` all groups, and of the one that is open beside the list. */
  active: number;
  opened?: number;
  /** In a narrow window what was opened lies over the list. */
  isBehind: boolean;
}

/** A short message at the foot of the window; an error stays until it is closed. */
export interface Notice {
  id: number;
  kind: 'info' | 'error';
  message: string;
  action?: { label: string; run: () => void };
  /** The note or tag, or `history`, of whose last change it tells: the next change makes it untrue. */
  about?: string;
  /** The step of undo that it offers to take back: it goes once that is not the last one any more. */
  step?: Step;
  /** The document whose notebook may not be changed, of which it tells: it goes once that may be changed again. */
  lockedId?: string;
}

/** What is told to a screen reader alone; another `id` each time. */
export interface Announcement {
  id: number;
  text: string;
}

/** One stop of back and forward. */
export interface Jump {
  view: View;
  documentId?: string;
  offset?: number;
  results?: ResultsState;
}

/** Where a document was being read before a jump. */
export interface Origin {
  documentId: string;
  offset: number;
  /** From 1. */
  paragraph: number;
  /** "Back" leads there too. */
  isRemembered: boolean;
  /** The jump has led out of its sight. */
  isLeft: boolean;
}

export interface AppState {
  info: AppInfo;
  settings: Settings;
  /** Rows of documents that this window holds: of the list what is on the screen and around it, and of those that were opened. */
  documents: ReadonlyMap<string, DocumentSummary>;
  /** The list of documents as the host has it, as far as it is held; `undefined` until the first answer. */
  list?: DocumentList;
  /** The document that the keys of the list work on. */
  activeDocumentId?: string;
  /** Ids of the documents that are selected in the list, to do something with all of them. */
  chosenDocuments: ReadonlySet<string>;
  counts: LibraryCounts;
  /** How many documents and notes carry each tag or one under it, by `tagKey`. */
  tagUses: ReadonlyMap<string, { name: string; count: number }>;
  /** Grows with each change of the library that the host tells: what this window asked for may be another by then. */
  libraryVersion: number;
  folders: readonly LibraryFolder[];
  /** The folders of the tree that are open, by id and path. */
  openFolders: ReadonlyMap<string, { folderId: string; path: string }>;
  scanning: boolean;
  /** Files read so far and in all, while the library is scanned. */
  scanProgress: { done: number; total: number };
  indexProgress: IndexProgress;
  /** By `tagKey`. */
  tags: ReadonlyMap<string, TagDetails>;
  problems: readonly DataProblem[];
  /** Ids of those that the reader has put away for now. */
  dismissedProblems: ReadonlySet<string>;
  /** Notices of documents that were read and put away, by document; the same text tells no more of them while the window stands. */
  readNotices: ReadonlyMap<string, readonly string[]>;

  view: View;
  /** How all notes were narrowed when they were left, and the first row on the screen. */
  allNotesLeft?: { narrowed: Omit<NotesQuery, 'within' | 'order'>; days: Days | undefined; first: number };
  /** The page of search results between the library and what is read. */
  results?: ResultsState;
  filter: DocumentFilter;
  open?: OpenDocument;
  /** The notebooks that were opened in this session; the truth while they are edited. */
  notebooks: ReadonlyMap<string, Notebook>;
  /** Where the passages of the open document's notes stand in its text, by the ids of their records. */
  placements: ReadonlyMap<string, Placement>;

  /** Grows whenever passages may stand elsewhere or others are on the screen: what stands beside them is placed anew. */
  layoutVersion: number;
  selection?: SelectedPassage;
  /** What is drawn over is highlighted at once, in the colour that was used last. */
  highlighter?: boolean;
  focusedNoteId?: string;
  /** Of a note with several passages the record of the one that the reader pointed at. */
  focusedPassageId?: string;
  /** The note whose card is to get the keyboard; another object each time. */
  wantedCard?: { noteId: string };
  /** The note record whose passage the reader is about to select. */
  placingNoteId?: string;
  /** How the passage of a note record would stand, while one of its ends is drawn. */
  resizing?: SelectedPassage & { noteId: string };
  /** How the area of a note record would stand, while it is moved or one of its edges is drawn. */
  drawnArea?: { recordId: string; page: number; box: AreaBox };
  /** The reader is about to mark an area of a page: what would be marked by now. */
  marking?: Area;
  editingNoteId?: string;
  /** The highlight beside which stands what can be done with it; `takesFocus`: the keyboard goes there. */
  highlightPopover?: { noteId: string; takesFocus: boolean };
  /** Set when the tags of a note are to be written; `document` for the document's. */
  taggingId?: string;
  find?: FindState;
  typographyOpen: boolean;
  /** The pane that lies over the text in a narrow window. */
  drawer?: 'library' | 'outline' | 'notes';
  dialog?: Dialog;
  /** How far a restore or an import of notes is that this window asked for, in documents; `total` is 0 while it is not known. */
  bringing?: { done: number; total: number };
  /** How far a change of many documents is that this window asked for; `total` is 0 while it is not known. */
  changingMany?: { done: number; total: number };
  /** Files copied and in all, while files are being copied into the library; `isCancelled`: the one that it is at is the last. */
  importing?: { done: number; total: number; isCancelled?: boolean };
  /** The export that goes on, and the documents and notes of it that are written; `prepared` once it is known what is in it. */
  exporting?: { prepared?: PreparedExport; documents: number; notes: number; isCancelled?: boolean };
  /** The open document is being printed. */
  printing?: { withNotes: boolean };
  notices: readonly Notice[];
  announcement?: Announcement;
  saving: SavingState;
  history: History;
  jumps: { back: readonly Jump[]; forward: readonly Jump[] };
  /** Where the open document was being read before jumps led away from there, until reading goes on elsewhere. */
  origin?: Origin;
}

/** The state before the host has answered; `start()` fills it. */
const initialState: Omit<AppState, 'info' | 'settings'> = {
  documents: new Map(),
  chosenDocuments: new Set(),
  counts: {
    documents: 0,
    favourites: 0,
    later: 0,
    collections: [],
    formats: {},
    unread: 0,
    reading: 0,
    finished: 0,
    notes: 0,
    unplacedNotes: 0,
    deletedNotes: 0,
  },
  tagUses: new Map(),
  libraryVersion: 0,
  folders: [],
  openFolders: new Map(),
  scanning: true,
  scanProgress: { done: 0, total: 0 },
  indexProgress: { done: 0, total: 0, isStopped: false },
  tags: new Map(),
  problems: [],
  dismissedProblems: new Set(),
  readNotices: new Map(),
  view: { type: 'start' },
  filter: { status: 'all', text: '' },
  notebooks: new Map(),
  placements: new Map(),
  layoutVersion: 0,
  typographyOpen: false,
  notices: [],
  saving: { state: 'saved' },
  history: emptyHistory,
  jumps: { back: [], forward: [] },
};

/** The one store of the window; changed only by `state/actions`. */
export const store = createStore<AppState>(() => initialState as AppState);

export const getState = store.getState;
export const setState = store.setState;

/** Reads a part of the state in a component and draws it again when that part changes. */
export const useStore = <T>(select: (state: AppState) => T): T => useZustand(store, select);

/** The document that is on the screen, with the reader's notebook on it. */
export const selectNotebook = (state: AppState): Notebook | undefined => state.open && state.notebooks.get(state.open.documentId);

/** The note of a loaded notebook that a record is, or is a further passage of, as its reader sees it; `undefined` where there is none. */
export const wholeNoteOf = (documentId: string, noteId: string): WholeNote | undefined =>
  wholeWith(getState().notebooks.get(documentId)?.notes ?? [], noteId);

/** A note record of a loaded notebook as it is now; `undefined` where there is none. */
export const noteOf = (documentId: string, noteId: string): Note | undefined =>
  getState()
    .notebooks.get(documentId)
    ?.notes.find(({ id }) => id === noteId);
