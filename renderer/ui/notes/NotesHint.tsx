import { keyText } from '../kit/Keys';

/** How to make the first note. */
export function NotesHint() {
  const [first, last, note] = [keyText('highlight.yellow'), keyText('highlight.violet'), keyText('note.add')];
  const isUsual = first !== undefined && last !== undefined && note !== undefined;
  return (
    <p className="notes-hint">
      {isUsual ? (
        <>
          Select a passage, then press <kbd>{first}</kbd> to <kbd>{last}</kbd> to highlight it, or <kbd>{note}</kbd> to write a note.
        </>
      ) : (
        'Select a passage to highlight it or to write a note.'
      )}
    </p>
  );
}
