import { useStore } from '../../state/store';
import { ChangeReview } from '../review/ChangeReview';
import { EarlierTexts } from '../review/EarlierTexts';
import { Palette } from '../search/Palette';
import { SettingsDialog } from '../settings/SettingsDialog';
import { AuthorDialog } from './AuthorDialog';
import { CollectionsDialog, NewCollectionDialog } from './CollectionsDialog';
import { ColourNamesDialog } from './ColourNamesDialog';
import { DetailsDialog } from './DetailsDialog';
import { EditionsDialog } from './EditionsDialog';
import { EmptyTrashDialog } from './EmptyTrashDialog';
import { ExportDialog } from './ExportDialog';
import { FoldersDialog } from './FoldersDialog';
import { ForgetDialog } from './ForgetDialog';
import { ImportDialog } from './ImportDialog';
import { LinkDialog } from './LinkDialog';
import { MissingLinkDialog } from './MissingLinkDialog';
import { PictureDialog } from './PictureDialog';
import { PrintDialog } from './PrintDialog';
import { RestoreDialog } from './RestoreDialog';
import { SameDialog } from './SameDialog';
import { ShortcutsDialog } from './ShortcutsDialog';
import { TagAliasesDialog } from './TagAliasesDialog';
import { TagManyDialog } from './TagManyDialog';
import { TagMoveDialog } from './TagMoveDialog';
import { UnusedTagsDialog } from './UnusedTagsDialog';

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
      return <ChangeReview noteId={dialog.noteId} />;
    case 'shortcuts':
      return <ShortcutsDialog />;
    case 'settings':
      return <SettingsDialog command={dialog.command} />;
    case 'author':
      return <AuthorDialog />;
    case 'collections':
      return <CollectionsDialog documentIds={dialog.documentIds} />;
    case 'new-collection':
      return <NewCollectionDialog />;
    case 'colour-names':
      return <ColourNamesDialog />;
    case 'picture':
      return <PictureDialog src={dialog.src} alt={dialog.alt} />;
    case 'print':
      return <PrintDialog />;
    case 'folders':
      return <FoldersDialog />;
    case 'details':
      return <DetailsDialog documentId={dialog.documentId} />;
    case 'same':
      return <SameDialog documentId={dialog.documentId} />;
    case 'editions':
      return <EditionsDialog documentId={dialog.documentId} />;
    case 'texts':
      return <EarlierTexts documentId={dialog.documentId} textHash={dialog.textHash} at={dialog.at} />;
    case 'tag-move':
      return <TagMoveDialog key={`${dialog.task} ${dialog.tag}`} task={dialog.task} tag={dialog.tag} initialTo={dialog.to} />;
    case 'tag-aliases':
      return <TagAliasesDialog tag={dialog.tag} />;
    case 'tag-many':
      return <TagManyDialog target={dialog.target} />;
    case 'unused-tags':
      return <UnusedTagsDialog />;
    case 'empty-trash':
      return <EmptyTrashDialog />;
    case 'forget':
      return <ForgetDialog documentId={dialog.documentId} />;
    case 'link':
      return <LinkDialog url={dialog.url} />;
    case 'missing-link':
      return <MissingLinkDialog title={dialog.title} />;
  }
}
