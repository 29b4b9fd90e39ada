import { type KeyboardEvent, type RefObject, useId, useRef, useState } from 'react';
import { isTagWithin } from '#model';
import { tagTree } from '../../state/selectors';
import { useStore } from '../../state/store';
import { suggestTags } from '../../state/tag-suggestions';
import { TagSuggestions } from './TagSuggestions';

interface TagNameFieldProps {
  id: string;
  value: string;
  /** Known tags are offered, but for this one and those under it; without it none are. */
  except?: string;
  inputRef?: RefObject<HTMLInputElement | null>;
  onChange(value: string): void;
}

/** A field for one tag's name; the arrow keys choose among known tags, Enter takes the one that is chosen. */
export function TagNameField({ id, value, except, inputRef, onChange }: TagNameFieldProps) {
  const known = useStore(tagTree);
  const [isOffering, setOffering] = useState(false);
  const [active, setActive] = useState(-1);
  const own = useRef<HTMLInputElement>(null);
  const input = inputRef ?? own;
  const listId = useId();
  const offered = except === undefined ? [] : known.filter(({ name }) => !isTagWithin(name, except));
  const suggestions = isOffering ? suggestTags(offered, value, []) : [];
  const chosen = suggestions[active];

  const take = (name: string) => {
    onChange(name);
    setOffering(false);
    setActive(-1);
  };
  const step = (direction: 1 | -1) => {
    const count = suggestions.length;
    if (count > 0) setActive((active + direction + count + (active < 0 && direction < 0 ? 1 : 0)) % count);
    setOffering(true);
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (event.key === 'Enter' && chosen) take(chosen.name);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <input
        ref={input}
        id={id}
        className="field"
        type="text"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={suggestions.length > 0}
        aria-controls={suggestions.length > 0 ? listId : undefined}
        aria-activedescendant={chosen && `${listId}-${active}`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        dir="auto"
        maxLength={200}
        value={value}
        onChange={({ target }) => {
          onChange(target.value);
          setOffering(true);
          setActive(-1);
        }}
        onClick={() => setOffering(true)}
        onBlur={() => setOffering(false)}
        onKeyDown={handleKeyDown}
      />
      {suggestions.length > 0 && (
        <TagSuggestions
          id={listId}
          anchor={input}
          suggestions={suggestions}
          active={active}
          optionId={(index) => `${listId}-${index}`}
          onPick={take}
        />
      )}
    </>
  );
}
