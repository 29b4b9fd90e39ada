import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { WholeNote } from '#model';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { formatNumber } from '../kit/format';
import { NoteCard } from './NoteCard';

/** More than this are folded away at first. */
const OPEN_UP_TO = 5;
/** So many are listed, and again so many each time the reader asks for more. */
const LISTED = 50;

const EXPLANATION = 'The document has changed, and these passages were not found again. Nothing of them is lost.';

interface UnplacedNotesProps {
  documentId: string;
  notes: readonly WholeNote[];
  onStep(noteId: string, direction: 1 | -1): void;
}

/** The notes whose passages the text no longer has. */
export function UnplacedNotes({ documentId, notes, onStep }: UnplacedNotesProps) {
  const focusedId = useStore((state) => state.focusedNoteId);
  const editingId = useStore((state) => state.editingNoteId);
  const taggingId = useStore((state) => state.taggingId);
  const [open, setOpen] = useState(notes.length <= OPEN_UP_TO);
  const [limit, setLimit] = useState(LISTED);
  const headingId = useId();
  const listed = open ? notes.slice(0, limit) : [];
  const focused = notes.find(({ id }) => id === focusedId);
  // The note in focus is always to be seen.
  const shown = focused && !listed.includes(focused) ? [...listed, focused] : listed;
  return (
    <section className="unplaced" aria-labelledby={headingId}>
      <h3>
        <button type="button" className="unplaced-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronRight />
          <span id={headingId}>Without a place</span>
          <span className="unplaced-count">{formatNumber(notes.length)}</span>
        </button>
      </h3>
      {open && <p className="unplaced-why">{EXPLANATION}</p>}
      {shown.length > 0 && (
        <ul aria-labelledby={headingId}>
          {shown.map((note) => (
            <NoteCard
              key={note.id}
              documentId={documentId}
              note={note}
              placement="unplaced"
              focused={note.id === focusedId}
              editing={note.id === editingId}
              tagging={note.id === taggingId}
              isEntry={note.id === focusedId}
              onStep={onStep}
            />
          ))}
        </ul>
      )}
      {open && notes.length > limit && (
        <Button onClick={() => setLimit(limit + LISTED)}>Show {Math.min(LISTED, notes.length - limit)} more</Button>
      )}
    </section>
  );
}
