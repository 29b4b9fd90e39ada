import { readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Note } from '#model';
import { openBackups } from '../../../electron/storage/backups/backups';
import { createProblems } from '../../../electron/storage/problems';
import { create, ID, keepLog, makeDataFolder, makeNote, namesIn, notebookPath, open, putNote } from './fixtures';

const LOST = 'history:lost';
const OTHER = 'document-2';
const HOUR = 3_600_000;

const archiveOf = (dataFolder: string, id = ID): string => path.join(dataFolder, 'history', `${id}.jsonl.gz`);

const backUp = (dataFolder: string, day: number): Promise<void> =>
  openBackups({ dataFolder, log: keepLog(), problems: createProblems() }).run(new Date(Date.UTC(2026, 2, day, 12)));

/** A note with a version for each hour from `from` on, the last of which is its present words. */
const grown = (note: Note, from: number, count: number): Note => {
  const at = (hour: number) => new Date(Date.parse('2026-01-01T00:00:00.000Z') + hour * HOUR).toISOString();
  const history = Array.from({ length: count }, (_, index) => ({
    at: at(from + index),
    colour: note.colour,
    body: `version ${from + index}`,
    tags: [],
  }));
  return { ...note, body: 'the present words', modifiedAt: at(from + count), history };
};

/** Writes 60 versions of a note, ten of which go to the archive, and gives the note. */
async function fill(dataFolder: string, id = ID): Promise<Note> {
  const store = await open(dataFolder);
  const note = grown(makeNote(''), 0, 60);
  await store.apply(id, [putNote(note)], create(id));
  await store.close();
  return note;
}

/** Two documents with ten archived versions each, backed up on 2 March. */
async function withArchives() {
  const dataFolder = await makeDataFolder();
  const notes = [await fill(dataFolder), await fill(dataFolder, OTHER)];
  await backUp(dataFolder, 2);
  const archived = async (id = ID) => {
    const store = await open(dataFolder);
    const versions = await store.archivedVersions(id, notes[id === ID ? 0 : 1]?.id ?? '');
    await store.close();
    return versions.map(({ body }) => body);
  };
  return { dataFolder, notes, archived };
}

const TEN = Array.from({ length: 10 }, (_, index) => `version ${index}`);

const cut = async (file: string, part: number): Promise<void> => {
  const bytes = await readFile(file);
  await writeFile(file, bytes.subarray(0, Math.floor(bytes.length * part)));
};

describe('an archive of versions that something other than Lectern', () => {
  const losses: [string, (file: string) => Promise<unknown>][] = [
    ['removed', (file) => rm(file)],
    ['removed with its folder', (file) => rm(path.dirname(file), { recursive: true })],
    ['truncated', (file) => cut(file, 0.5)],
    ['emptied', (file) => writeFile(file, '')],
    ['damaged', async (file) => writeFile(file, (await readFile(file)).fill(0, 12, 40))],
    ['shortened to fewer versions', async (file) => writeFile(file, gzipSync(gunzipSync(await readFile(file)).subarray(0, 200)))],
    ['exchanged for something else', (file) => writeFile(file, gzipSync('something else\n'))],
  ];

  it.each(losses)('%s is told, and is whole again out of the backup', async (_, lose) => {
    const { dataFolder, archived } = await withArchives();
    await lose(archiveOf(dataFolder));
    const store = await open(dataFolder);
    expect(store.problems()).toMatchObject([
      {
        id: LOST,
        message: expect.stringMatching(/old versions of notes on .* did not remove them/),
        recovery: { subject: 'history', loss: 'missing', backup: '2026-03-02' },
      },
    ]);
    expect(await store.recover(LOST, 'restore')).toMatchObject({ ok: true, value: { documentIds: [] } });
    expect(store.problems()).toEqual([]);
    await store.close();
    expect(await archived()).toEqual(TEN);
    expect((await open(dataFolder)).problems()).toEqual([]);
  });

  it('removed for all documents is told once, and is back in one step', async () => {
    const { dataFolder, archived } = await withArchives();
    await rm(path.join(dataFolder, 'history'), { recursive: true });
    const store = await open(dataFolder);
    expect(store.problems()).toMatchObject([{ id: LOST, message: expect.stringContaining('20 old versions of notes on 2 documents') }]);
    await store.recover(LOST, 'restore');
    await store.close();
    expect([await archived(), await archived(OTHER)]).toEqual([TEN, TEN]);
  });

  it('removed takes no newer versions before the reader has chosen: they stay in the notebook', async () => {
    const { dataFolder, archived } = await withArchives();
    await rm(archiveOf(dataFolder));
    const store = await open(dataFolder);
    const more = grown(makeNote(''), 0, 65);
    await store.apply(ID, [putNote(more)], create());
    await store.flush();
    expect(await namesIn(path.join(dataFolder, 'history'))).toEqual([`${OTHER}.jsonl.gz`]);
    await store.recover(LOST, 'restore');
    expect(store.get(ID)?.notes[1]?.history).toHaveLength(65);
    await store.apply(ID, [{ type: 'set-status', status: 'finished' }], create());
    await store.flush();
    expect(store.get(ID)?.notes[1]?.history).toHaveLength(50);
    await store.close();
    expect(await archived()).toEqual(TEN);
  });

  it('removed is not asked about again once the reader went on without', async () => {
    const { dataFolder, archived } = await withArchives();
    await rm(archiveOf(dataFolder));
    const store = await open(dataFolder);
    expect(await store.recover(LOST, 'without')).toMatchObject({ ok: true });
    await store.close();
    expect((await open(dataFolder)).problems()).toEqual([]);
    expect(await archived()).toEqual([]);
  });

  it('damaged where no backup has more keeps what can be read, and says where the rest is', async () => {
    const dataFolder = await makeDataFolder();
    const note = await fill(dataFolder);
    const whole = await readFile(archiveOf(dataFolder));
    const line = JSON.stringify({
      noteId: note.id,
      version: { at: '2026-01-01T00:00:00.000Z', colour: 'pink', body: 'cut off', tags: [] },
    });
    await writeFile(archiveOf(dataFolder), Buffer.concat([whole, gzipSync(`${line}\n`).subarray(0, 20)]));
    const store = await open(dataFolder);
    expect(store.problems()).toMatchObject([{ message: expect.stringContaining('could be read is still there') }]);
    expect((await store.archivedVersions(ID, note.id)).map(({ body }) => body)).toEqual(expect.arrayContaining(TEN));
    expect(await namesIn(path.join(dataFolder, 'quarantine'))).toHaveLength(1);
    await store.close();
    expect((await open(dataFolder)).problems()).toEqual([]);
  });

  it('took away while Lectern was running is not begun anew, so that it is told at the next start', async () => {
    const { dataFolder } = await withArchives();
    const store = await open(dataFolder);
    await rm(archiveOf(dataFolder));
    const more = grown(makeNote(''), 0, 75);
    await store.apply(ID, [putNote(more)], create());
    await store.close();
    expect((await open(dataFolder)).problems()).toMatchObject([{ id: LOST }]);
  });

  it('took away with the whole data folder is begun anew: what is in memory is all there is', async () => {
    const { dataFolder } = await withArchives();
    const store = await open(dataFolder);
    await rm(dataFolder, { recursive: true });
    const more = grown(makeNote(''), 0, 65);
    await store.apply(ID, [putNote(more)], create());
    await store.flush();
    expect(await namesIn(path.join(dataFolder, 'history'))).toEqual([`${ID}.jsonl.gz`]);
  });

  it('left as a conflict copy is taken in, and the copy is put away', async () => {
    const { dataFolder, archived } = await withArchives();
    const file = archiveOf(dataFolder);
    const lines = gunzipSync(await readFile(file))
      .toString()
      .split('\n');
    await rename(file, path.join(dataFolder, 'history', `${ID}.jsonl.sync-conflict-20260102-030405-ABCDEFG.gz`));
    await writeFile(file, gzipSync(`${lines[0]}\n`));
    expect((await open(dataFolder)).problems()).toEqual([]);
    expect(await namesIn(path.join(dataFolder, 'history'))).toEqual([`${ID}.jsonl.gz`, `${OTHER}.jsonl.gz`]);
    expect(await archived()).toEqual(TEN);
  });
});

