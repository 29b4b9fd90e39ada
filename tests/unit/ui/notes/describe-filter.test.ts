import { expect, test } from 'vitest';
import { describeNothingFound } from '../../../../renderer/ui/notes/describe-filter';

const all = { text: '', order: 'newest' } as const;

test('where nothing is found, that is named by which the notes are filtered, and nothing else', () => {
  expect(describeNothingFound({ ...all, documentId: 'a'.repeat(32), within: 'sea' })).toBe('No note fits the document that you filter by.');
  expect(describeNothingFound({ ...all, text: ' quay ', colour: 'green', since: 1 })).toBe(
    'No note fits the words, the colour, and the days that you filter by.',
  );
  expect(describeNothingFound({ ...all, text: ' ', bookmarks: true, person: '' })).toBe(
    'No note fits the kind and the person that you filter by.',
  );
  expect(describeNothingFound({ ...all, untagged: true, before: 1 })).toBe('No note fits the tag and the days that you filter by.');
  expect(describeNothingFound({ ...all, tag: 'sea' })).toBe('No note fits the tag that you filter by.');
});
