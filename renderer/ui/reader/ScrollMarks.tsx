import { type MouseEvent, type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import { isBookmark, type WholeNote } from '#model';
import type { Spot } from '../../reader/places';
import { markAt, markRows, paintMarks, type ScrollMark } from '../../reader/scroll-marks';
import { goToHit } from '../../state/actions/find';
import { focusNote } from '../../state/actions/notes';
import { placedRecords } from '../../state/passages';
import { readerHandle } from '../../state/reader-handle';
import { shownNotes } from '../../state/selectors';
import { getState, store } from '../../state/store';
import './scroll-marks.css';

/** A mark, and what a press on it does. */
interface Mark extends ScrollMark {
  go(): void;
}

/** CSS pixels that a scroll bar takes which comes only while one scrolls. */
const HIDDEN_BAR = 12;

/**
 * Where highlights and hits are in the whole document, in a thin column beside the scroll bar of `scroller`; a press goes there. For the
 * pointer alone: the list of notes and the find bar say the same.
 */
export function ScrollMarks({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useRef<{ marks: Mark[]; rows: number[] }>({ marks: [], rows: [] });

  const paint = useEffectEvent(() => {
    const [element, view] = [canvas.current, scroller.current];
    if (!element || !view) return;
    const bar = view.offsetWidth - view.clientWidth;
    element.style.insetInlineEnd = `${bar === 0 ? HIDDEN_BAR : bar}px`;
    const marks = readMarks();
    const tops = marks.map(({ top }) => top);
    shown.current = { marks, rows: markRows(tops, view.scrollHeight, element.clientHeight) };
    paintMarks(element, marks, shown.current.rows);
  });

  useEffect(() => {
    let frame = 0;
    const soon = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => paint());
    };
    soon();
    let notes = shownNotes(getState());
    const stop = store.subscribe((state, before) => {
      const { placements, layoutVersion, find, settings } = state;
      const shownBefore = notes;
      notes = shownNotes(state);
      if (
        placements !== before.placements ||
        layoutVersion !== before.layoutVersion ||
        find !== before.find ||
        settings !== before.settings ||
        !areMarkedAlike(notes, shownBefore)
      )
        soon();
    });
    const observer = new ResizeObserver(soon);
    if (canvas.current) observer.observe(canvas.current);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', soon);
    return () => {
      cancelAnimationFrame(frame);
      stop();
      observer.disconnect();
      dark.removeEventListener('change', soon);
    };
  }, []);

  const markOf = ({ currentTarget, clientY }: MouseEvent): Mark | undefined => {
    const { marks, rows } = shown.current;
    const index = markAt(rows, clientY - currentTarget.getBoundingClientRect().top);
    return index === undefined ? undefined : marks[index];
  };
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without a tabindex takes no focus.
    <canvas
      ref={canvas}
      className="scroll-marks"
      aria-hidden="true"
      onClick={(event) => markOf(event)?.go()}
      onMouseMove={(event) => {
        event.currentTarget.style.cursor = markOf(event) ? 'pointer' : '';
      }}
    />
  );
}

/** While a note is typed, its mark stays. */
const areMarkedAlike = (notes: readonly WholeNote[], before: readonly WholeNote[]): boolean =>
  notes === before ||
  (notes.length === before.length &&
    notes.every(
      ({ id, colour, parts }, index) =>
        id === before[index]?.id && colour === before[index].colour && parts?.length === before[index].parts?.length,
    ));

/** Highlights and bookmarks, and over them what was found. */
function readMarks(): Mark[] {
  const handle = readerHandle();
  if (!handle) return [];
  const state = getState();
  const passages: { spot: Spot; colour: ScrollMark['colour']; go(): void }[] = [];
  for (const note of shownNotes(state)) {
    for (const { record, placement } of placedRecords(note, state.placements))
      passages.push({
        spot: placement,
        colour: isBookmark(note) ? '--accent' : `--edge-${note.colour}`,
        go: () => focusNote(record.id, { reveal: true, ofRecord: true }),
      });
  }
  for (const [index, spot] of state.find ? handle.hits().entries() : [])
    passages.push({ spot, colour: '--hl-find-current', go: () => goToHit(index) });
  const tops = handle.topsOf(passages.map(({ spot }) => spot));
  return passages.map(({ colour, go }, index) => ({ top: tops[index] ?? Number.NaN, colour, go }));
}
