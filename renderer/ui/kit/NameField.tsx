import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';

interface NameFieldProps {
  label: string;
  name: string;
  /** Gets none when the name is left as it is. */
  onEnd(next: string | undefined, how: 'key' | 'left'): void;
}

/** Where a row of the sidebar gets another name, until Enter or a click elsewhere. */
export function NameField({ label, name, onEnd }: NameFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const [value, setValue] = useState(name);
  const isEnded = useRef(false);
  useLayoutEffect(() => {
    // A menu gives the focus back in a task after it is gone. Without one at once, or what is typed goes elsewhere.
    if (!document.activeElement?.closest('[role="menu"]')) return field.current?.select();
    const timer = setTimeout(() => field.current?.select());
    return () => clearTimeout(timer);
  }, []);
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    isEnded.current = true;
    onEnd(event.key === 'Enter' ? value : undefined, 'key');
  };
  return (
    <input
      ref={field}
      className="library-name"
      aria-label={label}
      dir="auto"
      maxLength={200}
      value={value}
      onChange={({ target }) => setValue(target.value)}
      onKeyDown={handleKeyDown}
      onBlur={() => {
        if (!isEnded.current && document.hasFocus()) onEnd(value, 'left');
      }}
    />
  );
}
