import type { Note } from '#model';
import { setNoteTags, stopTagging } from '../../state/actions/notes';
import { TagField } from '../kit/TagField';

interface NoteTagFieldProps {
  documentId: string;
  note: Note;
  giveBackFocus(): void;
}

/** The tags of a note, to be changed where it is shown; nothing else gets the keyboard where the reader left for it. */
export const NoteTagField = ({ documentId, note, giveBackFocus }: NoteTagFieldProps) => (
  <TagField
    label="Add tag to note"
    look="field"
    placeholder="Add tag"
    autoFocus
    tags={note.tags}
    onChange={(tags) => setNoteTags(documentId, note.id, tags)}
    onClose={(how) => {
      stopTagging();
      if (how !== 'left') giveBackFocus();
    }}
  />
);
