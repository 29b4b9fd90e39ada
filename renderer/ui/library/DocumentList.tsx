import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { chooseAll, chooseDocuments, chooseRange, meantBy, toggleDocument } from '../../state/actions/choosing';
import { documentAt, placeOf, rowAtPlace, setActiveDocument, wantDocuments } from '../../state/actions/document-list';
import { withNotebook } from '../../state/actions/notes';
import { notify, reportError } from '../../state/actions/notices';
import { moveInReadingList, toggleFavourites, toggleLater } from '../../state/actions/shelf';
import { showDialog } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { type MenuPlace, menuPlaceOf } from '../kit/ContextMenu';
import { openAndRead } from '../kit/open-and-read';
import { DocumentMenu } from './DocumentMenu';
import { activeDescendant } from './DocumentOption';
import { DocumentRow, estimateRowHeight } from './DocumentRow';
import { DocumentTile } from './DocumentTile';
import './document-list.css';
import { nextIndex } from '../kit/list-keys';
import { TILE_GAP, type Tiles, tilesIn } from './tiles';
import { useReadingListDrop } from './use-reading-list-drop';

interface DocumentListProps {
  /** How many documents it has; `state.list` holds those on the screen. */
  total: number;
  ref: RefObject<HTMLDivElement | null>;
  /** Takes the focus when the list goes away with it. */
  onGone(): void;
}

