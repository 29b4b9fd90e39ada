import type { SearchHit } from '#api';
import { openResults } from '../../state/actions/results';
import { closeDialog, showTag } from '../../state/actions/view';
import { runCommand } from '../../state/commands';
import { goalOf } from '../../state/results';
import { openAndRead } from '../kit/open-and-read';
import type { Choice } from './palette-sections';
import { rememberCommand } from './use-recent';

/** Closes the palette, then does what was chosen. */
export function choose(choice: Acting): void {
  afterPalette(() => act(choice));
}

/** Closes the palette, then shows all that is found on a page of its own. */
export const showAll = (query: string): void => afterPalette(() => openResults(query));

/** What closes the palette when it is chosen. */
type Acting = Extract<Choice, { type: 'command' | 'document' | 'hit' }>;

function afterPalette(run: () => void): void {
  closeDialog();
  // The dialog gives the focus back in a task that begins only once it is gone; what is chosen may move it after that, and remembers who had it.
  setTimeout(() => setTimeout(run));
}

function act(choice: Acting): void {
  if (choice.type === 'command') {
    rememberCommand(choice.id);
    runCommand(choice.id);
  } else if (choice.type === 'document') openAndRead(choice.documentId);
  else openHit(choice.documentId, choice.hit);
}

function openHit(documentId: string, hit: SearchHit): void {
  if (hit.kind === 'tag' && hit.noteId === undefined) showTag(`${hit.before}${hit.match}${hit.after}`);
  else openAndRead(documentId, goalOf(hit));
}
