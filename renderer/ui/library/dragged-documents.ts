import type { DragEvent } from 'react';

/** The type of what is dragged: the ids of documents of the list, as JSON. */
const TYPE = 'application/x-lectern-documents';

/** Begins to drag documents of the list. */
export function dragDocuments({ dataTransfer }: DragEvent, documentIds: readonly string[]): void {
  dataTransfer.setData(TYPE, JSON.stringify(documentIds));
  dataTransfer.effectAllowed = 'copyMove';
}

/** Whether documents of the list are dragged. */
export const areDocuments = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes(TYPE);

/** The documents that were dropped. */
export function droppedDocuments({ dataTransfer }: DragEvent): string[] {
  const ids: unknown = JSON.parse(dataTransfer.getData(TYPE) || '[]');
  return Array.isArray(ids) ? ids.map(String) : [];
}
