import { useState } from 'react';
import { FileNotesRemark } from './FileNotesRemark';
import { LikelySameRemark } from './LikelySameRemark';
import './late-remarks.css';
import type { Offer } from './use-turn';

/**
 * Remarks on the open document that are there only when its text is read: they lie over the foot of the text, so that nothing moves, and one at a time, so
 * that they cover little of it. That which came first stays until it is answered.
 */
export function LateRemarks({ documentId }: { documentId: string }) {
  const [asking, setAsking] = useState<Offer>();
  const turns = { asking, setAsking };
  return (
    <div className="late-remarks">
      <LikelySameRemark documentId={documentId} turns={turns} />
      <FileNotesRemark documentId={documentId} turns={turns} />
    </div>
  );
}
