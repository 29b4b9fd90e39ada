import { playedAs } from '#formats/list';
import { readTitleLink } from '#model';
import { readImage } from '../../reader/document-urls';
import type { DocumentLink } from '../../reader/links';
import { playerOf } from '../../reader/players';
import { markOrigin } from '../../state/actions/jumps';
import { fileTarget, followExternal, openAddress, openByTitle, sayPlayed } from '../../state/actions/links';
import { notify, reportError } from '../../state/actions/notices';
import { openResults } from '../../state/actions/results';
import { jumpTo } from '../../state/actions/view';
import { getState } from '../../state/store';
import { openAndRead } from '../kit/open-and-read';

/**
 * Follows a link of the open document, which is drawn in `container`: within it, to another document of the library, to all that has a tag, or, after a
 * question, outside.
 */
export function followLink(link: DocumentLink, container: HTMLElement): void {
  const player = playerLinked(link, container);
  if (player) void play(player).catch(reportError);
  else if (link.kind === 'external') void followExternal(link.url).catch(reportError);
  else if (link.kind === 'own') void openAddress(link.address).catch(reportError);
  else if (link.kind === 'title') void openByTitle(link.title, getState().open?.documentId).catch(reportError);
  else if (link.kind === 'tag') openResults(`"#${link.tag}" OR tag:${link.tag}`);
  else if (link.kind === 'file') void openLinked(link.path, link.fragment).catch(reportError);
  else if (link.offset === undefined) notify('info', `The document has no place named “${link.name}”, to which this link leads.`);
  else jumpTo(link.offset, { block: 'start' });
}

async function openLinked(path: string, fragment: string | undefined): Promise<void> {
  const target = await fileTarget(path);
  if (target && 'documentId' in target)
    openAndRead(target.documentId, fragment === undefined ? undefined : { type: 'name', name: fragment });
  else if (target) await followExternal(target.address);
  else if (!sayPlayed(path)) notify('info', `The document links to “${path}”, which is not in the library.`);
}

/** What plays in this document the sound or film that lies beside it, to which a link leads. */
function playerLinked(link: DocumentLink, container: HTMLElement): HTMLMediaElement | undefined {
  const path = link.kind === 'file' ? link.path : link.kind === 'title' ? readTitleLink(link.title).target : undefined;
  if (path === undefined || !playedAs(path)) return undefined;
  const target = readImage(path, getState().open?.documentId ?? '');
  return target.kind === 'local' ? playerOf(container, target.url) : undefined;
}

/** Goes to a player and has it play. */
async function play(player: HTMLMediaElement): Promise<void> {
  markOrigin();
  player.scrollIntoView({ block: 'center' });
  player.focus({ preventScroll: true });
  await player.play().catch((error: unknown) => {
    if (!(error instanceof DOMException)) throw error;
    // Another one that begins to play, or the reader, ends it.
    if (error.name !== 'AbortError')
      notify('error', `“${player.title}” cannot be played: its file is damaged, or of a kind that is not known.`);
  });
}
