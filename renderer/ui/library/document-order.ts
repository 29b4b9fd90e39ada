import type { DocumentQuery, Settings } from '#api';

export type SortOrder = Settings['sort'];

interface Order {
  /** What the documents are sorted by, as the menu has it. */
  label: string;
  /** Which way round one expects it first. */
  naturallyAscending: boolean;
  ascending: string;
  descending: string;
  /** The two ways in the heading of the list, after "Documents · ". */
  heading: { ascending: string; descending: string };
}

/** The orders of the list, as its menu and its heading name them. */
export const documentOrders: Record<SortOrder, Order> = {
  date: {
    label: 'Date',
    naturallyAscending: false,
    ascending: 'Oldest first',
    descending: 'Newest first',
    heading: { ascending: 'oldest first', descending: 'newest first' },
  },
  title: {
    label: 'Title',
    naturallyAscending: true,
    ascending: 'A to Z',
    descending: 'Z to A',
    heading: { ascending: 'A to Z', descending: 'Z to A' },
  },
  added: {
    label: 'Date added',
    naturallyAscending: false,
    ascending: 'First added first',
    descending: 'Last added first',
    heading: { ascending: 'first added', descending: 'last added' },
  },
  'last-read': {
    label: 'Last read',
    naturallyAscending: false,
    ascending: 'Read longest ago first',
    descending: 'Read last first',
    heading: { ascending: 'read long ago', descending: 'last read' },
  },
};

/** The order of the list as its heading names it: "newest first". */
export function orderHeading({ sort, ascending }: Pick<DocumentQuery, 'sort' | 'ascending'>): string {
  if (sort === 'later') return 'in your order';
  return sort === 'volume' ? 'by number' : documentOrders[sort].heading[ascending ? 'ascending' : 'descending'];
}
