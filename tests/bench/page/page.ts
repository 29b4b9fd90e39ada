import '../../../renderer/dom/document.css';
import { createFinder } from '../../../renderer/dom/find-in-text';
import { createHighlightLayer } from '../../../renderer/dom/highlights';
import { watchLinks } from '../../../renderer/dom/links';
import { drawNote } from '../../../renderer/dom/note-markdown';
import { readPosition, scrollToOffset, topsOf } from '../../../renderer/dom/position';
import { renderDocument } from '../../../renderer/dom/render-document';
import { extendSelection, readSelection, selectRange } from '../../../renderer/dom/selection';
import { parsePlainText } from '../../../renderer/domain/plain-text';

/** The real modules, for measurements that drive them from outside the page. */
const modules = {
  parsePlainText,
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
