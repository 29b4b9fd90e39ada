import { expect, test } from 'vitest';
import { hasTwoViews, isViewUnknown } from '../../../renderer/state/pages';
import type { OpenDocument } from '../../../renderer/state/store';

const opening: OpenDocument = {
  documentId: 'document-1',
  opening: 1,
  phase: 'loading',
  outline: [],
  beginsWithTitle: false,
  notices: [],
  drawn: 0,
  paragraph: 0,
  paragraphCount: 0,
  offset: 0,
  progress: 0,
  fits: false,
};
const source = { format: 'pdf', rawHash: 'a'.repeat(64) } as const;

test('which views a document has is unknown until its text begins to come, and is no question any more when it failed', () => {
  expect(isViewUnknown(opening)).toBe(true);
  expect(isViewUnknown({ ...opening, phase: 'drawing', source })).toBe(true);
  expect(isViewUnknown({ ...opening, phase: 'drawing', source, asText: false })).toBe(false);
  expect(isViewUnknown({ ...opening, phase: 'drawing', revision: 1 })).toBe(false);
  expect(isViewUnknown({ ...opening, phase: 'failed' })).toBe(false);
  expect(isViewUnknown(undefined)).toBe(false);
  expect([hasTwoViews(opening), hasTwoViews({ ...opening, source })]).toEqual([false, true]);
});
