import { writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { openBackups } from '../../../electron/storage/backups/backups';
import { createProblems } from '../../../electron/storage/problems';
import { openReader, placeOfRound, type Written } from './reader';
import { createRandom } from './trial';

/**
 * A process of its own to be killed. `write DATA SEED`: writes as fast as it can and says the words that are saved. `restore DATA SEED`:
 * restores from the newest backup. `import DATA SEED`: imports the export that lies beside DATA. `backup DATA SEED`: makes a backup.
 * `tags DATA SEED`: merges, nests and deletes a tag of many documents. `review DATA SEED`: accepts the places of notes again and again. `join DATA SEED`: joins the document of `from.txt` with `document-1`, and parts them. `empty DATA SEED`: empties the trash. `forget DATA SEED`: forgets `document-0`.
 */
const [task, dataFolder = '', seed = '1'] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);
const random = createRandom(Number(seed));
const log = { error: say, warn: () => undefined, info: () => undefined };

if (task === 'backup') {
  say('begun');
  await openBackups({ dataFolder, log, problems: createProblems() }).run();
  say('done');
} else {
  const reader = await openReader({ dataFolder, random });
  const tell = ({ ok, words, ...rest }: Written) => say(ok ? `saved ${words.join(' ')}` : `failed ${JSON.stringify(rest)}`);
  if (task === 'restore') {
    const { backups } = await reader.call('restore.list', {});
    const plan = await reader.call('restore.plan', { name: backups[0]?.name ?? '' });
    if (!plan.ok) throw new Error(plan.failure.message);
    say('begun');
    const restored = await reader.call('restore.apply', { planId: plan.value.id, undelete: false });
    say(restored.ok ? 'done' : `failed ${restored.failure.message}`);
    await reader.close();
  } else if (task === 'import') {
    const plan = await reader.planImport(await readFile(`${dataFolder} export`, 'utf8'));
    if (!plan.ok) throw new Error(plan.failure.message);
    say('begun');
    const imported = await reader.call('import.apply', { planId: plan.value.id, undelete: false });
    say(imported.ok ? 'done' : `failed ${imported.failure.message}`);
    await reader.close();
  } else if (task === 'join') {
    const fromId = await reader.idOf('from.txt');
    say('begun');
    for (let round = 0; round < 20; round += 1) {
      const joined = await reader.call('join.apply', { fromId, intoId: 'document-1' });
      const parted = joined.ok ? await reader.call('join.undo', { fromId, intoId: 'document-1' }) : joined;
      if (!parted.ok) say(`failed ${parted.failure.message}`);
    }
    await reader.close();
  } else if (task === 'review') {
    say('begun');
    const read = await reader.call('library.notebook', { documentId: 'document-1' });
    if (!read.ok) throw new Error(read.failure.message);
    let notes = read.value.notebook.notes.filter(({ tags }) => tags.includes('reviewed'));
    for (let round = 1; ; round += 1) {
      notes = notes.map((note) => ({ ...note, anchor: placeOfRound(round), modifiedAt: new Date().toISOString() }));
      const accepted = await reader.call('notebook.apply', {
        documentId: 'document-1',
        changes: notes.map((note) => ({ type: 'put-note', note })),
      });
      say(accepted.ok ? `accepted ${round}` : `failed ${accepted.failure.message}`);
    }
  } else if (task === 'tags') {
    say('begun');
    for (const move of [{ from: 'coast', to: 'shore' }, { from: 'shore', to: 'places/shore' }, { from: 'places' }]) {
      const moved = await reader.call('bulk.apply', { type: 'move-tags', moves: [move] });
      say(moved.ok ? `moved ${move.from}` : `failed ${moved.failure.message}`);
      const back = moved.ok && random() < 0.5 ? await reader.call('bulk.undo', { editId: moved.value.editId }) : undefined;
      if (back) say(back.ok ? 'back' : `failed ${back.failure.message}`);
      if (back?.ok) break;
    }
    await reader.close();
  } else if (task === 'empty') {
    say('begun');
    const emptied = await reader.call('notebook.empty-trash', { before: new Date(Date.now() + 60_000).toISOString() });
    say(emptied.ok ? 'done' : `failed ${emptied.failure.message}`);
    await reader.close();
  } else if (task === 'forget') {
    const plan = await reader.call('forget.plan', { documentId: 'document-0' });
    if (!plan.ok) throw new Error(plan.failure.message);
    say('begun');
    const forgotten = await reader.call('forget.apply', { documentId: 'document-0', state: plan.value.state });
    say(forgotten.ok ? 'done' : `failed ${forgotten.failure.message}`);
    await reader.close();
  } else {
    const writeOn = async (documentId: string) => {
      for (;;) {
        tell(await reader.write(documentId, { body: `${random.word()} ${'filling '.repeat(random.below(1_000))}` }));
        const mine = (await reader.notes()).filter((each) => each.documentId === documentId);
        // No two rewrite one note at the same time: each document has its own writer.
        tell(await reader.rewrite(random.pick(mine), random.word()));
        // Keys are given whole, so only one writer changes them.
        tell(await (documentId === 'document-1' ? reader.setKey(random.word()) : reader.colourTag(random.word())));
      }
    };
    say('begun');
    await Promise.all(['document-1', 'document-2', 'document-3'].map(writeOn));
  }
}
