import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { DocumentSummary } from '#api';
import { useStore } from '../../state/store';
import { openAndRead } from '../kit/open-and-read';
import { DocumentRow, estimateRowHeight, rowId } from './DocumentRow';
import './document-list.css';
import { nextIndex } from './list-keys';

interface DocumentListProps {
  documents: readonly DocumentSummary[];
  ref: RefObject<HTMLDivElement | null>;
  /** Takes the focus when the list goes away with it. */
  onGone(): void;
}

/**
 * The list of documents, of which only the rows on the screen are in the page. The focus stays on the list; the option that the
 * keys work on is its active descendant, and always in the page.
 */
export function DocumentList({ documents, ref, onGone }: DocumentListProps) {
  const openId = useStore(({ view, open }) => (view.type === 'document' ? open?.documentId : undefined));
  const arrangement = useArrangement();
  const indexById = useMemo(() => new Map(documents.map(({ id }, index) => [id, index])), [documents]);
  const [chosen, setChosen] = useState<{ id: string; index: number; arrangement: object }>();
  const [isByKeys, setByKeys] = useState(false);

  const start = arrangement.filter.text === '' && openId !== undefined ? (indexById.get(openId) ?? 0) : 0;
  // When the option's document has left the list, its neighbour takes over.
  const active = chosen?.arrangement === arrangement ? (indexById.get(chosen.id) ?? Math.min(chosen.index, documents.length - 1)) : start;
  const activeDocument = documents[active];

  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: documents.length,
    getScrollElement: () => ref.current,
    estimateSize: useCallback((index: number) => estimateRowHeight(documents[index]), [documents]),
    getItemKey: useCallback((index: number) => documents[index]?.id ?? index, [documents]),
    rangeExtractor: useCallback((range: Range) => withIndex(defaultRangeExtractor(range), active), [active]),
    overscan: 6,
    gap: 2,
    paddingStart: 2,
    paddingEnd: 8,
    scrollPaddingStart: 2,
    scrollPaddingEnd: 2,
  });

  const shownArrangement = useRef(arrangement);
  useEffect(() => {
    if (shownArrangement.current === arrangement) return;
    shownArrangement.current = arrangement;
    virtualizer.scrollToOffset(0);
  }, [arrangement, virtualizer]);

  const shownId = useRef<string>(undefined);
  useEffect(() => {
    const index = openId === undefined ? undefined : indexById.get(openId);
    if (openId === undefined || index === undefined || shownId.current === openId) return;
    shownId.current = openId;
    setChosen({ id: openId, index, arrangement });
    virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [openId, indexById, arrangement, virtualizer]);

  useFocusKept(ref, onGone);

  const select = (index: number) => {
    const document = documents[index];
    if (!document) return;
    setChosen({ id: document.id, index, arrangement });
    openAndRead(document.id);
  };

  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      select(active);
    } else {
      const { range } = virtualizer;
      const next = nextIndex(event.key, { active, count: documents.length, page: range ? range.endIndex - range.startIndex : 1 });
      const document = next === undefined ? undefined : documents[next];
      if (next === undefined || !document) return;
      setChosen({ id: document.id, index: next, arrangement });
      virtualizer.scrollToIndex(next, { align: 'auto' });
    }
    setByKeys(true);
    event.preventDefault();
  };

  const handleFocus = (event: FocusEvent) => {
    // A row that is clicked would take the focus away with it when it is scrolled out of the page.
    if (event.target !== event.currentTarget) ref.current?.focus({ preventScroll: true });
    // A click must not move the list from under the pointer.
    if (event.currentTarget.matches(':active')) return;
    setByKeys(true);
    virtualizer.scrollToIndex(active, { align: 'auto' });
  };

  return (
    <div
      ref={ref}
      role="listbox"
      aria-label="Documents"
      aria-activedescendant={activeDocument && rowId(activeDocument.id)}
      className="documents"
      data-by-keys={isByKeys || undefined}
      data-pane-entry
      tabIndex={0}
      onKeyDown={handleKeyDown}
      onClick={(event) => {
        const option = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="option"]') : null;
        if (option) select(Number(option.dataset.index));
      }}
      onFocus={handleFocus}
      onPointerDown={() => setByKeys(false)}
    >
      <div className="documents-sizer" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start: top }) => {
          const document = documents[index];
          return (
            document && (
              <DocumentRow
                key={key}
                document={document}
                index={index}
                count={documents.length}
                top={top}
                isOpen={document.id === openId}
                isActive={index === active}
                measure={virtualizer.measureElement}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

/** What narrows and orders the list; another object whenever the list is another one. */
function useArrangement() {
  const filter = useStore((state) => state.filter);
  const sort = useStore((state) => state.settings.sort);
  const ascending = useStore((state) => state.settings.sortAscending);
  return useMemo(() => ({ filter, sort, ascending }), [filter, sort, ascending]);
}

const withIndex = (indexes: number[], index: number): number[] =>
  indexes.includes(index) ? indexes : [...indexes, index].sort((a, b) => a - b);

/** Calls `onGone` when the element is taken off the page while it has the focus. */
function useFocusKept(ref: RefObject<HTMLElement | null>, onGone: () => void): void {
  const latest = useRef(onGone);
  useLayoutEffect(() => {
    latest.current = onGone;
  });
  useLayoutEffect(() => {
    const element = ref.current;
    return () => {
      if (element && element === document.activeElement) latest.current();
    };
  }, [ref]);
}
