import { currentHeading, type OutlineEntry } from '../../domain/outline';
import { jumpTo } from '../../state/actions/view';
import { useStore } from '../../state/store';
import './outline-pane.css';

/** The document's headings; the one that is being read is marked. */
export function OutlinePane() {
  const outline = useStore((state) => state.open?.outline);
  const offset = useStore((state) => state.open?.offset ?? 0);
  const entries = flatten(outline ?? []);
  const current = currentHeading(entries, offset);
  return (
    <nav className="outline-pane" aria-label="Outline">
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
                onClick={() => jumpTo(entry.start, { block: 'start', focus: true })}
              >
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
