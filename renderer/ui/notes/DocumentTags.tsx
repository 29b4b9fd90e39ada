import { useEffect, useRef } from 'react';
import { focusPane } from '../../state/actions/focus';
import { setDocumentTags, stopTagging } from '../../state/actions/notes';
import { showTag } from '../../state/actions/view';
import { selectNotebook, useStore } from '../../state/store';
import { TagField } from '../kit/TagField';

/** The tags of the open document, with the field that adds one. */
export function DocumentTags() {
  const documentId = useStore((state) => selectNotebook(state)?.id);
  const tags = useStore((state) => selectNotebook(state)?.tags);
  const subjects = useStore(({ documents, open }) => documents.get(open?.documentId ?? '')?.subjects);
  const asked = useStore(({ taggingId }) => taggingId === 'document');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asked) input.current?.focus();
  }, [asked]);
  if (documentId === undefined || !tags) return null;
  return (
    <TagField
      label="Add tag to document"
      look="chip"
      placeholder="+ tag"
      tags={tags}
      offered={subjects}
      inputRef={input}
      onChange={(next) => setDocumentTags(documentId, next)}
      onOpenTag={showTag}
      onClose={(how) => {
        if (asked) stopTagging();
        if (how === 'escape') focusPane('main');
      }}
    />
  );
}
