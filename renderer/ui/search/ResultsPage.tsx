import { BookmarkCheck, BookmarkPlus, FileText, Highlighter, Tag } from 'lucide-react';
import { type KeyboardEvent, memo, type ReactNode, useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { SearchGroup } from '#api';
import { explainQuery, hasOperators, nameColours, parseQuery } from '#model';
import { focusPane, isFocusLost, isWriting } from '../../state/actions/focus';
import { editNoteOf } from '../../state/actions/notes';
import { reportError } from '../../state/actions/notices';
import { deleteResult, editResult, tagResult } from '../../state/actions/result-rows';
import {
  changeResults,
  closeResults,
  isAtHit,
  leaveHit,
  loadMoreResults,
  openResult,
  repeatResults,
  setActiveResult,
  showResultsList,
  stepResult,
} from '../../state/actions/results';
import { isSaved, toggleSaved } from '../../state/actions/saved-searches';
import { type ResultRow, rowsOf } from '../../state/results';
import { getState, type ResultsState, useStore } from '../../state/store';
import { countOf, formatShortDate } from '../kit/format';
import { nextIndex } from '../kit/list-keys';
import { describeFound } from './describe-found';
import { HitIcon, Passage } from './PaletteChoice';
import './results-page.css';
import { tagsOfQuery, toggleTag } from './tag-chips';
import { unreadNotice } from './use-search';

/** All that was found for a query: a list that stays beside the passage that is read. */
export function ResultsPage({ results }: { results: ResultsState }) {
  const region = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { active, opened } = results;
  const found = useDrawnLittleByLittle(results.found);
  const isDrawn = found === results.found;
  const rows = useMemo(() => rowsOf(found?.groups ?? []), [found]);
  const rowAt = (place: number) => region.current?.querySelector<HTMLElement>(`[data-row="${place}"]`);
  // The row that gets the keyboard as soon as it is drawn.
  const wanted = useRef<number>(undefined);
  const focusWanted = () => {
    const row = wanted.current === undefined ? null : rowAt(wanted.current);
    if (!row) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  };
  useLayoutEffect(focusWanted);
  const goTo = (place: number) => {
    setActiveResult(place);
    wanted.current = place;
    focusWanted();
  };

  // The first row gets the keyboard as soon as there is one; until then the heading keeps it.
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const hasRows = rows.length > 0;
  useEffect(() => {
    if (hasRows && document.activeElement === heading.current) rowAt(active)?.focus({ preventScroll: true });
  });
  const lastFocused = useRef<Element>(undefined);
  // Without dependencies: with any drawing the row that had the keyboard may have gone, with its document.
  useLayoutEffect(() => {
    const before = lastFocused.current;
    if (!before || before.isConnected) return;
    lastFocused.current = undefined;
    if (isFocusLost()) (rowAt(active) ?? heading.current)?.focus({ preventScroll: true });
  });
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isDrawn && found && scroller.current) loadNear(scroller.current);
  }, [isDrawn, found]);
  useRepeat();
  useBackByEscape(() => {
    showResultsList();
    requestAnimationFrame(() => (rowAt(active) ?? heading.current)?.focus());
  });
  // What was gone to from the text is seen in the list, too.
  useEffect(() => {
    if (opened !== undefined) region.current?.querySelector(`[data-row="${opened}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [opened]);

  const step = async (key: string) => {
    if (key === 'ArrowDown' && active === rows.length - 1) await loadMoreResults();
    // What has just come is not drawn yet.
    const count = rowsOf(getState().results?.found?.groups ?? []).length;
    const next = nextIndex(key, { active, count, page: 8 });
    if (next !== undefined) goTo(next);
  };
  /** A note is written in its card, beside its passage: the list changes with what is written. */
  const edit = (row: ResultRow) => {
    const noteId = row.hit?.noteId;
    if (noteId === undefined) return editResult(row);
    open(active);
    return editNoteOf(row.group.documentId, noteId);
  };
  /** What a key does to what the row is of, as in other lists. */
  const actionOf = (key: string): ((row: ResultRow) => unknown) | undefined => {
    if (key === 't') return tagResult;
    if (key === 'e') return edit;
    return key === 'Delete' || key === 'Backspace' ? deleteResult : undefined;
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const isRow = event.target instanceof Element && event.target.matches('[data-row]');
    const key = isRow ? (LETTERS[event.key.toLowerCase()] ?? event.key) : event.key;
    const act = isRow && !event.shiftKey ? actionOf(key.length === 1 ? key.toLowerCase() : key) : undefined;
    const row = rows[active];
    if (event.key === 'Escape') closeResults();
    else if (event.key === 'F3') void stepResult(event.shiftKey ? -1 : 1).catch(reportError);
    else if (isRow && !event.shiftKey && STEPS.includes(key)) void step(key).catch(reportError);
    else if (act && row) void Promise.resolve(act(row)).catch(reportError);
    else return;
    event.preventDefault();
  };

  return (
    <section
      ref={region}
      aria-label="Search results"
      data-pane="results"
      className="results"
      aria-busy={results.isPending || !isDrawn}
      onKeyDown={handleKeyDown}
      onFocus={({ target }) => {
        lastFocused.current = target;
      }}
    >
      <ResultsHead results={results} headingRef={heading} />
      <div ref={scroller} className="results-scroller" onScroll={({ currentTarget }) => loadNear(currentTarget)}>
        {rows.length === 0 && !results.isPending && isDrawn && <p className="results-empty">{results.failure ?? 'Nothing was found.'}</p>}
        <Groups rows={rows} active={active} opened={opened} />
        {isDrawn && <More results={results} />}
      </div>
    </section>
  );
}

/**
 * What is drawn of `found`. Hundreds of rows, and more behind those that are drawn, come a little at a time, so that the window answers
 * meanwhile. Others in their place come at once: a row that is pressed is always the one that is held at its place.
 */
function useDrawnLittleByLittle(found: ResultsState['found']): ResultsState['found'] {
  const drawn = useDeferredValue(found, undefined);
  const isBeginning = drawn?.groups.every((group, index) => group === found?.groups[index]) ?? true;
  return isBeginning ? drawn : found;
}

function open(place: number): void {
  // The view of the document must be in the page before it can take the focus.
  flushSync(() => openResult(place, { focus: false }));
  focusPane('main');
}

const LETTERS: Partial<Record<string, string>> = { j: 'ArrowDown', k: 'ArrowUp' };
const STEPS = ['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp'];

/** CSS pixels before the end at which more is asked for. */
const NEAR_THE_END = 600;

function loadNear({ scrollTop, clientHeight, scrollHeight }: HTMLElement): void {
  // Nothing is near in what is not shown.
  if (clientHeight > 0 && scrollHeight - scrollTop - clientHeight < NEAR_THE_END) void loadMoreResults().catch(reportError);
}

/** Asks again when the library has become another one. */
function useRepeat(): void {
  const version = useStore((state) => state.libraryVersion);
  const unread = useStore(unreadNotice);
  const shown = useRef({ version, unread });
  useEffect(() => {
    if (shown.current.version === version && shown.current.unread === unread) return;
    shown.current = { version, unread };
    repeatResults();
  }, [version, unread]);
}

/** Escape in the text beside the list leads back to it, but for what the reader has selected there themselves. */
function useBackByEscape(back: () => void): void {
  const latest = useRef(back);
  useEffect(() => {
    latest.current = back;
  });
  useEffect(() => {
    const see = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || getState().dialog || isWriting(event.target)) return;
      if (!(event.target instanceof Element) || !event.target.closest('[data-pane="main"]') || !isAtHit()) return;
      event.preventDefault();
      event.stopPropagation();
      leaveHit();
      latest.current();
    };
    // Before the key lets go of the passage that was gone to, which it would do first.
    window.addEventListener('keydown', see, { capture: true });
    return () => window.removeEventListener('keydown', see, { capture: true });
  }, []);
}

function ResultsHead({ results, headingRef }: { results: ResultsState; headingRef: React.RefObject<HTMLHeadingElement | null> }) {
  const unread = useStore(unreadNotice);
  const { query, found, isPending, failure } = results;
  const colourNames = useStore((state) => state.settings.colourNames);
  const parsed = useMemo(() => parseQuery(nameColours(query, colourNames)), [query, colourNames]);
  const counts = found && !failure ? describeFound(found) : isPending ? 'Searching…' : '';
  const remarks = [...parsed.remarks, found?.notice, unread].filter(Boolean).join(' ');
  return (
    <header className="results-head">
      <h1 ref={headingRef} tabIndex={-1} dir="auto">
        {query}
      </h1>
      {hasOperators(parsed) && <p className="results-explanation">{explainQuery(parsed)}</p>}
      <p role="status" className="results-counts">
        {counts}
      </p>
      {remarks !== '' && <p className="results-remarks">{remarks}</p>}
      <Chips results={results} />
    </header>
  );
}

const TAGS_SHOWN = 4;

/** How the results are ordered and narrowed, and whether the search is kept. */
function Chips({ results: { query, order, scope, found } }: { results: ResultsState }) {
  const saved = useStore((state) => isSaved(state, query));
  const colourNames = useStore((state) => state.settings.colourNames);
  const chosen = tagsOfQuery(query);
  const tags = [...chosen, ...(found?.tags ?? []).filter((tag) => !chosen.includes(tag.toLowerCase()))].slice(
    0,
    Math.max(TAGS_SHOWN, chosen.length),
  );
  return (
    <div className="results-chips" role="toolbar" aria-label="Order and narrow the results">
      <Chip isPressed={order === 'best'} onPress={() => changeResults({ order: 'best' })}>
        Best first
      </Chip>
      <Chip isPressed={order === 'newest'} onPress={() => changeResults({ order: 'newest' })}>
        Newest first
      </Chip>
      {tags.map((tag) => (
        <Chip
          key={tag.toLowerCase()}
          isPressed={chosen.includes(tag.toLowerCase())}
          onPress={() => changeResults({ query: toggleTag(nameColours(query, colourNames), tag) })}
        >
          <Tag aria-hidden="true" />
          {tag}
        </Chip>
      ))}
      <Chip isPressed={scope === 'texts'} onPress={() => changeResults({ scope: scope === 'texts' ? 'all' : 'texts' })}>
        <FileText aria-hidden="true" />
        Texts
      </Chip>
      <Chip isPressed={scope === 'notes'} onPress={() => changeResults({ scope: scope === 'notes' ? 'all' : 'notes' })}>
        <Highlighter aria-hidden="true" />
        Notes
      </Chip>
      <Chip isPressed={saved} onPress={() => toggleSaved(query)}>
        {saved ? <BookmarkCheck aria-hidden="true" /> : <BookmarkPlus aria-hidden="true" />}
        {saved ? 'Saved' : 'Save'}
      </Chip>
    </div>
  );
}

function Chip({ isPressed, onPress, children }: { isPressed: boolean; onPress(): void; children: ReactNode }) {
  return (
    <button type="button" className="chip" aria-pressed={isPressed} onClick={onPress}>
      {children}
    </button>
  );
}

interface GroupsProps extends Pick<ResultsState, 'active' | 'opened'> {
  rows: readonly ResultRow[];
}

const Groups = memo(({ rows, active, opened }: GroupsProps) => {
  const groups: { group: SearchGroup; first: number; rows: ResultRow[] }[] = [];
  for (const [place, row] of rows.entries()) {
    if (row.index === 0) groups.push({ group: row.group, first: place, rows: [row] });
    else groups.at(-1)?.rows.push(row);
  }
  return groups.map(({ group, first, rows: own }) => (
    <section key={group.documentId} className="results-group" aria-label={group.title}>
      <h2>
        <span className="results-title" dir="auto">
          {group.title}
        </span>
        <span className="results-facts">{factsOf(group)}</span>
      </h2>
      <ul>
        {own.map((row, index) => (
          <Row key={first + index} row={row} place={first + index} isActive={active === first + index} isOpen={opened === first + index} />
        ))}
      </ul>
      {group.total > group.hits.length && group.hits.length > 0 && (
        <p className="results-rest">and {countOf(group.total - group.hits.length, 'more place')} in this document</p>
      )}
    </section>
  ));
});

const factsOf = ({ date, total }: SearchGroup): string =>
  [date !== undefined && formatShortDate(date), total > 0 && countOf(total, 'hit')].filter(Boolean).join(' · ');

interface RowProps {
  row: ResultRow;
  place: number;
  isActive: boolean;
  isOpen: boolean;
}

const Row = memo(({ row: { hit, group }, place, isActive, isOpen }: RowProps) => (
  <li>
    <button
      type="button"
      className="results-row"
      data-row={place}
      tabIndex={isActive ? 0 : -1}
      aria-current={isOpen ? 'true' : undefined}
      data-pane-entry={isActive ? '' : undefined}
      onFocus={() => setActiveResult(place)}
      onClick={() => open(place)}
    >
      {hit ? <HitIcon hit={hit} /> : <FileText aria-label="Document" />}
      <span className="results-passage" dir="auto">
        {hit ? <Passage hit={hit} /> : `Open “${group.title}”`}
      </span>
    </button>
  </li>
));

/** That there is more than is held. */
function More({ results: { found, isPending } }: { results: ResultsState }) {
  if (!found || isPending || found.groups.length === 0 || (found.groups.length >= found.documentCount && !found.hasMore)) return null;
  return (
    <button type="button" className="results-more" onClick={() => void loadMoreResults().catch(reportError)}>
      Show more documents
    </button>
  );
}
