import {
  BookOpen,
  CircleCheck,
  Highlighter,
  History,
  Inbox,
  Library,
  ListOrdered,
  type LucideIcon,
  MapPinOff,
  Star,
  Trash2,
} from 'lucide-react';
import { useId } from 'react';
import { showAllDocuments, showFavourites, showReadingList, showStatus, showView } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { countOf, formatNumber } from '../kit/format';
import { libraryPlace } from './library-place';

/** The library's fixed places, each with what it holds. */
export function PlaceRows() {
  const counts = useStore((state) => state.counts);
  const current = useStore(libraryPlace);
  return (
    <ul>
      <PlaceRow label="All documents" icon={Library} count={counts.documents} isCurrent={current === 'all'} onSelect={showAllDocuments} />
      <PlaceRow label="Unread" icon={Inbox} count={counts.unread} isCurrent={current === 'unread'} onSelect={() => showStatus('unread')} />
      <PlaceRow
        label="Reading"
        icon={BookOpen}
        count={counts.reading}
        isCurrent={current === 'reading'}
        onSelect={() => showStatus('reading')}
      />
      <PlaceRow
        label="Finished"
        icon={CircleCheck}
        count={counts.finished}
        isCurrent={current === 'finished'}
        onSelect={() => showStatus('finished')}
      />
      {(counts.favourites > 0 || current === 'favourites') && (
        <PlaceRow label="Favourites" icon={Star} count={counts.favourites} isCurrent={current === 'favourites'} onSelect={showFavourites} />
      )}
      {(counts.later > 0 || current === 'later') && (
        <PlaceRow label="Reading list" icon={ListOrdered} count={counts.later} isCurrent={current === 'later'} onSelect={showReadingList} />
      )}
      <PlaceRow
        label="All notes"
        icon={Highlighter}
        count={counts.notes}
        noun="note"
        isCurrent={current === 'notes'}
        onSelect={() => showView({ type: 'notes' })}
      />
      {(counts.unplacedNotes > 0 || current === 'unplaced') && (
        <PlaceRow
          label="Without a place"
          icon={MapPinOff}
          count={counts.unplacedNotes}
          noun="note"
          isCurrent={current === 'unplaced'}
          onSelect={() => showView({ type: 'unplaced' })}
        />
      )}
      <PlaceRow label="What changed" icon={History} isCurrent={current === 'activity'} onSelect={() => showView({ type: 'activity' })} />
      <PlaceRow
        label="Trash"
        icon={Trash2}
        count={counts.deletedNotes}
        noun="note"
        isCurrent={current === 'trash'}
        onSelect={() => showView({ type: 'trash' })}
      />
    </ul>
  );
}

interface PlaceRowProps {
  label: string;
  icon: LucideIcon;
  /** How much it holds, where that tells something. */
  count?: number;
  noun?: string;
  isCurrent: boolean;
  onSelect(): void;
}

/** One place. Its name is its label alone; what it holds describes it. */
function PlaceRow({ label, icon: Icon, count, noun = 'document', isCurrent, onSelect }: PlaceRowProps) {
  const countId = useId();
  return (
    <li>
      <button
        type="button"
        className="library-row"
        aria-label={label}
        aria-describedby={count === undefined ? undefined : countId}
        aria-current={isCurrent ? 'true' : undefined}
        onClick={onSelect}
      >
        <Icon aria-hidden="true" />
        {label}
        {count !== undefined && (
          <span className="library-count">
            <span aria-hidden="true">{formatNumber(count)}</span>
            <span id={countId} hidden>
              {countOf(count, noun)}
            </span>
          </span>
        )}
      </button>
    </li>
  );
}
