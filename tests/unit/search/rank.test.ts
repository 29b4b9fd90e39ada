import { describe, expect, it } from 'vitest';
import { fold } from '#model';
import { makeEntry } from '../../../electron/search/entry';
import { makeGroup } from '../../../electron/search/hits';
import { readSought } from '../../../electron/search/sought';
import { type DocumentValues, NOTE, searchDocument } from './fixtures';

type Sample = DocumentValues & { text?: string };

function score(query: string, { text = '', ...document }: Sample): number {
  const entry = makeEntry(searchDocument({ id: 'document-1', title: '', ...document }));
  const group = makeGroup(entry, { original: text, folded: fold(text), textHash: '' }, readSought(query));
  if (group.total === 0) throw new Error(`${query} does not match`);
  return group.score;
}

const noteWith = (body: string, quote = '') => [{ id: NOTE, colour: 'blue' as const, quote, body, tags: [] }];

describe('score', () => {
  it.each<[string, string, Sample, Sample]>([
    ['a title above a tag', 'army', { title: 'The army' }, { tags: ['army'] }],
    ['the beginning of a word in a title above a tag', 'arm', { title: 'Army' }, { tags: ['arm'] }],
    ['a tag above a note', 'army', { tags: ['army'] }, { notes: noteWith('army') }],
    ['a note above a quote', 'army', { notes: noteWith('army') }, { notes: noteWith('', 'army') }],
    ['a quote above any number in the text', 'army', { notes: noteWith('', 'army') }, { text: 'army '.repeat(10_000) }],
    ['more above fewer', 'army', { text: 'army army army' }, { text: 'army' }],
    ['a whole word above the beginning of one', 'arm', { text: 'arm' }, { text: 'army' }],
    ['near above far', 'army border', { text: 'army border' }, { text: `army ${'x '.repeat(200)} border` }],
    ['both in title and text above title alone', 'army', { title: 'army', text: 'army' }, { title: 'army' }],
  ])('puts %s', (_name, query, better, worse) => expect(score(query, better)).toBeGreaterThan(score(query, worse)));
});
