import { Pencil, Search, X } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { reportError } from '../../state/actions/notices';
import { openResults } from '../../state/actions/results';
import { type KeptSearch, nameOfSearch, removeSaved, renameSaved, savedSearches } from '../../state/actions/saved-searches';
import { call } from '../../state/client';
import { useStore } from '../../state/store';
import { formatNumber } from '../kit/format';
import { MenuItem, Shortcut } from '../kit/Menu';
import { SidebarRow } from './SidebarRow';
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
  const isCurrent = useStore((state) => state.results?.query === search.query);
  const remove = () => removeSaved(search);
  return (
    <SidebarRow
      name={nameOfSearch(search)}
      title={search.query}
      icon={<Search aria-hidden="true" />}
      count={count === undefined ? undefined : { shown: count, inWords: count === '1' ? '1 document' : `${count} documents` }}
      isCurrent={isCurrent}
      onOpen={() => openResults(search.query)}
      rename={{ label: 'Name of the saved search', to: (next) => renameSaved(search, next) }}
      onDelete={remove}
      menu={(afterwards, rename) => (
        <>
          <MenuItem icon={<Pencil />} end={<Shortcut>F2</Shortcut>} onSelect={rename}>
            Rename…
          </MenuItem>
          <MenuItem icon={<X />} end={<Shortcut>Del</Shortcut>} onSelect={afterwards(remove)}>
            Remove
          </MenuItem>
        </>
      )}
    />
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
