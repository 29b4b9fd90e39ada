import { type PointerEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Colour } from '#model';
import { drawEdge, endDrawing } from '../../state/actions/resizing';
import { readerHandle } from '../../state/reader-handle';
import { type SelectedPassage, useStore } from '../../state/store';
import './highlight-edges.css';

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
  /** Lets go of the handle that is held, without keeping what was drawn. */
  const letGo = useRef<() => void>(undefined);
  // The highlight can go meanwhile: by a key that deletes it, by another document.
  useEffect(() => () => letGo.current?.(), []);
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
      {edges && <Handle edge="start" place={edges.start} recordId={recordId} passage={passage} letGo={letGo} />}
      {edges && <Handle edge="end" place={edges.end} recordId={recordId} passage={passage} letGo={letGo} />}
    </div>
  );
}

const within = (origin: DOMRect, { left, top, height }: DOMRect): Edge => ({ x: left - origin.left, top: top - origin.top, height });

interface HandleProps {
  edge: 'start' | 'end';
  place: Edge;
  recordId: string;
  passage: SelectedPassage;
  letGo: RefObject<(() => void) | undefined>;
}

function Handle({ edge, place, recordId, passage, letGo }: HandleProps) {
  const handlePointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    letGo.current?.();
    event.preventDefault();
    const handle = event.currentTarget;
    const line = handle.parentElement?.getBoundingClientRect();
    // The pointer holds the handle; the line that is meant is the one of the text beside it.
    const reach = event.clientY - ((line?.top ?? 0) + place.top + place.height / 2);
    handle.dataset['held'] = 'true';
    const stop = new AbortController();
    const { signal } = stop;
    const end = (isKept: boolean) => {
      stop.abort();
      letGo.current = undefined;
      delete handle.dataset['held'];
      endDrawing(isKept);
    };
    letGo.current = () => end(false);
    window.addEventListener(
      'pointermove',
      ({ clientX, clientY }) => {
        const offset = readerHandle()?.offsetAt(clientX, clientY - reach);
        if (offset !== undefined) drawEdge(recordId, passage, edge, offset);
      },
      { signal },
    );
    window.addEventListener('pointerup', () => end(true), { signal });
    window.addEventListener('pointercancel', () => end(false), { signal });
    window.addEventListener(
      'keydown',
      (pressed) => {
        if (pressed.key !== 'Escape') return;
        pressed.preventDefault();
        pressed.stopPropagation();
        end(false);
      },
      { signal, capture: true },
    );
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
