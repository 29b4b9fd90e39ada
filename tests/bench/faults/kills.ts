import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { openOwnBackup } from '../../../electron/notebook';
import { openBackups } from '../../../electron/storage/backups/backups';
import { createProblems } from '../../../electron/storage/problems';
import { makeLibrary, makeNote, openReader, placeOfRound, without, wordsIn, wordsInBackups, wordsOnDisk } from './reader';
import type { Fault, Random, Trial } from './trial';

const child = path.join(import.meta.dirname, 'faults-child.mjs');
const host = path.join(process.cwd(), '.vite/build/serve.mjs');

/** Processes killed while they write, restore, import, back up, join documents, accept places, rework tags, empty the trash and forget. */
export const kills: Fault[] = [
  { group: 'a', name: 'kill -9 of the core while it writes', trials: 110, run: killWriter() },
  { group: 'a', name: 'kill -9 of the browser host while it saves', trials: 30, run: killHost },
  { group: 'h', name: 'kill -9 during a restore, and restoring again', trials: 75, run: killRestore },
  { group: 'h', name: 'kill -9 during an import, and importing again', trials: 100, run: killImport },
  { group: 'h', name: 'kill -9 during a backup, and the next backup', trials: 25, run: killBackup },
  { group: 'h', name: 'kill -9 while two documents are joined and parted, and the next start', trials: 75, run: killJoining },
  { group: 'h', name: 'kill -9 while the places of a review are accepted together, and the next start', trials: 50, run: killReview },
  {
    group: 't',
    name: 'kill -9 while a tag is merged, nested, deleted and taken back (tag refactoring), and the next start',
    trials: 200,
    run: killTags,
  },
  { group: 'k', name: 'kill -9 while the trash is emptied, and emptying it again', trials: 50, run: killEmptying },
  { group: 'k', name: 'kill -9 while a document is forgotten, and the next start', trials: 50, run: killForgetting },
];

/** Kills a process up to `limit` ms after its `count`th line; every line that it said before its end. */
async function killAfter(running: ChildProcess, count: number, limit: number, random: Random): Promise<string[]> {
  const lines: string[] = [];
  if (!running.stdout) throw new Error('The process says nothing');
  const reading = createInterface(running.stdout).on('line', (line) => {
    if (lines.push(line) === count) setTimeout(() => running.kill('SIGKILL'), random() * limit);
  });
  const closed = once(running, 'close');
  await once(reading, 'close');
  await closed;
  return lines;
}

const start = (task: string, dataFolder: string, random: Random): ChildProcess =>
  spawn(process.execPath, [child, task, dataFolder, String(random.below(1e9))], { stdio: ['ignore', 'pipe', 'inherit'] });

/** Ten kills, one after another, meet the same library: what one leaves, the next finds. */
function killWriter(): Fault['run'] {
  const saved = new Set<string>();
  let dataFolder = '';
  return async ({ index, folder, random }) => {
    if (index % 10 === 0) {
      dataFolder = path.join(folder, '..', `killed-${index}`);
      saved.clear();
    }
    const lines = await killAfter(start('write', dataFolder, random), 1 + random.below(60), 20, random);
    const failed = lines.filter((line) => line.startsWith('failed'));
    if (failed.length > 0) throw new Error(failed.join('\n'));
    for (const word of wordsIn(lines.join('\n'))) saved.add(word);
    const reader = await openReader({ dataFolder, random });
    const lost = without(saved, await reader.words());
    const problems = await reader.problems();
    await reader.close();
    await mustParse(dataFolder);
    if (problems.some(({ recovery }) => recovery)) throw new Error(`A kill left a file unreadable: ${JSON.stringify(problems)}`);
    return { lost, told: undefined };
  };
}

async function mustParse(dataFolder: string): Promise<void> {
  const folder = path.join(dataFolder, 'notebooks');
  for (const name of await readdir(folder)) {
    if (!/^document-\d+\.json$/.test(name)) throw new Error(`${name} is left in notebooks/`);
    JSON.parse(await readFile(path.join(folder, name), 'utf8'));
  }
}

