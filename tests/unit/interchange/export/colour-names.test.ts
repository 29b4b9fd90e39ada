import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { noteFormats } from '#api';
import { readExports } from '../../../../electron/interchange/import/exports';
import { anchor, note, notebook, renderOne, sourceOf } from './fixtures';

const green = note({ anchor: anchor(3, 'a quay'), colour: 'green', body: 'Long.' });
const pink = note({ anchor: anchor(20, 'a lamp'), colour: 'pink' });
const source = sourceOf([notebook('document-1', [green, pink], { title: 'One' })]);
const colourNames = { green: 'evidence · <b> #1', blue: 'claim' };
const render = (format: (typeof noteFormats)[number]) => renderOne(source, format, undefined, { colourNames: () => colourNames });

it('is said in each format what the reader means by a colour', async () => {
  const markdown = await render('markdown');
  expect(parse(/^---\n([\s\S]*?)\n---/.exec(markdown)?.[1] ?? '')).toMatchObject({
    colours: ['green: evidence · <b> #1', 'blue: claim'],
  });
  expect(await render('html')).toContain('green (<span dir="auto">evidence · &lt;b&gt; #1</span>) · ');
  const csv = (await render('csv')).trim().split('\n');
  expect(csv.map((line) => line.split(',').at(-1))).toEqual(['Color name', 'evidence · <b> #1', '']);
  const { first } = JSON.parse(await render('json-ld'));
  expect(first.items.map((item: Record<string, unknown>) => item['lectern:colourName'])).toEqual(['evidence · <b> #1', undefined]);
});

it.each(noteFormats.filter((format) => format !== 'csv'))('comes back by import as it went: %s', async (format) => {
  const bytes = Buffer.from(await render(format));
  const result = await readExports([{ name: 'a', bytes, modified: 0 }], () => undefined);
  if (!result.ok) throw new Error(result.failure.message);
  expect(result.value.edits.size).toBe(0);
  expect(result.value.notebooks.flatMap(({ notes }) => notes)).toEqual([green, pink]);
});
