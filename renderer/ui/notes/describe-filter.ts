import type { NotesQuery } from '#api';

/** Why a list of notes has nothing in it, though there are some: by what it is filtered. */
export function describeNothingFound({ text, colour, bookmarks, tag, untagged, documentId, person, since, before }: NotesQuery): string {
  const filters = [
    text.trim() !== '' && 'the words',
    colour !== undefined && 'the colour',
    bookmarks && 'the kind',
    (tag !== undefined || untagged) && 'the tag',
    documentId !== undefined && 'the document',
    person !== undefined && 'the person',
    (since !== undefined || before !== undefined) && 'the days',
  ].filter((each) => typeof each === 'string');
  return `No note fits ${new Intl.ListFormat('en').format(filters)} that you filter by.`;
}
