import { Check, ListOrdered, Star, TriangleAlert } from 'lucide-react';
import { memo, useState } from 'react';
import { coverAddress, type DocumentSummary } from '#api';
import { minutesForWords } from '../../state/reading-time';
import { tagColour } from '../../state/selectors';
import { useStore } from '../../state/store';
import { countOf, formatMinutes, formatNumber, formatShortDate, shortAddress } from '../kit/format';
import { DocumentOption, metaId, type OptionProps, titleId } from './DocumentOption';
import { FORMAT_NAMES, isBegun, troubleOf } from './describe-document';
import { folderLabel } from './library-place';

interface DocumentRowProps extends OptionProps {
  /** CSS pixels from the top of the list. */
  top: number;
  measure(element: HTMLDivElement | null): void;
}

/** A document as a row of the list. */
export const DocumentRow = memo(({ top, measure, ...option }: DocumentRowProps) => {
  const { document } = option;
  return (
    <DocumentOption {...option} className="document" measure={measure} style={{ transform: `translateY(${top}px)` }}>
      {document.hasCover && <Cover key={coverAddress(document)} src={coverAddress(document)} />}
      <div className="document-title" id={titleId(document)}>
        {document.title}
      </div>
      <Description document={document} />
      {isBegun(document) && (
        <div className="thin-bar" aria-hidden="true">
          <i style={{ width: `${100 * document.progress}%` }} />
        </div>
      )}
    </DocumentOption>
  );
});

/** The picture on a book's cover, which says nothing that the row does not; one that cannot be shown leaves its place. */
function Cover({ src }: { src: string }) {
  const [isGone, setGone] = useState(false);
  if (isGone) return null;
  return <img className="document-cover" src={src} alt="" decoding="async" draggable={false} onError={() => setGone(true)} />;
}

/** What describes a document in the list, to those who see it and those who hear it. */
export function Description({ document }: { document: DocumentSummary }) {
  const trouble = troubleOf(document);
  return (
    <div id={metaId(document)}>
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
  );
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
