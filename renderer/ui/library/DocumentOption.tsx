import type { CSSProperties, ReactNode } from 'react';
import type { DocumentSummary } from '#api';
import { directionOf } from '#model';
import { meantBy } from '../../state/actions/choosing';
import { troubleOf } from './describe-document';
import { dragDocuments } from './dragged-documents';

/** A document of the list, and how it stands there. */
export interface OptionProps {
  document: DocumentSummary;
  /** Its place in the list, from 0, and how many there are. */
  index: number;
  count: number;
  isOpen: boolean;
  /** Whether it is selected; `undefined` while none is. */
  isChosen: boolean | undefined;
  /** The keys work on it. */
  isActive: boolean;
  /** A dragged document would stand on that side of it. */
  drop: 'before' | 'after' | undefined;
}

const optionId = (documentId: string): string => `document-${documentId}`;

/** The option of the list that the keys work on, as its active descendant. */
export const activeDescendant = (document: DocumentSummary | undefined): string | undefined => document && optionId(document.id);

/** The ids of the elements in an option that name and describe it. */
export const titleId = ({ id }: DocumentSummary): string => `${optionId(id)}-title`;
export const metaId = ({ id }: DocumentSummary): string => `${optionId(id)}-meta`;

interface DocumentOptionProps extends OptionProps {
  className: string;
  style: CSSProperties;
  measure?: ((element: HTMLDivElement | null) => void) | undefined;
  /** Its title and what describes it have the ids above. */
  children: ReactNode;
}

/** One document of the list, which has its focus and hears its keys and clicks. Its name is its title alone; the rest describes it. */
export function DocumentOption(props: DocumentOptionProps) {
  const { document, index, count, isOpen, isChosen, isActive, drop, className, style, measure, children } = props;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus for all of its options; one that took it could not be dragged.
    <div
      ref={measure}
      role="option"
      id={optionId(document.id)}
      className={className}
      dir={directionOf(document.title)}
      data-index={index}
      data-active={isActive || undefined}
      data-drop={drop}
      aria-labelledby={titleId(document)}
      aria-describedby={metaId(document)}
      data-open={isOpen || undefined}
      data-chosen={isChosen || undefined}
      aria-selected={isChosen ?? isOpen}
      aria-current={isOpen || undefined}
      aria-setsize={count}
      aria-posinset={index + 1}
      draggable
      onDragStart={(event) => dragDocuments(event, meantBy(document.id))}
      title={troubleOf(document)?.sentence}
      style={style}
    >
      {children}
    </div>
  );
}
