import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Locator } from 'playwright';
import { createRandom, type Random } from '../faults/trial';
import { type Bench, wholeSizes, withBench } from '../harness/bench';
import { makeLibrary, readText } from '../harness/library';
import { whileReady } from '../harness/running';
import type { Window } from '../harness/window';
import { judgeSelected } from './judge-selected';

const PAGES = 100;

/** ms that the window has for showing what was found, and for selecting it once it is chosen. */
const PATIENCE = 30_000;

/** Words that stand in a page, by its place among them. */
interface Passage {
  page: number;
  words: string;
}

/**
 * `npm run bench -- --hits DIR [--count N] [--seed N]`: looks for N passages out of a hundred of the folder’s saved pages in the running
 * application, opens each where it was found, and prints of how many the words that are selected then are those that were shown in the list, and are
 * seen; what is wrong of the others goes to the standard error. Nothing is asserted.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { hits: { type: 'string' }, count: { type: 'string', default: '300' }, seed: { type: 'string', default: '1' } },
  });
  const folder = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), values.hits ?? '');
  const seed = Number(values.seed);
  await withBench({ seed, sizes: { ...wholeSizes, documents: 0 } }, async (empty) => {
    const bench: Bench = { ...empty, files: await choosePages(folder) };
    const passages = await choosePassages(bench, Number(values.count));
    const files = bench.files.map((file) => ({ file, notes: 0 }));
    const right = await whileReady(await makeLibrary(bench, 'hits', files), async ({ window }) => {
      let count = 0;
      for (const passage of passages) if (await isRight(bench, window, passage)) count += 1;
      return count;
    });
    const pages = new Set(passages.map(({ page }) => page)).size;
    process.stdout.write(`${right} of ${passages.length} hits in ${pages} pages are selected as they were shown, and seen.\n`);
  });
}

/** Evenly out of all of a folder’s pages. */
async function choosePages(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /\.html?$/.test(name)).sort();
  const count = Math.min(PAGES, names.length);
  return Array.from({ length: count }, (_, index) => path.join(folder, names[Math.floor((index * names.length) / count)] ?? ''));
}

/** Three words in a row, or four characters of a script without spaces. */
const WORDS = /[\p{L}\p{N}]+ [\p{L}\p{N}]+ [\p{L}\p{N}]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{4}/u;

/** As many of each page as of another. */
async function choosePassages(bench: Bench, count: number): Promise<Passage[]> {
  const random: Random = createRandom(bench.seed);
  const texts = await Promise.all(bench.files.map((file) => readText(bench, file)));
  const passages: Passage[] = [];
  for (let tried = 0; passages.length < count && tried < 10 * count; tried += 1) {
    const page = tried % texts.length;
    const text = texts[page]?.text ?? '';
    const [words] = WORDS.exec(text.slice(random.below(text.length))) ?? [];
    if (words !== undefined) passages.push({ page, words });
  }
  return passages;
}

async function isRight(bench: Bench, window: Window, passage: Passage): Promise<boolean> {
  const wrong = await openAndJudge(window, passage.words).catch(
    (error: unknown) => `broke: ${error instanceof Error ? error.message : error}`,
  );
  if (wrong !== undefined) bench.say(`${path.basename(bench.files[passage.page] ?? '')}: “${passage.words}”: ${wrong}`);
  return wrong === undefined;
}

/** Opens the first passage of a text that the palette finds for the words; says what is wrong of what is selected then, if anything. */
async function openAndJudge({ page }: Window, words: string): Promise<string | undefined> {
  await page.evaluate(() => document.getSelection()?.removeAllRanges());
  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await palette.getByRole('combobox').fill(`"${words}"`);
  const isAnswered = () => /^(Found|Nothing)/.test(document.querySelector('.palette [role=status]')?.textContent ?? '');
  await page.waitForFunction(isAnswered, undefined, { timeout: PATIENCE });
  const option = palette.locator('[role=option]:has([aria-label=Text])').first();
  if ((await option.count()) === 0) {
    await page.keyboard.press('Escape');
    return 'it is not found in a text';
  }
  const snippet = await readSnippet(option);
  await option.click();
  await page.waitForFunction(() => document.getSelection()?.isCollapsed === false, undefined, { timeout: PATIENCE });
  return page.evaluate(judgeSelected, snippet);
}

const readSnippet = (option: Locator) =>
  option.locator('.palette-snippet').evaluate((snippet) => {
    const before = snippet.firstChild instanceof Text ? snippet.firstChild.data : '';
    return { before, match: snippet.querySelector('mark')?.textContent ?? '', whole: snippet.textContent };
  });

await main();
