import { type LucideIcon, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { focusPane } from '../../state/actions/focus';
import { dismissDocumentNotice } from '../../state/actions/notices';
import { IconButton } from '../kit/Button';

interface RemarkProps {
  documentId: string;
  sentence: string;
  /** What is remembered when it is put away; without it one of its answers does that. */
  dismissal?: string;
  icon?: LucideIcon;
  /** What can be done. */
  children?: ReactNode;
}

/** A remark on the document, which can be put away. */
export const Remark = ({ documentId, sentence, dismissal, icon: Icon = TriangleAlert, children }: RemarkProps) => (
  <div className="document-notice" role="note">
    <Icon aria-hidden="true" />
    <p>{sentence}</p>
    {children}
    {dismissal !== undefined && (
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
    )}
  </div>
);
