import { useId, useState } from 'react';
import { foldText } from '#model';
import { useStore } from '../../state/store';
import { countOf } from '../kit/format';

/** More rows than anyone reads through; typing narrows them. */
const SHOWN = 200;

interface DocumentChooserProps {
  chosen: ReadonlySet<string>;
  onChange(chosen: ReadonlySet<string>): void;
}

/** Documents that have notes, to be marked one by one. */
export function DocumentChooser({ chosen, onChange }: DocumentChooserProps) {
  const documents = useStore((state) => state.documents);
  const [filter, setFilter] = useState('');
  const hintId = useId();
  const words = foldText(filter).split(/\s+/).filter(Boolean);
  const withNotes = [...documents.values()].filter(({ noteCount }) => noteCount > 0);
  const matching = withNotes.filter(({ title }) => words.every((word) => foldText(title).includes(word)));
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  return (
    <fieldset className="document-chooser">
      <legend className="visually-hidden">Documents to export</legend>
      <input
        className="field"
        type="text"
        aria-label="Filter documents with notes"
        aria-describedby={hintId}
        placeholder="Filter documents with notes"
        dir="auto"
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
      />
      <div className="document-choices">
        {matching.slice(0, SHOWN).map(({ id, title, noteCount }) => (
          <label key={id}>
            <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} />
            <span dir="auto">{title}</span>
            <span className="document-choice-count">{countOf(noteCount, 'note')}</span>
          </label>
        ))}
      </div>
      <p id={hintId} className="document-choice-hint">
        {matching.length > SHOWN
          ? `The first ${SHOWN} of ${countOf(matching.length, 'document')}; type to narrow them.`
          : `${countOf(chosen.size, 'document')} chosen.`}
      </p>
    </fieldset>
  );
}
