import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { allRows } from './all-rows';
import { type OwnFolder, openOwnFolder } from './changed-documents';
import { arrive, EDITED, notebookOf, openMarked, value } from './harbour-documents';
import { openCore } from './host-fixtures';
import { waitFor } from './wait-for';

const notesOf = async (opened: OwnFolder, documentId: string | undefined) => (await notebookOf(opened, documentId)).notes;

describe('a file that was renamed and edited', () => {
  it('is offered from either side, goes on with the notes, stays so after a restart, and is taken back', async () => {
    const opened = await openMarked();
    const { id, call, core, folder } = opened;
    await rm(path.join(folder, 'harbour.txt'));
    await opened.write('port.txt', EDITED);
    const fromId = await arrive(opened, 'port.txt');
    await waitFor(() => expect(core.library.summary(id)?.missing).toBe(true));
    expect(fromId).not.toBe(id);
    const offer = { fromId, intoId: id, noteCount: 3 };
    expect(await call('join.likely', { documentId: fromId })).toMatchObject([offer]);
    expect(await call('join.likely', { documentId: id })).toMatchObject([offer]);
    expect(await call('join.likely', { documentId: opened.idOf('other.txt') })).toEqual([]);

    value(await call('join.apply', { fromId, intoId: id }));
    expect(opened.row('port.txt')).toMatchObject({ id, noteCount: 3, missing: false });
    expect(core.library.summary(fromId)).toBeUndefined();
    expect(await call('join.likely', { documentId: id })).toEqual([]);
    await core.close();
    const again = await openOwnFolder(opened);
    expect(again.row('port.txt')).toMatchObject({ id, noteCount: 3, missing: false });
    expect(again.row('harbour.txt')).toBeUndefined();
  });

  it('is another document again when that is taken back, and what was written since stays', async () => {
    const opened = await openMarked();
    const { id, call, core, folder } = opened;
    await rename(path.join(folder, 'harbour.txt'), path.join(folder, 'gone'));
    await opened.write('port.txt', EDITED);
    const fromId = await arrive(opened, 'port.txt');
    await waitFor(() => expect(core.library.summary(id)?.missing).toBe(true));
    value(await call('join.apply', { fromId, intoId: id }));
    const [note] = await notesOf(opened, id);
    value(await call('notebook.apply', { documentId: id, changes: [{ type: 'put-note', note: { ...note, body: 'written since' } }] }));
    value(await call('join.undo', { fromId, intoId: id }));
    expect(opened.row('port.txt')).toMatchObject({ id: fromId, noteCount: 0 });
    expect(core.library.summary(id)).toMatchObject({ noteCount: 3, missing: true });
    expect((await notesOf(opened, id))[0]?.body).toBe('written since');
    await rename(path.join(folder, 'gone'), path.join(folder, 'harbour.txt'));
    await waitFor(() => expect(opened.row('harbour.txt')).toMatchObject({ id, noteCount: 3, missing: false }));
  });

  it('is offered as Markdown, too', async () => {
    const opened = await openMarked();
    await rm(path.join(opened.folder, 'harbour.txt'));
    await opened.write('harbour.md', `# The harbour\n\n${EDITED.replaceAll('the ', '*the* ').replaceAll('\n\n', '\n\n- ')}`);
    const fromId = await arrive(opened, 'harbour.md');
    await waitFor(async () => expect(await opened.call('join.likely', { documentId: fromId })).toMatchObject([{ intoId: opened.id }]));
  });
});

