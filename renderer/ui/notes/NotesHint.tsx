import { useStore } from '../../state/store';
import { keyText } from '../kit/Keys';

/** How to make the first note. */
export function NotesHint() {
  const isWithoutText = useStore(({ open }) => open?.phase === 'failed');
  const pageNote = keyText('page-note.add');
  const [first, last, note] = [keyText('highlight.yellow'), keyText('highlight.violet'), keyText('note.add')];
  const isUsual = first !== undefined && last !== undefined && note !== undefined;
  return (
    <p className="notes-hint">
      {isWithoutText ? (
        <>
          There is no text to highlight. You can still write a note on the whole document
          {pageNote && (
            <>
              {' '}
              with <kbd>{pageNote}</kbd>
            </>
          )}
          .
        </>
      ) : isUsual ? (
        <>
          Select a passage, then press <kbd>{first}</kbd> to <kbd>{last}</kbd> to highlight it, or <kbd>{note}</kbd> to write a note.
        </>
      ) : (
        'Select a passage to highlight it or to write a note.'
      )}
    </p>
  );
}
