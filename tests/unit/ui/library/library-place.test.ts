import { describe, expect, it } from 'vitest';
import { type LibraryFolder, settingsSchema } from '#api';
import type { AppState, DocumentFilter } from '../../../../renderer/state/store';
import { folderLabel, libraryPlace } from '../../../../renderer/ui/library/library-place';
import { makeCounts } from '../../state/support';

const THESIS = { id: '11111111-1111-4111-8111-111111111111', name: 'Thesis', documents: 1 };
const base = { tags: new Map(), settings: settingsSchema.parse({}), counts: { ...makeCounts(1), collections: [THESIS] } };
const place = (state: Pick<AppState, 'view' | 'filter'>) => libraryPlace({ ...base, ...state });
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

  it('is the shelf or the folder that the list is narrowed to, and no collection that is gone', () => {
    const on = (filter: Partial<DocumentFilter>) => place({ view: { type: 'document' }, filter: { ...everything, ...filter } });
    expect(on({ later: true })).toBe('later');
    expect(on({ favourite: true })).toBe('favourites');
    expect(on({ collectionId: THESIS.id })).toBe(`collection:${THESIS.id}`);
    expect(on({ collectionId: 'gone' })).toBe('all');
    expect(on({ folderId: 'f' })).toBe('folder:f/');
    expect(on({ folderId: 'f', path: 'a/b' })).toBe('folder:f/a/b');
    expect(on({ status: 'unread', collectionId: THESIS.id })).toBe('unread');
  });

  it('is the tag that one became', () => {
    const moved = new Map([['coast', { name: 'coast', movedTo: 'shore' }]]);
    expect(libraryPlace({ ...base, tags: moved, view: { type: 'notes', tag: 'Coast/Wind' }, filter: everything })).toBe('tag:shore/wind');
    expect(libraryPlace({ ...base, tags: moved, view: { type: 'document' }, filter: { ...everything, tag: 'coast' } })).toBe('tag:shore');
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