/**
 * The list of documents, as rows or by their covers, of which only those on the screen are in the page. The focus stays on the list; the option that the
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
  const marked = useStore((state) => state.chosenDocuments);
  /** Where a range begins, from 0. */
  const anchor = useRef<number>(undefined);
  const view = useStore((state) => state.settings.documentsView);
  const tiles = useTiles(ref, view === 'covers');
  const columns = tiles?.columns ?? 1;
  const drop = useReadingListDrop(arrangement.filter.later === true, tiles ? 'across' : 'down');
  const [menu, setMenu] = useState<{ documentId: string; place: MenuPlace }>();

  const start = arrangement.filter.text === '' && openId !== undefined ? (indexOf(openId) ?? 0) : 0;
  // When the option's document has left the list, its neighbour takes over.
  const active =
    chosen?.arrangement === arrangement
      ? ((chosen.id === undefined ? undefined : indexOf(chosen.id)) ?? Math.min(chosen.index, total - 1))
      : start;
  const activeDocument = rowAt(active);

  // Its items are rows, of one document or of as many as stand side by side.
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: Math.ceil(total / columns),
    getScrollElement: () => ref.current,
    estimateSize: useCallback((row: number) => tiles?.height ?? estimateRowHeight(rowAt(row)), [tiles, rowAt]),
    getItemKey: useCallback((row: number) => (tiles ? `row ${row}` : (rowAt(row)?.id ?? row)), [tiles, rowAt]),
    rangeExtractor: useCallback((range: Range) => withIndex(defaultRangeExtractor(range), Math.floor(active / columns)), [active, columns]),
    overscan: tiles ? 2 : 6,
    gap: tiles ? TILE_GAP : 2,
    paddingStart: 2,
    paddingEnd: 8,
    scrollPaddingStart: 2,
    scrollPaddingEnd: 2,
  });

  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  useEffect(() => wantDocuments(startIndex * columns, (endIndex + 1) * columns - 1), [startIndex, endIndex, columns]);

  /** Brings the document at a place of the list, from 0, on the screen. */
  const scrollTo = useCallback(
    (index: number) => virtualizer.scrollToIndex(Math.floor(index / columns), { align: 'auto' }),
    [virtualizer, columns],
  );

  // When documents stand otherwise, or more of them come, the one that the keys work on stays in sight if it was; else what stood on top stays there.
  const shown = useRef({ tiles, first: 0, active, isSeen: true });
  useLayoutEffect(() => {
    const before = shown.current;
    const row = Math.floor(active / columns);
    const isOnScreen = row >= startIndex && row <= endIndex;
    const isOther = before.tiles !== tiles;
    if (isOther) {
      virtualizer.measure();
      if (before.isSeen) virtualizer.scrollToIndex(row, { align: 'center' });
      else virtualizer.scrollToIndex(Math.floor(before.first / columns), { align: 'start' });
    } else if (before.isSeen && before.active !== active && !isOnScreen) scrollTo(active);
    // Nothing is known before the first look, nor of where the list was just sent.
    const isUnknown = !virtualizer.range || isOther || before.active !== active;
    shown.current = {
      tiles,
      first: isOther ? before.first : startIndex * columns,
      active,
      isSeen: isUnknown ? before.isSeen : isOnScreen,
    };
  }, [tiles, columns, startIndex, endIndex, active, scrollTo, virtualizer]);

  // It is looked after wherever the list is scrolled to: the keys work on it.
  const activeId = activeDocument?.id;
  useEffect(() => {
    if (activeId !== undefined) setActiveDocument(activeId);
  }, [activeId]);

  const shownArrangement = useRef(arrangement);
  useEffect(() => {
    if (shownArrangement.current === arrangement) return;
    shownArrangement.current = arrangement;
    anchor.current = undefined;
    chooseDocuments(new Set());
    virtualizer.scrollToOffset(0);
  }, [arrangement, virtualizer]);

  const shownId = useRef<string>(undefined);
  useEffect(() => {
    const index = openId === undefined ? undefined : indexOf(openId);
    if (openId === undefined || index === undefined || shownId.current === openId) return;
    shownId.current = openId;
    setChosen({ id: openId, index, arrangement });
    scrollTo(index);
  }, [openId, indexOf, arrangement, scrollTo]);

  useFocusKept(ref, onGone);

  const choose = (index: number) => setChosen({ id: rowAt(index)?.id, index, arrangement });
  const select = async (index: number) => {
    choose(index);
    const id = await documentAt(index);
    if (id !== undefined) openAndRead(id);
  };

  /** Selects from where the range began to `to`, which the keys then work on. */
  const extend = (to: number) => {
    anchor.current ??= active;
    choose(to);
    void chooseRange(anchor.current, to).catch(reportError);
  };
  const toggle = async (index: number) => {
    anchor.current = index;
    choose(index);
    const id = await documentAt(index);
    if (id !== undefined) toggleDocument(id);
  };

  /** Keys that select; false for any other. */
  const handleChoosingKey = (event: KeyboardEvent): boolean => {
    const isMod = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (isMod && !event.shiftKey && event.key.toLowerCase() === 'a') void chooseAll().catch(reportError);
    else if (isMod && !event.shiftKey && event.key === ' ') void toggle(active).catch(reportError);
    else if (event.key === 'Escape' && marked.size > 0) {
      anchor.current = undefined;
      chooseDocuments(new Set());
    } else if (event.key.toLowerCase() === 't' && !isMod && !event.altKey && !event.shiftKey && activeDocument)
      showDialog({ type: 'tag-many', target: { type: 'documents', documentIds: meantBy(activeDocument.id) } });
    else return false;
    return true;
  };

  /** Keys that do something to the document that the keys are on; false for any other. */
  const handleOwnKey = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !activeDocument) return false;
    const documentId = activeDocument.id;
    const key = event.key.toLowerCase();
    const isForm = key === 'e';
    if ((isForm || event.key === 'Delete') && meantBy(documentId).length > 1)
      notify('info', 'Several documents are selected. This can be done with one at a time.');
    else if (key === 'f') void toggleFavourites(meantBy(documentId)).catch(reportError);
    else if (key === 'q') void toggleLater(meantBy(documentId)).catch(reportError);
    else if (isForm) void withNotebook(documentId, () => showDialog({ type: 'details', documentId })).catch(reportError);
    else if (event.key === 'Delete') showDialog({ type: 'forget', documentId });
    else return false;
    return true;
  };

  /** Keys that move a document within the reading list; false for any other. */
  const handleMovingKey = (event: KeyboardEvent): boolean => {
    const isMove = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && /^Arrow(Up|Down)$/.test(event.key);
    if (!isMove || !arrangement.filter.later || !activeDocument) return false;
    const step = event.key === 'ArrowUp' ? -1 : 1;
    moveInReadingList(activeDocument.id, (from) => from + step);
    return true;
  };

  const handleKeyDown = (event: KeyboardEvent) => {
    if (!handleChoosingKey(event) && !handleOwnKey(event) && !handleMovingKey(event)) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (!event.shiftKey && (event.key === 'Enter' || event.key === ' ')) {
        void select(active).catch(reportError);
      } else {
        const { range } = virtualizer;
        const page = range ? (range.endIndex - range.startIndex) * columns : columns;
        const next = nextIndex(event.key, { active, count: total, page, columns });
        if (next === undefined) return;
        if (event.shiftKey) extend(next);
        else {
          anchor.current = undefined;
          choose(next);
        }
        scrollTo(next);
      }
    }
    setByKeys(true);
    event.preventDefault();
  };

  const handleClick = (event: MouseEvent) => {
    const option = optionOf(event);
    if (!option) return;
    const index = Number(option.dataset['index']);
    if (event.shiftKey) extend(index);
    else if (event.ctrlKey || event.metaKey) void toggle(index).catch(reportError);
    else {
      anchor.current = index;
      chooseDocuments(new Set());
      void select(index).catch(reportError);
    }
  };

  const handleContextMenu = (event: MouseEvent) => {
    const isByPointer = event.button === 2;
    const option = isByPointer ? optionOf(event) : ref.current?.querySelector<HTMLElement>('[data-active]');
    const documentId = option ? rowAt(Number(option.dataset['index']))?.id : undefined;
    if (!option || documentId === undefined || !ref.current) return;
    const place = menuPlaceOf(event, option, ref.current);
    if (place) setMenu({ documentId, place });
  };

  const handleFocus = (event: FocusEvent) => {
    // A click must not move the list from under the pointer.
    if (event.currentTarget.matches(':active')) return;
    setByKeys(true);
    scrollTo(active);
  };

  return (
    <>
      <div
        ref={ref}
        role="listbox"
        aria-label="Documents"
        aria-activedescendant={activeDescendant(activeDocument)}
        className="documents"
        data-view={view}
        data-by-keys={isByKeys || undefined}
        data-pane-entry
        tabIndex={0}
        onKeyDown={handleKeyDown}
        aria-multiselectable="true"
        onClick={handleClick}
        onContextMenu={handleContextMenu}
        {...drop.handlers}
        onFocus={handleFocus}
        onPointerDown={() => setByKeys(false)}
      >
        <div className="documents-sizer" style={sizerStyle(virtualizer.getTotalSize(), tiles)}>
          {virtualizer.getVirtualItems().flatMap(({ index: row, start: top }) =>
            Array.from({ length: Math.min(columns, total - row * columns) }, (_, column) => {
              const index = row * columns + column;
              const document = rowAt(index);
              if (!document) return undefined;
              const option = {
                document,
                index,
                count: total,
                isOpen: document.id === openId,
                isChosen: marked.size > 0 ? marked.has(document.id) : undefined,
                isActive: index === active,
                drop: drop.sideOf(index),
                top,
              };
              return tiles ? (
                <DocumentTile key={document.id} {...option} left={column * (tiles.width + TILE_GAP)} />
              ) : (
                <DocumentRow key={document.id} {...option} measure={virtualizer.measureElement} />
              );
            }),
          )}
        </div>
      </div>
      {menu && <DocumentMenu documentId={menu.documentId} place={menu.place} onClose={() => setMenu(undefined)} />}
    </>
  );
}

