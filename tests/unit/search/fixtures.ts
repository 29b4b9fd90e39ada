import type { SearchDocument } from '../../../electron/search/protocol';

export const searchDocument = (values: Partial<SearchDocument> & { id: string }): SearchDocument => ({
  title: values.id,
  path: `/library/${values.id}.txt`,
  format: 'text',
  size: 1,
  changedAt: '2026-01-01T00:00:00.000Z',
  tags: [],
  notes: [],
  ...values,
});

export const NOTE = '01890000-0000-7000-8000-000000000001';
