import type { SearchHit } from '#api';
import { closeDialog, showTag } from '../../state/actions/view';
import { runCommand } from '../../state/commands';
import { openAndRead } from '../kit/open-and-read';
import type { Choice } from './palette-sections';
import { rememberCommand } from './use-recent';

/** Closes the palette, then does what was chosen. */
export function choose(choice: Exclude<Choice, { type: 'more' }>): void {
  closeDialog();
  // The dialog gives the focus back in a task that begins only once it is gone; what is chosen may move it after that, and remembers who had it.
  setTimeout(() => setTimeout(act, 0, choice));
}

function act(choice: Parameters<typeof choose>[0]): void {
  if (choice.type === 'command') {
    rememberCommand(choice.id);
    runCommand(choice.id);
  } else if (choice.type === 'document') openAndRead(choice.documentId);
  else openHit(choice.documentId, choice.hit);
}

function openHit(documentId: string, { kind, noteId, match, place, before, after }: SearchHit): void {
  if (kind === 'tag' && noteId === undefined) {
    showTag(`${before}${match}${after}`);
    return;
  }
  const goal =
    noteId !== undefined
      ? ({ type: 'note', noteId } as const)
      : kind === 'text'
        ? ({ type: 'text', place, before, match, after } as const)
        : undefined;
  openAndRead(documentId, goal);
}
