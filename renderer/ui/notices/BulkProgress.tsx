import { stopBulkEdit } from '../../state/actions/bulk';
import { useStore } from '../../state/store';
import { formatNumber } from '../kit/format';
import { useIsLong } from '../kit/use-is-long';
import { ProgressNotice } from './ProgressNotice';

/** How far a change of many documents is, once it takes a while, and the way to end it. */
export function BulkProgress({ onGone }: { onGone(): void }) {
  const changing = useStore((state) => state.changingMany);
  const isLong = useIsLong(changing !== undefined);
  if (!changing || !isLong) return null;
  const { done, total } = changing;
  return (
    <ProgressNotice
      label="Changing documents"
      told={total === 0 ? 'Changing documents…' : `Changed ${formatNumber(done)} of ${formatNumber(total)} documents…`}
      value={done}
      max={Math.max(1, total)}
      announced="Documents are being changed. Cancel is among the messages; nothing of it stays then."
      onCancel={stopBulkEdit}
      onGone={onGone}
    />
  );
}
