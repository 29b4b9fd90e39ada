import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Act, acts } from './acts';
import { atDesk, type Counts, furnish } from './desk';

/**
 * `npm run bench -- --acts [NAME]`: does each of the acts that a reader does all the time, by mouse and by keyboard alone, from real events, sees that it
 * was done, and prints what it took. Exits with 1 where one could not be done.
 */
async function main(): Promise<void> {
  const wanted = process.argv[process.argv.indexOf('--acts') + 1];
  if (!acts.some(({ name }) => name.includes(wanted ?? ''))) {
    process.stderr.write(`There is no act with “${wanted}” in its name, only ${acts.map(({ name }) => name).join(', ')}.\n`);
    process.exitCode = 1;
    return;
  }
  const rows: [name: string, mouse: string, keyboard: string][] = [];
  for (const act of acts.filter(({ name }) => wanted === undefined || name.includes(wanted))) {
    rows.push([act.name, await tell(act, 'mouse'), await tell(act, 'keyboard')]);
    process.stderr.write(`${rows.at(-1)?.join(' · ')}\n`);
  }
  process.stdout.write(
    ['| act | by mouse | by keyboard alone |', '|---|---|---|', ...rows.map((row) => `| ${row.join(' | ')} |`), ''].join('\n'),
  );
}

async function tell(act: Act, way: 'mouse' | 'keyboard'): Promise<string> {
  const work = act[way];
  if (!work) return '–';
  const root = await mkdtemp(path.join(os.tmpdir(), 'lectern-acts-'));
  const folders = { data: path.join(root, 'data'), library: path.join(root, 'library'), home: path.join(root, 'home') };
  try {
    await furnish(folders);
    return inWords(
      await atDesk(folders, async (desk, counted) => {
        await act.before?.(desk);
        await counted(() => work(desk));
        await act.isDone(desk);
      }),
    );
  } catch (error) {
    process.stderr.write(`${act.name}, by ${way}: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
    return 'not done';
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** “1 click, 2 keys, words”. */
function inWords({ clicks, keys, letters }: Counts): string {
  const count = (number: number, noun: string) => (number === 0 ? [] : `${number} ${noun}${number === 1 ? '' : 's'}`);
  return [count(clicks, 'click'), count(keys, 'key'), letters > 0 ? 'words' : []].flat().join(', ');
}

await main();
