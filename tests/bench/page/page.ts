import '../../../renderer/bridge/jitless';
import '../../../renderer/reader/document.css';
import { createFinder } from '#model';
import { readParts } from '../../../renderer/bridge/document-parts';
import { createHighlightLayer } from '../../../renderer/reader/highlights';
import { watchLinks } from '../../../renderer/reader/links';
import { drawNote } from '../../../renderer/reader/note-markdown';
import { readPosition, scrollToOffset, topsOf } from '../../../renderer/reader/position';
import { renderDocument } from '../../../renderer/reader/render-document';
import { extendSelection, readSelection, selectRange } from '../../../renderer/reader/selection';

/** What is there already, as what comes bit by bit. */
async function* inTurn<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** The real modules, for measurements that drive them from outside the page. */
const modules = {
  readParts,
  inTurn,
  createFinder,
  createHighlightLayer,
  watchLinks,
  drawNote,
  readPosition,
  scrollToOffset,
  topsOf,
  renderDocument,
  extendSelection,
  readSelection,
  selectRange,
};
export type Engine = typeof modules;

declare global {
  var engine: Engine;
}
globalThis.engine = modules;
