import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { upTo, writeText } from '../harness/generate';
import { makeLibrary } from '../harness/library';
import { compare, median, megabytes, ms } from '../harness/report';
import { whileReady } from '../harness/running';
import { wholeDrawn } from '../harness/signs';
import type { Subject } from './subject';

const BARE = 'A text without highlights';
const MARKED = 'A text with highlights';

/** From a click to the paint of a long text with all its highlights; beside it, the same text drawn and its passages put into `<mark>`. */
export const highlights: Subject = {
  name: 'highlights',
  async measure(bench) {
    const { long, highlights: count } = bench.sizes;
    const text = upTo(bench.paragraphs, long);
    const [bare = '', marked = ''] = [BARE, MARKED].map((title) => path.join(bench.work, `${title}.txt`));
    await writeFile(bare, writeText(BARE, text));
    await writeFile(marked, writeText(MARKED, text));
    const library = await makeLibrary(bench, 'highlights', [
      { file: bare, notes: 0 },
      { file: marked, notes: count },
    ]);
    const painted: number[] = [];
    const drawn: number[] = [];
    const marks: number[] = [];
    for (let round = 0; round < bench.sizes.rounds; round += 1) {
      bench.say(`Drawing highlights, round ${round + 1}`);
      await whileReady(library, async ({ window }) => {
        const option = (name: string) => window.page.getByRole('option', { name, exact: true });
        drawn.push(await window.click(option(BARE), wholeDrawn(BARE)));
        marks.push(await window.page.evaluate((passages) => inPage.mark('.reading-text', passages), count));
        await window.page.reload();
        await window.waitFor({ selector: '[role=option]' });
        painted.push(await window.click(option(MARKED), { ...wholeDrawn(MARKED), highlights: count }));
      });
    }
    const rows = [
      compare('Click to all painted', median(painted), ms, 'the text without any', median(drawn)),
      compare(
        'Click to all painted',
        median(painted),
        ms,
        'the text without any, then <mark>',
        median(drawn.map((time, round) => time + (marks[round] ?? Number.NaN))),
      ),
    ];
    return { title: `${count} highlights on a text of ${megabytes(long)}`, rows };
  },
};
