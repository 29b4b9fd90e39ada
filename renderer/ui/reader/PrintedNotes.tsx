import { exactOf, locatorOf, type WholeNote, writeLocator } from '#model';
import { placementOf } from '../../state/passages';
import { shownNotes } from '../../state/selectors';
import { useStore } from '../../state/store';
import { NoteBody } from '../notes/NoteBody';
import { edgeOf } from '../notes/note-names';
import './printed-notes.css';

/** The notes of the document as they stand after its text on paper, in the order of their passages; on the screen they are not seen. */
export function PrintedNotes() {
  const isWanted = useStore((state) => state.printing?.withNotes === true);
  const notes = useStore(shownNotes);
  const title = useStore(({ documents, open }) => documents.get(open?.documentId ?? '')?.title ?? '');
  const placements = useStore((state) => state.placements);
  if (!isWanted || notes.length === 0) return null;
  const startOf = (note: WholeNote): number => {
    const placement = placementOf(note, placements);
    return placement && placement.state !== 'unplaced' ? placement.start : -1;
  };
  return (
    <section className="printed-notes">
      <h2>Notes</h2>
      <ol>
        {[...notes]
          .sort((a, b) => startOf(a) - startOf(b))
          .map((note) => (
            <li key={note.id}>
              {note.anchor && (
                <blockquote data-colour={edgeOf(note)} dir="auto">
                  {exactOf(note)}
                </blockquote>
              )}
              {locatorOf(note) && <p>{writeLocator(locatorOf(note), title)}</p>}
              {note.body.trim() !== '' && <NoteBody body={note.body} />}
              {note.tags.length > 0 && <p>{note.tags.map((tag) => `#${tag}`).join(' ')}</p>}
            </li>
          ))}
      </ol>
    </section>
  );
}
