import { useEffect, useLayoutEffect, useRef } from 'react';
import { announce } from '../../state/actions/notices';
import { Button } from '../kit/Button';

interface ProgressNoticeProps {
  /** What goes on, as the name of its bar. */
  label: string;
  /** How far it is. */
  told: string;
  value: number;
  max: number;
  /** Said once when it is shown: every number would be too much to listen to. */
  announced: string;
  onCancel(): void;
  /** The message went, with the focus in it. */
  onGone(): void;
}

/** A message on work that takes a while, and the way to end it. */
export function ProgressNotice({ label, told, value, max, announced, onCancel, onGone }: ProgressNoticeProps) {
  const card = useRef<HTMLDivElement>(null);
  const saidOnce = useRef(announced);
  useEffect(() => announce(saidOnce.current), []);
  useLayoutEffect(() => {
    const element = card.current;
    return () => {
      if (element?.contains(document.activeElement)) onGone();
    };
  }, [onGone]);
  return (
    <div ref={card} className="notice">
      <p>{told}</p>
      <progress aria-label={label} value={value} max={max} />
      <Button kind="quiet" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
