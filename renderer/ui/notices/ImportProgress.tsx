import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { cancelImport } from '../../state/actions/library';
import { announce } from '../../state/actions/notices';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { countOf, formatNumber } from '../kit/format';

/** ms of copying that are not worth a message. */
const NOT_SHOWN = 500;

/** How far the copying of files into the library is, once it takes a while, and the way to end it. */
export function ImportProgress({ onGone }: { onGone(): void }) {
  const isImporting = useStore((state) => state.importing !== undefined);
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isImporting) return;
    const timer = setTimeout(() => setLong(true), NOT_SHOWN);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isImporting]);
  return isImporting && isLong ? <Progress onGone={onGone} /> : null;
}

function Progress({ onGone }: { onGone(): void }) {
  const { done, total, isCancelled = false } = useStore((state) => state.importing) ?? { done: 0, total: 0 };
  const card = useRef<HTMLDivElement>(null);
  // Said once: every number would be too much to listen to.
  const announced = useRef(`Copying ${countOf(total, 'file')} into the library. Cancel is among the messages.`);
  useEffect(() => announce(announced.current), []);
  useLayoutEffect(() => {
    const element = card.current;
    return () => {
      if (element?.contains(document.activeElement)) onGone();
    };
  }, [onGone]);
  const told = isCancelled ? 'Cancelling…' : `Copying ${formatNumber(Math.min(done + 1, total))} of ${formatNumber(total)}…`;
  return (
    <div ref={card} className="notice">
      <p>{told}</p>
      <progress aria-label="Copying files into the library" value={done} max={total} />
      <Button kind="quiet" onClick={cancelImport}>
        Cancel
      </Button>
    </div>
  );
}