describe('the last backup that has an archive', () => {
  it.each<[string, (file: string) => Promise<unknown>]>([
    ['gone', (file) => rm(file)],
    ['truncated', (file) => cut(file, 0.5)],
    ['shorter', async (file) => writeFile(file, gzipSync(gunzipSync(await readFile(file)).subarray(0, 200)))],
  ])('is there after twelve days in which that is %s', async (_, lose) => {
    const { dataFolder, archived } = await withArchives();
    await lose(archiveOf(dataFolder));
    for (let day = 3; day <= 14; day += 1) {
      // Something changes each day, and the reader chooses nothing.
      const changed = new Date(Date.UTC(2026, 2, day, 11));
      await utimes(notebookPath(dataFolder, OTHER), changed, changed);
      await (await open(dataFolder)).close();
      await backUp(dataFolder, day);
    }
    const zips = (await namesIn(path.join(dataFolder, 'backups'))).filter((name) => name.endsWith('.zip'));
    expect(zips[0]).toContain('2026-03-02');
    // And nothing more than that is kept.
    expect(zips).toHaveLength(11);
    const store = await open(dataFolder);
    await store.recover(LOST, 'restore');
    await store.close();
    expect(await archived()).toEqual(TEN);
  });

  it('is known also where it was made before archives were counted', async () => {
    const { dataFolder, archived } = await withArchives();
    const [name = ''] = await namesIn(path.join(dataFolder, 'backups'));
    const manifest = { version: 1, contents: { [`notebooks/${ID}.json`]: { items: 1, notes: 1 } }, files: {} };
    const files = {
      [`notebooks/${ID}.json`]: await readFile(notebookPath(dataFolder)),
      [`history/${ID}.jsonl.gz`]: await readFile(archiveOf(dataFolder)),
      'manifest.json': Buffer.from(JSON.stringify(manifest)),
    };
    await writeFile(path.join(dataFolder, 'backups', name), zipSync(files));
    await rm(archiveOf(dataFolder));
    const store = await open(dataFolder);
    expect(await store.recover(LOST, 'restore')).toMatchObject({ ok: true });
    await store.close();
    expect(await archived()).toEqual(TEN);
  });

  it('gives the versions also where a later one has fewer', async () => {
    const { dataFolder, archived } = await withArchives();
    await writeFile(archiveOf(dataFolder), gzipSync(gunzipSync(await readFile(archiveOf(dataFolder))).subarray(0, 200)));
    await backUp(dataFolder, 5);
    const store = await open(dataFolder);
    await store.recover(LOST, 'restore');
    await store.close();
    expect(await archived()).toEqual(TEN);
  });
});
