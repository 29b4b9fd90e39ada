import { BookOpenText, FileX, Info, Link, Quote, Share, Tag, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { exportDocuments, meantBy, removeRecords, setStatusOf } from '../../state/actions/choosing';
import { copyLinkToDocument } from '../../state/actions/links';
import { withNotebook } from '../../state/actions/notes';
import { reportError } from '../../state/actions/notices';
import { copyCitation } from '../../state/actions/quoting';
import { showDialog } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { ContextMenu, type MenuPlace } from '../kit/ContextMenu';
import { countOf } from '../kit/format';
import { MenuItem, MenuSeparator } from '../kit/Menu';
import { openAndRead } from '../kit/open-and-read';
import { ShelfMenuItems } from './ShelfMenuItems';
import { STATUS_ACTIONS } from './status-actions';

/** What can be done with a document of the list, or with all that are selected where it is one of them. */
export function DocumentMenu({ documentId, place, onClose }: { documentId: string; place: MenuPlace; onClose(): void }) {
  const title = useStore((state) => state.documents.get(documentId)?.title ?? '');
  const isChosen = useStore((state) => state.chosenDocuments.has(documentId));
  const count = useStore((state) => (isChosen ? state.chosenDocuments.size : 1));
  const isAnyMissing = useStore(({ documents, chosenDocuments }) =>
    (isChosen ? [...chosenDocuments] : [documentId]).some((id) => documents.get(id)?.missing),
  );
  // Those that were meant when it opened.
  const [meant] = useState(() => meantBy(documentId));
  const withOwn = (act: () => void) => () => void withNotebook(documentId, act).catch(reportError);
  return (
    <ContextMenu place={place} label={count > 1 ? countOf(count, 'document') : title} onClose={onClose}>
      {(afterwards) => (
        <>
          {count === 1 && (
            <MenuItem icon={<BookOpenText />} onSelect={afterwards(() => openAndRead(documentId))}>
              Open
            </MenuItem>
          )}
          <MenuItem
            icon={<Tag />}
            onSelect={afterwards(() => showDialog({ type: 'tag-many', target: { type: 'documents', documentIds: meantBy(documentId) } }))}
          >
            Tag…
          </MenuItem>
          {STATUS_ACTIONS.map(({ status, label, icon: Icon }) => (
            <MenuItem
              key={status}
              icon={<Icon />}
              onSelect={afterwards(() => void setStatusOf(meantBy(documentId), status).catch(reportError))}
            >
              {label}
            </MenuItem>
          ))}
          <ShelfMenuItems documentIds={meant} afterwards={afterwards} />
          <MenuItem icon={<Share />} onSelect={afterwards(() => exportDocuments(meantBy(documentId)))}>
            Export…
          </MenuItem>
          {isAnyMissing && (
            <MenuItem icon={<Trash2 />} onSelect={afterwards(() => void removeRecords(meantBy(documentId)).catch(reportError))}>
              Remove from the list
            </MenuItem>
          )}
          {count === 1 && (
            <>
              <MenuItem icon={<Link />} onSelect={() => void copyLinkToDocument(documentId).catch(reportError)}>
                Copy link
              </MenuItem>
              <MenuItem icon={<Quote />} onSelect={() => void copyCitation(documentId).catch(reportError)}>
                Copy citation
              </MenuItem>
              <MenuSeparator />
              <MenuItem icon={<Info />} onSelect={afterwards(withOwn(() => showDialog({ type: 'details', documentId })))}>
                Details of the document…
              </MenuItem>
              <MenuItem icon={<FileX />} onSelect={afterwards(() => showDialog({ type: 'forget', documentId }))}>
                Forget this document…
              </MenuItem>
            </>
          )}
        </>
      )}
    </ContextMenu>
  );
}
