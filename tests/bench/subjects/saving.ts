import { open, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { upTo, writeText } from '../harness/generate';
import { makeLibrary, readText } from '../harness/library';
import { compare, median, ms, type Row } from '../harness/report';
import { whileReady } from '../harness/running';
import { wholeDrawn } from '../harness/signs';
import type { Window } from '../harness/window';
import { saveInOneFile } from './one-file';
import type { Subject } from './subject';

const COUNTS = [1, 100, 10_000];
const RUNS = 11;
const CALLS = 51;

/** From a key typed in a note to “All changes saved”, by the number of notes in that document; and a save among all notes beside one file for all. */
export const saving: Subject = {
  name: 'saving',
  async measure(bench, libraries) {
    bench.say('Typing in notes');
    const text = upTo(bench.paragraphs, bench.sizes.long / 2);
    const documents = COUNTS.map((count) => ({ title: `A text with notes, ${count}`, count }));
    const files = documents.map(({ title, count }) => ({ title, file: path.join(bench.work, `${title}.txt`), notes: count }));
    for (const { title, file } of files) await writeFile(file, writeText(title, text));
    const library = await makeLibrary(bench, 'saving', files);
    const typed: number[] = [];
    const written: number[] = [];
    await whileReady(library, async ({ window }) => {
      for (const { title, file } of files) {
        typed.push(await typeInNote(window, title, bench.sizes.keys));
        written.push(await writeByHand(library.folders.data, (await readText(bench, file))?.rawHash ?? ''));
      }
    });
    const rows = documents.flatMap(({ count }, index): Row[] => {
      const what = `${formatCount(count)} in the document`;
      const time = typed[index] ?? Number.NaN;
      return [
        ...(index > 0 ? [compare(what, time, ms, '1 note', typed[0] ?? Number.NaN)] : []),
        compare(what, time, ms, 'its file written and synced by hand', written[index] ?? Number.NaN),
      ];
    });
    return { title: 'A key typed in a note to “All changes saved”', rows: [...rows, await compareOneFile(libraries)] };
  },
};

const formatCount = (count: number): string => (count === 1 ? '1 note' : `${count} notes`);

/** The median of so many keys, each typed when the one before is saved. */
async function typeInNote(window: Window, title: string, keys: number): Promise<number> {
  const { page } = window;
  await page.getByRole('option', { name: title, exact: true }).click();
  await window.waitFor(wholeDrawn(title));
  const card = page.getByRole('complementary', { name: 'Notes' }).getByRole('listitem').first();
  await card.focus();
  await card.press('Enter');
  await card.getByRole('textbox', { name: 'Note text' }).focus();
  const times: number[] = [];
  for (let key = 0; key < keys; key += 1) {
    await window.waitFor({ selector: '[role=status][aria-label="Saving state"]', text: 'All changes saved' });
    const timing = page.evaluate(() => inPage.fromKeyToSaved());
    // It listens once this has come back.
    await page.evaluate(() => undefined);
    await page.keyboard.press('a');
    times.push(await timing);
  }
  await page.keyboard.press('Escape');
  return median(times);
}

/** ms to write a document's notebook in the plainest way that outlives a power cut: beside it, synced, renamed. */
async function writeByHand(dataFolder: string, rawHash: string): Promise<number> {
  const file = path.join(dataFolder, 'notebooks', `${rawHash.slice(0, 32)}.json`);
  const content = await readFile(file);
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const copy = path.join(dataFolder, '..', 'by hand.json');
    const began = performance.now();
    const handle = await open(`${copy}.new`, 'w');
    await handle.writeFile(content);
    await handle.sync();
    await handle.close();
    await rename(`${copy}.new`, copy);
    times.push(performance.now() - began);
  }
  return median(times);
}

/** One note among all of the large library, by a call of the host, and in one electron-store file that holds as many. */
async function compareOneFile(libraries: Parameters<Subject['measure']>[1]): Promise<Row> {
  const { library } = await libraries.large();
  const time = await whileReady(library, async ({ host }) => {
    const listed = await host.call('notebook.notes', { query: { text: '', order: 'newest' }, from: 0, count: 1 });
    const documentId = listed.ok ? (listed.value.rows[0]?.documentId ?? '') : '';
    const opened = await host.call('library.notebook', { documentId });
    const note = opened.ok ? opened.value.notebook.notes[0] : undefined;
    if (!note) throw new Error('The library has no notes.');
    const times: number[] = [];
    for (let run = 0; run < CALLS; run += 1) {
      const began = performance.now();
      const changed = { ...note, body: `Changed ${run}`, modifiedAt: new Date().toISOString() };
      const saved = await host.call('notebook.apply', { documentId, changes: [{ type: 'put-note', note: changed }] });
      times.push(performance.now() - began);
      if (!saved.ok) throw new Error(saved.failure.message);
    }
    return median(times);
  });
  const oneFile = saveInOneFile(path.join(library.folders.home, 'one file'), library.notes);
  return compare(`A call that saves one of ${library.notes} notes of a library`, time, ms, 'one electron-store file for all', oneFile);
}
