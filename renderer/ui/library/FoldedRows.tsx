import { type ReactNode, useMemo, useState } from 'react';
import { wholePage } from '#api';
import { formatNumber } from '../kit/format';
import { VirtualList, type VirtualPlace } from '../kit/VirtualList';

/** CSS pixels */
const ROW_HEIGHT = 28;
const ROW_GAP = 2;

interface FoldedRowsProps<T> {
  /** What the rows are: “Tags”. */
  label: string;
  /** Of their heading. */
  headingId: string;
  items: readonly T[];
  keyOf(item: T): string;
  /** So many are shown until the reader wants all; a list of one more is shown whole. */
  shown: number;
  /** What they stand in. */
  section: HTMLElement | null;
  /** `place` says where a row stands in a list of which only a part is in the page. */
  children(item: T, place?: VirtualPlace): ReactNode;
}

/** The rows of a part of the sidebar: of a long list the first ones, and a button that shows all. */
export function FoldedRows<T>({ label, headingId, items, keyOf, shown, section, children }: FoldedRowsProps<T>) {
  const page = useMemo(() => wholePage(items), [items]);
  const [isWhole, setWhole] = useState(false);
  const isLong = items.length > shown + 1;
  return (
    <>
      {isLong && isWhole ? (
        <VirtualList
          label={label}
          items={page}
          keyOf={keyOf}
          estimate={ROW_HEIGHT}
          gap={ROW_GAP}
          scroller={section?.closest<HTMLElement>('.library-places') ?? null}
        >
          {children}
        </VirtualList>
      ) : (
        <ul aria-labelledby={headingId}>{items.slice(0, isLong ? shown : items.length).map((item) => children(item))}</ul>
      )}
      {isLong && (
        <button type="button" className="library-more" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show all ${formatNumber(items.length)} ${label.toLowerCase()}`}
        </button>
      )}
    </>
  );
}
