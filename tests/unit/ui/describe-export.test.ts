import { expect, test } from 'vitest';
import { describeExport } from '../../../renderer/ui/notices/describe-export';

const prepared = {
  id: '01890000-0000-7000-8000-000000000001',
  name: 'All notes.md',
  mediaType: 'text/markdown',
  fileCount: 1,
  documentCount: 1200,
  noteCount: 100_000,
};

test.each([
  ['before it is known what is in it', { documents: 0, notes: 0 }, 'Exporting…'],
  ['in documents', { prepared, documents: 512, notes: 40_000 }, 'Exporting: 512 of 1,200 documents…'],
  [
    'in notes of a single document',
    { prepared: { ...prepared, documentCount: 1 }, documents: 0, notes: 40_000 },
    'Exporting: 40,000 of 100,000 notes…',
  ],
  ['when it was cancelled', { prepared, documents: 512, notes: 40_000, isCancelled: true }, 'Cancelling…'],
])('how far an export is is told %s', (_when, exporting, told) => {
  expect(describeExport(exporting).told).toBe(told);
});
