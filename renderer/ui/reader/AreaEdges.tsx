import { type PointerEvent, useLayoutEffect, useRef, useState } from 'react';
import type { AreaBox, Colour } from '#model';
import type { Pulled } from '../../reader/pages/area-steps';
import { drawHeldArea, endHeldArea } from '../../state/actions/area-changes';
import { clickHighlight } from '../../state/actions/highlight-popover';
import { readerHandle } from '../../state/reader-handle';
import { useStore } from '../../state/store';
import './area-edges.css';
import { useHeldPointer } from './use-held-pointer';

interface AreaEdgesProps {
  recordId: string;
  /** On which page (from 1) it is, and where. */
  page: number;
  box: AreaBox;
  colour: Colour;
}

/** CSS pixels: a shorter side has no handle of its own between those at its ends. */
const LONG_SIDE = 56;
/** CSS pixels: a pointer that moved less has clicked. */
const CLICK = 4;

const SIDES = [-1, 0, 1] as const;

/** Lets an area be moved and sized with the pointer: it is held anywhere, or at its corners and edges. The keyboard has commands for it. */
export function AreaEdges({ recordId, page, box, colour }: AreaEdgesProps) {
  const root = useRef<HTMLDivElement>(null);
  const layoutVersion = useStore((state) => state.layoutVersion);
  const hold = useHeldPointer();
  const [rect, setRect] = useState<DOMRect>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `layoutVersion` tells that it may stand elsewhere.
  useLayoutEffect(() => {
    const origin = root.current?.getBoundingClientRect();
    const place = readerHandle()?.pages?.rectOf({ page, box });
    setRect(origin && place && new DOMRect(place.left - origin.left, place.top - origin.top, place.width, place.height));
  }, [page, box, layoutVersion]);

  const handlePointerDown = (event: PointerEvent<HTMLElement>, pulled?: Pulled) => {
    const { clientX, clientY } = event;
    const pages = readerHandle()?.pages;
    const from = pages?.pointAt(clientX, clientY, page);
    if (event.button !== 0 || !pages || !from) return;
    event.stopPropagation();
    let isMoved = false;
    hold(event, {
      onMove(x, y) {
        isMoved ||= Math.hypot(x - clientX, y - clientY) >= CLICK;
        const to = readerHandle()?.pages?.pointAt(x, y, page);
        if (isMoved && to) drawHeldArea({ recordId, page, box, ...(pulled && { pulled }) }, to.x - from.x, to.y - from.y);
      },
      onEnd(isKept) {
        endHeldArea(isKept);
        // A click is meant for what lies there, as on the page itself.
        if (isKept && !isMoved) clickHighlight(readerHandle()?.recordsAt(clientX, clientY) ?? []);
      },
    });
  };

  if (!rect) return <div ref={root} className="area-edges" />;
  const { left, top, width, height } = rect;
  const handles = SIDES.flatMap((across) => SIDES.map((down) => ({ across, down }))).filter(
    ({ across, down }) => (across !== 0 || down !== 0) && (across !== 0 || width >= LONG_SIDE) && (down !== 0 || height >= LONG_SIDE),
  );
  return (
    <div ref={root} className="area-edges" data-colour={colour} aria-hidden="true">
      <div className="area-hold" style={{ left, top, width, height }} onPointerDown={(event) => handlePointerDown(event)}>
        {handles.map(({ across, down }) => (
          <span
            key={`${across} ${down}`}
            className="area-handle"
            data-across={across}
            data-down={down}
            onPointerDown={(event) => handlePointerDown(event, { across, down })}
          />
        ))}
      </div>
    </div>
  );
}
