import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';

/** What a dialog's main button stands for; one that `data-asks` is pressed only once it has been seen. */
const PRIMARY = '.dialog-foot [data-kind="primary"]';

const isOff = (button: HTMLButtonElement): boolean => button.disabled || button.ariaDisabled === 'true';

/**
 * Control and Enter press a dialog's main button, from wherever the keyboard is in it. Where that is not ready yet (what will change is still being
 * listed), it is pressed as soon as it is, as also after Enter in a field of its form; any other key or a click takes the wish back.
 */
export function useConfirmKey(): {
  ref: RefObject<HTMLDivElement | null>;
  onKeyDown(event: KeyboardEvent): void;
  onPointerDownCapture(): void;
} {
  const ref = useRef<HTMLDivElement>(null);
  const isWished = useRef(false);
  const primary = () => ref.current?.querySelector<HTMLButtonElement>(PRIMARY);

  // Without dependencies: with any drawing the button may have become ready.
  useEffect(() => {
    const button = primary();
    if (!isWished.current || !button || isOff(button)) return;
    isWished.current = false;
    if (!('asks' in button.dataset)) button.click();
  });

  return {
    ref,
    onKeyDown(event) {
      if (['Control', 'Meta', 'Shift', 'Alt'].includes(event.key)) return;
      isWished.current = false;
      if (event.key !== 'Enter' || event.defaultPrevented || event.repeat || event.nativeEvent.isComposing) return;
      const button = primary();
      const isForced = event.ctrlKey || event.metaKey;
      const isInItsForm = event.target instanceof HTMLInputElement && button?.form != null && event.target.form === button.form;
      if (!button || !(isForced || isInItsForm)) return;
      if (isOff(button)) isWished.current = true;
      else if (isForced) {
        event.preventDefault();
        button.click();
      }
    },
    onPointerDownCapture() {
      isWished.current = false;
    },
  };
}