/** What narrows and orders the list; another object whenever the list is another one. */
function useArrangement() {
  const filter = useStore((state) => state.filter);
  const sort = useStore((state) => state.settings.sort);
  const ascending = useStore((state) => state.settings.sortAscending);
  return useMemo(() => ({ filter, sort, ascending }), [filter, sort, ascending]);
}

/** How covers stand in the list; `undefined` where it has rows. */
function useTiles(ref: RefObject<HTMLElement | null>, areCovers: boolean): Tiles | undefined {
  const [tiles, setTiles] = useState<Tiles>();
  useLayoutEffect(() => {
    const sizer = ref.current?.firstElementChild;
    if (!areCovers || !sizer) return;
    const observer = new ResizeObserver(() => setTiles(tilesIn(sizer.clientWidth)));
    observer.observe(sizer);
    setTiles(tilesIn(sizer.clientWidth));
    return () => {
      observer.disconnect();
      setTiles(undefined);
    };
  }, [ref, areCovers]);
  return tiles;
}

const sizerStyle = (height: number, tiles: Tiles | undefined): CSSProperties =>
  ({
    height,
    ...(tiles && { '--tile-width': `${tiles.width}px`, '--tile-height': `${tiles.height}px`, '--cover-height': `${tiles.coverHeight}px` }),
  }) as CSSProperties;

const optionOf = ({ target }: MouseEvent): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[role="option"]') : null;

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
