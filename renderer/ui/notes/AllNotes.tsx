import { Search, Share } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { LocatedNote } from '#api';
import { isTagWithin } from '#model';
import { loadAllNotes } from '../../state/actions/library';
import { reportError } from '../../state/actions/notices';
import { exportCurrent } from '../../state/actions/view';
import { groupNotes, type NoteGroup, type NotesQuery, tagsOf } from '../../state/note-lists';
import { tagColour } from '../../state/selectors';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { countOf, formatNumber } from '../kit/format';
import './all-notes.css';
import { FoundNotes } from './FoundNotes';
import { ColourFilter, FilterSelect } from './NoteFilters';
import { TaggedDocuments } from './TaggedDocuments';

const NONE: readonly LocatedNote[] = [];

/** Every note of every document, or those under one tag: searched, filtered, sorted. */
export function AllNotes({ tag }: { tag?: string }) {
  const all = useStore((state) => state.allNotes);
  const documents = useStore((state) => state.documents);
  const [query, setQuery] = useState<NotesQuery>({ text: '', order: 'newest' });
  const deferred = useDeferredValue(query);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);

  useEffect(() => void loadAllNotes().catch(reportError), []);

  const within = useMemo(
    () => (tag === undefined ? (all ?? NONE) : (all ?? NONE).filter(({ note }) => note.tags.some((name) => isTagWithin(name, tag)))),
    [all, tag],
  );
  const groups = useMemo(
    () => groupNotes(within, deferred, (id) => documents.get(id)?.title ?? 'A document that is no longer here'),
    [within, deferred, documents],
  );
  const found = groups.reduce((sum, { notes }) => sum + notes.length, 0);

  const change = (part: Partial<NotesQuery>) => {
    setQuery({ ...query, ...part });
    scroller?.scrollTo({ top: 0 });
  };

  return (
    <main data-pane="main" className="all-notes">
      <header className="all-notes-head">
        <div className="all-notes-title">
          {tag === undefined ? <h1 tabIndex={-1}>All notes</h1> : <TagHeading tag={tag} />}
          {all && (
            <span className="all-notes-count" role="status">
              {found === within.length ? countOf(found, 'note') : `${formatNumber(found)} of ${countOf(within.length, 'note')}`}
            </span>
          )}
          <Button onClick={exportCurrent}>
            <Share />
            Export…
          </Button>
        </div>
        {within.length > 0 && <Filters notes={within} query={query} onChange={change} />}
      </header>
      <div ref={setScroller} className="all-notes-scroller">
        {tag !== undefined && <TaggedDocuments tag={tag} />}
        {all ? (
          <Outcome total={within.length} groups={groups} tag={tag} scroller={scroller} />
        ) : (
          <p className="all-notes-wait">Reading your notes…</p>
        )}
      </div>
    </main>
  );
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

interface OutcomeProps {
  total: number;
  groups: readonly NoteGroup[];
  tag: string | undefined;
  scroller: HTMLElement | null;
}

function Outcome({ total, groups, tag, scroller }: OutcomeProps) {
  if (groups.length > 0) return <FoundNotes groups={groups} scroller={scroller} />;
  if (total > 0) {
    return (
      <div className="empty">
        <h2>Nothing found</h2>
        <p>No note has all of these words, this colour and this tag.</p>
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

interface FiltersProps {
  notes: readonly LocatedNote[];
  query: NotesQuery;
  onChange(part: Partial<NotesQuery>): void;
}

function Filters({ notes, query, onChange }: FiltersProps) {
  const documents = useStore((state) => state.documents);
  const tags = useMemo(() => tagsOf(notes.map(({ note }) => note)), [notes]);
  const titles = useMemo(() => {
    const ids = [...new Set(notes.map(({ documentId }) => documentId))];
    const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
    return ids
      .flatMap((id) => {
        const title = documents.get(id)?.title;
        return title === undefined ? [] : [[id, title] as const];
      })
      .sort(([, a], [, b]) => collator.compare(a, b));
  }, [notes, documents]);
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
          value={query.text}
          onChange={({ target }) => onChange({ text: target.value })}
        />
      </label>
      <ColourFilter value={query.colour} onChange={(colour) => onChange({ colour })} />
      {tags.length > 0 && (
        <FilterSelect
          label="Tag"
          value={query.tag ?? ''}
          options={[['', 'Any tag'], ...tags.map((name) => [name, `#${name}`] as const)]}
          onChange={(name) => onChange({ tag: name === '' ? undefined : name })}
        />
      )}
      {titles.length > 1 && (
        <FilterSelect
          label="Document"
          value={query.documentId ?? ''}
          options={[['', 'Any document'], ...titles]}
          onChange={(id) => onChange({ documentId: id === '' ? undefined : id })}
        />
      )}
      <FilterSelect
        label="Order"
        sorts
        value={query.order}
        options={[
          ['newest', 'Newest first'],
          ['document', 'By document'],
        ]}
        onChange={(order: NotesQuery['order']) => onChange({ order })}
      />
    </div>
  );
}
