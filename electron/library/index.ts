export { type Decoded, decodeBytes } from '../formats/decode/decode';
export { extractText } from '../formats/extract-text';
export { openLibrary } from './library';
export type { DocumentLines, ReadText } from './reading/reading';
export type { DocumentFile, Library, LibraryLog, LibraryOptions, NotebookView } from './types';
