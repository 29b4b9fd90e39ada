import { FileNotesRemark } from './FileNotesRemark';
import { LikelySameRemark } from './LikelySameRemark';
import './late-remarks.css';

/** Remarks on the open document that are there only when its text is read: they lie over the text’s margin, so that nothing moves. */
export const LateRemarks = ({ documentId }: { documentId: string }) => (
  <div className="late-remarks">
    <LikelySameRemark documentId={documentId} />
    <FileNotesRemark documentId={documentId} />
  </div>
);
