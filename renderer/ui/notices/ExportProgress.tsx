import { cancelExport } from '../../state/actions/exporting';
import { reportError } from '../../state/actions/notices';
import { useStore } from '../../state/store';
import { useIsLong } from '../kit/use-is-long';
import { describeExport } from './describe-export';
import { ProgressNotice } from './ProgressNotice';

/** How far an export is that takes a while, and the way to end it, once the dialog that shows the same is closed. */
export function ExportProgress({ onGone }: { onGone(): void }) {
  const exporting = useStore((state) => state.exporting);
  const isInDialog = useStore((state) => state.dialog?.type === 'export');
  const isLong = useIsLong(exporting !== undefined);
  if (!exporting || !isLong || isInDialog) return null;
  const { told, what } = describeExport(exporting);
  return (
    <ProgressNotice
      label="Exporting"
      told={told}
      value={exporting.notes}
      max={exporting.prepared?.noteCount ?? 1}
      announced={`Exporting ${what} goes on. Cancel is among the messages.`}
      onCancel={() => void cancelExport().catch(reportError)}
      onGone={onGone}
    />
  );
}
