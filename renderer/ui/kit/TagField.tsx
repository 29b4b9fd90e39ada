import { X } from 'lucide-react';
import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { normalizeTagName, tagKey, tidyTagNames } from '#model';
import { movedTags, tagTree } from '../../state/selectors';
import { useStore } from '../../state/store';
import { splitTyped, subjectTags, suggestTags } from '../../state/tag-suggestions';
import { takeTypedAhead } from '../../state/typed-ahead';
import { TagSuggestions } from './TagSuggestions';
import './tag-field.css';

interface TagFieldProps {
  /** The accessible name of the text field. */
  label: string;
  /** `chip` looks like one more tag until it is used; `field` is a field with its tags in it. */
  look: 'chip' | 'field';
  placeholder: string;
  tags: readonly string[];
  /** What is offered beside the reader's own tags, such as what a book says that it is about. */
  offered?: readonly string[] | undefined;
  onChange(tags: readonly string[]): void;
  /** The reader has finished; what was typed is among the tags, except after `escape`. `taken`: by Enter, with a field that came for it. */
  onClose?(how: 'escape' | 'left' | 'taken'): void;
  /** Makes each tag a button. */
  onOpenTag?(tag: string): void;
  /** Takes the keyboard and offers tags at once. */
  autoFocus?: boolean;
  inputRef?: RefObject<HTMLInputElement | null>;
}

/**
 * Tags as chips, and a text field that adds to them. Enter adds what is written or chosen, in the empty field the tag that was used last, and ends a
 * field that came for it; a comma adds and the field stays. Backspace in the empty field takes the last one away.
 */
