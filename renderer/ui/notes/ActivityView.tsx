import { useMemo, useState } from 'react';
import type { ActivityPage } from '#api';
import { afterSaving, askActivities } from '../../state/listed-notes';
import { useStore } from '../../state/store';
import { countOf } from '../kit/format';
import { usePages } from '../kit/use-pages';
import { ActivityList } from './ActivityList';
import './all-notes.css';
import { FilterSelect } from './NoteFilters';
import { UnsavedHint } from './UnsavedHint';
import { useNoteChoices } from './use-note-choices';

/** Everything that was done in the library by day, the last first; what can be is taken back. */
export function ActivityView() {
  const [documentId, setDocumentId] = useState<string>();
  const libraryVersion = useStore((state) => state.libraryVersion);
  const tags = useStore((state) => state.tags);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another object where either may have changed what is listed.
  const version = useMemo(() => ({}), [libraryVersion, tags]);
  const [ask] = useState(() => afterSaving(askActivities));
  const { page, query, want } = usePages(ask, { documentId }, version);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  return (
    <main data-pane="main" className="all-notes">
      <header className="all-notes-head">
        <div className="all-notes-title">
          <h1 tabIndex={-1}>What changed</h1>
          {page && (
            <span className="all-notes-count" role="status">
              {countOf(page.total, 'change')}
            </span>
          )}
        </div>
        <DocumentFilter version={libraryVersion} value={documentId} onChange={setDocumentId} />
      </header>
      <div ref={setScroller} className="all-notes-scroller">
        <UnsavedHint />
        {!page && <p className="all-notes-wait">Reading what changed…</p>}
        {page && page.unreadable > 0 && <Unreadable page={page} />}
        {page && page.total > 0 && <ActivityList key={query?.documentId} page={page} want={want} scroller={scroller} />}
        {page?.total === 0 && (
          <div className="empty">
            <h2>Nothing changed yet</h2>
            <p>Notes, tags, titles, documents: what you do to them is listed here by day, and most of it can be taken back.</p>
          </div>
        )}
      </div>
    </main>
  );
}

const Unreadable = ({ page: { unreadable } }: { page: ActivityPage }) => (
  <p className="all-notes-wait">
    {unreadable === 1 ? 'One entry' : `${unreadable} entries`} of the journal could not be read and {unreadable === 1 ? 'is' : 'are'} left
    out. No notes are lost by that.
  </p>
);

interface DocumentFilterProps {
  version: number;
  value: string | undefined;
  onChange(documentId: string | undefined): void;
}

function DocumentFilter({ version, value, onChange }: DocumentFilterProps) {
  const choices = useNoteChoices(undefined, version);
  /** The chosen document stays a choice when others have newer notes. */
  const [chosen, setChosen] = useState<readonly [id: string, title: string]>();
  const offered = (choices?.documents ?? []).map(({ id, title }) => [id, title] as const);
  const documents = chosen && !offered.some(([id]) => id === chosen[0]) ? [...offered, chosen] : offered;
  if (documents.length === 0) return null;
  return (
    <div className="all-notes-filters">
      <FilterSelect
        label="Document"
        value={value ?? ''}
        options={[['', 'All documents'], ...documents]}
        more={choices?.hasMore ? 'and more documents' : undefined}
        onChange={(id) => {
          setChosen(documents.find(([each]) => each === id));
          onChange(id === '' ? undefined : id);
        }}
      />
    </div>
  );
}
