import { setImmediate } from 'node:timers/promises';
import { fail, ok } from '#api';
import { encodeText } from '../../../electron/formats/document-text';
import type { SearchSource } from '../../../electron/search';
import type { SearchDocument, SearchNote } from '../../../electron/search/protocol';

/** What a test says of a document; when its notes were made need not be among it. */
export interface DocumentValues extends Partial<Omit<SearchDocument, 'notes'>> {
  notes?: (Omit<SearchNote, 'createdAt' | 'modifiedAt'> & Partial<SearchNote>)[];
}

const AT = '2021-12-04T09:00:00.000Z';

export const searchDocument = ({ notes = [], ...values }: DocumentValues & { id: string }): SearchDocument => ({
  title: values.id,
  folder: '/library',
  format: 'text',
  isFavourite: false,
  isLater: false,
  collections: [],
  status: 'unread',
  isMissing: false,
  hasUnplaced: false,
  addedAt: AT,
  tags: [],
  ...values,
  notes: notes.map((note) => ({ createdAt: AT, modifiedAt: AT, ...note })),
});

export const NOTE = '01890000-0000-7000-8000-000000000001';

/** A document as a library gives it to the search. */
export const asSearched = (document: SearchDocument | undefined) => document && { ...document, notesState: JSON.stringify(document.notes) };

/** A library in memory. */
export class Documents implements SearchSource {
  readonly all = new Map<string, SearchDocument>();
  readonly texts = new Map<string, string>();
  /** Ids of the documents whose texts were read once more. */
  readonly wasRead: string[] = [];

  set(id: string, text?: string, values: DocumentValues = {}): void {
    const content = text === undefined ? undefined : `content ${text.slice(-20)}`;
    if (text !== undefined && content) this.texts.set(content, text);
    this.all.set(id, searchDocument({ id, content, ...values }));
  }

  ids = () => this.all.keys();
  document = (id: string) => asSearched(this.all.get(id));
  read: SearchSource['read'] = async (id) => {
    await setImmediate();
    this.wasRead.push(id);
    const content = this.all.get(id)?.content ?? '';
    const text = this.texts.get(content);
    return text === undefined ? fail('document-unreadable', 'It cannot be read.') : ok({ content, text: encodeText(text, 'hash') });
  };
}
