import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Notebook } from '#model';
import type { Bench } from '../harness/bench';
import type { Library } from '../harness/library';
import { compare, compareStall, megabytes, ms, state } from '../harness/report';
import { whileReady } from '../harness/running';
import { openStallMeter } from '../harness/stalls';
import type { Subject } from './subject';

/** Everything exported to one Markdown file by the dialog; beside it, the notebooks' files read and written as Markdown by hand. */
export const exporting: Subject = {
  name: 'export',
  async measure(bench, libraries) {
    const { library } = await libraries.large();
    bench.say('Exporting everything');
    const meter = await openStallMeter();
    try {
      return await whileReady(library, async ({ host, window: { page }, window }) => {
        await page.keyboard.press('ControlOrMeta+Shift+e');
        const dialog = page.getByRole('dialog', { name: 'Export' });
        const button = dialog.getByRole('button', { name: 'Export', exact: true });
        await meter.watch(host, window);
        await dialog.getByRole('combobox', { name: 'What' }).selectOption('All notes of all documents');
        const counts = dialog.getByRole('status').filter({ hasText: new Intl.NumberFormat('en').format(library.notes) });
        await counts.waitFor();
        const began = performance.now();
        const coming = page.waitForEvent('download');
        await button.click();
        const file = await (await coming).path();
        const time = performance.now() - began;
        const stalls = await meter.read();
        const { mostMemory } = await host.report();
        const byHand = await exportByHand(bench, library);
        const rows = [
          compare('Click to the finished file', time, ms, 'by hand, words only', byHand),
          compareStall('Longest stall of the host, preview included', stalls.host, 'an idle process', stalls.idleProcess),
          compareStall('Longest stall of the window, preview included', stalls.window, 'an idle window', stalls.idleWindow),
          state('Most memory of the host', megabytes(mostMemory)),
          state('The file', megabytes((await stat(file)).size)),
        ];
        return { title: `Exporting everything, ${library.notes} notes, as one Markdown file`, rows };
      });
    } finally {
      await meter.close();
    }
  },
};

/** ms for what the export cannot do without: each notebook read, its quotes and words written. */
async function exportByHand({ work }: Bench, { folders }: Library): Promise<number> {
  const began = performance.now();
  const folder = path.join(folders.data, 'notebooks');
  const blocks: string[] = [];
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.json')) continue;
    const { identity, notes }: Notebook = JSON.parse(await readFile(path.join(folder, name), 'utf8'));
    blocks.push(`# ${identity.fileName}\n`);
    for (const { anchor, body, tags } of notes)
      blocks.push(`> ${anchor?.exact.replaceAll('\n', '\n> ')}\n`, `${body}\n`, tags.map((tag) => `#${tag}`).join(' '));
  }
  await writeFile(path.join(work, 'by hand.md'), blocks.join('\n'));
  return performance.now() - began;
}
