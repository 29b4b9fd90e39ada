import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { wholePage } from '#api';
import type { WholeNote } from '#model';
import { focusNote, stopEditing, stopTagging } from '../../state/actions/notes';
import { type NoteFilter, passesFilter, peopleOf, tagsOf } from '../../state/note-lists';
import { placementOf } from '../../state/passages';
import { cardPlacements, movedTags } from '../../state/selectors';
import { useStore } from '../../state/store';
import { countOf, formatNumber } from '../kit/format';
import { VirtualList } from '../kit/VirtualList';
import { NoteCard } from './NoteCard';
import { ColourFilter, FilterSelect, PersonFilter } from './NoteFilters';
import { NotesHead } from './NotesHead';
import { NotesHint } from './NotesHint';
import './note-list.css';
import { cardOf } from './note-names';
import { UnplacedNotes } from './UnplacedNotes';
import { useCardFocus } from './use-card-focus';

type Order = 'place' | 'time';

interface NoteListProps {
  documentId: string;
  /** In the order of the text. */
  notes: readonly WholeNote[];
  isDrawer: boolean;
  /** Stands under the cards. */
  after: ReactNode;
}

/** The notes of the open document as a list of its own, to be filtered and sorted. */
export function NoteList({ documentId, notes, isDrawer, after }: NoteListProps) {
  const placements = useStore(cardPlacements);
  const focusedId = useStore((state) => state.focusedNoteId);
  const editingId = useStore((state) => state.editingNoteId);
  const taggingId = useStore((state) => state.taggingId);
  const [chosen, setFilter] = useState<NoteFilter>({});
  const moved = useStore(movedTags);
  const filter = useMemo((): NoteFilter => ({ ...chosen, tag: chosen.tag && moved(chosen.tag) }), [chosen, moved]);
  const [order, setOrder] = useState<Order>('place');
  const root = useRef<HTMLDivElement>(null);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);

  const { placed, unplaced, ids, places } = useMemo(() => {
    const found = new Map(notes.map((note) => [note.id, placementOf(note, placements)]));
    // The note in focus stays until the reader goes on, though it may have got another colour.
    const shown = notes.filter((note) => passesFilter(note, filter) || note.id === focusedId);
    const sorted = order === 'place' ? shown : shown.toSorted((a, b) => (a.modifiedAt < b.modifiedAt ? 1 : -1));
    const isLost = ({ id }: WholeNote) => found.get(id)?.state === 'unplaced';
    const [here, lost] = [sorted.filter((note) => !isLost(note)), sorted.filter(isLost)];
    return { placed: here, unplaced: lost, ids: [...here, ...lost].map(({ id }) => id), places: found };
  }, [notes, placements, filter, order, focusedId]);
  const page = useMemo(() => wholePage(placed), [placed]);
  const tags = useMemo(() => tagsOf(notes), [notes]);
  const people = useMemo(() => peopleOf(notes), [notes]);
  const { step, ...focusHandlers } = useCardFocus(root, ids);

  useEffect(() => {
    if (focusedId === undefined || !scroller) return;
    // The list has its cards only when it knows its height.
    const frame = requestAnimationFrame(() => cardOf(scroller, focusedId)?.scrollIntoView({ block: 'nearest' }));
    return () => cancelAnimationFrame(frame);
  }, [focusedId, scroller]);

  const narrow = (part: NoteFilter) => {
    stopEditing();
    stopTagging();
    focusNote(undefined);
    setFilter({ ...chosen, ...part });
  };
  const focusedAt = placed.findIndex(({ id }) => id === focusedId);
  const entry = ids.includes(focusedId ?? '') ? focusedId : ids[0];

  return (
    <div ref={root} className="note-list" {...focusHandlers}>
      <NotesHead view={isDrawer ? 'drawer' : 'list'}>
        {ids.length === notes.length ? countOf(notes.length, 'note') : `${formatNumber(ids.length)} of ${countOf(notes.length, 'note')}`}
      </NotesHead>
      {notes.length > 0 && (
        <div className="note-list-filters">
          <ColourFilter value={filter} onChange={narrow} />
          {tags.length > 0 && (
            <FilterSelect
              label="Tag"
              value={filter.tag ?? ''}
              options={[['', 'Any tag'], ...tags.map((tag) => [tag, `#${tag}`] as const)]}
              onChange={(tag) => narrow({ tag: tag === '' ? undefined : tag })}
            />
          )}
          <PersonFilter people={people} value={filter.person} onChange={(person) => narrow({ person })} />
          <FilterSelect
            label="Order"
            sorts
            value={order}
            options={[
              ['place', 'By place'],
              ['time', 'Newest first'],
            ]}
            onChange={(next: Order) => setOrder(next)}
          />
        </div>
      )}
      <div ref={setScroller} className="note-list-scroller">
        {notes.length === 0 && <NotesHint />}
        {notes.length > 0 && ids.length === 0 && <p className="notes-hint">No note is like that here.</p>}
        <VirtualList label="Notes" items={page} keyOf={idOf} estimate={120} gap={12} scroller={scroller} keep={focusedAt}>
          {(note, place) => (
            <NoteCard
              key={note.id}
              documentId={documentId}
              note={note}
              placement={places.get(note.id)?.state}
              focused={note.id === focusedId}
              editing={note.id === editingId}
              tagging={note.id === taggingId}
              isEntry={note.id === entry}
              position={place.index + 1}
              count={placed.length}
              onStep={step}
              {...place}
            />
          )}
        </VirtualList>
        {unplaced.length > 0 && <UnplacedNotes documentId={documentId} notes={unplaced} onStep={step} />}
        {after}
      </div>
    </div>
  );
}

const idOf = ({ id }: WholeNote): string => id;
