export { libraryCalls } from './calls';
export { type FirstPages, openFirstPages } from './first-pages';
export { identityWith } from './identity';
export { openLibrary } from './library';
export type { BeforeEnd, DocumentLines } from './reading/reading';
export type { Library, LibraryLog, LibraryOptions, NotebookView } from './types';
