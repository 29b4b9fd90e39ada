import { Maximize, X, ZoomIn, ZoomOut } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState, type WheelEvent } from 'react';
import { announce } from '../../state/actions/notices';
import { closeDialog } from '../../state/actions/view';
import { IconButton } from '../kit/Button';
import { DialogShade } from '../kit/Dialog';
import { useReturnFocus } from '../kit/use-return-focus';
import { type PictureRoom, type PictureView, panned, WHOLE, zoomedAround } from './picture-view';
import './picture-dialog.css';

/** How much nearer a step of a key or a button goes, and CSS pixels that an arrow key moves. */
const STEP = 1.4;
const PAN = 80;

interface PictureDialogProps {
  src: string;
  /** What the document calls it; empty where it says nothing. */
  alt: string;
}

/** A picture of the document as large as the window, nearer by wheel, keys and buttons, moved by drawing and by the arrow keys. */
export function PictureDialog({ src, alt }: PictureDialogProps) {
  const [view, setView] = useState<PictureView>(WHOLE);
  const stage = useRef<HTMLDivElement>(null);
  const drag = useRef<{ x: number; y: number }>(undefined);
  const returnFocus = useReturnFocus();
  const percent = Math.round(view.scale * 100);
  const zoom = (factor: number, at = { x: 0, y: 0 }) => setView((now) => zoomedAround(now, factor, at));
  const told = useRef(percent);
  useEffect(() => {
    if (percent !== told.current) announce(`${percent} percent`);
    told.current = percent;
  }, [percent]);
  const pan = (x: number, y: number) => setView((now) => panned(now, x, y, roomOf(stage.current)));

  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [x, y] = ARROWS[event.key] ?? [0, 0];
    if (x !== 0 || y !== 0) pan(x * PAN, y * PAN);
    else if (event.key === '+' || event.key === '=') zoom(STEP);
    else if (event.key === '-') zoom(1 / STEP);
    else if (event.key === '0') setView(WHOLE);
    else return;
    event.preventDefault();
  };
  /** Of the pointer, from the middle of the stage, in CSS pixels. */
  const placeOf = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
    const { left, top, width, height } = stage.current?.getBoundingClientRect() ?? new DOMRect();
    return { x: clientX - left - width / 2, y: clientY - top - height / 2 };
  };
  const handleWheel = (event: WheelEvent) => zoom(Math.exp(-event.deltaY / 400), placeOf(event));
  const handlePointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    drag.current = { x: event.clientX, y: event.clientY };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const handlePointerMove = ({ clientX, clientY }: PointerEvent) => {
    const from = drag.current;
    if (!from) return;
    drag.current = { x: clientX, y: clientY };
    pan(clientX - from.x, clientY - from.y);
  };
  const handlePointerUp = () => {
    drag.current = undefined;
  };

  return (
    <RadixDialog.Root open onOpenChange={(open) => !open && closeDialog()}>
      <RadixDialog.Portal>
        <DialogShade />
        <RadixDialog.Content className="picture" aria-describedby={undefined} onCloseAutoFocus={returnFocus} onKeyDown={handleKeyDown}>
          <RadixDialog.Title className="visually-hidden">{alt === '' ? 'Picture' : `Picture: ${alt}`}</RadixDialog.Title>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: for the pointer; keys and buttons do the same. */}
          <div
            ref={stage}
            className="picture-stage"
            data-near={view.scale > 1 || undefined}
            onWheel={handleWheel}
            onDoubleClick={(event) => (view.scale === 1 ? zoom(2.5, placeOf(event)) : setView(WHOLE))}
            onPointerDown={handlePointerDown}
            onPointerMove={handlePointerMove}
            onPointerUp={handlePointerUp}
            onPointerCancel={handlePointerUp}
          >
            <img src={src} alt={alt} draggable={false} style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` }} />
          </div>
          <div className="picture-foot">
            <p dir="auto">{alt}</p>
            <IconButton label="Farther" keys="−" onClick={() => zoom(1 / STEP)}>
              <ZoomOut />
            </IconButton>
            <span className="picture-percent">{percent} %</span>
            <IconButton label="Nearer" keys="+" onClick={() => zoom(STEP)}>
              <ZoomIn />
            </IconButton>
            <IconButton label="Whole picture" keys="0" onClick={() => setView(WHOLE)}>
              <Maximize />
            </IconButton>
            <IconButton label="Close" keys="Esc" onClick={closeDialog}>
              <X />
            </IconButton>
          </div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/** Which way the picture goes by an arrow key: what is looked at goes the other way. */
const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

function roomOf(stage: HTMLElement | null): PictureRoom {
  const image = stage?.querySelector('img');
  const picture = { width: image?.offsetWidth ?? 0, height: image?.offsetHeight ?? 0 };
  return { width: stage?.clientWidth ?? 0, height: stage?.clientHeight ?? 0, picture };
}
