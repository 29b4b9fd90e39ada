import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type ReactNode, useEffect, useState } from 'react';
import { earlierVersions, isMoved, type Note, type NoteVersion, quoteOf } from '#model';
import { readArchivedVersions, restoreVersion } from '../../state/actions/note-versions';
import { reportError } from '../../state/actions/notices';
import { Button, IconButton } from '../kit/Button';
import { DialogShade } from '../kit/Dialog';
import { formatMoment } from '../kit/format';
import { useReturnFocus } from '../kit/use-return-focus';
import { Wording } from '../kit/Wording';
import { compareWording } from '../kit/wording';
import { NoteBody } from './NoteBody';
import { closeLines, colourName } from './note-names';
import './note-history.css';

interface NoteHistoryProps {
  documentId: string;
  note: Note;
  /** The note is in the trash: it comes out of it with a version that is brought back. */
  isDeleted?: boolean;
  /** A version was brought back. */
  onRestored(): void;
  onClose(): void;
}

/** The states of a note on a line of time, the present one first; each earlier one can be brought back. */
export function NoteHistory({ documentId, note, isDeleted = false, onRestored, onClose }: NoteHistoryProps) {
  const returnFocus = useReturnFocus();
  const [archived, setArchived] = useState<readonly NoteVersion[]>([]);
  const [showsChanges, setShowsChanges] = useState(true);
  const versions = [...archived, ...earlierVersions(note)];
  const states: Pick<NoteVersion, 'body' | 'anchor'>[] = [...versions, note];
  useEffect(() => void readArchivedVersions(documentId, note.id).then(setArchived).catch(reportError), [documentId, note.id]);
  const bringBack = (version: NoteVersion): void => {
    if (restoreVersion(documentId, note.id, version)) onRestored();
    onClose();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <DialogShade />
        {/* Keys belong to the dialog, not to the note beneath. */}
        <Dialog.Content className="dialog" onCloseAutoFocus={returnFocus} onKeyDown={(event) => event.stopPropagation()}>
          <div className="dialog-head">
            <Dialog.Title>Earlier versions</Dialog.Title>
          </div>
          <div className="dialog-body">
            <Dialog.Description className="dialog-description">
              {isDeleted
                ? 'The note as it was before its changes. Bringing one back takes the note out of the trash, and keeps what it is now here.'
                : 'The note as it was before its changes. Bringing one back keeps the present one here.'}
            </Dialog.Description>
            <Button className="button versions-shown" aria-pressed={showsChanges} onClick={() => setShowsChanges(!showsChanges)}>
              Show what changed after each
            </Button>
            <ol className="versions">
              <li className="version" data-colour={note.colour} aria-current="true">
                <VersionHead at={note.modifiedAt} before={isDeleted ? 'In the trash, last changed ' : 'Now, since '} {...note} />
                {note.body === '' ? <p className="note-empty">No text</p> : <NoteBody body={note.body} />}
              </li>
              {versions.toReversed().map((version, fromEnd) => {
                const index = versions.length - 1 - fromEnd;
                return (
                  <li key={`${version.at} ${version.body}`} className="version" data-colour={version.colour}>
                    <VersionHead {...version}>
                      <Button onClick={() => bringBack(version)}>
                        Restore this version<span className="visually-hidden"> of {formatMoment(version.at)}</span>
                      </Button>
                    </VersionHead>
                    <VersionWords version={version} next={states[index + 1]} showsChanges={showsChanges} />
                  </li>
                );
              })}
            </ol>
          </div>
          <Dialog.Close asChild>
            <IconButton label="Close" className="icon-button dialog-close">
              <X />
            </IconButton>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface VersionHeadProps extends Pick<NoteVersion, 'at' | 'colour' | 'tags'> {
  before?: string;
  children?: ReactNode;
}

/** Since when a state stood, with its colour and tags. */
function VersionHead({ at, colour, tags, before = '', children }: VersionHeadProps) {
  return (
    <div className="version-head">
      <time dateTime={at}>
        {before}
        {formatMoment(at)}
      </time>
      <span>
        {[colourName(colour), ...tags.map((tag) => `#${tag}`)].map((word) => (
          <span key={word} dir="auto">
            {word}{' '}
          </span>
        ))}
      </span>
      {children}
    </div>
  );
}

interface VersionWordsProps {
  version: NoteVersion;
  /** What came after it. */
  next: Pick<NoteVersion, 'body' | 'anchor'> | undefined;
  showsChanges: boolean;
}

/** What a version said, with its passage where the next one had another; or what the next one made of it. */
function VersionWords({ version: { body, anchor }, next, showsChanges }: VersionWordsProps) {
  const quote = anchor && isMoved({ anchor }, { anchor: next?.anchor }) ? quoteOf({ anchor }) : undefined;
  const empty = <p className="note-empty">No text</p>;
  return (
    <>
      {quote !== undefined && (
        <blockquote className="note-quote" dir="auto">
          {closeLines(quote)}
        </blockquote>
      )}
      {showsChanges && next && next.body !== body ? (
        <p className="version-changes" dir="auto">
          <Wording pieces={compareWording(body, next.body)} />
        </p>
      ) : body === '' ? (
        empty
      ) : (
        <NoteBody body={body} />
      )}
    </>
  );
}
