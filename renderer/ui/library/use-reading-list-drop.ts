import { type DragEvent, useState } from 'react';
import { moveToPlace } from '../../state/actions/shelf';
import { areDocuments, droppedDocuments } from './dragged-documents';

/** The row beside which a dragged document would stand. */
interface DropTarget {
  /** From 0. */
  index: number;
  side: 'before' | 'after';
}

/** Lets documents be dragged to other places of the list, where it is the reading list. They follow each other `down` the list, or `across` it first. */
export function useReadingListDrop(isReadingList: boolean, direction: 'down' | 'across') {
  const [target, setTarget] = useState<DropTarget>();
  const targetOf = (event: DragEvent): DropTarget | undefined => {
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="option"]') : null;
    if (!isReadingList || !option || !areDocuments(event)) return undefined;
    const { left, top, width, height } = option.getBoundingClientRect();
    const isBefore = direction === 'across' ? event.clientX < left + width / 2 : event.clientY < top + height / 2;
    return { index: Number(option.dataset['index']), side: isBefore ? 'before' : 'after' };
  };
  return {
    /** On which side of the row at a place a document would stand. */
    sideOf: (index: number) => (target?.index === index ? target.side : undefined),
    handlers: {
      onDragOver(event: DragEvent) {
        const over = targetOf(event);
        setTarget(over);
        if (!over) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
      },
      onDragLeave: () => setTarget(undefined),
      onDrop(event: DragEvent) {
        const over = targetOf(event);
        setTarget(undefined);
        if (!over) return;
        event.preventDefault();
        moveToPlace(droppedDocuments(event), over.index + (over.side === 'after' ? 1 : 0));
      },
    },
  };
}
