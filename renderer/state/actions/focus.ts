/** The window's panes in the order in which F6 goes through them: navigation, search results, outline, text, notes, search, and what is wrong with the data. */
const PANES = [
  '[data-pane="library"]',
  '[data-pane="results"]',
  '[data-pane="outline"]',
  '[data-pane="main"]',
  '[data-pane="notes"]',
  '[data-pane="top"]',
  '[data-pane="problems"]',
];

type PaneName = 'library' | 'results' | 'outline' | 'main' | 'notes' | 'top';

/** What takes the keyboard in a pane: what the pane names, else the first thing that can. */
function entryOf(pane: HTMLElement): HTMLElement | null {
  return (
    pane.querySelector<HTMLElement>('[data-pane-entry]') ??
    pane.querySelector<HTMLElement>('[tabindex="0"], button:not(:disabled), input:not(:disabled), a[href]') ??
    pane
  );
}

/** Moves the keyboard to the next (1) or previous (-1) pane that is shown. */
export function stepPane(direction: 1 | -1): void {
  const panes = PANES.flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? []).filter((pane) => pane.checkVisibility());
  if (panes.length === 0) return;
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[at < 0 ? 0 : (at + direction + panes.length) % panes.length];
  if (next) entryOf(next)?.focus();
}

/** Moves the keyboard to a pane, if it is shown. */
export function focusPane(name: PaneName): void {
  const pane = document.querySelector<HTMLElement>(`[data-pane="${name}"]`);
  if (pane) entryOf(pane)?.focus({ preventScroll: true });
}

/** What moves the keyboard to the pane in which an element stands now, once the element itself is gone; to the first one where it stands in none. */
export function returnToPane(element: Element | null): () => void {
  const name = element?.closest<HTMLElement>('[data-pane]')?.dataset['pane'];
  return () => {
    const pane = name === undefined ? null : document.querySelector<HTMLElement>(`[data-pane="${name}"]`);
    if (pane) entryOf(pane)?.focus({ preventScroll: true });
    if (isFocusLost()) stepPane(1);
  };
}

/** Whether something stands in a pane, in this one if it is named. */
export const isInPane = (element: Element | null, name?: PaneName): boolean =>
  element?.closest(name ? `[data-pane="${name}"]` : '[data-pane]') != null;

/** Whether a pane has the keyboard. */
export const isPaneFocused = (name: PaneName): boolean => isInPane(document.activeElement, name);

/** Moves the keyboard to the view in the middle: to its heading when that takes it, else to what the view names. */
export function focusView(): void {
  const heading = document.querySelector<HTMLElement>('[data-pane="main"] h1[tabindex]');
  if (heading) heading.focus({ preventScroll: true });
  else focusPane('main');
}

/** Whether nothing has the keyboard, as when what had it has gone. */
export const isFocusLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** Moves the keyboard there when nothing has it. */
export function focusViewFromNowhere(): void {
  if (isFocusLost()) focusView();
}

/** Whether the reader is writing: then keys without a modifier are text. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range', 'color', 'file'].includes(target.type);
}
