import { Check, ListOrdered, Star, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { DocumentSummary } from '#api';
import { minutesForWords } from '../../state/reading-time';
import { formatMinutes } from '../kit/format';
import { CoverPicture } from './CoverPicture';
import { DocumentOption, type OptionProps, titleId } from './DocumentOption';
import { Description } from './DocumentRow';
import './document-tile.css';
import { FORMAT_NAMES, isBegun, troubleOf } from './describe-document';
import { PartedTitle } from './PartedTitle';

interface DocumentTileProps extends OptionProps {
  /** CSS pixels from the upper left corner of the list. */
  left: number;
  top: number;
}

/** A document by its cover, with its title, author, and how far it was read. */
export const DocumentTile = memo(({ left, top, ...option }: DocumentTileProps) => {
  const { document } = option;
  return (
    <DocumentOption {...option} className="document document-tile" style={{ transform: `translate(${left}px, ${top}px)` }}>
      <div className="tile-cover">
        <CoverPicture document={document} />
      </div>
      <div className="tile-title" id={titleId(document)}>
        <PartedTitle title={document.title} language={document.language} />
      </div>
      <div className="tile-author" aria-hidden="true">
        <bdi>{document.author ?? document.site}</bdi>
      </div>
      <div className="tile-foot" aria-hidden="true">
        <State document={document} />
        {document.favourite && <Star className="tile-mark" data-filled="" />}
        {document.later !== undefined && <ListOrdered className="tile-mark" />}
      </div>
      <div className="visually-hidden">
        <Description document={document} />
      </div>
    </DocumentOption>
  );
});

/** How far it was read, else what it is. */
function State({ document }: { document: DocumentSummary }) {
  const { format, progress, status, words } = document;
  const trouble = troubleOf(document);
  if (trouble)
    return (
      <span className="document-trouble">
        <TriangleAlert />
        <bdi>{trouble.label}</bdi>
      </span>
    );
  if (isBegun(document))
    return (
      <>
        <span className="thin-bar">
          <i style={{ width: `${100 * progress}%` }} />
        </span>
        <bdi>{Math.round(100 * progress)} %</bdi>
      </>
    );
  if (status === 'finished')
    return (
      <span className="document-finished">
        <Check />
        <bdi>Finished</bdi>
      </span>
    );
  return (
    <>
      <bdi>{FORMAT_NAMES[format]}</bdi>
      {words > 0 && <bdi>{formatMinutes(minutesForWords(words))}</bdi>}
    </>
  );
}
