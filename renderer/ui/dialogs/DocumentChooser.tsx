import { useId, useState } from 'react';
import type { DocumentPage, DocumentQuery } from '#api';
import { call } from '../../state/client';
import { useStore } from '../../state/store';
import { countOf } from '../kit/format';
import { usePages } from '../kit/use-pages';

/** More rows than anyone reads through; typing narrows them. */
const SHOWN = 200;

const ask = (query: DocumentQuery) => call('library.documents', { query, from: 0, count: SHOWN, locate: [] });

interface DocumentChooserProps {
  /** What is chosen. */
  label: string;
  /** Only one can be. */
  isSingle?: boolean;
  /** Also those without notes. */
  withAll?: boolean;
  /** A document that cannot be chosen. */
  without?: string;
  chosen: ReadonlySet<string>;
  onChange(chosen: ReadonlySet<string>): void;
}

/** Documents, those that have notes unless all are wanted, to be marked one by one. */
export function DocumentChooser({ label, isSingle = false, withAll = false, without, chosen, onChange }: DocumentChooserProps) {
  const version = useStore((state) => state.libraryVersion);
  const [filter, setFilter] = useState('');
  const hintId = useId();
  const filterLabel = withAll ? 'Filter documents' : 'Filter documents with notes';
  const { page } = usePages<DocumentQuery, DocumentPage>(
    ask,
    { ...(!withAll && { hasNotes: true }), text: filter, sort: 'title', ascending: true },
    version,
  );
  const toggle = (id: string) => {
    if (isSingle) {
      onChange(new Set([id]));
      return;
    }
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  const rows = (page?.rows ?? []).filter(({ id }) => id !== without);
  return (
    <fieldset className="document-chooser">
      <legend className="visually-hidden">{label}</legend>
      <input
        className="field"
        type="text"
        aria-label={filterLabel}
        aria-describedby={hintId}
        placeholder={filterLabel}
        dir="auto"
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
      />
      <div className="document-choices">
        {rows.map(({ id, title, noteCount }) => (
          <label key={id}>
            <input type={isSingle ? 'radio' : 'checkbox'} name={hintId} checked={chosen.has(id)} onChange={() => toggle(id)} />
            <span dir="auto">{title}</span>
            <span className="document-choice-count">{countOf(noteCount, 'note')}</span>
          </label>
        ))}
      </div>
      <p id={hintId} className="document-choice-hint">
        {page && page.total > page.rows.length
          ? `The first ${page.rows.length} of ${countOf(page.total, 'document')}; type to narrow them.`
          : `${countOf(chosen.size, 'document')} chosen.`}
      </p>
    </fieldset>
  );
}
