import { noteTree } from '../../reader/note-tree';
import { shownNotes } from '../selectors';
import { getState, setState } from '../store';

/** Has the open document printed, with the notes that are shown beside it or without. What is printed is laid out by `styles/print.css`. */
export async function printDocument(withNotes: boolean): Promise<void> {
  // On paper nothing is laid out later.
  if (withNotes) await Promise.all(shownNotes(getState()).map(({ body }) => noteTree(body)));
  setState({ dialog: undefined, printing: { withNotes } });
  // The dialog is off the page, and the notes are on it, with the next frame.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  window.print();
}

/** Sets what is printed black on white, also when the reader prints by the browser's own menu, and the window in its theme afterwards. */
export function followPrinting(): void {
  let theme: string | undefined;
  window.addEventListener('beforeprint', () => {
    const root = document.documentElement;
    theme ??= root.dataset['theme'];
    root.dataset['theme'] = 'white';
  });
  window.addEventListener('afterprint', () => {
    if (theme !== undefined) document.documentElement.dataset['theme'] = theme;
    theme = undefined;
    setState({ printing: undefined });
  });
}
