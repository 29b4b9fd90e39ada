import { type PointerEvent, useLayoutEffect, useRef, useState } from 'react';
import type { Colour } from '#model';
import { drawEdge, endDrawing } from '../../state/actions/resizing';
import { readerHandle } from '../../state/reader-handle';
import { type SelectedPassage, useStore } from '../../state/store';
import './highlight-edges.css';
import { useHeldPointer } from './use-held-pointer';

/** Where an end of a highlight is, in CSS pixels of the pane of the text. */
interface Edge {
  x: number;
  top: number;
  height: number;
}

/** Handles at both ends of the passage of a note record, to be drawn with the pointer; the keyboard has commands for it. */
export function HighlightEdges({ recordId, passage, colour }: { recordId: string; passage: SelectedPassage; colour: Colour }) {
  const root = useRef<HTMLDivElement>(null);
  const layoutVersion = useStore((state) => state.layoutVersion);
  const hold = useHeldPointer();
  const [edges, setEdges] = useState<Record<'start' | 'end', Edge>>();
  const { start, end } = passage;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `layoutVersion` tells that it may stand elsewhere.
  useLayoutEffect(() => {
    const origin = root.current?.getBoundingClientRect();
    const rects = readerHandle()?.edgesOf({ start, end });
    setEdges(origin && rects && { start: within(origin, rects.start), end: within(origin, rects.end) });
  }, [start, end, layoutVersion]);
  return (
    <div ref={root} className="highlight-edges" data-colour={colour} aria-hidden="true">
      {edges && <Handle edge="start" place={edges.start} recordId={recordId} passage={passage} hold={hold} />}
      {edges && <Handle edge="end" place={edges.end} recordId={recordId} passage={passage} hold={hold} />}
    </div>
  );
}

const within = (origin: DOMRect, { left, top, height }: DOMRect): Edge => ({ x: left - origin.left, top: top - origin.top, height });

interface HandleProps {
  edge: 'start' | 'end';
  place: Edge;
  recordId: string;
  passage: SelectedPassage;
  hold: ReturnType<typeof useHeldPointer>;
}

function Handle({ edge, place, recordId, passage, hold }: HandleProps) {
  const handlePointerDown = (event: PointerEvent<HTMLElement>) => {
    const line = event.currentTarget.parentElement?.getBoundingClientRect();
    // The pointer holds the handle; the line that is meant is the one of the text beside it.
    const reach = event.clientY - ((line?.top ?? 0) + place.top + place.height / 2);
    hold(event, {
      onMove(x, y) {
        const offset = readerHandle()?.offsetAt(x, y - reach);
        if (offset !== undefined) drawEdge(recordId, passage, edge, offset);
      },
      onEnd: endDrawing,
    });
  };
  return (
    <span
      className="highlight-edge"
      data-edge={edge}
      style={{ left: place.x, top: place.top, height: place.height }}
      onPointerDown={handlePointerDown}
    />
  );
}
