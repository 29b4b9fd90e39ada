import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Args, EarlierText, TextPage, TextRow } from '#api';
import { announce, reportError } from '../../state/actions/notices';
import { call } from '../../state/client';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf, formatMoment } from '../kit/format';
import { usePages } from '../kit/use-pages';
import { useRowKeys } from '../kit/use-row-keys';
import { VirtualList, type VirtualPlace } from '../kit/VirtualList';
import { Wording } from '../kit/Wording';
import { compareWording } from '../kit/wording';
import './change-review.css';
import './earlier-texts.css';

interface EarlierTextsProps {
  documentId: string;
  /** The text that is shown first, and the place in it (UTF-16 code units). */
  textHash?: string | undefined;
  at?: number | undefined;
}

/** The texts of a document that notes were made on: each as it was, or compared with the present one. */
export function EarlierTexts({ documentId, textHash, at = 0 }: EarlierTextsProps) {
  const title = useStore((state) => state.documents.get(documentId)?.title);
  const [texts, setTexts] = useState<readonly EarlierText[]>();
  const [chosen, setChosen] = useState(textHash);
  const [isCompared, setCompared] = useState(false);
  useEffect(() => {
    call('texts.list', { documentId }).then(setTexts).catch(reportError);
  }, [documentId]);
  const shown = texts?.find((each) => each.textHash === chosen) ?? texts?.find(({ isPresent }) => !isPresent) ?? texts?.[0];
  return (
    <Dialog title="Texts that notes were made on" description={title} width={860}>
      {texts?.length === 0 && <p>No note of this document was made on a passage.</p>}
      {texts && shown && (
        <>
          <div className="earlier-choices">
            <select
              className="field"
              aria-label="Text"
              value={shown.textHash}
              onChange={({ target }) => {
                setChosen(target.value);
                setCompared(false);
              }}
            >
              {texts.map((each) => (
                <option key={each.textHash} value={each.textHash}>
                  {nameOf(each)}
                </option>
              ))}
            </select>
            {!shown.isPresent && (
              <Button aria-pressed={isCompared} onClick={() => setCompared(!isCompared)}>
                Compare with the present text
              </Button>
            )}
          </div>
          <TextView
            key={`${shown.textHash} ${isCompared}`}
            query={{ documentId, textHash: shown.textHash, isCompared, at: shown.textHash === textHash ? at : 0 }}
            onCancel={() => setCompared(false)}
          />
        </>
      )}
    </Dialog>
  );
}

function nameOf({ isPresent, until, noteCount }: EarlierText): string {
  const which = isPresent ? 'The present text' : until === undefined ? 'An earlier text' : `The text until ${formatMoment(until)}`;
  return `${which}, with ${countOf(noteCount, 'note')}`;
}

type TextQuery = Omit<Args<'texts.page'>, 'from' | 'count'>;

/** One text, read and compared piece by piece as it is scrolled. */
function TextView({ query, onCancel }: { query: TextQuery; onCancel(): void }) {
  const [failure, setFailure] = useState<string>();
  const [ask] = useState(() => async (wanted: TextQuery, from: number, count: number): Promise<TextPage | undefined> => {
    const read = await call('texts.page', { ...wanted, from, count });
    if (read.ok) return read.value;
    if (read.failure.code !== 'cancelled') setFailure(read.failure.message);
    return undefined;
  });
  const { page, want } = usePages(ask, query, null);
  const changed = page?.changed;
  useEffect(() => {
    if (query.isCompared && changed !== undefined) announce(toldOf(changed));
  }, [query.isCompared, changed]);
  if (failure !== undefined) return <p role="alert">{failure}</p>;
  if (!page)
    return (
      <div className="earlier-wait" aria-busy="true">
        <p>{query.isCompared ? 'Comparing the two texts…' : 'Reading the text…'}</p>
        {query.isCompared && <Button onClick={onCancel}>Cancel</Button>}
      </div>
    );
  return (
    <>
      {query.isCompared && <p className="earlier-told">{toldOf(page.changed)}</p>}
      <Rows page={page} want={want} />
    </>
  );
}

const toldOf = (changed: number): string =>
  changed === 0 ? 'Nothing has changed but white space.' : `${countOf(changed, 'paragraph')} changed.`;

/** Rows have no name of their own: what tells one from another is its place. */
const keyed = (page: TextPage) => ({ ...page, rows: page.rows.map((row, index) => ({ row, key: String(page.from + index) })) });
type Keyed = { row: TextRow; key: string };
const keyOf = ({ key }: Keyed): string => key;

function Rows({ page, want }: { page: TextPage; want(first: number, last: number): void }) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const items = useMemo(() => keyed(page), [page]);
  const { focus, active, goTo, onRange, step } = useRowKeys<Keyed, HTMLDivElement>({
    page: items,
    keyOf,
    target: '.earlier-row',
    want,
    onGone: () => undefined,
  });
  const isPlaced = useRef(false);
  useLayoutEffect(() => {
    if (isPlaced.current || !scroller) return;
    isPlaced.current = true;
    if (page.at > 0) goTo(page.at);
  });
  return (
    <div ref={setScroller} className="earlier-scroller">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the list in it */}
      <div {...focus} onKeyDown={step}>
        <VirtualList
          label="Paragraphs"
          items={items}
          keyOf={keyOf}
          estimate={90}
          gap={0}
          scroller={scroller}
          keep={active}
          onRange={onRange}
        >
          {({ row, key }, place) => <Row key={key} row={row} isActive={place.index === active} {...place} />}
        </VirtualList>
      </div>
    </div>
  );
}

function Row({ row, isActive, ref, index, offset }: { row: TextRow; isActive: boolean } & VirtualPlace) {
  const { before, now, isSame } = row;
  const isCompared = !isSame;
  const pieces = useMemo(() => (isCompared ? compareWording(before ?? '', now ?? '') : []), [isCompared, before, now]);
  return (
    <li ref={ref} className="earlier-item" data-index={index} style={{ top: offset }} data-marked={row.marks[0]?.colour}>
      {/* The keyboard goes through the paragraphs: what does not fit could not be read with it otherwise. */}
      <p className="earlier-row" dir="auto" tabIndex={isActive ? 0 : -1}>
        {isCompared ? <Wording pieces={pieces} /> : <Marked row={row} />}
      </p>
    </li>
  );
}

/** A paragraph with the passages of notes marked. */
function Marked({ row: { before = '', marks } }: { row: TextRow }) {
  let last = 0;
  const pieces = marks.map(({ start, end, colour }) => {
    const plain = before.slice(last, start);
    last = end;
    return (
      <span key={start}>
        {plain}
        <mark data-colour={colour}>{before.slice(start, end)}</mark>
      </span>
    );
  });
  return (
    <>
      {pieces}
      {before.slice(last)}
    </>
  );
}
