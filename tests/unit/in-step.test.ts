import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EventName, EventPayload } from '#api';
import { makeFolder, openCore } from './host-fixtures';

/** A core that finds its tags, settings and the file of its machine, with what a window is told. */
async function openWritten() {
  const first = await openCore();
  await first.call('tags.apply', { changes: [{ type: 'set-tag-colour', name: 'ours', colour: 'pink' }] });
  await first.call('settings.update', { patch: { theme: 'night' } });
  await first.core.machine.setWindowState({ x: 1 });
  await first.core.close();
  const { dataFolder, seedsFolder } = first;
  const opened = await openCore({ dataFolder, seedsFolder });
  const { core } = opened;
  await core.library.ready;
  const [machine = ''] = await readdir(path.join(dataFolder, 'machines'));
  const told: { event: EventName; payload: EventPayload<EventName> }[] = [];
  core.subscribe('a window', (event, payload) => void told.push({ event, payload }));
  const place = (name: string) => path.join(dataFolder, name);
  const files = { tags: place('tags.json'), settings: place('settings.json'), machine: place(`machines/${machine}`) };
  const lastOf = <E extends EventName>(event: E) => told.findLast((each) => each.event === event)?.payload as EventPayload<E> | undefined;
  return { ...opened, files, told, lastOf };
}

/** Changes a file as a sync tool does. */
async function changeElsewhere(file: string, change: (content: Record<string, unknown>) => object): Promise<void> {
  const content = change(JSON.parse(await readFile(file, 'utf8')));
  await writeFile(`${file}.of-a-sync-tool`, JSON.stringify(content));
  await rename(`${file}.of-a-sync-tool`, file);
}

describe('what another machine wrote while Lectern runs is taken in and told to the windows:', () => {
  it('tags', async () => {
    const { files, lastOf, call } = await openWritten();
    await changeElsewhere(files.tags, (content) => ({ ...content, tags: [{ name: 'theirs', colour: 'blue' }] }));
    await expect
      .poll(() =>
        lastOf('tags.changed')
          ?.tags.map(({ name }) => name)
          .toSorted(),
      )
      .toEqual(['ours', 'theirs']);
    expect(await call('tags.list', {})).toHaveLength(2);
    // Also on the disk, with what only this machine had.
    await expect.poll(async () => JSON.parse(await readFile(files.tags, 'utf8')).tags.length).toBe(2);
  });

  it('tags, out of a conflict copy', async () => {
    const { files, lastOf, dataFolder } = await openWritten();
    const copy = path.join(dataFolder, 'tags.sync-conflict-20260102-030405-ABCDEFG.json');
    await writeFile(copy, '{"version":1,"tags":[{"name":"theirs"}]}');
    await expect.poll(() => lastOf('tags.changed')?.tags.map(({ name }) => name)).toEqual(['ours', 'theirs']);
    await expect.poll(() => readdir(dataFolder)).not.toContain(path.basename(copy));
    expect(JSON.parse(await readFile(files.tags, 'utf8')).tags).toHaveLength(2);
  });

  it('settings', async () => {
    const { files, lastOf } = await openWritten();
    await changeElsewhere(files.settings, () => ({ sort: 'title' }));
    await expect.poll(() => lastOf('settings.changed')?.settings).toMatchObject({ sort: 'title', theme: 'night' });
  });

  it('saved searches: of each the state that was changed later, also that it was removed', async () => {
    const { files, call, lastOf } = await openWritten();
    const search = (query: string, at: number, more: object = {}) => ({ query, changedAt: new Date(at).toISOString(), ...more });
    const ours = { old: search('old', 1000), gone: search('gone', 1000), renamed: search('renamed', 3000, { name: 'Ours' }) };
    await call('settings.update', { patch: { savedSearches: ours } });
    await changeElsewhere(files.settings, (content) => ({
      ...content,
      savedSearches: {
        ...ours,
        gone: search('gone', 2000, { isRemoved: true }),
        renamed: search('renamed', 2000, { name: 'Theirs' }),
        theirs: search('theirs', 1000),
      },
    }));
    await expect
      .poll(() => lastOf('settings.changed')?.settings.savedSearches)
      .toEqual({
        old: ours.old,
        gone: search('gone', 2000, { isRemoved: true }),
        renamed: ours.renamed,
        theirs: search('theirs', 1000),
      });
    // A window that does not know of it yet takes nothing away.
    await call('settings.update', { patch: { savedSearches: { ...ours, new: search('new', 4000) } } });
    const { savedSearches } = await call('settings.read', {});
    expect(Object.entries(savedSearches).map(([id, { isRemoved = false }]) => [id, isRemoved])).toEqual([
      ['old', false],
      ['gone', true],
      ['renamed', false],
      ['theirs', false],
      ['new', false],
    ]);
  });

  it('settings, together with the change that they are merged for', async () => {
    const { files, told, call, lastOf } = await openWritten();
    await changeElsewhere(files.settings, () => ({ sort: 'title', theme: 'sepia' }));
    await call('settings.update', { patch: { theme: 'paper' } });
    await expect.poll(() => lastOf('settings.changed')).toBeDefined();
    for (const { event, payload } of told)
      if (event === 'settings.changed') expect(payload).toMatchObject({ settings: { sort: 'title', theme: 'paper' } });
  });

  it('the library folders of this machine', async () => {
    const { files, core } = await openWritten();
    const folder = await makeFolder();
    await changeElsewhere(files.machine, (content) => ({ ...content, folders: [folder] }));
    await expect.poll(() => core.library.folders().map((each) => each.path)).toContain(folder);
  });
});

it.each(['tags', 'settings', 'machine'] as const)('what was removed while Lectern runs is written again: the file of %s', async (name) => {
  const { files } = await openWritten();
  const before = JSON.parse(await readFile(files[name], 'utf8'));
  await rm(name === 'machine' ? path.dirname(files[name]) : files[name], { recursive: true });
  const now = () => readFile(files[name], 'utf8').then(JSON.parse, () => undefined);
  await expect.poll(now).toEqual(before);
  // It is watched as before.
  await rm(files[name]);
  await expect.poll(now).toEqual(before);
});

it('what one window sets is told to the others, at once, and not to itself', async () => {
  const { core, call } = await openWritten();
  const told: string[] = [];
  for (const client of ['one', 'another'])
    core.subscribe(client, (event, payload) => {
      if (event === 'settings.changed' && 'settings' in payload) told.push(`${client}: ${payload.settings.theme}`);
    });
  await call('settings.update', { patch: { theme: 'sepia' } }, 'one');
  expect(told).toEqual(['another: sepia']);
});

it('what Lectern wrote itself is neither told nor written again', async () => {
  const { files, told, call, lastOf } = await openWritten();
  await call('settings.update', { patch: { sort: 'title' } });
  const { ino, mtimeMs } = await stat(files.settings);
  // Seen after the own write, by the same watch.
  await changeElsewhere(files.tags, (content) => ({ ...content, tags: [{ name: 'theirs' }] }));
  await expect.poll(() => lastOf('tags.changed')).toBeDefined();
  expect(told.filter(({ event }) => event === 'settings.changed')).toHaveLength(1);
  expect(await stat(files.settings)).toMatchObject({ ino, mtimeMs });
});
