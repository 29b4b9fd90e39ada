import { cancelImport } from '../../state/actions/library';
import { useStore } from '../../state/store';
import { countOf, formatNumber } from '../kit/format';
import { useIsLong } from '../kit/use-is-long';
import { ProgressNotice } from './ProgressNotice';

/** How far the copying of files into the library is, once it takes a while, and the way to end it. */
export function ImportProgress({ onGone }: { onGone(): void }) {
  const importing = useStore((state) => state.importing);
  const isLong = useIsLong(importing !== undefined);
  if (!importing || !isLong) return null;
  const { done, total, isCancelled = false } = importing;
  return (
    <ProgressNotice
      label="Copying files into the library"
      told={isCancelled ? 'Cancelling…' : `Copying ${formatNumber(Math.min(done + 1, total))} of ${formatNumber(total)}…`}
      value={done}
      max={total}
      announced={`Copying ${countOf(total, 'file')} into the library. Cancel is among the messages.`}
      onCancel={cancelImport}
      onGone={onGone}
    />
  );
}
