import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { upTo, writeText } from '../harness/generate';
import { makeLibrary } from '../harness/library';
import { compare, median, ms } from '../harness/report';
import { whileReady } from '../harness/running';
import { wholeDrawn } from '../harness/signs';
import type { Subject } from './subject';

const COUNT = 10_000;
const BARE = 'A text without highlights';
const MARKED = 'A text with highlights';

/** From a click to the paint of a text of 6 MB with 10,000 highlights; beside it, the same text drawn and its passages put into `<mark>`. */
export const highlights: Subject = {
  name: 'highlights',
  async measure(bench) {
    const text = upTo(bench.paragraphs, 6_000_000);
    const [bare = '', marked = ''] = [BARE, MARKED].map((title) => path.join(bench.work, `${title}.txt`));
    await writeFile(bare, writeText(BARE, text));
    await writeFile(marked, writeText(MARKED, text));
    const library = await makeLibrary(bench, 'highlights', [
      { file: bare, notes: 0 },
      { file: marked, notes: COUNT },
    ]);
    const painted: number[] = [];
    const drawn: number[] = [];
    const marks: number[] = [];
    for (let round = 0; round < bench.sizes.rounds; round += 1) {
      bench.say(`Drawing highlights, round ${round + 1}`);
      await whileReady(library, async ({ window }) => {
        const option = (name: string) => window.page.getByRole('option', { name, exact: true });
        drawn.push(await window.click(option(BARE), wholeDrawn(BARE)));
        marks.push(await window.page.evaluate((count) => inPage.mark('.reading-text', count), COUNT));
        await window.page.reload();
        await window.waitFor({ selector: '[role=option]' });
        painted.push(await window.click(option(MARKED), { ...wholeDrawn(MARKED), highlights: COUNT }));
      });
    }
    return [
      compare('10,000 highlights on 6 MB: click to all painted', median(painted), ms, 'the text without any', median(drawn)),
      compare(
        '10,000 highlights on 6 MB: click to all painted',
        median(painted),
        ms,
        'the text without any, then <mark>',
        median(drawn.map((time, round) => time + (marks[round] ?? Number.NaN))),
      ),
    ];
  },
};