describe('a new edition beside the old one', () => {
  it('gets the notes; the old file is another edition of the same document, and is not offered', async () => {
    const opened = await openMarked();
    const { id, call, core } = opened;
    await opened.write('second.txt', EDITED);
    const fromId = await arrive(opened, 'second.txt');
    expect(await call('join.likely', { documentId: fromId })).toMatchObject([{ intoId: id }]);
    value(await call('join.apply', { fromId, intoId: id }));
    expect(opened.row('second.txt')).toMatchObject({ id, noteCount: 3, otherEditions: 1 });
    expect(opened.row('harbour.txt')).toBeUndefined();
    await waitFor(() => expect(opened.row('second.txt')?.toReview).toBeUndefined());
    await core.close();
    const again = await openOwnFolder(opened);
    expect(again.row('second.txt')).toMatchObject({ id, noteCount: 3 });
    expect(again.row('harbour.txt')).toBeUndefined();
    expect(await again.call('join.likely', { documentId: id })).toEqual([]);
  });

  it('is not offered again once the reader said that it is another document, also after it was edited and after a restart', async () => {
    const opened = await openMarked();
    await opened.write('second.txt', EDITED);
    const fromId = await arrive(opened, 'second.txt');
    value(await opened.call('join.refuse', { fromId, intoId: opened.id }));
    expect(await opened.call('join.likely', { documentId: fromId })).toEqual([]);
    await opened.core.close();
    await opened.write('second.txt', `${EDITED}\nMore.\n`);
    const again = await openOwnFolder(opened);
    expect(await again.call('join.likely', { documentId: again.idOf('second.txt') })).toEqual([]);
  });

  it('is offered for another copy of one page, by the address that both say they have, however little of the site is the same', async () => {
    const opened = await openOwnFolder();
    const article = [
      'The harbour was built in three years.',
      'Its first ships brought salt and wood.',
      'Nobody counted the boats of that winter.',
    ];
    const textOf = (site: string) => [
      ...article,
      ...Array.from({ length: 400 }, (_, line) => `${site}${line} ${site}${line + 1} ${site}${line + 2}.`),
    ];
    const page = (site: string, address: string) =>
      `<link rel=canonical href="${address}"><title>Harbour</title>${textOf(site)
        .map((line) => `<p>${line}</p>`)
        .join('')}`;
    await opened.write('monday.html', page('morning', 'https://paper.test/harbour'));
    await opened.write('friday.html', page('evening', 'https://paper.test/harbour#top'));
    await opened.write('other.html', page('midnight', 'https://paper.test/harbour-2'));
    await waitFor(() => expect(opened.idOf('monday.html') && opened.idOf('friday.html') && opened.idOf('other.html')).toBeDefined());
    await opened.mark('monday.html', textOf('morning').join('\n'), article);
    expect(await opened.call('join.likely', { documentId: opened.idOf('friday.html') })).toMatchObject([
      { intoId: opened.idOf('monday.html') },
    ]);
    expect(await opened.call('join.likely', { documentId: opened.idOf('other.html') })).toEqual([]);
  });

  it('is not offered for a page of the same manual, though most of the words are those of all its pages', async () => {
    const opened = await openOwnFolder();
    const common = Array.from(
      { length: 40 },
      (_, line) => `Line ${line} of the frame stands on each page of this manual, at the same place.`,
    );
    const page = (number: number) =>
      `${[`Page ${number}`, ...Array.from({ length: 8 }, (_, line) => `What only page ${number} says of matter ${number * 8 + line}.`), ...common].join('\n\n')}\n`;
    for (const number of [1, 2, 3, 4, 5]) await opened.write(`page-${number}.txt`, page(number));
    await waitFor(() => expect(opened.idOf('page-1.txt') && opened.idOf('page-2.txt') && opened.idOf('page-5.txt')).toBeDefined());
    await opened.mark('page-1.txt', page(1), common.slice(0, 3));
    expect(await opened.call('join.likely', { documentId: opened.idOf('page-2.txt') })).toEqual([]);
    await opened.write('again.txt', page(1).replace('Line 7', 'The seventh line'));
    const again = await arrive(opened, 'again.txt');
    expect(await opened.call('join.likely', { documentId: again })).toMatchObject([{ intoId: opened.idOf('page-1.txt') }]);
  });

  it('brings its own notes, tags and words along, whatever the state that another machine has of it', async () => {
    const opened = await openMarked();
    const { id, call, dataFolder, core } = opened;
    await opened.write('second.txt', EDITED);
    const fromId = await arrive(opened, 'second.txt');
    const [own] = await opened.mark('second.txt', EDITED, ['The children would count']);
    value(await call('notebook.apply', { documentId: fromId, changes: [{ type: 'set-tags', tags: ['Sea'] }] }));
    const elsewhere = JSON.stringify(value(await call('library.notebook', { documentId: fromId })).notebook);
    value(await call('join.apply', { fromId, intoId: id }));
    expect(opened.row('second.txt')).toMatchObject({ id, noteCount: 4, tags: ['Sea'] });
    // What a machine that does not know of it has yet comes in as a conflict copy.
    await writeFile(path.join(dataFolder, 'notebooks', `${fromId}.sync-conflict-1.json`), elsewhere);
    await core.close();
    const again = await openOwnFolder(opened);
    expect(again.row('second.txt')).toMatchObject({ id, noteCount: 4, tags: ['Sea'] });
    expect((await notesOf(again, id)).map((note) => note.id)).toContain(own?.id);
    // It stands in both for a moment.
    await waitFor(async () => expect(await notesOf(again, fromId)).toEqual([]));
    expect(allRows(again.core.library).filter(({ noteCount }) => noteCount > 0)).toHaveLength(1);
  });

  it('gets at the next start what was cut off on the way, and what another machine wrote on the other document meanwhile', async () => {
    const opened = await openMarked();
    const { id, dataFolder, core } = opened;
    await opened.write('second.txt', EDITED);
    const fromId = await arrive(opened, 'second.txt');
    const [own] = await opened.mark('second.txt', EDITED, ['The children would count']);
    await core.close();
    const file = path.join(dataFolder, 'notebooks', `${fromId}.json`);
    const kept = JSON.parse(await readFile(file, 'utf8'));
    const at = new Date().toISOString();
    await writeFile(file, JSON.stringify({ ...kept, sameAs: id, fieldTimes: { ...kept.fieldTimes, sameAs: at } }));
    const again = await openOwnFolder(opened);
    await waitFor(() => expect(again.row('second.txt')).toMatchObject({ id, noteCount: 4 }));
    const late = { ...kept, notes: [{ ...own, body: 'written elsewhere', modifiedAt: new Date(Date.now() + 60_000).toISOString() }] };
    await writeFile(path.join(dataFolder, 'notebooks', `${fromId}.sync-conflict-2.json`), JSON.stringify(late));
    await waitFor(async () => expect((await notesOf(again, id)).map(({ body }) => body)).toContain('written elsewhere'));
    await waitFor(() => expect(allRows(again.core.library).filter(({ noteCount }) => noteCount > 0)).toHaveLength(1));
  });

  it('has its own notes and tags again when that is taken back, as they are by then', async () => {
    const opened = await openMarked();
    const { id, call } = opened;
    await opened.write('second.txt', EDITED);
    const fromId = await arrive(opened, 'second.txt');
    const [own] = await opened.mark('second.txt', EDITED, ['The children would count']);
    value(await call('notebook.apply', { documentId: fromId, changes: [{ type: 'set-tags', tags: ['Sea'] }] }));
    value(await call('join.apply', { fromId, intoId: id }));
    const edited = { ...own, body: 'edited since', modifiedAt: new Date().toISOString() };
    value(await call('notebook.apply', { documentId: id, changes: [{ type: 'put-note', note: edited }] }));
    value(await call('join.undo', { fromId, intoId: id }));
    expect(opened.row('second.txt')).toMatchObject({ id: fromId, noteCount: 1, tags: ['Sea'] });
    expect(await notesOf(opened, fromId)).toMatchObject([{ id: own?.id, body: 'edited since' }]);
    expect(opened.row('harbour.txt')).toMatchObject({ id, noteCount: 3, tags: [] });
  });

  it('is the same document on another machine that has both files, too', async () => {
    const opened = await openMarked();
    const { id, dataFolder, folder } = opened;
    await opened.write('second.txt', EDITED);
    const fromId = await arrive(opened, 'second.txt');
    await opened.core.close();
    const other = await openCore({ dataFolder, machine: 'another' });
    await other.core.library.addFolder(folder);
    await waitFor(() => expect(allRows(other.core.library).some((row) => row.id === fromId)).toBe(true));
    await other.core.close();
    const here = await openOwnFolder(opened);
    value(await here.call('join.apply', { fromId, intoId: id }));
    await here.core.close();
    const there = await openCore({ dataFolder, machine: 'another' });
    await there.core.library.ready;
    await waitFor(() => expect(there.core.library.summary(id)).toMatchObject({ relativePath: 'second.txt', noteCount: 3 }));
  });
});
