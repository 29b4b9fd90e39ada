import { useStore } from '../../state/store';
import { ChangeReview } from '../review/ChangeReview';
import { Palette } from '../search/Palette';
import { DetailsDialog } from './DetailsDialog';
import { ExportDialog } from './ExportDialog';
import { FoldersDialog } from './FoldersDialog';
import { ImportDialog } from './ImportDialog';
import { LinkDialog } from './LinkDialog';
import { RestoreDialog } from './RestoreDialog';
import { ShortcutsDialog } from './ShortcutsDialog';

/** The dialog that is open, if one is. */
export function Dialogs() {
  const dialog = useStore((state) => state.dialog);
  switch (dialog?.type) {
    case undefined:
      return null;
    case 'palette':
      return <Palette initialQuery={dialog.query} />;
    case 'export':
      return <ExportDialog initialScope={dialog.scope} />;
    case 'restore':
      return <RestoreDialog file={dialog.file} />;
    case 'import':
      return <ImportDialog files={dialog.files} />;
    case 'review':
      return <ChangeReview />;
    case 'shortcuts':
      return <ShortcutsDialog />;
    case 'folders':
      return <FoldersDialog />;
    case 'details':
      return <DetailsDialog documentId={dialog.documentId} />;
    case 'link':
      return <LinkDialog url={dialog.url} />;
  }
}
