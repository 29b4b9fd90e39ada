import { Check, ListOrdered, Star, TriangleAlert } from 'lucide-react';
import { memo, useState } from 'react';
import { coverAddress, type DocumentSummary } from '#api';
import { directionOf } from '#model';
import { meantBy } from '../../state/actions/choosing';
import { minutesForWords } from '../../state/reading-time';
import { tagColour } from '../../state/selectors';
import { useStore } from '../../state/store';
import { countOf, formatMinutes, formatNumber, formatShortDate, shortAddress } from '../kit/format';
import { dragDocuments } from './dragged-documents';
import { FORMAT_NAMES } from './format-names';
import { folderLabel } from './library-place';

interface DocumentRowProps {
  document: DocumentSummary;
  /** Its place in the list, from 0, and how many there are. */
  index: number;
  count: number;
  /** CSS pixels from the top of the list. */
  top: number;
  isOpen: boolean;
  /** Whether it is selected; `undefined` while none is. */
  isChosen: boolean | undefined;
  /** The keys work on it. */
  isActive: boolean;
  /** A dragged document would stand on that side of it. */
  drop: 'before' | 'after' | undefined;
  measure(element: HTMLDivElement | null): void;
}

export const rowId = (documentId: string): string => `document-${documentId}`;

/** One document of the list, which has its focus and hears its keys and clicks. Its name is its title alone; the rest describes it. */
export const DocumentRow = memo(({ document, index, count, top, isOpen, isChosen, isActive, drop, measure }: DocumentRowProps) => {
  const id = rowId(document.id);
  const trouble = troubleOf(document);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus for all of its options; one that took it could not be dragged.
    <div
      ref={measure}
      role="option"
      id={id}
      className="document"
      dir={directionOf(document.title)}
      data-index={index}
      data-active={isActive || undefined}
      data-drop={drop}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-meta`}
      data-open={isOpen || undefined}
      data-chosen={isChosen || undefined}
      aria-selected={isChosen ?? isOpen}
      aria-current={isOpen || undefined}
      aria-setsize={count}
      aria-posinset={index + 1}
      draggable
      onDragStart={(event) => dragDocuments(event, meantBy(document.id))}
      title={trouble?.sentence}
      style={{ transform: `translateY(${top}px)` }}
    >
      {document.hasCover && <Cover key={coverAddress(document)} src={coverAddress(document)} />}
      <div className="document-title" id={`${id}-title`}>
        {document.title}
      </div>
      <div id={`${id}-meta`}>
        <Meta document={document} />
        <Source document={document} />
        {document.tags.length > 0 && <Tags names={document.tags} />}
        {trouble && (
          <div className="document-trouble">
            <TriangleAlert aria-hidden="true" />
            <span aria-hidden="true">{trouble.label}</span>
            <span className="visually-hidden">{trouble.sentence}</span>
          </div>
        )}
        {isBegun(document) && <span className="visually-hidden">{Math.round(100 * document.progress)} % read</span>}
      </div>
      {isBegun(document) && (
        <div className="thin-bar" aria-hidden="true">
          <i style={{ width: `${100 * document.progress}%` }} />
        </div>
      )}
    </div>
  );
});

/** The picture on a book's cover, which says nothing that the row does not; one that cannot be shown leaves its place. */
function Cover({ src }: { src: string }) {
  const [isGone, setGone] = useState(false);
  if (isGone) return null;
  return <img className="document-cover" src={src} alt="" decoding="async" draggable={false} onError={() => setGone(true)} />;
}

function Meta({
  document: { favourite, later, date, addedAt, inInbox, words, format, noteCount, toReview, status },
}: {
  document: DocumentSummary;
}) {
  return (
    <div className="document-meta">
      {favourite && (
        <span className="document-shelf">
          <Star aria-hidden="true" data-filled="" />
          <span className="visually-hidden">Favourite</span>
        </span>
      )}
      {later !== undefined && (
        <span className="document-shelf">
          <ListOrdered aria-hidden="true" />
          <span className="visually-hidden">On the reading list</span>
        </span>
      )}
      {/* As it stands in the order by date. */}
      {inInbox ? <bdi>saved {formatShortDate(addedAt.slice(0, 10))}</bdi> : date !== undefined && <bdi>{formatShortDate(date)}</bdi>}
      {words > 0 && <bdi>{formatMinutes(minutesForWords(words))}</bdi>}
      <bdi>{FORMAT_NAMES[format]}</bdi>
      {noteCount > 0 && <bdi>{countOf(noteCount, 'note')}</bdi>}
      {toReview && <bdi>{formatNumber(toReview.close + toReview.unplaced)} to review</bdi>}
      {status === 'finished' && (
        <span className="document-finished">
          <Check aria-hidden="true" />
          Finished
        </span>
      )}
    </div>
  );
}

/** By what a document is told apart: its author and the address that it came from, else its file with the folder that it lies in. Of equal titles always the file. */
function Source({ document: { author, address, sharesTitle, relativePath, fileName, folderId } }: { document: DocumentSummary }) {
  const library = useStore(({ folders }) => folders.find(({ id, kind }) => id === folderId && kind === 'added'));
  const folder = relativePath.slice(0, -fileName.length - 1) || (library && folderLabel(library));
  return (
    <div className="document-source" title={relativePath}>
      {author !== undefined && <bdi className="document-author">{author}</bdi>}
      {address !== undefined && (
        <bdi className="document-from" title={address}>
          {shortAddress(address)}
        </bdi>
      )}
      {((author ?? address) === undefined || sharesTitle) && (
        <span className="document-file" dir="ltr">
          {folder && <bdi className="document-folder">{folder}/</bdi>}
          <bdi className="document-name">{fileName}</bdi>
        </span>
      )}
    </div>
  );
}

const TAGS_SHOWN = 2;

function Tags({ names }: { names: readonly string[] }) {
  const tags = useStore((state) => state.tags);
  const more = names.length - TAGS_SHOWN;
  return (
    <div className="document-tags">
      {names.slice(0, TAGS_SHOWN).map((name) => (
        <span key={name} className="document-tag">
          <span className="dot" data-colour={tagColour(tags, name)} />
          <span dir="auto">{name}</span>
        </span>
      ))}
      {more > 0 && <span>+{formatNumber(more)}</span>}
    </div>
  );
}

const isBegun = ({ progress, status }: DocumentSummary): boolean => progress >= 0.01 && status !== 'finished';

/** What is wrong with a document: a word for its row, and the sentence. */
function troubleOf({ missing, problem }: DocumentSummary): { label: string; sentence: string } | undefined {
  if (missing) return { label: 'File missing', sentence: problem?.message ?? 'The file is gone; your notes on it are kept.' };
  if (!problem) return undefined;
  const isOfFile = problem.code.startsWith('document-');
  const known = problem.code === 'document-empty' ? 'Empty' : problem.code === 'document-locked' ? 'Asks for its password' : undefined;
  return { label: known ?? (isOfFile ? 'Cannot be read' : 'Needs attention'), sentence: problem.message };
}

/** CSS pixels of a cover, as document-list.css has it. */
const COVER_HEIGHT = 56;

/** CSS pixels of a row that is not held. */
const USUAL_HEIGHT = 80;

/** CSS pixels that a row probably takes, before it is measured; `undefined` is one that is not held. */
export function estimateRowHeight(document: DocumentSummary | undefined): number {
  if (!document) return USUAL_HEIGHT;
  const lines = Math.min(3, Math.ceil(document.title.length / 33));
  const more = (document.tags.length > 0 ? 20 : 0) + (isBegun(document) ? 10 : 0) + (troubleOf(document) ? 20 : 0);
  return Math.max(16 + lines * 17.5 + 38, document.hasCover ? COVER_HEIGHT + 16 : 0) + more;
}
