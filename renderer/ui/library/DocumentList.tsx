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
import { documentAt, placeOf, rowAtPlace, setActiveDocument, wantDocuments } from '../../state/actions/document-list';
import { reportError } from '../../state/actions/notices';
import { useStore } from '../../state/store';
import { openAndRead } from '../kit/open-and-read';
import { DocumentRow, estimateRowHeight, rowId } from './DocumentRow';
import './document-list.css';
import { nextIndex } from '../kit/list-keys';

interface DocumentListProps {
  /** How many documents it has; `state.list` holds those on the screen. */
  total: number;
  ref: RefObject<HTMLDivElement | null>;
  /** Takes the focus when the list goes away with it. */
  onGone(): void;
}

/**
 * The list of documents, of which only the rows on the screen are in the page. The focus stays on the list; the option that the
 * keys work on is its active descendant, and always in the page.
 */
export function DocumentList({ total, ref, onGone }: DocumentListProps) {
  const openId = useStore(({ view, open }) => (view.type === 'document' ? open?.documentId : undefined));
  const arrangement = useArrangement();
  const list = useStore((state) => state.list);
  const documents = useStore((state) => state.documents);
  const rowAt = useCallback((index: number) => rowAtPlace({ list, documents }, index), [list, documents]);
  const indexOf = useCallback((id: string) => placeOf({ list }, id), [list]);
  const [chosen, setChosen] = useState<{ id: string | undefined; index: number; arrangement: object }>();
  const [isByKeys, setByKeys] = useState(false);

  const start = arrangement.filter.text === '' && openId !== undefined ? (indexOf(openId) ?? 0) : 0;
  // When the option's document has left the list, its neighbour takes over.
  const active =
    chosen?.arrangement === arrangement
      ? ((chosen.id === undefined ? undefined : indexOf(chosen.id)) ?? Math.min(chosen.index, total - 1))
      : start;
  const activeDocument = rowAt(active);

  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: total,
    getScrollElement: () => ref.current,
    estimateSize: useCallback((index: number) => estimateRowHeight(rowAt(index)), [rowAt]),
    getItemKey: useCallback((index: number) => rowAt(index)?.id ?? index, [rowAt]),
    rangeExtractor: useCallback((range: Range) => withIndex(defaultRangeExtractor(range), active), [active]),
    overscan: 6,
    gap: 2,
    paddingStart: 2,
    paddingEnd: 8,
    scrollPaddingStart: 2,
    scrollPaddingEnd: 2,
  });

  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  useEffect(() => wantDocuments(startIndex, endIndex), [startIndex, endIndex]);

  // It is looked after wherever the list is scrolled to: the keys work on it.
  const activeId = activeDocument?.id;
  useEffect(() => {
    if (activeId !== undefined) setActiveDocument(activeId);
  }, [activeId]);

  const shownArrangement = useRef(arrangement);
  useEffect(() => {
    if (shownArrangement.current === arrangement) return;
    shownArrangement.current = arrangement;
    virtualizer.scrollToOffset(0);
  }, [arrangement, virtualizer]);

  const shownId = useRef<string>(undefined);
  useEffect(() => {
    const index = openId === undefined ? undefined : indexOf(openId);
    if (openId === undefined || index === undefined || shownId.current === openId) return;
    shownId.current = openId;
    setChosen({ id: openId, index, arrangement });
    virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [openId, indexOf, arrangement, virtualizer]);

  useFocusKept(ref, onGone);

  const choose = (index: number) => setChosen({ id: rowAt(index)?.id, index, arrangement });
  const select = async (index: number) => {
    choose(index);
    const id = await documentAt(index);
    if (id !== undefined) openAndRead(id);
  };

  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      void select(active).catch(reportError);
    } else {
      const { range } = virtualizer;
      const next = nextIndex(event.key, { active, count: total, page: range ? range.endIndex - range.startIndex : 1 });
      if (next === undefined) return;
      choose(next);
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
        if (option) void select(Number(option.dataset.index)).catch(reportError);
      }}
      onFocus={handleFocus}
      onPointerDown={() => setByKeys(false)}
    >
      <div className="documents-sizer" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start: top }) => {
          const document = rowAt(index);
          return (
            document && (
              <DocumentRow
                key={key}
                document={document}
                index={index}
                count={total}
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
