import { type ReactNode, type RefObject, useEffect, useMemo, useRef } from 'react';
import type { WholeNote } from '#model';
import type { Spot } from '../../reader/places';
import { markOrigin } from '../../state/actions/jumps';
import { meantRecord, placementOf } from '../../state/passages';
import { readerHandle } from '../../state/reader-handle';
import { cardPlacements } from '../../state/selectors';
import { getState, useStore, wholeNoteOf } from '../../state/store';
import { countOf } from '../kit/format';
import { NoteCard } from './NoteCard';
import { NotesHead } from './NotesHead';
import { NotesHint } from './NotesHint';
import { cardOf } from './note-names';
import { UnplacedNotes } from './UnplacedNotes';
import { useCardFocus } from './use-card-focus';
import { useMarginLayout } from './use-margin-layout';

/** Up to this many cards are all in the page; of more, those near the screen. */
const ALL_MOUNTED = 100;

interface MarginNotesProps {
  documentId: string;
  /** In the order of the text. */
  notes: readonly WholeNote[];
  /** Stands under the cards. */
  after: ReactNode;
}

/** Cards at the height of their passages, moving with the text. */
export function MarginNotes({ documentId, notes, after }: MarginNotesProps) {
  const placements = useStore(cardPlacements);
  const layoutVersion = useStore((state) => state.layoutVersion);
  const focusedId = useStore((state) => state.focusedNoteId);
  const editingId = useStore((state) => state.editingNoteId);
  const taggingId = useStore((state) => state.taggingId);
  const margin = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);

  const { placed, unplaced, ids, places } = useMemo(() => {
    const found = new Map(notes.map((note) => [note.id, placementOf(note, placements)]));
    const here = notes.filter(({ id, anchor }) => !anchor || (found.get(id)?.state ?? 'unplaced') !== 'unplaced');
    const lost = notes.filter(({ id }) => found.get(id)?.state === 'unplaced');
    return { placed: here, unplaced: lost, ids: [...here, ...lost].map(({ id }) => id), places: found };
  }, [notes, placements]);
  const { step, ...focusHandlers } = useCardFocus(margin, ids);

  const startOf = (id: string): Spot | undefined => {
    const placement = places.get(id);
    return placement && placement.state !== 'unplaced' && !isBesideNothing(placement) ? placement : undefined;
  };

  const near = useMemo(() => ({ version: layoutVersion, ...readerHandle()?.nearbyOffsets() }), [layoutVersion]);
  const isNear = ({ id }: WholeNote): boolean => {
    const start = startOf(id)?.start;
    if (start === undefined || id === focusedId || id === editingId) return true;
    return near.start !== undefined && near.end !== undefined && start >= near.start && start <= near.end;
  };
  const mounted = placed.length <= ALL_MOUNTED ? placed : placed.filter(isNear);

  const top = readerHandle()?.topOffset() ?? 0;
  const entry = mounted.find(({ id }) => id === focusedId) ?? mounted.find(({ id }) => (startOf(id)?.start ?? -1) >= top) ?? mounted[0];
  const isUnplacedFocused = unplaced.some(({ id }) => id === focusedId);

  useMarginLayout({ margin, head, list, startOf, focusedId });
  useShowWithoutPassage(margin, focusedId);

  return (
    <div ref={margin} className="margin" {...focusHandlers}>
      <div ref={head} className="margin-head">
        <NotesHead view="margin">{notes.length > 0 && countOf(notes.length, 'note')}</NotesHead>
        {notes.length === 0 && <NotesHint />}
        {unplaced.length > 0 && <UnplacedNotes documentId={documentId} notes={unplaced} onStep={step} />}
      </div>
      <ul ref={list} aria-label="Notes" className="margin-cards">
        {mounted.map((note) => (
          <NoteCard
            key={note.id}
            documentId={documentId}
            note={note}
            placement={places.get(note.id)?.state}
            focused={note.id === focusedId}
            editing={note.id === editingId}
            tagging={note.id === taggingId}
            isEntry={note === entry && !isUnplacedFocused}
            position={mounted === placed ? undefined : placed.indexOf(note) + 1}
            count={mounted === placed ? undefined : placed.length}
            onStep={step}
          />
        ))}
      </ul>
      {after}
    </div>
  );
}

/** An area of a page in a document without text that is shown as text: there is nothing to stand beside. */
function isBesideNothing({ area }: Spot): boolean {
  const handle = readerHandle();
  return area !== undefined && !handle?.pages && handle?.text() === '';
}

/** Brings the card in focus into view when there is no passage that would bring it along: a jump, where the text scrolls with it. */
function useShowWithoutPassage(margin: RefObject<HTMLElement | null>, focusedId: string | undefined): void {
  useEffect(() => {
    if (focusedId === undefined || !margin.current) return;
    const { open } = getState();
    const note = open && wholeNoteOf(open.documentId, focusedId);
    if (note && meantRecord(note, getState())) return;
    markOrigin();
    cardOf(margin.current, focusedId)?.scrollIntoView({ block: 'nearest' });
    readerHandle()?.arrive();
  }, [margin, focusedId]);
}
