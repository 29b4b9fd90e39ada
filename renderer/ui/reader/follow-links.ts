import type { DocumentLink } from '../../reader/links';
import { fileTarget, followExternal, openAddress, openByTitle } from '../../state/actions/links';
import { notify, reportError } from '../../state/actions/notices';
import { openResults } from '../../state/actions/results';
import { jumpTo } from '../../state/actions/view';
import { getState } from '../../state/store';
import { openAndRead } from '../kit/open-and-read';

/** Follows a link of the open document: within it, to another document of the library, to all that has a tag, or, after a question, outside. */
export function followLink(link: DocumentLink): void {
  if (link.kind === 'external') void followExternal(link.url).catch(reportError);
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
  else notify('info', `The document links to “${path}”, which is not in the library.`);
}
