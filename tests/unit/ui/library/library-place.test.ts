import { describe, expect, it } from 'vitest';
import type { LibraryFolder } from '#api';
import type { AppState, DocumentFilter } from '../../../../renderer/state/store';
import { folderLabel, libraryPlace } from '../../../../renderer/ui/library/library-place';

const tags: AppState['tags'] = new Map();
const place = (state: Pick<AppState, 'view' | 'filter'>) => libraryPlace({ tags, ...state });
const everything: DocumentFilter = { status: 'all', text: '' };

describe('libraryPlace', () => {
  it('is the reading status that the list is narrowed to', () => {
    expect(place({ view: { type: 'start' }, filter: everything })).toBe('all');
    expect(place({ view: { type: 'document' }, filter: { ...everything, status: 'unread' } })).toBe('unread');
  });

  it('is the reading status where the list is narrowed to a tag too', () => {
    expect(place({ view: { type: 'document' }, filter: { ...everything, status: 'reading', tag: 'figures' } })).toBe('reading');
  });

  it('is the view where one is shown in place of a document', () => {
    const filter: DocumentFilter = { ...everything, status: 'unread', tag: 'figures' };
    expect(place({ view: { type: 'notes' }, filter })).toBe('notes');
    expect(place({ view: { type: 'trash' }, filter })).toBe('trash');
  });

  it('is the tag by its key, in its own view and beside a document', () => {
    expect(place({ view: { type: 'notes', tag: 'Claims to Check' }, filter: everything })).toBe('tag:claims to check');
    expect(place({ view: { type: 'document' }, filter: { ...everything, tag: 'Figures' } })).toBe('tag:figures');
  });

  it('is the tag that one became', () => {
    const moved = new Map([['coast', { name: 'coast', movedTo: 'shore' }]]);
    expect(libraryPlace({ tags: moved, view: { type: 'notes', tag: 'Coast/Wind' }, filter: everything })).toBe('tag:shore/wind');
    expect(libraryPlace({ tags: moved, view: { type: 'document' }, filter: { ...everything, tag: 'coast' } })).toBe('tag:shore');
  });
});

describe('folderLabel', () => {
  const folder = (kind: LibraryFolder['kind'], path: string, name = path): LibraryFolder => ({
    id: 'f',
    name,
    path,
    kind,
    isInbox: false,
    documentCount: 0,
    missingCount: 0,
    unreadCount: 0,
  });

  it.each([
    ['/home/anna/Documents/مقالات', 'مقالات'],
    ['/home/anna/papers/', 'papers'],
    ['C:\\Users\\Anna\\Papers', 'Papers'],
    ['/', '/'],
  ])('is the last level of %s', (path, expected) => {
    expect(folderLabel(folder('added', path))).toBe(expected);
  });

  it('is the name of a folder that is built in', () => {
    expect(folderLabel(folder('seeds', '/opt/lectern/seeds', 'Documents that come with Lectern'))).toBe('Documents that come with Lectern');
  });
});
