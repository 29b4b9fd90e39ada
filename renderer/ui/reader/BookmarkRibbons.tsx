import { Bookmark, SquareDashed } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { isBookmark, type Note, quotedIn } from '#model';
import { nameOfBookmark } from '../../state/actions/bookmarks';
import { focusNote } from '../../state/actions/notes';
import { showsPages } from '../../state/pages';
import { signsBeside } from '../../state/passages';
import { readerHandle } from '../../state/reader-handle';
import { shownNotes } from '../../state/selectors';
import { useStore } from '../../state/store';
import { edgeOf } from '../notes/note-names';
import './bookmark-ribbons.css';

/** CSS pixels between the tops of two ribbons that would lie on one another. */
const BESIDE = 14;

/** A ribbon beside each passage that has a bookmark; where pages are shown as text, a sign where those begin that have notes on them. For the pointer alone: the cards and the outline have the same. */
export function BookmarkRibbons() {
  const notes = useStore(shownNotes);
  const placements = useStore((state) => state.placements);
  const layoutVersion = useStore((state) => state.layoutVersion);
  const isPaged = useStore((state) => showsPages(state.open));
  const list = useRef<HTMLDivElement>(null);
  const shown = signsBeside(notes, placements, isPaged);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where passages stand changes with the layout.
  useLayoutEffect(() => {
    const text = list.current?.parentElement?.querySelector('.reading-text');
    // Where lines begin.
    if (list.current && text) list.current.dir = getComputedStyle(text).direction;
    const tops = readerHandle()?.topsOf(shown.map(({ placement }) => placement)) ?? [];
    for (const [index, ribbon] of [...(list.current?.children ?? [])].entries()) {
      const top = tops[index] ?? Number.NaN;
      if (!(ribbon instanceof HTMLElement)) continue;
      ribbon.hidden = Number.isNaN(top);
      ribbon.style.top = `${Number.isNaN(top) ? 0 : top}px`;
      // Those of one line stand beside one another.
      const before = tops.slice(0, index).filter((each) => Math.abs(each - top) < BESIDE).length;
      ribbon.style.setProperty('--before', String(before));
    }
  }, [notes, placements, layoutVersion, isPaged]);
  if (shown.length === 0) return null;
  return (
    <div ref={list} className="bookmark-ribbons" aria-hidden="true">
      {shown.map(({ note, record }) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: for the pointer alone.
        // biome-ignore lint/a11y/noStaticElementInteractions: likewise.
        <span
          key={record.id}
          className="bookmark-ribbon"
          data-colour={edgeOf(note)}
          title={nameOf(record)}
          onClick={() => focusNote(record.id, { reveal: true, ofRecord: true })}
        >
          {isBookmark(note) ? <Bookmark /> : <SquareDashed />}
        </span>
      ))}
    </div>
  );
}

const nameOf = (note: Note): string => (isBookmark(note) || !note.anchor ? nameOfBookmark(note) : quotedIn(note.anchor));
