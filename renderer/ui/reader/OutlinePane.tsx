import type { KeyboardEvent } from 'react';
import { currentHeading, type OutlineEntry } from '#model';
import { focusPane } from '../../state/actions/focus';
import { closePane } from '../../state/actions/panes';
import { jumpTo } from '../../state/actions/view';
import { useStore } from '../../state/store';
import './outline-pane.css';

/** The document's headings; the one that is being read is marked. A drawer goes when a heading is chosen. */
export function OutlinePane({ isDrawer }: { isDrawer: boolean }) {
  const outline = useStore((state) => state.open?.outline);
  const offset = useStore((state) => state.open?.offset ?? 0);
  const entries = flatten(outline ?? []);
  const current = currentHeading(entries, offset);
  const go = ({ start }: OutlineEntry) => {
    if (isDrawer) closePane('outline');
    jumpTo(start, { block: 'start', focus: true });
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isDrawer) return;
    event.preventDefault();
    closePane('outline');
    focusPane('main');
  };
  return (
    <nav className="outline-pane" aria-label="Outline" data-view={isDrawer ? 'drawer' : 'beside'} onKeyDown={handleKeyDown}>
      <h2>Outline</h2>
      {entries.length === 0 ? (
        <p className="outline-empty">This document has no headings.</p>
      ) : (
        <ul>
          {entries.map((entry) => (
            <li key={entry.start} style={{ paddingInlineStart: `${entry.depth * 14}px` }}>
              <button type="button" dir="auto" aria-current={entry === current ? 'location' : undefined} onClick={() => go(entry)}>
                {entry.title}
              </button>
            </li>
          ))}
        </ul>
      )}
    </nav>
  );
}

const flatten = (entries: readonly OutlineEntry[]): OutlineEntry[] => entries.flatMap((entry) => [entry, ...flatten(entry.children)]);