/** Saves over HTTP until the host is killed. */
async function killHost({ folder, random, onEnd }: Trial) {
  const dataFolder = path.join(folder, 'data');
  const env = { ...process.env, HOME: folder, XDG_STATE_HOME: path.join(folder, 'state') };
  const running = spawn(process.execPath, [host, '--data', dataFolder, '--port', '0'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  onEnd(() => running.kill('SIGKILL'));
  const closed = once(running, 'close');
  const [line] = (await once(createInterface(running.stdout), 'line')) as [string];
  const [, origin = '', token] = /(http:\S+)\/#(\S+)/.exec(line) ?? [];
  const headers: Record<string, string> = { origin, 'content-type': 'application/json', 'x-lectern-client': crypto.randomUUID() };
  const post = (target: string, body: unknown) => fetch(origin + target, { method: 'POST', headers, body: JSON.stringify(body) });
  headers['cookie'] = (await post('/session', { token })).headers.get('set-cookie')?.split(';')[0] ?? '';
  const saved = new Set<string>();
  setTimeout(() => running.kill('SIGKILL'), random() * 150);
  const saveOn = async (documentId: string) => {
    for (;;) {
      const word = random.word();
      const changes = [{ type: 'put-note', note: makeNote({ body: word }) }];
      const identity = { paths: [`/texts/${documentId}.txt`], rawHash: 'a'.repeat(64), history: [] };
      const answer = await post('/api/notebook.apply', { documentId, changes, identity });
      const result = (await answer.json()) as { ok: boolean };
      if (!result.ok) throw new Error(JSON.stringify(result));
      saved.add(word);
    }
  };
  // They end by the connection's end.
  const ends = await Promise.allSettled(['document-1', 'document-2', 'document-3'].map(saveOn));
  await closed;
  for (const end of ends) if (end.status === 'rejected' && !(end.reason instanceof TypeError)) throw end.reason;
  const reader = await openReader({ dataFolder, random });
  const lost = without(saved, await reader.words());
  await reader.close();
  await mustParse(dataFolder);
  return { lost, told: undefined };
}

async function killRestore({ folder, random }: Trial) {
  const dataFolder = path.join(folder, 'data');
  const written = await makeLibrary(dataFolder, random, 15);
  // On a slow machine there is one of half the library too, or the last was not waited for.
  const made = (await readdir(path.join(dataFolder, 'backups'))).filter((name) => name.endsWith('.zip')).sort();
  for (const name of await readdir(path.join(dataFolder, 'notebooks')))
    if (random() < 0.7) await rm(path.join(dataFolder, 'notebooks', name));
  const words = written.intersection((await wordsOfBackup(dataFolder, made.at(-1) ?? '')).union(await wordsOnDisk(dataFolder)));
  const lines = await killAfter(start('restore', dataFolder, random), 1, 80, random);
  if (lines.some((line) => line.startsWith('failed'))) throw new Error(lines.join('\n'));
  await mustBeWhole(dataFolder);
  const reader = await openReader({ dataFolder, random });
  // What is in no backup cannot be told to be missing.
  const isLeft = words.size === written.size && (await reader.notes()).length < 44;
  const told = (await reader.problems()).length > 0;
  const { backups } = await reader.call('restore.list', {});
  const whole = backups.at(-made.length);
  const plan = await reader.call('restore.plan', { name: whole?.name ?? '' });
  if (!plan.ok) throw new Error(plan.failure.message);
  const restored = await reader.call('restore.apply', { planId: plan.value.id, undelete: false });
  if (!restored.ok || !restored.value.complete) throw new Error(`Restoring again did not complete: ${JSON.stringify(restored)}`);
  const lost = without(words, await reader.words());
  await reader.close();
  return { lost, told: isLeft ? told : undefined };
}

/** The words of the notebooks in a backup. */
async function wordsOfBackup(dataFolder: string, name: string): Promise<Set<string>> {
  const contents = await openOwnBackup(dataFolder, name);
  if (!contents.ok) throw new Error(`${name} cannot be read: ${contents.failure.message}`);
  const words = new Set(wordsIn(JSON.stringify(contents.value.notebooks)));
  await contents.value.close();
  return words;
}

/** Notes of another library come in by an export, in each trial of another format. */
async function killImport({ index, folder, random }: Trial) {
  const dataFolder = path.join(folder, 'data');
  const other = path.join(folder, 'other');
  const words = await makeLibrary(dataFolder, random, 4);
  await makeLibrary(other, random, 15);
  const theirs = await openReader({ dataFolder: other, random });
  const exported = await theirs.exportAll((['markdown', 'json-ld', 'html'] as const)[index % 3] ?? 'markdown');
  const theirIds = (await theirs.notes()).map(({ note }) => note.id);
  await theirs.close();
  await writeFile(`${dataFolder} export`, exported);
  const lines = await killAfter(start('import', dataFolder, random), 1, 80, random);
  if (lines.some((line) => line.startsWith('failed'))) throw new Error(lines.join('\n'));
  await mustBeWhole(dataFolder);
  const reader = await openReader({ dataFolder, random });
  const lost = without(words, await reader.words());
  const isThere = new Set((await reader.notes()).map(({ note }) => note.id));
  const came = theirIds.filter((id) => isThere.has(id)).length;
  if (came === 0) await mustHold(dataFolder, 4);
  if (came > 0 && came < theirIds.length) throw new Error(`${came} of ${theirIds.length} notes have come: it is half done`);
  const again = async () => {
    const plan = await reader.planImport(exported);
    if (!plan.ok) throw new Error(plan.failure.message);
    const imported = await reader.call('import.apply', { planId: plan.value.id, undelete: false });
    if (!imported.ok || !imported.value.complete) throw new Error(`Importing again did not complete: ${JSON.stringify(imported)}`);
    return imported.value.message;
  };
  await again();
  lost.push(...without([...words, ...wordsIn(exported)], await reader.words()));
  if (!(await again()).includes('here already')) throw new Error('Importing a third time changed something');
  const problems = (await reader.problems()).filter(({ recovery }) => recovery);
  await reader.close();
  if (problems.length > 0) throw new Error(`A kill left a file unreadable: ${JSON.stringify(problems)}`);
  return { lost, told: undefined };
}

/** Every notebook is whole; what a cut-off write left beside one is settled at the next start. */
async function mustBeWhole(dataFolder: string): Promise<void> {
  const folder = path.join(dataFolder, 'notebooks');
  for (const name of await readdir(folder)) if (name.endsWith('.json')) JSON.parse(await readFile(path.join(folder, name), 'utf8'));
}

/** The notebooks of so many documents are there, and none that holds nothing. */
async function mustHold(dataFolder: string, documents: number): Promise<void> {
  const names = (await readdir(path.join(dataFolder, 'notebooks'))).filter((name) => name.endsWith('.json'));
  if (names.length !== documents) throw new Error(`${names.length} notebooks are there, and there were ${documents}: ${names.join(', ')}`);
}

async function killBackup({ folder, random }: Trial) {
  const dataFolder = path.join(folder, 'data');
  const words = await makeLibrary(dataFolder, random, 10);
  await rm(path.join(dataFolder, 'backups'), { recursive: true });
  await killAfter(start('backup', dataFolder, random), 1, 60, random);
  const problems = createProblems();
  const log = { error: () => undefined, warn: () => undefined, info: () => undefined };
  const zips = async () => (await readdir(path.join(dataFolder, 'backups')).catch(() => [])).filter((name) => name.endsWith('.zip'));
  const check = async (name: string) => {
    const contents = await openOwnBackup(dataFolder, name);
    if (!contents.ok) throw new Error(`${name} is listed and cannot be read: ${contents.failure.message}`);
    const found = contents.value.notebooks.length;
    await contents.value.close();
    if (found !== 10) throw new Error(`${name} holds ${found} of 10 notebooks`);
  };
  for (const name of await zips()) await check(name);
  await openBackups({ dataFolder, log, problems }).run(new Date(Date.now() + 2 * 86_400_000));
  const made = await zips();
  if (made.length === 0 || problems.list().length > 0) throw new Error(`The next backup was not made: ${JSON.stringify(problems.list())}`);
  for (const name of made) await check(name);
  const left = (await readdir(path.join(dataFolder, 'backups'))).filter((name) => name.endsWith('.unfinished'));
  if (left.length > 0) throw new Error(`${left} is left`);
  const reader = await openReader({ dataFolder, random });
  const lost = without(words, await reader.words());
  await reader.close();
  return { lost, told: undefined };
}

/** ms that what was cut off in a joining has to be where it belongs after the next start. */
const TIME_TO_MOVE = 10_000;

async function killJoining({ folder, random }: Trial) {
  const dataFolder = path.join(folder, 'data');
  const seeds = `${dataFolder} local seeds`;
  await mkdir(seeds, { recursive: true });
  await writeFile(path.join(seeds, 'from.txt'), 'A text of its own.\n');
  const words = await makeLibrary(dataFolder, random);
  const before = await openReader({ dataFolder, random });
  const fromId = await before.idOf('from.txt');
  for (let count = 0; count < 5; count += 1) {
    const note = makeNote({ body: random.word(), tags: [random.word()] });
    const written = await before.call('notebook.apply', { documentId: fromId, changes: [{ type: 'put-note', note }] });
    if (!written.ok) throw new Error(written.failure.message);
    for (const word of wordsIn(JSON.stringify(note))) words.add(word);
  }
  await before.close();
  const lines = await killAfter(start('join', dataFolder, random), 1, 40, random);
  if (lines.some((line) => line.startsWith('failed'))) throw new Error(lines.join('\n'));
  await mustBeWhole(dataFolder);
  const reader = await openReader({ dataFolder, random });
  const until = performance.now() + TIME_TO_MOVE;
  let lost = without(words, await reader.words());
  while (lost.length > 0 && performance.now() < until) lost = without(words, await reader.words());
  const problems = await reader.problems();
  await reader.close();
  if (problems.some(({ recovery }) => recovery)) throw new Error(`What was joined is told to be lost: ${JSON.stringify(problems)}`);
  return { lost, told: undefined };
}

/** Notes of which all places are accepted together. */
const REVIEWED = 40;

/** Killed at a random moment, all notes have the places that were accepted together, or none of them. */
async function killReview({ folder, random }: Trial) {
  const dataFolder = path.join(folder, 'data');
  const words = await makeLibrary(dataFolder, random, 4);
  const before = await openReader({ dataFolder, random });
  const notes = Array.from({ length: REVIEWED }, () => makeNote({ body: random.word(), tags: ['reviewed'], anchor: placeOfRound(0) }));
  for (const word of wordsIn(JSON.stringify(notes.map(({ body }) => body)))) words.add(word);
  const changes = notes.map((note) => ({ type: 'put-note', note }));
  const made = await before.call('notebook.apply', { documentId: 'document-1', changes });
  if (!made.ok) throw new Error(made.failure.message);
  await before.close();
  const lines = await killAfter(start('review', dataFolder, random), 1 + random.below(6), 30, random);
  if (lines.some((line) => line.startsWith('failed'))) throw new Error(lines.join('\n'));
  await mustBeWhole(dataFolder);
  const reader = await openReader({ dataFolder, random });
  const read = await reader.call('library.notebook', { documentId: 'document-1' });
  if (!read.ok) throw new Error(read.failure.message);
  const reviewed = read.value.notebook.notes.filter(({ tags }) => tags.includes('reviewed'));
  const places = new Set(reviewed.map(({ anchor }) => anchor?.start));
  const lost = without(words, await reader.words());
  const problems = await reader.problems();
  await reader.close();
  if (reviewed.length !== REVIEWED) throw new Error(`${reviewed.length} of ${REVIEWED} notes are there`);
  if (places.size !== 1) throw new Error(`It is half done: the places ${[...places].join(', ')}`);
  const [place = -1] = places;
  const told = lines.filter((line) => line.startsWith('accepted')).length;
  // Saved and not told yet: the kill came in between.
  if (place !== told && place !== told + 1) throw new Error(`${told} times the places were saved, and they are those of time ${place}`);
  if (problems.some(({ recovery }) => recovery)) throw new Error(`A kill left a file unreadable: ${JSON.stringify(problems)}`);
  return { lost, told: undefined };
}

/** Where a tag may be on all documents and notes that had it: before, and after each of the steps. */
const PLACES_OF_TAG = ['coast', 'shore', 'places/shore'];

/** Killed at a random moment, all documents and notes have the tag in one and the same place, and what nobody touched is there. */
async function killTags({ folder, random }: Trial) {
  const dataFolder = path.join(folder, 'data');
  const words = await makeLibrary(dataFolder, random, 24);
  const before = await openReader({ dataFolder, random });
  for (let index = 0; index < 24; index += 1) {
    const changes = [
      { type: 'set-tags', tags: index % 3 === 0 ? ['kept', 'coast'] : ['kept', 'coast/wind'] },
      { type: 'put-note', note: makeNote({ body: random.word(), tags: ['coast', 'kept'] }) },
    ];
    for (const word of wordsIn(JSON.stringify(changes))) words.add(word);
    const tagged = await before.call('notebook.apply', { documentId: `document-${index}`, changes });
    if (!tagged.ok) throw new Error(tagged.failure.message);
  }
  const search = { query: 'tag:coast', changedAt: new Date().toISOString() };
  const saved = await before.call('settings.update', { patch: { savedSearches: { coast: search } } });
  if (!saved.ok) throw new Error(saved.failure.message);
  await before.close();
  const lines = await killAfter(start('tags', dataFolder, random), 1 + random.below(4), 60, random);
  if (lines.some((line) => line.startsWith('failed'))) throw new Error(lines.join('\n'));
  await mustBeWhole(dataFolder);
  const reader = await openReader({ dataFolder, random });
  const places = new Set<string>();
  for (let index = 0; index < 24; index += 1) {
    const read = await reader.call('library.notebook', { documentId: `document-${index}` });
    if (!read.ok) throw new Error(read.failure.message);
    const { tags, notes } = read.value.notebook;
    const tagged = notes.filter((note) => note.tags.includes('kept'));
    if (!tags.includes('kept') || tagged.length !== 1) throw new Error('A tag that nobody touched is gone');
    for (const carried of [tags, ...tagged.map((note) => note.tags)]) places.add(placeOf(carried));
  }
  const lost = without(words, await reader.words());
  const problems = await reader.problems();
  const query = (await reader.call('settings.read', {})).savedSearches['coast']?.query;
  await reader.close();
  const [place] = places;
  // Of a tag that was deleted the search stays as it was.
  if (place !== '' && query !== `tag:${place}`) throw new Error(`The tag is ${place}, and the saved search asks for ${query}`);
  if (places.size !== 1) throw new Error(`It is half done: ${[...places].join(', ')}`);
  if (problems.some(({ recovery }) => recovery)) throw new Error(`A kill left a file unreadable: ${JSON.stringify(problems)}`);
  return { lost, told: undefined };
}

/** Where the tag is among these; empty where it was deleted. */
function placeOf(tags: readonly string[]): string {
  const [other, ...more] = tags.filter((tag) => tag !== 'kept').map((tag) => tag.replace(/\/wind$/, ''));
  if (other === undefined) return '';
  if (more.length > 0 || !PLACES_OF_TAG.includes(other)) throw new Error(`The tag is somewhere else: ${tags.join(', ')}`);
  return other;
}

async function killEmptying({ folder, random }: Trial) {
  const dataFolder = path.join(folder, 'data');
  await makeLibrary(dataFolder, random, 10);
  const before = await openReader({ dataFolder, random });
  const standing = await before.notes();
  const [kept, deleted] = [standing.filter((_, index) => index % 2 === 0), standing.filter((_, index) => index % 2 === 1)];
  for (const each of deleted) await before.remove(each);
  await before.close();
  const lines = await killAfter(start('empty', dataFolder, random), 1, 60, random);
  if (lines.some((line) => line.startsWith('failed'))) throw new Error(lines.join('\n'));
  await mustBeWhole(dataFolder);
  const reader = await openReader({ dataFolder, random });
  const lost = without(wordsIn(JSON.stringify(kept)), new Set(wordsIn(JSON.stringify(await reader.notes()))));
  const until = new Date(Date.now() + 60_000).toISOString();
  const emptied = await reader.call('notebook.empty-trash', { before: until });
  if (!emptied.ok) throw new Error(emptied.failure.message);
  const { highlights, pageNotes } = await reader.call('notebook.count-deleted', { before: until });
  if (highlights + pageNotes > 0) throw new Error(`${highlights + pageNotes} notes are still in the trash`);
  const problems = await reader.problems();
  await reader.close();
  if (problems.some(({ recovery }) => recovery)) throw new Error(`What was emptied is told to be lost: ${JSON.stringify(problems)}`);
  return { lost, told: undefined };
}

/** Killed in its midst, a document is forgotten at the next start, or nothing of it is; all else is in the notebooks and in each backup. */
async function killForgetting({ folder, random }: Trial) {
  const dataFolder = path.join(folder, 'data');
  await makeLibrary(dataFolder, random, 8);
  const before = await openReader({ dataFolder, random });
  const all = await before.notes();
  const bodies = (of: typeof all) =>
    wordsIn(of.map(({ note }) => JSON.stringify([note.body, note.history.map(({ body }) => body)])).join());
  const secret = bodies(all.filter(({ documentId }) => documentId === 'document-0'));
  const others = bodies(all.filter(({ documentId }) => documentId !== 'document-0'));
  await before.close();
  const backups = async () => (await readdir(path.join(dataFolder, 'backups'))).filter((name) => name.endsWith('.zip')).sort();
  const made = await backups();
  // On a slow machine it may have been made before all was written.
  const last = made.at(-1) ?? '';
  const held = (await wordsOfBackup(dataFolder, last)).intersection(new Set(others));
  const lines = await killAfter(start('forget', dataFolder, random), 1, 400, random);
  if (lines.some((line) => line.startsWith('failed'))) throw new Error(lines.join('\n'));
  const reader = await openReader({ dataFolder, random });
  await reader.forgotten;
  const problems = await reader.problems();
  const present = await reader.words();
  await reader.close();
  if (problems.some(({ recovery }) => recovery)) throw new Error(`What was forgotten is told to be lost: ${JSON.stringify(problems)}`);
  const kept = [...(await wordsOnDisk(dataFolder)), ...(await wordsInBackups(dataFolder))];
  const left = secret.filter((word) => kept.includes(word));
  const isUntouched = without(secret, present).length === 0;
  if (left.length > 0 && !isUntouched) throw new Error(`It is forgotten by halves: ${left.length} of ${secret.length} words are left`);
  const there = await backups();
  for (const name of made) if (!there.includes(name)) throw new Error(`The backup ${name} is gone`);
  if (without(held, await wordsOfBackup(dataFolder, last)).length > 0) throw new Error(`${last} has lost words of other documents`);
  return { lost: without(others, present), told: undefined };
}
