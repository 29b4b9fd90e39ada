import { Search, Share } from 'lucide-react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { NotesPage, NotesQuery } from '#api';
import { type Days, localDay, momentsOf } from '#model';
import { updateSettings } from '../../state/actions/settings';
import { exportCurrent, rememberAllNotes } from '../../state/actions/view';
import { afterSaving, askNotes } from '../../state/listed-notes';
import { movedTags, tagColour } from '../../state/selectors';
import { type AppState, getState, useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { countOf, formatNumber } from '../kit/format';
import { usePages } from '../kit/use-pages';
import './all-notes.css';
import { describeNothingFound } from './describe-filter';
import { FoundNotes } from './FoundNotes';
import { ColourFilter, DaysFilter, FilterSelect, PersonFilter } from './NoteFilters';
import { TaggedDocuments } from './TaggedDocuments';
import { UnsavedHint } from './UnsavedHint';
import { useNoteChoices } from './use-note-choices';

/** Every note of every document, as it was left, or those under one tag: searched, filtered, sorted. */
export function AllNotes({ tag, untagged }: { tag?: string; untagged?: true }) {
  const isAll = tag === undefined && untagged === undefined;
  const [left] = useState<Left>(
    () => (isAll && getState().allNotesLeft) || { narrowed: { untagged, text: '' }, days: undefined, first: 0 },
  );
  const [narrowed, setNarrowed] = useState(left.narrowed);
  const [days, setDays] = useState(left.days);
  const order = useStore(({ settings }) => settings.noteOrder);
  const moved = useStore(movedTags);
  const query = useMemo(
    (): NotesQuery => ({ ...narrowed, ...momentsIn(days), order, within: tag, tag: narrowed.tag && moved(narrowed.tag) }),
    [narrowed, days, order, tag, moved],
  );
  // While a note is written in the list, nothing moves in it.
  const version = useHeld(
    useStore((state) => state.libraryVersion),
    useStore((state) => state.editingNoteId !== undefined),
  );
  const [ask] = useState(() => afterSaving(askNotes));
  const { page, query: answered, want } = usePages(ask, query, version);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const [foot, setFoot] = useState<HTMLElement | null>(null);
  /** The first row on the screen; a list that is asked for anew begins at its top. */
  const firstShown = useRef(left.first);
  /** The keyboard went to the heading since all rows were gone. */
  const wasLeft = useRef(false);
  useLayoutEffect(() => {
    if (!isAll) return;
    return () => rememberAllNotes({ narrowed, days, first: firstShown.current });
  }, [isAll, narrowed, days]);

  return (
    <main data-pane="main" className="all-notes">
      <header className="all-notes-head">
        <div className="all-notes-title">
          {tag === undefined ? <h1 tabIndex={-1}>All notes</h1> : <TagHeading tag={tag} />}
          {page && (
            <span className="all-notes-count" role="status">
              {page.found === page.within ? countOf(page.found, 'note') : `${formatNumber(page.found)} of ${countOf(page.within, 'note')}`}
            </span>
          )}
          <Button onClick={exportCurrent}>
            <Share />
            Export…
          </Button>
        </div>
        {page && page.within > 0 && (
          <Filters
            version={version}
            query={query}
            days={days}
            onDays={setDays}
            onChange={({ order: chosen, ...part }) => {
              if (chosen) updateSettings({ noteOrder: chosen });
              else setNarrowed((before) => ({ ...before, ...part }));
            }}
          />
        )}
      </header>
      <div ref={setScroller} className="all-notes-scroller">
        <UnsavedHint />
        {tag !== undefined && <TaggedDocuments tag={tag} />}
        {!page && <p className="all-notes-wait">Reading your notes…</p>}
        {page && page.total > 0 && (
          <FoundNotes
            key={JSON.stringify(answered)}
            page={page}
            query={answered ?? query}
            want={want}
            scroller={scroller}
            foot={foot}
            firstShown={firstShown}
            wasLeft={wasLeft}
          />
        )}
        {page?.total === 0 && <Nothing page={page} query={answered ?? query} tag={tag} />}
      </div>
      <div ref={setFoot} className="all-notes-foot" />
    </main>
  );
}

type Left = NonNullable<AppState['allNotesLeft']>;

/** `value` as it was before it was held. */
function useHeld<T>(value: T, isHeld: boolean): T {
  const [kept, setKept] = useState(value);
  if (isHeld || kept === value) return kept;
  setKept(value);
  return value;
}

/** The moments of some days, as a query has them: without an end that is open. */
function momentsIn(days: Days | undefined): Pick<NotesQuery, 'since' | 'before'> {
  if (days === undefined) return {};
  const { from, until } = momentsOf(days, localDay(new Date()));
  return { ...(from > Number.MIN_SAFE_INTEGER && { since: from }), ...(until < Number.MAX_SAFE_INTEGER && { before: until }) };
}

function TagHeading({ tag }: { tag: string }) {
  const colour = useStore((state) => tagColour(state.tags, tag));
  return (
    <h1 dir="auto" tabIndex={-1}>
      {colour && <span className="dot" data-colour={colour} />}
      {tag}
    </h1>
  );
}

/** Why the list has nothing in it. */
function Nothing({ page: { within }, query, tag }: { page: NotesPage; query: NotesQuery; tag: string | undefined }) {
  if (within > 0) {
    return (
      <div className="empty">
        <h2>Nothing found</h2>
        <p>{describeNothingFound(query)}</p>
      </div>
    );
  }
  return tag === undefined ? (
    <div className="empty">
      <h2>No notes yet</h2>
      <p>Open a document, select a passage, and highlight it or write a note. Every note of every document is then listed here.</p>
    </div>
  ) : (
    <p className="all-notes-wait">No note has this tag.</p>
  );
}

/** In place of a tag's name; no tag is called so. */
const UNTAGGED = ',';

/** In place of the title of a document. */
const NO_NOTES = 'A document that has no notes any more';

interface FiltersProps {
  days: Days | undefined;
  onDays(days: Days | undefined): void;
  version: number;
  query: NotesQuery;
  onChange(part: Partial<NotesQuery>): void;
}

function Filters({ version, query, days, onDays, onChange }: FiltersProps) {
  const choices = useNoteChoices(query.within, version, query.documentId);
  const documents = useMemo(() => {
    const offered = (choices?.documents ?? []).map(({ id, title }) => [id, title] as const);
    // Its notes went, or lost the tag, while the list was narrowed to it.
    const isGone = choices && query.documentId !== undefined && !offered.some(([id]) => id === query.documentId);
    return isGone ? [...offered, [query.documentId ?? '', NO_NOTES] as const] : offered;
  }, [choices, query.documentId]);
  const tags = useMemo(() => {
    const offered = choices?.tags ?? [];
    return query.tag === undefined || offered.includes(query.tag) ? offered : [...offered, query.tag];
  }, [choices, query.tag]);
  const people = useMemo(() => {
    const offered = choices?.people ?? [];
    return query.person === undefined || query.person === '' || offered.includes(query.person) ? offered : [...offered, query.person];
  }, [choices, query.person]);
  return (
    <div className="all-notes-filters">
      <label className="all-notes-search">
        <Search />
        <input
          type="search"
          aria-label="Filter notes"
          placeholder="Filter by words"
          dir="auto"
          data-pane-entry
          maxLength={10_000}
          value={query.text}
          onChange={({ target }) => onChange({ text: target.value })}
        />
      </label>
      <ColourFilter value={query} onChange={onChange} />
      {(tags.length > 0 || query.untagged) && (
        <FilterSelect
          label="Tag"
          value={query.untagged ? UNTAGGED : (query.tag ?? '')}
          options={[['', 'Any tag'], [UNTAGGED, 'Untagged'], ...tags.map((name) => [name, `#${name}`] as const)]}
          onChange={(name) =>
            onChange({ tag: name === '' || name === UNTAGGED ? undefined : name, untagged: name === UNTAGGED || undefined })
          }
        />
      )}
      {(documents.length > 1 || query.documentId !== undefined) && (
        <FilterSelect
          label="Document"
          value={query.documentId ?? ''}
          options={[['', 'Any document'], ...documents]}
          more={choices?.hasMore ? 'For others, type the title into the filter' : undefined}
          onChange={(id) => onChange({ documentId: id === '' ? undefined : id })}
        />
      )}
      <PersonFilter people={people} value={query.person} onChange={(person) => onChange({ person })} />
      <DaysFilter value={days} onChange={onDays} />
      <FilterSelect
        label="Order"
        sorts
        value={query.order}
        options={[
          ['newest', 'Newest first'],
          ['document', 'By document'],
          ['day', 'By day'],
          ['tag', 'By tag'],
          ['colour', 'By colour'],
        ]}
        onChange={(order: NotesQuery['order']) => onChange({ order })}
      />
    </div>
  );
}
