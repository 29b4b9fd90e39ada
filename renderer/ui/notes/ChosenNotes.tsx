import { BookOpenText, Combine, Pencil, Share, Split, Tag, Trash2, X } from 'lucide-react';
import type { FoundNote } from '#api';
import { quoteOf } from '#model';
import { exportNotes, notesMeantBy } from '../../state/actions/choosing';
import { reportError } from '../../state/actions/notices';
import { splitListed } from '../../state/actions/passages';
import { showDialog } from '../../state/actions/view';
import { Button } from '../kit/Button';
import '../kit/chosen-bar.css';
import { ContextMenu, type MenuPlace } from '../kit/ContextMenu';
import { countOf, formatNumber } from '../kit/format';
import { KeyCombination } from '../kit/Keys';
import { MenuItem, MenuSeparator } from '../kit/Menu';
import { openAndRead } from '../kit/open-and-read';

/** The document of each note, by its id. */
type Notes = ReadonlyMap<string, string>;

const tag = (notes: Notes): void => showDialog({ type: 'tag-many', target: { type: 'notes', notes } });

/** What can be done with the notes that are selected in a list. */
export function ChosenNotes({ chosen, onJoin, onDelete, onClear }: { chosen: Notes; onJoin(): void; onDelete(): void; onClear(): void }) {
  if (chosen.size === 0) return null;
  return (
    <div role="toolbar" aria-label="Selected notes" className="chosen-bar found-bar">
      <span className="chosen-count">{formatNumber(chosen.size)} selected</span>
      <Button kind="quiet" onClick={() => tag(chosen)}>
        <Tag />
        Tag…
      </Button>
      <Button kind="quiet" onClick={() => exportNotes(chosen)}>
        <Share />
        Export…
      </Button>
      {chosen.size > 1 && (
        <Button kind="quiet" title="Make one note of them, with the passages of all" onClick={onJoin}>
          <Combine />
          Join
        </Button>
      )}
      <Button kind="quiet" onClick={onDelete}>
        <Trash2 />
        Delete
      </Button>
      <Button kind="quiet" onClick={onClear}>
        <X />
        Clear
      </Button>
    </div>
  );
}

interface FoundNoteMenuProps {
  row: FoundNote;
  chosen: Notes;
  place: MenuPlace;
  onEdit(): void;
  onJoin(notes: Notes): void;
  onDelete(notes: Notes): void;
  onClose(): void;
}

/** What can be done with a note of a list, or with all that are selected where it is one of them. */
export function FoundNoteMenu({ row, chosen, place, onEdit, onJoin, onDelete, onClose }: FoundNoteMenuProps) {
  const { documentId, note } = row;
  const notes = notesMeantBy(chosen, row);
  const isOne = notes.size === 1;
  return (
    <ContextMenu place={place} label={isOne ? (quoteOf(note) ?? 'Note on the document') : countOf(notes.size, 'note')} onClose={onClose}>
      {(afterwards) => (
        <>
          {isOne && (
            <MenuItem icon={<BookOpenText />} onSelect={afterwards(() => openAndRead(documentId, { type: 'note', noteId: note.id }))}>
              Open
            </MenuItem>
          )}
          {isOne && !note.creator && (
            <MenuItem icon={<Pencil />} end={<KeyCombination keys="E" />} onSelect={afterwards(onEdit)}>
              Edit
            </MenuItem>
          )}
          <MenuItem icon={<Tag />} onSelect={afterwards(() => tag(notes))}>
            Tag…
          </MenuItem>
          <MenuItem
            icon={<Share />}
            onSelect={afterwards(() =>
              isOne ? showDialog({ type: 'export', scope: { type: 'note', documentId, noteId: note.id } }) : exportNotes(notes),
            )}
          >
            {isOne ? 'Export note…' : 'Export…'}
          </MenuItem>
          {!isOne && (
            <MenuItem icon={<Combine />} onSelect={afterwards(() => onJoin(notes))}>
              Join into one note
            </MenuItem>
          )}
          {isOne && note.parts && (
            <MenuItem icon={<Split />} onSelect={afterwards(() => void splitListed(documentId, note.id).catch(reportError))}>
              Split into {note.parts.length + 1} notes
            </MenuItem>
          )}
          <MenuSeparator />
          <MenuItem icon={<Trash2 />} onSelect={afterwards(() => onDelete(notes))}>
            Delete
          </MenuItem>
        </>
      )}
    </ContextMenu>
  );
}
