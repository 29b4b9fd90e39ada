import type { DocumentSummary } from '#api';
import type { DocumentLink } from '../../reader/links';
import { followExternal } from '../../state/actions/links';
import { notify, reportError } from '../../state/actions/notices';
import { jumpTo } from '../../state/actions/view';
import { getState } from '../../state/store';
import { openAndRead } from '../kit/open-and-read';

/** Follows a link of the open document: within it, to another document of the library, or, after a question, outside. */
export function followLink(link: DocumentLink): void {
  if (link.kind === 'external') void followExternal(link.url).catch(reportError);
  else if (link.kind === 'file') openLinked(link.path, link.fragment);
  else if (link.offset === undefined) notify('info', `The document has no place named “${link.name}”, to which this link leads.`);
  else jumpTo(link.offset, { block: 'start' });
}

function openLinked(path: string, fragment: string | undefined): void {
  const { open, documents } = getState();
  const from = open && documents.get(open.documentId);
  const target = from && [...documents.values()].find((document) => isAt(document, from, path));
  if (target) openAndRead(target.id, fragment === undefined ? undefined : { type: 'name', name: fragment });
  else notify('info', `The document links to “${path}”, which is not in the library.`);
}

/** Whether `document` is the file at `path` beside `from`. */
function isAt(document: DocumentSummary, from: DocumentSummary, path: string): boolean {
  const folder = from.relativePath.slice(0, from.relativePath.lastIndexOf('/') + 1);
  return document.folderId === from.folderId && document.relativePath === folder + path;
}
