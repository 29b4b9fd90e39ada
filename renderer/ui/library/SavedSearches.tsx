import { Ellipsis, Search } from 'lucide-react';
import { type CSSProperties, useEffect, useId, useMemo, useRef, useState } from 'react';
import { reportError } from '../../state/actions/notices';
import { openResults } from '../../state/actions/results';
import { type KeptSearch, nameOfSearch, removeSaved, renameSaved, savedSearches } from '../../state/actions/saved-searches';
import { call } from '../../state/client';
import { useStore } from '../../state/store';
import { IconButton } from '../kit/Button';
import { formatNumber } from '../kit/format';
import { Menu, MenuItem, useAfterMenu } from '../kit/Menu';
import { NameField } from '../kit/NameField';
import { useLibraryRowFocus } from './use-library-row-focus';

/** The searches that the reader keeps, each with how many documents it finds. */
export function SavedSearches() {
  const settings = useStore((state) => state.settings);
  const searches = useMemo(() => savedSearches({ settings }), [settings]);
  const counts = useCounts(searches);
  const headingId = useId();
  const [section, setSection] = useState<HTMLElement | null>(null);
  const focus = useLibraryRowFocus(section);
  return (
    <div ref={setSection} {...focus} hidden={searches.length === 0}>
      <h2 id={headingId} className="library-heading">
        Saved searches
      </h2>
      <ul aria-labelledby={headingId}>
        {searches.map((search) => (
          <SavedRow key={search.id} search={search} count={counts.get(search.query)} />
        ))}
      </ul>
    </div>
  );
}

function SavedRow({ search, count }: { search: KeptSearch; count: string | undefined }) {
  const [isNaming, setNaming] = useState(false);
  const isCurrent = useStore((state) => state.results?.query === search.query);
  const button = useRef<HTMLButtonElement>(null);
  const countId = useId();
  const name = nameOfSearch(search);
  if (isNaming) {
    return (
      <li>
        <NameField
          label="Name of the saved search"
          name={name}
          onEnd={(next, how) => {
            setNaming(false);
            if (next !== undefined) renameSaved(search, next);
            if (how === 'key') requestAnimationFrame(() => button.current?.focus());
          }}
        />
      </li>
    );
  }
  return (
    <li className="tag-row" style={{ '--depth': 0 } as CSSProperties}>
      <button
        ref={button}
        type="button"
        className="library-row"
        aria-label={name}
        aria-describedby={count === undefined ? undefined : countId}
        aria-current={isCurrent ? 'true' : undefined}
        title={search.query}
        onClick={() => openResults(search.query)}
      >
        <Search aria-hidden="true" />
        <span className="tag-label" dir="auto">
          {name}
        </span>
        {count !== undefined && (
          <span className="library-count">
            <span aria-hidden="true">{count}</span>
            <span id={countId} hidden>
              {count === '1' ? '1 document' : `${count} documents`}
            </span>
          </span>
        )}
      </button>
      <SavedMenu name={name} onRename={() => setNaming(true)} onRemove={() => removeSaved(search)} />
    </li>
  );
}

function SavedMenu({ name, onRename, onRemove }: { name: string; onRename(): void; onRemove(): void }) {
  const label = `Options for ${name}`;
  const { afterwards, onCloseAutoFocus } = useAfterMenu();
  return (
    <Menu
      label={label}
      align="start"
      onCloseAutoFocus={onCloseAutoFocus}
      trigger={
        <IconButton label={label} small>
          <Ellipsis />
        </IconButton>
      }
    >
      <MenuItem onSelect={onRename}>Rename…</MenuItem>
      <MenuItem onSelect={afterwards(onRemove)}>Remove</MenuItem>
    </Menu>
  );
}

/** ms of quiet in the library before searches are counted again. */
const REST = 800;

/** How many documents each of the searches finds, counted one after the other while the library rests; "+" where there are more. */
function useCounts(searches: readonly KeptSearch[]): ReadonlyMap<string, string> {
  const [counts, setCounts] = useState<ReadonlyMap<string, string>>(new Map());
  const version = useStore((state) => state.libraryVersion);
  const isReading = useStore((state) => state.scanning || state.indexProgress.total > 0);
  const queries = searches.map(({ query }) => query).join('\n');
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version of the library has other counts.
  useEffect(() => {
    if (queries === '') return;
    let isGone = false;
    const count = async () => {
      for (const query of queries.split('\n')) {
        const answer = await call('search.run', { query, limit: 0, purpose: 'counts' });
        if (isGone) return;
        if (!answer.ok) continue;
        const { documentCount, hasMore } = answer.value;
        setCounts((before) => new Map(before).set(query, `${formatNumber(documentCount)}${hasMore ? '+' : ''}`));
      }
    };
    const timer = setTimeout(() => void count().catch(reportError), isFirst.current ? 0 : REST);
    isFirst.current = false;
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [queries, version, isReading]);
  return counts;
}
