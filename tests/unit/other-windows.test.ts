import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EventName, EventPayload } from '#api';
import { allRows } from './all-rows';
import { arrive, EDITED, notebookOf, openMarked, value } from './harbour-documents';
import { forgetDocument, makeNote, type OpenedCore } from './host-fixtures';
import { waitFor } from './wait-for';

/** What a window is told by one event. */
function toldOf<E extends EventName>({ core }: Pick<OpenedCore, 'core'>, client: string, name: E): EventPayload<E>[] {
  const told: EventPayload<E>[] = [];
  core.subscribe(client, (event, payload) => {
    // An event's name says of what kind its payload is.
    if ((event as string) === name) told.push(payload as unknown as EventPayload<E>);
  });
  return told;
}

describe('another window', () => {
  it('is told that two documents were joined and parted; what it writes on the first one meanwhile stands with the notes', async () => {
    const opened = await openMarked();
    const { id, call, core } = opened;
    await opened.write('second.txt', EDITED);
    const fromId = await arrive(opened, 'second.txt');
    const identity = core.library.identity(fromId);
    expect((await notebookOf(opened, fromId)).notes).toEqual([]);
    const [told, own] = ['another', 'this one'].map((client) => toldOf(opened, client, 'library.file-given'));
    const joined = await call('join.apply', { fromId, intoId: id }, 'this one');
    expect(told).toEqual([{ fromId, intoId: id, title: value(joined).title, isJoined: true, noteIds: [], client: 'this one' }]);
    expect(own).toEqual([]);
    // Nobody had written on it before, so nothing marked it.
    const note = makeNote({ body: 'by a window that still shows it' });
    value(await call('notebook.apply', { documentId: fromId, identity, changes: [{ type: 'put-note', note }] }, 'another'));
    await waitFor(async () => expect((await notebookOf(opened, id)).notes.map(({ body }) => body)).toContain(note.body));
    await waitFor(async () => expect((await notebookOf(opened, fromId)).notes).toEqual([]));
    expect(allRows(core.library).some((row) => row.id === fromId)).toBe(false);

    value(await call('join.undo', { fromId, intoId: id }, 'this one'));
    expect(told?.at(-1)).toMatchObject({ fromId: id, intoId: fromId, isJoined: false, client: 'this one' });
    expect(own?.every(({ isJoined }) => isJoined)).toBe(true);
  });

  it('is told that a document was forgotten, and whether there is anything of it left to show', async () => {
    const opened = await openMarked();
    const { id, call, core, folder } = opened;
    const told = toldOf(opened, 'another', 'notebook.forgotten');
    value(await forgetDocument(call, id));
    expect(told).toEqual([{ documentId: id, isGone: false, client: 'test' }]);
    const otherId = opened.idOf('other.txt') ?? '';
    value(await call('notebook.apply', { documentId: otherId, changes: [{ type: 'put-note', note: makeNote({ body: 'words' }) }] }));
    await rm(path.join(folder, 'other.txt'));
    await waitFor(() => expect(core.library.summary(otherId)?.missing).toBe(true));
    value(await forgetDocument(call, otherId));
    expect(told.at(-1)).toEqual({ documentId: otherId, isGone: true, client: 'test' });
  });
});
