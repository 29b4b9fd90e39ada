import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { Lectern } from './models/lectern';

test.use({
  library: {
    'border.html':
      '<title>Border</title><h1>Border</h1><ul><li>First  point</li><li>Second\n point</li></ul><p>Its <b>sec</b>ond sentence.</p>',
    'chinese.txt': '边境报告\n\n今天边境附近的军队很多。\n',
    'korean.txt': 'Schools\n\n서울대학교는 크다.\n',
    'long.html': `<title>Long</title><h1>Long</h1>${'<p>Words at the beginning.</p>'.repeat(150)}${'<h2>|</h2><ul><li>|</ul>'.repeat(30)}<p>A needle at the end.</p>`,
    'icons.html': `<title>Icons</title><ul>${'<li><a href="#"><img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E"> Icon</a></li>'.repeat(30)}<li><a href="#">Behind the pictures</a></li></ul><article><h1>Icons</h1>${'<p>Many words of an article, which goes on for a while, and then comes to its end.</p>'.repeat(40)}</article>`,
    'table.html': `<title>Table</title><h1>Table</h1><table><tr>${'<td>123456789</td>'.repeat(40)}<td>The outermost cell</td></tr></table>`,
    'sentinel.txt': `哨所\n\n${'水边广阔的草原上，'.repeat(20)}哨兵睡着了。${'水边广阔的草原上，'.repeat(20)}\n`,
    'words.md': '# Unbelievable words\n\nThey are unmistakable.\n',
  },
});

test('a hit opens at its passage, in every script, and inside of words; what is found is there after the index was lost', async ({
  app,
}) => {
  let lectern = new Lectern(app.page);
  /** Opens what the box finds; `place` is what is selected then, and in which words. */
  const choose = async (query: string, snippet: string, title: string, place: string): Promise<void> => {
    await app.page.keyboard.press('ControlOrMeta+k');
    await lectern.palette.getByRole('combobox', { name: 'Search' }).fill(query);
    await lectern.palette.getByRole('option', { name: snippet }).click();
    await expect(lectern.article(title)).toBeFocused();
    const selected = () =>
      app.page.evaluate(() => {
        const selection = document.getSelection();
        return `${selection} in ${selection?.anchorNode?.parentElement?.closest('p, li, h1, td')?.textContent}`;
      });
    await expect.poll(selected).toBe(place);
  };
  await choose('"second"', 'Second point', 'Border', 'Second in Second point');
  await choose('"second sen"', 'Its second sentence', 'Border', 'second sen in Its second sentence.');
  await choose('军队', '附近的军队很多', '边境报告', '军队 in 今天边境附近的军队很多。');
  await choose('대학교', '서울대학교는', 'Schools', '대학교 in 서울대학교는 크다.');
  await choose('needle', 'A needle at the end', 'Long', 'needle in A needle at the end.');
  await expect(app.page.getByText('A needle at the end.')).toBeInViewport({ ratio: 1 });
  await choose('"behind the"', 'Behind the pictures', 'Icons', 'Behind the in Behind the pictures');
  // They are outside of the article, and have no height until they come.
  await expect(app.page.getByRole('article', { name: 'Icons' }).locator('img').last()).toHaveJSProperty('height', 150);
  await expect(app.page.getByText('Behind the pictures')).toBeInViewport({ ratio: 1 });
  await choose('outermost', 'The outermost cell', 'Table', 'outermost in The outermost cell');
  await expect(app.page.getByRole('cell', { name: 'The outermost cell' })).toBeInViewport({ ratio: 1 });
  await choose('"mistak"', 'They are unmistakable', 'Unbelievable words', 'mistak in They are unmistakable.');

  await app.quit();
  await rm(path.join(app.localFolder, 'index.sqlite'));
  lectern = new Lectern(await app.start());
  await choose('军队', '附近的军队很多', '边境报告', '军队 in 今天边境附近的军队很多。');
});

test('a query that is too long says how much of it was searched', async ({ app }) => {
  const lectern = new Lectern(app.page);
  await expect(lectern.option('Border')).toBeVisible();
  await app.page.keyboard.press('ControlOrMeta+k');
  await lectern.palette.getByRole('combobox', { name: 'Search' }).fill('sentence '.repeat(1000));
  await expect(lectern.palette.getByRole('status')).toHaveText('Found in 1 document. Only the first 64 words were searched.');
  await lectern.palette.getByRole('combobox', { name: 'Search' }).fill(`sentence ${'x'.repeat(20_000)}`);
  await expect(lectern.palette.getByRole('status')).toHaveText('Only the first 10,000 characters are searched. Nothing was found.');
});

test('the words that were found are seen in a narrow window, too', async ({ app }) => {
  const lectern = new Lectern(app.page);
  await app.page.setViewportSize({ width: 320, height: 640 });
  await app.page.keyboard.press('ControlOrMeta+k');
  await lectern.palette.getByRole('combobox', { name: 'Search' }).fill('哨兵');
  await expect(lectern.palette.getByRole('option', { name: '哨兵' }).locator('mark')).toBeInViewport({ ratio: 1 });
});

test('a reading for the search that was stopped is said, and goes on by keyboard', async ({ app, hostName }) => {
  test.skip(hostName === 'electron', 'Calls over IPC cannot be answered by the test.');
  const { page } = app;
  const lectern = new Lectern(page);
  await page.route('**/api/search.progress', (route) => route.fulfill({ json: { done: 0, total: 0, isStopped: true } }));
  await page.reload();
  const button = lectern.library.getByRole('button', { name: 'Go on' });
  await expect(lectern.library.getByText('Not all texts are searched')).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await button.press('Enter');
  await expect(page.getByText('Texts are read for the search again.')).toBeAttached();
  await expect(button).toBeHidden();
  await expect(lectern.library.locator(':focus')).toBeVisible();
});
