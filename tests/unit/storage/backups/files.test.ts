import { hash } from 'node:crypto';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBackups } from '../../../../electron/storage/backups/backups';
import { withZip } from '../../../../electron/storage/backups/copies';
import { readManifest } from '../../../../electron/storage/backups/manifest';
import { createProblems } from '../../../../electron/storage/problems';
import { create, ID, keepLog, makeDataFolder, makeNote, namesIn, notebookPath, open, putNote } from '../../notebook/fixtures';

const DAY = 86_400_000;
const START = Date.now() + DAY;
const sha = (text: string) => hash('sha256', text, 'hex');

async function withDropped(dropped: Record<string, string>) {
  const dataFolder = await makeDataFolder();
  const store = await open(dataFolder);
  await store.apply(ID, [putNote(makeNote('a note'))], create());
  const documents = path.join(dataFolder, 'documents');
  await mkdir(path.join(documents, 'older'), { recursive: true });
  for (const [name, text] of Object.entries(dropped)) await writeFile(path.join(documents, name), text);
  const problems = createProblems();
  const backups = openBackups({ dataFolder, log: keepLog(), problems });
  const backUp = async (day: number) => {
    const at = new Date(START + day * DAY);
    await utimes(notebookPath(dataFolder), at, at);
    await backups.run(at);
  };
  const folder = path.join(dataFolder, 'backups');
  return { dataFolder, documents, folder, files: path.join(folder, 'files'), problems, backUp };
}

describe('dropped files', () => {
  it('are kept beside the zips, once by content, and named in the list of the zip', async () => {
    const { folder, files, backUp } = await withDropped({
      'one.txt': 'same',
      'older/two.txt': 'same',
      'three.md': 'other',
      '.import-x': 'half',
    });
    await backUp(1);
    expect(await namesIn(files)).toEqual([sha('same'), sha('other')].sort());
    expect(await readFile(path.join(files, sha('other')), 'utf8')).toBe('other');
    const [zip = ''] = (await namesIn(folder)).filter((name) => name.endsWith('.zip'));
    const manifest = await withZip(path.join(folder, zip), readManifest);
    expect(Object.fromEntries([...manifest.files].map(([name, { sha256, size }]) => [name, [sha256, size]]))).toEqual({
      'documents/one.txt': [sha('same'), 4],
      'documents/older/two.txt': [sha('same'), 4],
      'documents/three.md': [sha('other'), 5],
    });
  });

  it('are copies, which no damage to the file reaches, and are not written again', async () => {
    const { documents, files, backUp } = await withDropped({ 'one.txt': 'as it was' });
    await backUp(1);
    const kept = path.join(files, sha('as it was'));
    const before = await stat(kept);
    await writeFile(path.join(documents, 'one.txt'), 'damaged!!');
    await backUp(2);
    expect(await readFile(kept, 'utf8')).toBe('as it was');
    expect((await stat(kept)).mtimeMs).toBe(before.mtimeMs);
    expect(await namesIn(files)).toHaveLength(2);
  });

  it('are kept also as a sync tool brought them, of the same size and with their old modification time', async () => {
    const { documents, files, backUp } = await withDropped({ 'one.txt': 'one' });
    const file = path.join(documents, 'one.txt');
    const then = new Date('2025-01-01T00:00:00Z');
    await utimes(file, then, then);
    await backUp(1);
    await writeFile(file, 'two');
    await utimes(file, then, then);
    await backUp(2);
    expect(await namesIn(files)).toEqual([sha('one'), sha('two')].sort());
  });

  it('are written again when the kept copy was cut off', async () => {
    const { files, backUp } = await withDropped({ 'one.txt': 'as it was' });
    await backUp(1);
    await writeFile(path.join(files, sha('as it was')), 'as');
    await backUp(2);
    expect(await readFile(path.join(files, sha('as it was')), 'utf8')).toBe('as it was');
  });

  it('stay as long as a kept zip names them', async () => {
    const { documents, files, backUp } = await withDropped({ 'one.txt': 'one', 'two.txt': 'two' });
    await backUp(1);
    await rm(path.join(documents, 'one.txt'));
    for (let day = 2; day <= 10; day += 1) await backUp(day);
    expect(await namesIn(files)).toEqual([sha('one'), sha('two')].sort());
    await writeFile(path.join(files, '.copy-1-cut-off'), '');
    await backUp(11);
    expect(await namesIn(files)).toEqual([sha('two')]);
  });

  it('are backed up also where there is no notebook', async () => {
    const { dataFolder, files, backUp } = await withDropped({ 'one.txt': 'one' });
    const at = new Date(START);
    await rm(path.join(dataFolder, 'notebooks'), { recursive: true });
    await openBackups({ dataFolder, log: keepLog(), problems: createProblems() }).run(at);
    expect(await namesIn(files)).toEqual([sha('one')]);
    expect(backUp).toBeTypeOf('function');
  });

  it('that cannot be kept are told, and hinder no backup of the notes', async () => {
    const { folder, files, problems, backUp } = await withDropped({ 'one.txt': 'one' });
    await mkdir(folder);
    await writeFile(files, 'a file in the way');
    await backUp(1);
    expect((await namesIn(folder)).some((name) => name.endsWith('.zip'))).toBe(true);
    expect(problems.list()[0]?.message).toContain('“one.txt” could not be copied');
    await rm(files);
    await backUp(2);
    expect(problems.list()).toEqual([]);
  });
});
