export { libraryCalls } from './calls';
export { openLibrary } from './library';
export type { BeforeEnd, DocumentLines } from './reading/reading';
export type { Library, LibraryLog, LibraryOptions, NotebookView } from './types';
