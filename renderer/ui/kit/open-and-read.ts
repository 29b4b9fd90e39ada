import { flushSync } from 'react-dom';
import { openDocument } from '../../state/actions/documents';
import { focusPane } from '../../state/actions/focus';
import { reportError } from '../../state/actions/notices';
import { leaveLibraryDrawer } from '../../state/actions/panes';
import type { Goal } from '../../state/store';

/** Opens a document that the reader chose. Its text has the keyboard at once, though it may still be on its way: the next key is a reading key. */
export function openAndRead(documentId: string, goal?: Goal): void {
  // The view of the document must be in the page before it can take the focus.
  flushSync(() => void openDocument(documentId, { goal }).catch(reportError));
  leaveLibraryDrawer();
  focusPane('main');
}
