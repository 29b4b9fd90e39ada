import { autoUpdate, flip, offset, shift, useFloating } from '@floating-ui/react';
import { type RefObject, useLayoutEffect } from 'react';
import type { TagNode } from '../../state/selectors';
import { formatNumber } from './format';

interface TagSuggestionsProps {
  id: string;
  /** The field that the suggestions belong to; it keeps the focus. */
  anchor: RefObject<HTMLElement | null>;
  suggestions: readonly TagNode[];
  active: number;
  optionId(index: number): string;
  onPick(tag: string): void;
}

/** Known tags under a text field, of which the arrow keys choose one. */
export function TagSuggestions({ id, anchor, suggestions, active, optionId, onPick }: TagSuggestionsProps) {
  const { refs, floatingStyles } = useFloating({
    placement: 'bottom-start',
    strategy: 'fixed',
    middleware: [offset(6), flip({ padding: 8 }), shift({ padding: 8 })],
    whileElementsMounted: autoUpdate,
  });
  useLayoutEffect(() => refs.setReference(anchor.current), [refs, anchor]);
  return (
    <div
      ref={refs.setFloating}
      id={id}
      role="listbox"
      aria-label="Known tags"
      tabIndex={-1}
      className="menu tag-suggestions"
      style={floatingStyles}
    >
      {suggestions.map(({ key, name, count, colour }, index) => (
        <div
          key={key}
          id={optionId(index)}
          role="option"
          aria-selected={index === active}
          tabIndex={-1}
          className="menu-item"
          data-highlighted={index === active ? '' : undefined}
          onMouseDown={(event) => {
            // The field keeps the focus.
            event.preventDefault();
            onPick(name);
          }}
        >
          <span className="dot" data-colour={colour} />
          <span className="menu-text" dir="auto">
            {name}
          </span>
          <span className="tag-count">{formatNumber(count)}</span>
        </div>
      ))}
    </div>
  );
}