export function TagField({
  label,
  look,
  placeholder,
  tags,
  offered,
  onChange,
  onClose,
  onOpenTag,
  autoFocus = false,
  inputRef,
}: TagFieldProps) {
  const known = useStore(tagTree);
  const [typed, setTyped] = useState('');
  const [offering, setOffering] = useState(autoFocus);
  const [active, setActive] = useState(-1);
  const own = useRef<HTMLInputElement>(null);
  const input = inputRef ?? own;
  const discarded = useRef(false);
  const listId = useId();

  const recent = useRecentTags(tags, offered);
  const isRecent = offering && typed === '' && active < 0 && recent.length > 0 && (onClose !== undefined || tags.length === 0);
  const suggestions = offering && !isRecent ? suggestTags(known, typed, tags) : [];
  const chosen = suggestions[active];
  const optionId = (index: number) => `${listId}-${index}`;

  const write = (text: string) => {
    setTyped(text);
    setActive(-1);
    setOffering(true);
  };
  const close = () => {
    setOffering(false);
    setActive(-1);
  };
  const add = (names: readonly string[]) => {
    if (names.length > 0) onChange([...tags, ...names]);
  };
  const addOne = (name: string) => {
    setTyped('');
    close();
    const whole = normalizeTagName(name);
    if (whole !== '') add([whole]);
  };
  const writeOn = (text: string) => {
    const { whole, rest } = splitTyped(text);
    add(whole);
    write(rest);
  };
  const begin = useEffectEvent(() => {
    input.current?.focus({ preventScroll: true });
    const typed = takeTypedAhead();
    if (typed !== '') writeOn(typed);
  });
  useEffect(() => {
    if (autoFocus) begin();
  }, [autoFocus]);
  const remove = (tag: string) => {
    onChange(tags.filter((each) => each !== tag));
    input.current?.focus();
  };
  const step = (direction: 1 | -1) => {
    const count = suggestions.length;
    if (isRecent) setActive(0);
    else if (offering && count > 0) setActive((active + direction + count + (active < 0 && direction < 0 ? 1 : 0)) % count);
    setOffering(true);
  };

  const end = (how: 'escape' | 'taken') => {
    // The field may lose the focus before it is drawn again: what was typed is not wanted then.
    discarded.current = true;
    onClose?.(how);
    discarded.current = false;
  };

  const keys: Record<string, () => boolean> = {
    Enter: () => {
      const name = chosen?.name ?? (typed.trim() === '' && isRecent ? (recent[0] ?? '') : typed);
      if (normalizeTagName(name) === '' && onClose === undefined) return false;
      addOne(name);
      if (autoFocus) end('taken');
      return true;
    },
    ',': () => {
      if (!chosen) return false;
      addOne(chosen.name);
      setOffering(true);
      return true;
    },
    Tab: () => {
      if (!chosen) return false;
      addOne(chosen.name);
      return true;
    },
    ArrowDown: () => {
      step(1);
      return true;
    },
    ArrowUp: () => {
      step(-1);
      return true;
    },
    Backspace: () => {
      const last = tags.at(-1);
      if (typed !== '' || last === undefined) return false;
      remove(last);
      return true;
    },
    Escape: () => {
      if (chosen) {
        close();
        return true;
      }
      setTyped('');
      close();
      end('escape');
      return true;
    },
  };

  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (!keys[event.key]?.()) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const handleBlur = (event: FocusEvent<HTMLElement>) => {
    // When the whole window loses the focus, the field keeps it.
    if (event.currentTarget.contains(event.relatedTarget) || document.activeElement === input.current) return;
    if (discarded.current) return;
    addOne(typed);
    onClose?.('left');
  };

  return (
    <fieldset className="tag-field" aria-label="Tags" data-look={look} onBlur={handleBlur}>
      {tags.map((tag) => (
        <TagChip key={tag} tag={tag} onOpen={onOpenTag} onRemove={remove} />
      ))}
      <input
        ref={input}
        type="text"
        className="tag-input"
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={suggestions.length > 0 ? listId : undefined}
        aria-activedescendant={chosen && optionId(active)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        dir="auto"
        maxLength={200}
        placeholder={placeholder}
        value={typed}
        onChange={({ target }) => writeOn(target.value)}
        onClick={() => setOffering(true)}
        onKeyDown={handleKeyDown}
      />
      {isRecent &&
        recent.map((tag, index) => (
          <button
            key={tag}
            type="button"
            className="tag-recent"
            dir="auto"
            aria-label={`Add the tag ${tag}`}
            title={index === 0 ? 'Enter adds it' : undefined}
            onClick={() => {
              addOne(tag);
              setOffering(true);
              input.current?.focus();
            }}
          >
            {tag}
            {index === 0 && onClose !== undefined && <span aria-hidden="true">Enter</span>}
          </button>
        ))}
      {suggestions.length > 0 && (
        <TagSuggestions id={listId} anchor={input} suggestions={suggestions} active={active} optionId={optionId} onPick={addOne} />
      )}
    </fieldset>
  );
}

/** Tags that are offered at once. */
const RECENT_SHOWN = 5;

/** What a field offers at once, without the tags that are there: those that were used last and are still in use, as they are called by now, and what is offered beside them. */
function useRecentTags(tags: readonly string[], offered: readonly string[] = []): readonly string[] {
  const recent = useStore((state) => state.settings.recentTags);
  const uses = useStore((state) => state.tagUses);
  const moved = useStore(movedTags);
  const there = new Set(tags.map(tagKey));
  const used = tidyTagNames(recent.map(moved)).filter((tag) => uses.has(tagKey(tag)) && !there.has(tagKey(tag)));
  const others = subjectTags(offered).filter((tag) => !there.has(tagKey(tag)));
  return tidyTagNames([...used.slice(0, RECENT_SHOWN), ...others.slice(0, RECENT_SHOWN)]);
}

function TagChip({ tag, onOpen, onRemove }: { tag: string; onOpen?(tag: string): void; onRemove(tag: string): void }) {
  return (
    <span className="tag-chip">
      {onOpen ? (
        <button type="button" className="tag-chip-name" dir="auto" title={`Everything with the tag ${tag}`} onClick={() => onOpen(tag)}>
          {tag}
        </button>
      ) : (
        <span className="tag-chip-name" dir="auto">
          {tag}
        </span>
      )}
      <button type="button" className="tag-chip-remove" aria-label={`Remove tag ${tag}`} title="Remove" onClick={() => onRemove(tag)}>
        <X />
      </button>
    </span>
  );
}
