import { type KeyboardEvent, useId, useLayoutEffect, useRef } from 'react';
import { currentHeading, isBookmark, type OutlineEntry } from '#model';
import { nameOfBookmark } from '../../state/actions/bookmarks';
import { focusPane } from '../../state/actions/focus';
import { focusNote } from '../../state/actions/notes';
import { closePane } from '../../state/actions/panes';
import { jumpTo } from '../../state/actions/view';
import { inTextOrder } from '../../state/note-lists';
import { shownNotes } from '../../state/selectors';
import { useStore } from '../../state/store';
import { nextIndex } from '../kit/list-keys';
import './outline-pane.css';

/** The document's headings, the one that is being read marked, and its bookmarks. A drawer goes when one is chosen. */
export function OutlinePane({ isDrawer }: { isDrawer: boolean }) {
  const outline = useStore((state) => state.open?.outline);
  const offset = useStore((state) => state.open?.offset ?? 0);
  const entries = flatten(outline ?? []);
  const current = currentHeading(entries, offset);
  const pane = useRef<HTMLElement>(null);
  // Gone while it has the focus, as where the window became too narrow for it, it hands the focus on.
  useLayoutEffect(() => {
    const element = pane.current;
    return () => {
      if (element?.contains(document.activeElement)) focusPane('main');
    };
  }, []);
  const go = ({ start }: OutlineEntry) => {
    if (isDrawer) closePane('outline');
    jumpTo(start, { block: 'start', focus: true });
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'Escape') {
      if (isDrawer) closePane('outline');
      focusPane('main');
    } else if (!stepInOutline(event)) return;
    event.preventDefault();
  };
  const entered = current ?? entries[0];
  return (
    <nav
      ref={pane}
      className="outline-pane"
      aria-label="Outline"
      data-pane="outline"
      data-view={isDrawer ? 'drawer' : 'beside'}
      onKeyDown={handleKeyDown}
    >
      <h2>Outline</h2>
      {entries.length === 0 ? (
        <p className="outline-empty">This document has no headings.</p>
      ) : (
        <ul>
          {entries.map((entry) => (
            <li key={entry.start} style={{ paddingInlineStart: `${entry.depth * 14}px` }}>
              <button
                type="button"
                dir="auto"
                aria-current={entry === current ? 'location' : undefined}
                {...entryProps(entry === entered)}
                onClick={() => go(entry)}
              >
                {entry.title}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Bookmarks isEntered={entered === undefined} onGo={() => isDrawer && closePane('outline')} />
    </nav>
  );
}

/** One of all entries is reached by Tab; the keys of a list go to the others. */
const entryProps = (isEntered: boolean) => ({ tabIndex: isEntered ? 0 : -1, 'data-pane-entry': isEntered || undefined });

/** Entries that Page Up and Page Down pass over. */
const PAGE = 10;

/** Goes from entry to entry; false for a key that leads nowhere. */
function stepInOutline({ key, currentTarget }: KeyboardEvent): boolean {
  const entries = [...currentTarget.querySelectorAll<HTMLElement>('button')];
  const active = document.activeElement instanceof HTMLElement ? entries.indexOf(document.activeElement) : -1;
  const next = nextIndex(key, { active, count: entries.length, page: PAGE });
  if (next === undefined) return false;
  entries[next]?.focus();
  return true;
}

/** The bookmarks in the order of the text; their cards have what can be done with them. */
function Bookmarks({ isEntered, onGo }: { isEntered: boolean; onGo(): void }) {
  const notes = useStore(shownNotes);
  const placements = useStore((state) => state.placements);
  const bookmarks = inTextOrder(notes.filter(isBookmark), placements);
  const headingId = useId();
  if (bookmarks.length === 0) return null;
  return (
    <>
      <h2 id={headingId} className="outline-bookmarks">
        Bookmarks
      </h2>
      <ul aria-labelledby={headingId}>
        {bookmarks.map((note, index) => (
          <li key={note.id}>
            <button
              type="button"
              dir="auto"
              {...entryProps(isEntered && index === 0)}
              onClick={() => {
                onGo();
                const placement = placements.get(note.id);
                if (placement && placement.state !== 'unplaced' && !placement.area)
                  jumpTo(placement.start, { block: 'start', focus: true });
                focusNote(note.id, { reveal: placement?.state !== 'unplaced' && placement?.area !== undefined });
              }}
            >
              {nameOfBookmark(note)}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

const flatten = (entries: readonly OutlineEntry[]): OutlineEntry[] => entries.flatMap((entry) => [entry, ...flatten(entry.children)]);
