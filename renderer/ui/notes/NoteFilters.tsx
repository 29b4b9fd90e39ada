import { Bookmark } from 'lucide-react';
import { type Colour, colours, type Days, type Period, periods } from '#model';
import { useStore } from '../../state/store';
import './note-filters.css';

/** What a list of notes is narrowed to by what stands at their edges. */
interface EdgeChoice {
  colour?: Colour | undefined;
  bookmarks?: boolean | undefined;
}

/** One colour, the bookmarks, or all: the chosen one is let go by a second press. */
export function ColourFilter({
  value,
  onChange,
}: {
  value: EdgeChoice;
  onChange(choice: { colour: Colour | undefined; bookmarks: boolean | undefined }): void;
}) {
  const names = useStore((state) => state.settings.colourNames);
  return (
    <fieldset className="colour-filter" aria-label="Colour or bookmark">
      {colours.map((colour) => {
        const label = names[colour] === undefined ? `Only ${colour}` : `Only ${colour}: ${names[colour]}`;
        return (
          <button
            key={colour}
            type="button"
            data-colour={colour}
            aria-label={label}
            aria-pressed={value.colour === colour}
            title={value.colour === colour ? 'All colours' : label}
            onClick={() => onChange({ colour: value.colour === colour ? undefined : colour, bookmarks: undefined })}
          />
        );
      })}
      <button
        type="button"
        className="bookmark-filter"
        aria-label="Only bookmarks"
        aria-pressed={value.bookmarks ?? false}
        title={value.bookmarks ? 'All notes' : 'Only bookmarks'}
        onClick={() => onChange({ colour: undefined, bookmarks: value.bookmarks ? undefined : true })}
      >
        <Bookmark />
      </button>
    </fieldset>
  );
}

interface PersonFilterProps {
  /** Other persons who made notes; without any there is nothing to choose. */
  people: readonly string[];
  /** Empty for the reader's own. */
  value: string | undefined;
  onChange(person: string | undefined): void;
}

/** The notes of everyone, of the reader alone, or of another person alone. */
export const PersonFilter = ({ people, value, onChange }: PersonFilterProps) =>
  people.length > 0 && (
    <FilterSelect
      label="Whose notes"
      value={value === undefined ? 'everyone' : `of ${value}`}
      options={[['everyone', 'Everyone’s'], ['of ', 'Mine'], ...people.map((name) => [`of ${name}`, name] as const)]}
      onChange={(chosen) => onChange(chosen === 'everyone' ? undefined : chosen.slice(3))}
    />
  );

const ANY = 'any';
const CHOSEN = 'chosen';
const sentence = (period: Period): string => period.charAt(0).toUpperCase() + period.slice(1);

/** The days on which notes were changed: a period, or from one day until another. */
export function DaysFilter({ value, onChange }: { value: Days | undefined; onChange(days: Days | undefined): void }) {
  const range = value === undefined || typeof value === 'string' || 'date' in value ? undefined : value;
  const change = (part: { from?: string } | { to?: string }) => {
    const { from, to } = { ...range, ...part };
    onChange({ ...(from && { from }), ...(to && { to }) });
  };
  return (
    <>
      <FilterSelect
        label="Changed"
        value={typeof value === 'string' ? value : range ? CHOSEN : ANY}
        options={[[ANY, 'Any day'], ...periods.map((period) => [period, sentence(period)] as const), [CHOSEN, 'Chosen days']]}
        onChange={(chosen) => onChange(chosen === ANY ? undefined : chosen === CHOSEN ? {} : chosen)}
      />
      {range && (
        <span className="days-filter">
          <input
            type="date"
            aria-label="From"
            max="9999-12-31"
            value={range.from ?? ''}
            onChange={({ target }) => change({ from: target.value })}
          />
          –
          <input
            type="date"
            aria-label="Until"
            max="9999-12-31"
            value={range.to ?? ''}
            onChange={({ target }) => change({ to: target.value })}
          />
        </span>
      )}
    </>
  );
}

interface FilterSelectProps<V extends string> {
  label: string;
  value: V;
  /** The first one is the usual one. */
  options: readonly (readonly [value: V, text: string])[];
  /** It only sorts, so nothing is missing whatever is chosen. */
  sorts?: boolean;
  /** Said at its end, where there is more than it offers. */
  more?: string;
  onChange(value: V): void;
}

/** A small choice in a row of filters; it takes the accent's colour while it narrows the list. */
export const FilterSelect = <V extends string>({ label, value, options, sorts = false, more, onChange }: FilterSelectProps<V>) => (
  <select
    className="filter-select"
    aria-label={label}
    data-narrows={(!sorts && value !== options[0]?.[0]) || undefined}
    value={value}
    onChange={({ target }) => {
      const chosen = options[target.selectedIndex];
      if (chosen) onChange(chosen[0]);
    }}
  >
    {options.map(([key, text]) => (
      <option key={key} value={key}>
        {text}
      </option>
    ))}
    {more !== undefined && <option disabled>{more}</option>}
  </select>
);
