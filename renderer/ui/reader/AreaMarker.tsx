import { type KeyboardEvent, type PointerEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { Area } from '#model';
import { STEP } from '../../reader/pages/area-steps';
import { bringArea, cancelMarking, drawArea, finishMarking, leaveMarking, narrowArea, stepArea, turnArea } from '../../state/actions/areas';
import { focusPane, isFocusLost, isInPane } from '../../state/actions/focus';
import { readerHandle } from '../../state/reader-handle';
import { getState, selectNotebook, useStore } from '../../state/store';
import './area-marker.css';

/** What the reader marks of a page, while it is drawn with the pointer or moved with the keys. */
export function AreaMarker() {
  const marking = useStore((state) => state.marking);
  return marking ? <Marker area={marking} /> : null;
}

/** Points that a key moves an area with Alt. */
const FINE = 1;

const ARROWS: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function Marker({ area }: { area: Area }) {
  const hint = useId();
  const root = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const layoutVersion = useStore((state) => state.layoutVersion);
  // A note that is placed anew keeps its own.
  const colour = useStore((state) => {
    const placed = selectNotebook(state)?.notes.find(({ id }) => id === state.placingNoteId);
    return placed?.colour ?? state.settings.lastColour;
  });
  const [placed, setPlaced] = useState<{ area: Area; rect: DOMRect }>();
  /** Where the pointer was pressed. */
  const from = useRef<{ page: number; x: number; y: number }>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `layoutVersion` tells that pages may stand elsewhere.
  useLayoutEffect(() => {
    const origin = root.current?.getBoundingClientRect();
    const place = readerHandle()?.pages?.rectOf(area);
    const rect = origin && place && new DOMRect(place.left - origin.left, place.top - origin.top, place.width, place.height);
    setPlaced(rect && { area, rect });
  }, [area, layoutVersion]);

  // What is moved out of view by a key is scrolled to; with the pointer the reader sees where that is.
  const followed = useRef(area);
  useEffect(() => {
    if (!placed || followed.current === placed.area) return;
    followed.current = placed.area;
    if (!from.current) frame.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [placed]);
  // Who scrolls on marks there.
  useEffect(() => {
    const scroller = root.current?.closest('.reading-scroller');
    const bring = () => {
      const [shown, view] = [frame.current, scroller].map((element) => element?.getBoundingClientRect());
      if (shown && view && (shown.bottom <= view.top || shown.top >= view.bottom)) bringArea();
    };
    scroller?.addEventListener('scrollend', bring);
    return () => scroller?.removeEventListener('scrollend', bring);
  }, []);

  // A narrower window: as soon as the pages stand in it.
  const isResized = useRef(false);
  useEffect(() => {
    const tell = () => {
      isResized.current = true;
    };
    window.addEventListener('resize', tell);
    return () => window.removeEventListener('resize', tell);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `layoutVersion` tells that pages stand elsewhere.
  useEffect(() => {
    if (isResized.current) narrowArea();
    isResized.current = false;
  }, [layoutVersion]);

  const rect = placed?.rect;
  const isPlaced = rect !== undefined;
  useEffect(() => {
    if (isPlaced) frame.current?.focus({ preventScroll: true });
  }, [isPlaced]);

  // The find bar, dialogs and the bar at the top have the keyboard for a while, and give it back; who goes on elsewhere is done with marking.
  useEffect(() => {
    const follow = ({ target, relatedTarget }: FocusEvent) => {
      if (!getState().marking || !(target instanceof Element) || root.current?.contains(target)) return;
      if (!isInPane(target) || isInPane(target, 'top')) return;
      const isLeft = relatedTarget instanceof Node && root.current?.contains(relatedTarget);
      if (!isLeft && isInPane(target, 'main')) frame.current?.focus({ preventScroll: true });
      else leaveMarking();
    };
    document.addEventListener('focusin', follow);
    return () => document.removeEventListener('focusin', follow);
  }, []);

  // Before the frame goes, whoever ended the marking: the keyboard must not be left with nothing, nor go two ways.
  useLayoutEffect(
    () => () => {
      if (getState().highlightPopover?.takesFocus) return;
      if (isFocusLost() || root.current?.contains(document.activeElement)) focusPane('main');
    },
    [],
  );

  const handlePointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    frame.current?.focus({ preventScroll: true });
    from.current = readerHandle()?.pages?.pointAt(event.clientX, event.clientY);
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const handlePointerMove = ({ clientX, clientY }: PointerEvent) => {
    const begun = from.current;
    const to = begun && readerHandle()?.pages?.pointAt(clientX, clientY, begun.page);
    if (begun && to) drawArea(begun.page, begun, to);
  };
  const handlePointerUp = ({ clientX, clientY }: PointerEvent) => {
    const begun = from.current;
    from.current = undefined;
    const to = begun && readerHandle()?.pages?.pointAt(clientX, clientY, begun.page);
    if (begun && to && drawArea(begun.page, begun, to)) finishMarking({ takesFocus: false });
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
    if (ctrlKey || metaKey) return;
    const [right = 0, down = 0] = ARROWS[key] ?? [];
    const step = altKey ? FINE : STEP;
    if (right !== 0 || down !== 0) stepArea(right * step, down * step, { isSized: shiftKey });
    else if (key === 'Enter') finishMarking({ takesFocus: true });
    else if (key === 'Escape') cancelMarking();
    else if (key === 'PageDown' || key === 'PageUp') turnArea(key === 'PageDown' ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={root}
      className="area-marker"
      onPointerDown={handlePointerDown}
      onPointerMove={handlePointerMove}
      onPointerUp={handlePointerUp}
      onPointerCancel={cancelMarking}
    >
      <p id={hint} className="area-hint">
        Draw a rectangle, or move this one with the arrow keys and size it with Shift. Enter marks it, Escape leaves it.
      </p>
      {rect && (
        <div
          ref={frame}
          className="area-frame"
          role="application"
          aria-label={`Area of page ${area.page}`}
          aria-describedby={hint}
          tabIndex={-1}
          data-colour={colour}
          style={{ left: rect.left, top: rect.top, width: rect.width, height: rect.height }}
          onKeyDown={handleKeyDown}
        />
      )}
    </div>
  );
}
