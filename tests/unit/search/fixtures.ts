import type { SearchDocument } from '../../../electron/search/protocol';

export const searchDocument = (values: Partial<SearchDocument> & { id: string }): SearchDocument => ({
  title: values.id,
  folder: '/library',
  tags: [],
  notes: [],
  ...values,
});

export const NOTE = '01890000-0000-7000-8000-000000000001';
