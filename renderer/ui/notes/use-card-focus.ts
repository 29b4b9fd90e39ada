import { type FocusEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { isFocusLost, isWriting } from '../../state/actions/focus';
import { focusNote } from '../../state/actions/notes';
import { useStore } from '../../state/store';
import { cardOf } from './note-names';

/** Puts the keyboard on a card, if it is in the page. */
function focusCard(pane: HTMLElement | null, noteId: string): boolean {
  const card = pane && cardOf(pane, noteId);
  card?.focus({ preventScroll: true });
  return card != null;
}

/**
 * Keeps the keyboard on the cards: with it on a card, it follows the note in focus; when its card goes (deleted, undone), the
 * neighbour gets it. It is never taken from elsewhere. `ids` are the notes in the order of the cards.
 */
export function useCardFocus(pane: RefObject<HTMLElement | null>, ids: readonly string[]) {
  const focusedNoteId = useStore((state) => state.focusedNoteId);
  const wantedCard = useStore((state) => state.wantedCard);
  const held = useRef<string>(undefined);
  const wanted = useRef<string>(undefined);
  const order = useRef(ids);

  useLayoutEffect(() => {
    if (focusedNoteId === undefined) return;
    const { activeElement } = document;
    const card = activeElement?.closest('[data-note-id]');
    const isOnAnother = card instanceof HTMLElement && pane.current?.contains(card) === true && card.dataset['noteId'] !== focusedNoteId;
    if (wanted.current === focusedNoteId || (isOnAnother && !isWriting(activeElement))) {
      if (focusCard(pane.current, focusedNoteId)) wanted.current = undefined;
    }
  }, [pane, focusedNoteId]);

  const shownWanted = useRef(wantedCard);
  useLayoutEffect(() => {
    if (!wantedCard || shownWanted.current === wantedCard) return;
    shownWanted.current = wantedCard;
    wanted.current = wantedCard.noteId;
    if (focusCard(pane.current, wantedCard.noteId)) wanted.current = undefined;
  }, [pane, wantedCard]);

  useEffect(() => {
    const before = order.current;
    order.current = ids;
    const gone = held.current;
    if (gone === undefined || ids.includes(gone)) return;
    held.current = undefined;
    if (!isFocusLost()) return;
    const neighbour = ids[Math.min(Math.max(before.indexOf(gone), 0), ids.length - 1)];
    if (neighbour === undefined) {
      pane.current?.querySelector<HTMLElement>('button')?.focus();
      return;
    }
    wanted.current = neighbour;
    focusNote(neighbour);
    if (focusCard(pane.current, neighbour)) wanted.current = undefined;
  }, [pane, ids]);

  const handleFocus = useCallback(({ target }: FocusEvent) => {
    const card = target.closest('[data-note-id]');
    if (card instanceof HTMLElement) held.current = card.dataset['noteId'];
  }, []);
  const handleBlur = useCallback(({ target, relatedTarget, currentTarget }: FocusEvent) => {
    // What can be done with a highlight gives the keyboard back to its card.
    if (relatedTarget instanceof Element && relatedTarget.closest(`.highlight-popover[data-note-id="${held.current}"]`)) return;
    if (relatedTarget instanceof Node ? !currentTarget.contains(relatedTarget) : target.isConnected && document.hasFocus())
      held.current = undefined;
  }, []);
  const step = useCallback((noteId: string, direction: 1 | -1) => {
    const next = order.current[order.current.indexOf(noteId) + direction];
    if (next === undefined) return;
    wanted.current = next;
    focusNote(next, { reveal: true });
  }, []);
  return { onFocus: handleFocus, onBlur: handleBlur, step };
}
