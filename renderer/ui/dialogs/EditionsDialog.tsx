import { useEffect, useRef, useState } from 'react';
import type { Edition } from '#api';
import { askEditions, partEdition, showEdition } from '../../state/actions/joining';
import { reportError } from '../../state/actions/notices';
import { closeDialog } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf, formatMoment } from '../kit/format';
import { FORMAT_NAMES } from '../library/describe-document';
import './dialogs.css';

/** The files of a document that the reader said to be the same: by which it is shown, and which are to be documents of their own. */
export function EditionsDialog({ documentId }: { documentId: string }) {
  const title = useStore((state) => state.documents.get(documentId)?.title);
  const count = useStore((state) => state.documents.get(documentId)?.otherEditions);
  const [editions, setEditions] = useState<readonly Edition[]>();
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when there are others.
  useEffect(() => {
    askEditions(documentId).then(setEditions).catch(reportError);
  }, [documentId, count]);
  const show = (edition: Edition) => {
    closeDialog();
    void showEdition(documentId, edition).catch(reportError);
  };
  const part = async (edition: Edition): Promise<void> => {
    if (!(await partEdition(documentId, edition))) return;
    setEditions(await askEditions(documentId));
    // The button that had the keyboard is gone.
    list.current?.focus();
  };
  const isOnly = editions !== undefined && editions.length < 2;
  return (
    <Dialog
      title="Editions of this document"
      description={
        isOnly
          ? `“${title}” has one file. Where another document is an edition of it, open that one and choose “This is another document’s file…”.`
          : `“${title}” is one document with one set of notes, whichever of these files it is shown by.`
      }
      width={640}
    >
      <ul ref={list} className="folder-list" aria-label="Editions" tabIndex={-1}>
        {editions?.map((edition) => (
          <li key={edition.rawHash} className="folder-row">
            <EditionText edition={edition} />
            {edition.isShown ? (
              <span className="folder-kind">shown</span>
            ) : (
              <>
                <Button aria-label={`Show ${nameOf(edition)}`} onClick={() => show(edition)}>
                  Show this one
                </Button>
                <Button aria-label={`Part ${nameOf(edition)} from the document`} onClick={() => void part(edition).catch(reportError)}>
                  Part
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

const nameOf = ({ paths: [path = ''] }: Edition): string => path.split(/[\\/]/).at(-1) ?? '';

function EditionText({ edition }: { edition: Edition }) {
  const { title, format, words, changedAt, missing, paths } = edition;
  return (
    <div className="folder-text">
      <b dir="auto">{title}</b>
      <span className="folder-path" dir="ltr">
        {paths[0]}
      </span>
      <span className="folder-path">
        {[
          FORMAT_NAMES[format],
          countOf(words, 'word'),
          `from ${formatMoment(changedAt)}`,
          ...(missing ? ['not there at the moment'] : []),
        ].join(' · ')}
      </span>
    </div>
  );
}
