import { TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { focusPane } from '../../state/actions/focus';
import { dismissDocumentNotice } from '../../state/actions/notices';
import { IconButton } from '../kit/Button';

interface RemarkProps {
  documentId: string;
  sentence: string;
  /** What is remembered when it is put away. */
  dismissal: string;
  /** What can be done. */
  children?: ReactNode;
}

/** A remark on the document, which can be put away. */
export const Remark = ({ documentId, sentence, dismissal, children }: RemarkProps) => (
  <div className="document-notice" role="note">
    <TriangleAlert aria-hidden="true" />
    <p>{sentence}</p>
    {children}
    <IconButton
      label="Dismiss this remark"
      small
      onClick={() => {
        dismissDocumentNotice(documentId, dismissal);
        focusPane('main');
      }}
    >
      <X />
    </IconButton>
  </div>
);
