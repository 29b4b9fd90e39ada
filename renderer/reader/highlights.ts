import { type Colour, colours } from '#model';
import { highlightLevels, LEVELS } from './highlight-levels';
import { offsetAtPoint, type View } from './places';

/** A passage to be drawn in a colour; offsets in the text layer. */
export interface HighlightEntry {
  id: string;
  /** All passages of one note are in focus together. */
  noteId: string;
  start: number;
  end: number;
  colour: Colour;
  /** It is most likely this passage, and not for sure. */
  isClose?: boolean;
}

/** Draws passages by the CSS Custom Highlight API (`::highlight(lectern-…)` in document.css), without touching the document. */
export interface HighlightLayer {
  /** Draws exactly these. What is not drawn yet of the document is highlighted when it comes. */
  set(entries: readonly HighlightEntry[]): void;
  /** Marks the passages of a note as those in focus; without an id none. */
  focus(noteId?: string): void;
  /** Draws the hits of a find, `current` (an index) more strongly. */
  find(ranges: readonly { start: number; end: number }[], current?: number): void;
  /** The highlights at a point of the window (CSS pixels), the smallest first. */
  hitTest(x: number, y: number): string[];
  /** Takes everything away. */
  dispose(): void;
}

const extras = ['find', 'find-current', 'focus'] as const;
/** A colour on each level: `yellow`, `yellow-2`, `yellow-3`. */
const painted = Array.from({ length: LEVELS }, (_, level) => colours.map((colour) => onLevel(colour, level))).flat();
/** What is only likely, in each colour. */
const close = colours.map((colour) => `close-${colour}`);

interface Drawn {
  entry: HighlightEntry;
  /** Over how many others it is painted. */
  level: number;
  /** Absent until its passage is in the document. */
  range?: StaticRange;
}

/** The highlights of one drawn document. There is one such layer at a time: its names are the page's. */
export function createHighlightLayer(view: Pick<View, 'layer' | 'places'>): HighlightLayer {
  const { layer } = view;
  const all = new Map<string, Highlight>();
  // Later ones are painted over earlier ones.
  for (const [priority, name] of [...painted, ...close, ...extras].entries()) {
    const highlight = new Highlight();
    highlight.priority = priority;
    all.set(name, highlight);
    CSS.highlights.set(`lectern-${name}`, highlight);
  }
  const add = (name: string, range: AbstractRange | undefined): void => {
    if (range) all.get(name)?.add(range);
  };
  const clear = (name: string): void => all.get(name)?.clear();
  const drawn = new Map<string, Drawn>();
  const ids = new Map<AbstractRange, string>();
  const waiting = new Set<Drawn>();
  let focused: string | undefined;
  /** Something of what is in focus is not in the document yet. */
  let undrawnFocus = false;
  let found: { ranges: readonly { start: number; end: number }[]; current: number | undefined; undrawn: number } = emptyFind();

  function draw(item: Drawn): void {
    const range = layer.staticRangeOf(item.entry.start, item.entry.end);
    if (!range) {
      waiting.add(item);
      return;
    }
    waiting.delete(item);
    item.range = range;
    ids.set(range, item.entry.id);
    add(item.entry.isClose ? `close-${item.entry.colour}` : onLevel(item.entry.colour, item.level), range);
  }

  function drawFocus(): void {
    clear('focus');
    undrawnFocus = false;
    for (const { entry } of drawn.values()) {
      if (entry.noteId !== focused) continue;
      const range = layer.staticRangeOf(entry.start, entry.end);
      add('focus', range);
      undrawnFocus ||= !range;
    }
  }

  /** Adds the hits from `found.undrawn` on that are in the document by now; they are in the order of the text. */
  function drawFound(): void {
    const current = found.current === undefined ? undefined : found.ranges[found.current];
    clear('find-current');
    add('find-current', current && layer.staticRangeOf(current.start, current.end));
    for (; found.undrawn < found.ranges.length; found.undrawn += 1) {
      const hit = found.ranges[found.undrawn];
      const range = hit && layer.staticRangeOf(hit.start, hit.end);
      if (!range) return;
      add('find', range);
    }
  }

  const stopGrowing = layer.onGrow(() => {
    if (waiting.size > 0) for (const item of [...waiting]) if (item.entry.end <= layer.length) draw(item);
    if (undrawnFocus) drawFocus();
    if (found.undrawn < found.ranges.length) drawFound();
  });

  return {
    set(entries) {
      for (const name of [...painted, ...close]) clear(name);
      drawn.clear();
      ids.clear();
      waiting.clear();
      // What is only likely is a dashed line, which covers nothing.
      const levels = highlightLevels(entries.map(({ isClose, start, end }) => (isClose ? { start, end: start } : { start, end })));
      for (const [index, entry] of entries.entries()) {
        const item: Drawn = { entry, level: levels[index] ?? 0 };
        drawn.set(entry.id, item);
        draw(item);
      }
      drawFocus();
    },
    focus(noteId) {
      focused = noteId;
      drawFocus();
    },
    find(ranges, current) {
      if (ranges !== found.ranges) {
        clear('find');
        found = { ranges, current, undrawn: 0 };
      } else found.current = current;
      drawFound();
    },
    hitTest(x, y) {
      const hit = idsAtPoint(x, y, ids) ?? idsAtCaret(x, y, view, drawn);
      const length = (id: string): number => {
        const entry = drawn.get(id)?.entry;
        return entry ? entry.end - entry.start : 0;
      };
      return hit.sort((a, b) => length(a) - length(b));
    },
    dispose() {
      stopGrowing();
      for (const [name, highlight] of all) {
        highlight.clear();
        // Another document's layer may have taken the name over.
        if (CSS.highlights.get(`lectern-${name}`) === highlight) CSS.highlights.delete(`lectern-${name}`);
      }
    },
  };
}

/** The name under which a colour is painted over `level` others. */
function onLevel(colour: Colour, level: number): string {
  return level === 0 ? colour : `${colour}-${level + 1}`;
}

const emptyFind = () => ({ ranges: [], current: undefined, undrawn: 0 });

interface PointedRegistry {
  /** CSS Custom Highlight API Level 1, not in the DOM's declarations yet. */
  highlightsFromPoint?(x: number, y: number): { highlight: Highlight; ranges: AbstractRange[] }[];
}

function idsAtPoint(x: number, y: number, ids: ReadonlyMap<AbstractRange, string>): string[] | undefined {
  const registry = CSS.highlights as PointedRegistry;
  const hits = registry.highlightsFromPoint?.(x, y);
  return hits?.flatMap(({ ranges }) => ranges.flatMap((range) => ids.get(range) ?? []));
}

/** A caret's position lies at either side of the character at the point, so both ends of a passage count, and its rectangles decide. */
function idsAtCaret(x: number, y: number, view: Pick<View, 'layer' | 'places'>, drawn: ReadonlyMap<string, Drawn>): string[] {
  const { layer } = view;
  const offset = offsetAtPoint(view, x, y);
  if (offset === undefined) return [];
  // Only the characters on both sides are measured: a long passage has thousands of rectangles.
  const near = layer.rangeOf(Math.max(0, offset - 1), Math.min(layer.length, offset + 1));
  const [from, to] = [offset - 1, offset + 1];
  if (!near) return [];
  return [...drawn.values()]
    .filter(({ entry }) => entry.start <= offset && entry.end >= offset)
    .filter(({ entry }) => {
      const part = layer.rangeOf(Math.max(entry.start, from, 0), Math.min(entry.end, to));
      return [...(part?.getClientRects() ?? [])].some((rect) => x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom);
    })
    .map(({ entry }) => entry.id);
}
