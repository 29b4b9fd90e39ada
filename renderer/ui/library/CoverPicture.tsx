import { type CSSProperties, useEffect, useState } from 'react';
import { coverAddress, type DocumentSummary } from '#api';
import { FORMAT_NAMES } from './describe-document';
import { firstPageOf, heldFirstPage } from './first-pages';
import './cover-picture.css';
import { PartedTitle } from './PartedTitle';
import { widestWord } from './title-width';

/** A document's cover: the picture on it, a PDF's first page, else one that is drawn of its title. It says nothing that the document's option does not. */
export function CoverPicture({ document }: { document: DocumentSummary }) {
  const key = coverAddress(document);
  if (document.missing || document.problem) return <PlainCover document={document} />;
  if (document.hasCover) return <PictureOfBook key={key} document={document} />;
  return document.format === 'pdf' ? <PictureOfPage key={key} document={document} /> : <PlainCover document={document} />;
}

const ratioStyle = (ratio: number): CSSProperties => ({ '--ratio': ratio }) as CSSProperties;

/** Width by height of each cover that was shown: one that comes again stands at once as it stood. */
const ratios = new Map<string, number>();

/** The plain cover stands in its place until it is there, and where it cannot be shown. */
function PictureOfBook({ document }: { document: DocumentSummary }) {
  const src = coverAddress(document);
  const [ratio, setRatio] = useState(() => ratios.get(src));
  const [isGone, setGone] = useState(false);
  return (
    <>
      {ratio === undefined && <PlainCover document={document} />}
      {!isGone && (
        <img
          className="cover-picture"
          src={src}
          alt=""
          decoding="async"
          draggable={false}
          hidden={ratio === undefined}
          style={ratioStyle(ratio ?? 1)}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
            const shown = naturalHeight > 0 ? naturalWidth / naturalHeight : 1;
            ratios.set(src, shown);
            setRatio(shown);
          }}
          onError={() => {
            setRatio(undefined);
            setGone(true);
          }}
        />
      )}
    </>
  );
}

function PictureOfPage({ document }: { document: DocumentSummary }) {
  const { id: documentId } = document;
  const address = coverAddress(document);
  const [page, setPage] = useState(() => heldFirstPage({ documentId, address }));
  const isHeld = page !== undefined;
  useEffect(() => {
    if (isHeld) return;
    const stop = new AbortController();
    firstPageOf({ documentId, address }, stop.signal)
      .then((drawn) => !stop.signal.aborted && setPage(drawn))
      // The plain cover stays; what is wrong with the file is told where it is opened.
      .catch(() => undefined);
    return () => stop.abort();
  }, [documentId, address, isHeld]);
  if (!page) return <PlainCover document={document} />;
  return (
    <img
      className="cover-picture"
      src={page.url}
      alt=""
      draggable={false}
      data-paper={page.isPaper || undefined}
      style={ratioStyle(page.ratio)}
    />
  );
}

/** Letters of a title from which on it is set smaller, and smaller still. */
const LONG = 24;
const VERY_LONG = 70;

function PlainCover({ document: { title, author, format, language } }: { document: DocumentSummary }) {
  const length = title.length > VERY_LONG ? 'very-long' : title.length > LONG ? 'long' : 'short';
  return (
    <div className="plain-cover" aria-hidden="true" lang={language}>
      <span className="plain-cover-title" data-length={length} style={{ '--widest': widestWord(title) } as CSSProperties}>
        <PartedTitle title={title} language={language} />
      </span>
      {author !== undefined && <bdi className="plain-cover-author">{author}</bdi>}
      <bdi className="plain-cover-kind" lang="en">
        {FORMAT_NAMES[format]}
      </bdi>
    </div>
  );
}
