import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { emptyNotebook } from '#model';
import { lockDataFolder, openNotebooks, openTags } from '../../../electron/notebook';

/**
 * A process of its own for the tests of faults. `lock LOCAL`: takes the lock, says what came of it and holds it until
 * its input ends. `write DATA`: writes notes as fast as it can until it is killed, and says the id of each that is saved.
 */
const [task, dataFolder = ''] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);
const log = { error: say, warn: () => undefined, info: () => undefined };

if (task === 'lock') {
  const lock = await lockDataFolder(dataFolder);
  say(JSON.stringify(lock));
  process.stdin.on('end', async () => {
    if (lock.ok) await lock.lock.release();
    process.exit();
  });
  process.stdin.resume();
} else {
  const store = await openNotebooks({ dataFolder, log, backupDelay: null });
  const tags = await openTags({ dataFolder, log });
  const writeOn = async (id: string) => {
    for (;;) {
      const now = new Date().toISOString();
      const body = 'word '.repeat(Math.random() * 2_000);
      const note = { id: randomUUID(), colour: 'yellow' as const, body, tags: [], createdAt: now, modifiedAt: now, history: [] };
      const saved = await store.apply(id, [{ type: 'put-note', note }], () =>
        emptyNotebook(id, { paths: [`/${id}.txt`], rawHash: 'a'.repeat(64), history: [] }),
      );
      say(saved.ok ? `note ${note.id}` : `failed ${saved.failure.code}`);
      const name = `tag-${note.id}`;
      const remembered = await tags.remember([name]);
      say(remembered.ok ? `tag ${name}` : `failed ${remembered.failure.code}`);
    }
  };
  say('ready');
  await Promise.all(['document-1', 'document-2', 'document-3', 'document-3'].map(writeOn));
}
