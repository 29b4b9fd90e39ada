import { countUnsavedChanges } from '../../state/listed-notes';
import { useStore } from '../../state/store';
import { countOf } from '../kit/format';

/** Says that a list of notes, which is the host's, is without changes that could not be saved. */
export function UnsavedHint() {
  // Counted anew whenever the saving of this window stands otherwise.
  const count = useStore(countUnsavedChanges);
  if (count === 0) return null;
  return (
    <p className="all-notes-unsaved" role="status">
      {countOf(count, 'change')} that {count === 1 ? 'is' : 'are'} not saved yet {count === 1 ? 'is' : 'are'} not in this list.
    </p>
  );
}
