export { type Decoded, decodeBytes } from './decoding';
export { extractText } from './extraction';
export { openLibrary } from './library';
export type { DocumentFile, Library, LibraryLog, LibraryOptions, NotebookView } from './types';
