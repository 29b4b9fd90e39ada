import '../../../renderer/bridge/jitless';
import '../../../renderer/reader/document.css';
import { createFlowPlaces } from '../../../renderer/reader/flow-places';
import { createHighlightLayer } from '../../../renderer/reader/highlights';
import { watchLinks } from '../../../renderer/reader/links';
import { drawPrinted } from '../../../renderer/reader/pages/draw-printed';
import { scrollToOffset } from '../../../renderer/reader/position';
import { renderDocument } from '../../../renderer/reader/render-document';
import { extendSelection, readSelection } from '../../../renderer/reader/selection';

/** What is there already, as what comes bit by bit. */
async function* inTurn<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** The real modules, for tests that drive them from outside the page. */
const modules = {
  inTurn,
  createHighlightLayer,
  watchLinks,
  createFlowPlaces,
  drawPrinted,
  scrollToOffset,
  renderDocument,
  extendSelection,
  readSelection,
};
export type Engine = typeof modules;

declare global {
  var engine: Engine;
}
globalThis.engine = modules;
