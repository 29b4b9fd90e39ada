import type { Area, Colour } from '#model';
import type { PagePlaces } from '../places';

/** An area, or a page, to be drawn in a colour. */
export interface AreaEntry {
  id: string;
  /** The note that it belongs to. */
  noteId: string;
  area: Area;
  colour: Colour;
  /** It is most likely there, and not for sure. */
  isClose?: boolean;
}

/** Draws areas over their pages. */
export interface PageAreas {
  /** Draws exactly these. */
  set(entries: readonly AreaEntry[]): void;
  /** Marks those of a note as in focus; without an id none. */
  focus(noteId?: string): void;
  /** Those at a point of the window (CSS pixels), the smallest first. */
  hitTest(x: number, y: number): string[];
  /** The sizes of pages are known, or others. */
  putAll(): void;
}

/** CSS pixels beside the line at the edge of a page that are still on it. */
const BESIDE = 8;
/** CSS pixels by which an area may be missed. */
const NEAR = 3;

/** `put` puts an element where a page (from 0) is. */
export function createPageAreas(
  root: HTMLElement,
  places: () => PagePlaces | undefined,
  put: (element: HTMLElement, page: number) => void,
): PageAreas {
  const drawn = new Map<string, { entry: AreaEntry; element: HTMLElement }>();
  let focused: string | undefined;

  function place({ entry: { area }, element }: { entry: AreaEntry; element: HTMLElement }): void {
    const { x = 0, y = 0, width = 0, height = 0 } = area.box ?? {};
    element.style.cssText = `--x:${x};--y:${y};--width:${width};--height:${height}`;
    put(element, area.page - 1);
  }

  const markFocus = (): void => {
    for (const { entry, element } of drawn.values()) element.toggleAttribute('data-focused', entry.noteId === focused);
  };

  return {
    set(entries) {
      for (const { element } of drawn.values()) element.remove();
      drawn.clear();
      for (const entry of entries) {
        const element = document.createElement('div');
        element.className = 'page-area';
        element.ariaHidden = 'true';
        element.dataset['colour'] = entry.colour;
        element.toggleAttribute('data-whole', !entry.area.box);
        element.toggleAttribute('data-close', entry.isClose === true);
        drawn.set(entry.id, { entry, element });
        place({ entry, element });
        root.append(element);
      }
      markFocus();
    },
    focus(noteId) {
      focused = noteId;
      markFocus();
    },
    hitTest(x, y) {
      const sheets = places();
      if (!sheets) return [];
      const isHit = ({ area }: AreaEntry): boolean => {
        const { left, top, right, bottom } = sheets.rectOf(area);
        const end = area.box ? right + NEAR : left + BESIDE;
        return x >= left - NEAR && x <= end && y >= top - NEAR && y <= bottom + NEAR;
      };
      const sizeOf = ({ area: { box } }: AreaEntry): number => (box ? box.width * box.height : Number.POSITIVE_INFINITY);
      return [...drawn.values()]
        .map(({ entry }) => entry)
        .filter(isHit)
        .sort((a, b) => sizeOf(a) - sizeOf(b))
        .map(({ id }) => id);
    },
    putAll() {
      for (const each of drawn.values()) place(each);
    },
  };
}
