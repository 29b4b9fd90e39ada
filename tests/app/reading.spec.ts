import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../../electron/vite.shared.ts';
import { makePdf } from '../unit/formats/pdf/make-pdf';
import { expect, test } from './fixtures';
import { settled } from './fixtures/settled.ts';
import { FIRST_SEED, Lectern } from './models/lectern';

const FIELD_NOTES = `---
title: Field notes
date: 2024-05-06
author: Ada Brook
---
# Rivers

The river is a strong brown river.

${paragraphs('upper reaches', 14)}

## Springs

A spring is where the river starts; a **second spring** feeds it.

| Name | Flow |
| ---- | ---- |
| Ebb  | 12   |

- first
  - nested

${paragraphs('springs', 14)}

# Lakes

\`\`\`
let lake = 'still';
\`\`\`

${paragraphs('lakes', 14)}
`;

const PAGE = `<!doctype html><html lang="en"><head><title>A page on tides</title><meta name="author" content="Noor Vale">
<meta property="article:published_time" content="2023-02-01"></head><body><h1>Tides</h1><p>High <em>water</em> twice a day.</p>
<h2>Neap</h2><p>Lower.</p></body></html>`;

const SAVED_PAGE = `<!doctype html><html lang="en"><head><title>Where rivers rise | The Daily</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav><main><article><h1>Where rivers rise</h1>${'<p>The river rises in spring, when the snow of the hills melts, and it carries the sand of a year.</p>'.repeat(20)}<p>The last thaw was late.</p><div class="share-buttons"><a href="/s">Share on Sea</a></div><p>The next came early.</p></article>
<section class="comments"><h2>Comments</h2><p>I once saw a river of this kind, and I did not like it at all.</p></section></main></body></html>`;

const ARABIC = 'القراءة والكتابة\n\nالقراءة نافذة على العالم، ومن يقرأ كتابا يعرف بلدا.\n\nوالكتابة تحفظ ما قرأناه من النسيان.\n';
const CHINESE = '春天的河流\n\n春天来了，河水慢慢上涨。村里的人都到河边去看水。\n\n孩子们在岸上奔跑。河水很清。\n';

/** A running head and a page number stand between the two halves of a sentence. */
const PRINTED = makePdf(
  ['The mill stands where the river', 'turns south, as it did.'].map((text, index) => [
    ...(index === 0 ? [{ text: 'On mills', x: 50, y: 520, size: 22 }] : []),
    { text: 'Mills and rivers', x: 160, y: 575 },
    ...(index === 0 ? [{ text: 'An old paragraph goes before.', x: 50, y: 470 }] : []),
    { text, x: 50, y: index === 0 ? 440 : 520 },
    ...(index === 0 ? [] : [{ text: 'The end of it all.', x: 50, y: 480 }]),
    { text: String(index + 1), x: 200, y: 30 },
  ]),
);

test.describe('a PDF', () => {
  test.use({ library: { 'mills.pdf': PRINTED, 'broken.pdf': 'No PDF.' } });

  test('is read as one text without what runs over its pages, and a broken one says so', async ({ app }) => {
    const lectern = new Lectern(app.page);
    await expect(lectern.option('broken')).toHaveAccessibleDescription(/damaged, or no PDF document/);
    const article = await lectern.open('On mills');
    await article.getByRole('group', { name: 'How the document is shown' }).getByRole('button', { name: 'Text' }).click();
    await expect(article.getByText('The mill stands where the river turns south, as it did.')).toBeVisible();
    await expect(article.getByText('Mills and rivers').first()).toBeHidden();

    // It breaks while its pages are shown: that is said once, and in words.
    await app.page.keyboard.press('a');
    await expect(article.locator('.page-sheet canvas').first()).toBeVisible();
    app.expectTrouble(/409/);
    await writeFile(path.join(app.libraryFolder, 'mills.pdf'), '%PDF-1.7\n');
    await expect(app.page.getByRole('article')).toContainText('“mills.pdf” is damaged');
    await expect(app.page.getByRole('status', { name: 'Last messages' })).toHaveText(
      'The file was changed by another program, so it was read again.',
    );
  });
});

test.describe('formats', () => {
  test.use({
    library: { 'field-notes.md': FIELD_NOTES, 'tides.html': PAGE, 'saved.html': SAVED_PAGE, 'arabic.txt': ARABIC, 'chinese.txt': CHINESE },
  });

  test('the first seed has its date, its title, eight paragraphs and every byte of its text', async ({ app }) => {
    const lectern = new Lectern(app.page);
    const article = await lectern.open(FIRST_SEED);
    await expect(article.getByRole('heading', { level: 1 })).toHaveText(FIRST_SEED);
    await expect(article.getByRole('button', { name: '3 December 2021' })).toHaveText(
      /^3 December 2021\d min read000_1f77a48d763ee880\.txt$/,
    );
    await expect(article.locator('.reading-text').getByRole('paragraph')).toHaveCount(8);
    await expect.poll(() => lectern.text()).toBe(await readFile(path.join(root, 'seeds/000_1f77a48d763ee880.txt'), 'utf8'));
    await expect(article.getByText('date 2021-12-03')).toBeHidden();

    const status = app.page.getByRole('contentinfo');
    await expect(status).toHaveText(/Paragraph 1 of 8\d+ %2 min left0 notesAll changes savedNothing leaves this machine/);
    await article.press('End');
    await expect(status).toContainText('At the end');
    await expect(status).toContainText('100 %');
  });

  test('what is opened by click or Enter takes the reading keys; the arrows go through the list without opening', async ({ app }) => {
    const { page } = app;
    const lectern = new Lectern(page);
    const list = lectern.library.getByRole('listbox', { name: 'Documents' });
    const top = () => page.evaluate(() => document.querySelector('.reading-scroller')?.scrollTop ?? 0);
    const article = await lectern.open('Field notes');
    await expect(article).toBeFocused();
    await page.keyboard.press('PageDown');
    await expect.poll(top).toBeGreaterThan(200);
    await page.keyboard.press('Home');
    await expect.poll(top).toBe(0);

    await list.focus();
    await page.keyboard.press('ArrowDown');
    await expect(list).toBeFocused();
    await expect(article).toBeVisible();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(article).toBeFocused();
    await page.keyboard.press('Space');
    await expect.poll(top).toBeGreaterThan(200);
    // The ring is around the text that is seen.
    const ring = await page.evaluate(() => {
      const {
        left,
        top: above,
        right,
        bottom,
        outlineStyle,
      } = getComputedStyle(document.querySelector('.reading-view') ?? document.body, '::after');
      return { insets: [left, above, right, bottom].map(Number.parseFloat), outlineStyle };
    });
    const [view, text] = [await page.locator('.reading-view').boundingBox(), await page.locator('.reading-main').boundingBox()];
    expect(ring.outlineStyle).toBe('solid');
    expect(ring.insets[0]).toBeCloseTo((text?.x ?? 0) - (view?.x ?? 0) + 4, 0);
    expect(ring.insets[1]).toBe(4);
  });

  test('Markdown and HTML are laid out, with an outline that follows the reader and jumps that can be taken back', async ({ app }) => {
    const { page } = app;
    const lectern = new Lectern(page);
    const article = await lectern.open('Field notes');
    await expect(article.getByRole('button', { name: '6 May 2024' })).toContainText('Ada Brook');
    await expect(article.locator('.reading-text strong')).toHaveText('second spring');
    await expect(article.getByRole('cell', { name: 'Ebb' })).toHaveText('Ebb');
    await expect(article.locator('.reading-text li li')).toHaveText('nested');
    await expect(article.locator('.reading-text pre')).toHaveText(/let lake = 'still';/);

    await page.getByRole('button', { name: 'Outline' }).click();
    const outline = page.getByRole('navigation', { name: 'Outline' });
    const current = outline.locator('[aria-current="location"]');
    await expect(outline.getByRole('listitem')).toHaveText(['Rivers', 'Springs', 'Lakes']);
    await expect(current).toHaveText('Rivers');
    await outline.getByRole('button', { name: 'Lakes' }).click();
    await expect(article.getByRole('heading', { name: 'Lakes' })).toBeInViewport();
    await expect(current).toHaveText('Lakes');
    await expect(article).toBeFocused();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(current).toHaveText('Rivers');
    await page.keyboard.press('Alt+ArrowRight');
    await expect(current).toHaveText('Lakes');

    // By keys: the outline is opened at the heading that is being read, and is a list like any other.
    await page.keyboard.press('ControlOrMeta+Shift+l');
    await expect(outline).toBeHidden();
    await page.keyboard.press('ControlOrMeta+Shift+l');
    await expect(current).toBeFocused();
    await page.keyboard.press('k');
    await expect(outline.getByRole('button', { name: 'Springs' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(article).toBeFocused();
    await page.keyboard.press('Shift+F6');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(current).toHaveText('Rivers');
    await expect(article).toBeFocused();

    const tides = await lectern.open('Tides');
    await expect(tides.getByRole('button', { name: '1 February 2023' })).toContainText('Noor Vale');
    await expect(tides.locator('.reading-text em')).toHaveText('water');
    await expect(outline.getByRole('listitem')).toHaveText(['Tides', 'Neap']);
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(article.getByRole('heading', { name: 'Rivers' })).toBeInViewport();
    await page.getByRole('button', { name: 'Forward' }).click();
    await expect(tides).toBeVisible();
    await expect(page.getByRole('button', { name: 'Forward' })).toHaveAttribute('aria-disabled', 'true');
  });

  test('a saved page opens as its article, and what is outside of that is shown when it is wanted', async ({ app }) => {
    const lectern = new Lectern(app.page);
    const article = await lectern.open('Where rivers rise');
    const comment = article.getByText('I once saw a river');
    const shown = article.getByRole('group', { name: 'What of the page is shown' });
    // The page's own title stands there, so that it is not drawn twice.
    await expect(article.locator('#document-title')).toHaveClass('visually-hidden');
    await expect(article.getByText('The river rises').first()).toBeVisible();
    await expect(comment).toBeHidden();
    await expect(article.getByText('News')).toBeHidden();
    const text = await lectern.text();
    expect(text).toContain('I once saw a river');

    // A line within it that is none of it is not marked with what is around it.
    await expect(article.getByText('Share on Sea')).toBeHidden();
    await lectern.select('thaw was late.\nShare on Sea\nThe next');
    await lectern.toolbar.getByRole('button', { name: 'Highlight green' }).click();
    await expect(lectern.noteWith('thaw was late. […] The next')).toBeVisible();

    await shown.getByRole('button', { name: 'Whole page' }).click();
    await expect(comment).toBeVisible();
    await comment.scrollIntoViewIfNeeded();
    const note = await lectern.highlight('I did not like it', 'pink');
    await article.press('a');
    await expect(shown.getByRole('button', { name: 'Article' })).toHaveAttribute('aria-pressed', 'true');
    await expect(comment).toBeHidden();
    await expect(note).toBeVisible();
    await article.press('End');
    await expect(app.page.getByRole('contentinfo')).toContainText('At the end');
    expect(await lectern.text()).toBe(text);

    await article.press('j');
    await expect(comment).toBeInViewport();
    await article.press('a');
    await expect(comment).toBeHidden();
    await article.press('a');
    await expect(comment).toBeVisible();
    await lectern.allSaved();
    const again = new Lectern(await app.restart());
    await expect(again.article('Where rivers rise').getByText('I once saw a river')).toBeVisible();
    await expect.poll(() => again.text()).toBe(text);
  });

  test('find counts and draws all hits and goes around the ends', async ({ app }) => {
    const { page } = app;
    const lectern = new Lectern(page);
    const article = await lectern.open('Field notes');
    await article.focus();
    await page.keyboard.press('ControlOrMeta+f');
    const field = page.getByRole('textbox', { name: 'Find in document' });
    const count = page.getByRole('search').getByRole('status');
    await expect(field).toBeFocused();
    await field.fill('SPRING');
    await expect(count).toHaveText(/^1 of \d+$/);
    const hits = await settled(page, () => lectern.painted('find'));
    expect(hits.map((hit) => hit.toLowerCase())).toEqual(Array(hits.length).fill('spring'));
    expect(hits.length).toBe((await lectern.text()).match(/spring/gi)?.length);
    await expect(count).toHaveText(`1 of ${hits.length}`);

    await field.press('Enter');
    await expect(count).toHaveText(`2 of ${hits.length}`);
    await field.press('Shift+Enter');
    await field.press('Shift+Enter');
    await expect(count).toHaveText(`${hits.length} of ${hits.length}`);
    await expect(article.getByText('About springs, 14:')).toBeInViewport();
    await page.getByRole('button', { name: 'Find next' }).click();
    await expect(count).toHaveText(`1 of ${hits.length}`);
    await expect.poll(() => lectern.painted('find-current')).toEqual(['Spring']);
    await field.fill('no such words');
    await expect(count).toHaveText('Not found');
    await field.fill('second spring feeds');
    await expect(count).toHaveText('1 of 1');
    await field.press('Escape');
    await expect(field).toBeHidden();
    await expect(article).toBeFocused();
    await expect.poll(() => lectern.painted('find')).toEqual([]);
  });

  test('right-to-left and Chinese texts read in their own direction, are found and highlighted', async ({ app }) => {
    const lectern = new Lectern(app.page);
    const arabic = await lectern.open('القراءة والكتابة');
    await expect(arabic.getByRole('heading', { level: 1 })).toHaveCSS('direction', 'rtl');
    await expect(arabic.getByRole('button', { name: /^Reading status/ })).toHaveCSS('direction', 'ltr');
    await expect(arabic.getByText('القراءة نافذة').first()).toHaveCSS('direction', 'rtl');
    const note = await lectern.highlight('نافذة على العالم', 'blue');
    await expect(note.locator('blockquote')).toHaveCSS('direction', 'rtl');
    await expect.poll(() => lectern.painted('blue')).toEqual(['نافذة على العالم']);

    await lectern.open('春天的河流');
    await lectern.highlight('河水慢慢上涨', 'pink');
    await expect.poll(() => lectern.painted('pink')).toEqual(['河水慢慢上涨']);
    await app.page.keyboard.press('ControlOrMeta+f');
    await app.page.getByRole('textbox', { name: 'Find in document' }).fill('河水');
    await expect(app.page.getByRole('search').getByRole('status')).toHaveText('1 of 2');
  });
});

test.describe('how the text is set', () => {
  test.use({ library: { 'long walk.txt': `A long walk\n\n${paragraphs('walking', 160)}` } });

  test('the typography and the theme are kept', async ({ app }) => {
    const lectern = new Lectern(app.page);
    await lectern.open('A long walk');
    await app.page.getByRole('button', { name: 'Typography' }).click();
    const panel = app.page.getByRole('dialog', { name: 'Typography' });
    await panel.getByRole('combobox', { name: 'Font' }).selectOption('Atkinson Hyperlegible');
    await panel.getByRole('slider', { name: 'Size' }).press('End');
    await panel.getByRole('slider', { name: 'Line height' }).press('Home');
    await panel.getByRole('slider', { name: 'Column width' }).press('Home');
    await panel.getByRole('switch', { name: 'Justify the lines' }).click();
    await panel.getByRole('switch', { name: 'Hyphenate' }).click();
    await panel.getByRole('radio', { name: 'Sepia' }).check({ force: true });
    await app.page.keyboard.press('Escape');
    await expect(app.page.getByRole('button', { name: 'Typography' })).toBeFocused();

    const expectKept = async (page: Page) => {
      const text = page.locator('.reading-text');
      await expect(text).toHaveCSS('font-family', /Atkinson Hyperlegible/);
      await expect(text).toHaveCSS('font-size', '36px');
      await expect(text).toHaveCSS('line-height', '43.2px');
      await expect(text).toHaveCSS('text-align', 'justify');
      await expect(text.locator('.doc-break').first()).toBeAttached();
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'sepia');
      await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(244, 234, 214)');
    };
    const widthIn = async (page: Page) => (await page.locator('.reading-text').boundingBox())?.width;
    await expectKept(app.page);
    const width = await settled(app.page, () => widthIn(app.page));
    const page = await app.restart();
    await expectKept(page);
    await expect.poll(() => widthIn(page)).toBe(width);

    await page.getByRole('button', { name: 'Theme' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'night');
    await page.getByRole('button', { name: 'Theme' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'paper');
    await page.getByRole('button', { name: 'Typography' }).click();
    await page.getByRole('radio', { name: 'As the system' }).check({ force: true });
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'night');
    await page.emulateMedia({ colorScheme: 'light' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'paper');
  });

  test('hyphenation parts words, and notes stay where they are', async ({ app }) => {
    const lectern = new Lectern(app.page);
    const article = await lectern.open(FIRST_SEED);
    const text = await lectern.text();
    await lectern.highlight('significant diplomatic progress', 'green');
    const hyphenate = async () => {
      await app.page.getByRole('button', { name: 'Typography' }).click();
      await app.page.getByRole('switch', { name: 'Hyphenate' }).click();
      await app.page.keyboard.press('Escape');
    };
    await hyphenate();
    await expect(article.locator('.doc-break').first()).toBeAttached();
    await expect.poll(() => lectern.text()).toBe(text);
    await expect.poll(() => lectern.painted('green')).toEqual(['significant diplomatic progress']);
    await lectern.highlight('self-proclaimed republics', 'blue');
    await expect.poll(() => lectern.painted('blue')).toEqual(['self-proclaimed republics']);
    await hyphenate();
    await expect(article.locator('.doc-break')).toHaveCount(0);
    await expect.poll(() => lectern.painted('green')).toEqual(['significant diplomatic progress']);
    await lectern.allSaved();
  });

  test('the place is kept to the paragraph across restarts and other type', async ({ app }) => {
    const lectern = new Lectern(app.page);
    const article = await lectern.open('A long walk');
    await article.focus();
    for (let count = 0; count < 12; count += 1) await article.press('PageDown');
    const place = (page: Page) => page.getByText(/^Paragraph \d+ of 160$/);
    await expect(place(app.page)).not.toHaveText('Paragraph 1 of 160');
    const [before, status] = await settled(
      app.page,
      async () => [await topParagraph(app.page), await place(app.page).textContent()] as const,
    );
    // The eye is further down the view the more of the text was read. The title is no paragraph.
    expect(Number(/\d+/.exec(status ?? '')?.[0])).toBeGreaterThanOrEqual(before);
    await lectern.allSaved();

    const page = await app.restart();
    await expect(place(page)).toHaveText(status ?? '');
    await expect.poll(() => topParagraph(page)).toBe(before);
    for (let count = 0; count < 6; count += 1) await page.keyboard.press('ControlOrMeta+=');
    await expect(page.locator('.reading-text')).toHaveCSS('font-size', '24.5px');
    await settled(page, () => topParagraph(page));
    await expect.poll(() => topParagraph(page)).toBe(before);
    await page.setViewportSize({ width: 900, height: 700 });
    await settled(page, () => topParagraph(page));
    await expect.poll(() => topParagraph(page)).toBe(before);
  });
});

test.describe('what is cut for its length', () => {
  const rows = Array.from({ length: 1_000 }, (_, index) => `<tr><td>${index + 1}</td><td>Ship ${index + 1}</td></tr>`).join('');
  test.use({
    library: {
      'ships.html': `<title>All ships</title><table>${rows}</table>`,
      'line.txt': `One line\n\n${'It goes on without a break and says the same again. '.repeat(2_000)}\n`,
    },
  });

  test('a place in a text that was read otherwise then is about where it was', async ({ app }) => {
    /** The number of the ship whose row is in the middle of the window. */
    const rowInTheMiddle = (page: Page) =>
      page.evaluate(() => {
        const table = document.querySelector('.reading-text table')?.getBoundingClientRect();
        const row = document.elementFromPoint((table?.left ?? 0) + 12, innerHeight / 2)?.closest('tr');
        return Number.parseInt(row?.textContent ?? '', 10);
      });
    const lectern = new Lectern(app.page);
    const article = await lectern.open('All ships');
    for (let count = 0; count < 15; count += 1) await article.press('PageDown');
    await expect.poll(() => rowInTheMiddle(app.page)).toBeGreaterThan(100);
    const before = await settled(app.page, () => rowInTheMiddle(app.page));
    await lectern.allSaved();
    await app.quit();
    const folder = path.join(app.dataFolder, 'notebooks');
    const [name = ''] = await readdir(folder);
    const notebook = JSON.parse(await readFile(path.join(folder, name), 'utf8'));
    // As an earlier version counted it, which kept the white space between the tags.
    notebook.position = { offset: 3 * notebook.position.offset, progress: notebook.position.progress };
    await writeFile(path.join(folder, name), JSON.stringify(notebook));
    const page = await app.start();
    await expect.poll(async () => Math.abs((await rowInTheMiddle(page)) - before)).toBeLessThan(40);
  });

  test('shows no gap between its parts, and neither does a long paragraph', async ({ app }) => {
    for (const [title, parts] of [
      ['All ships', '.doc-unfinished'],
      ['One line', ':has(+ .doc-continued)'],
    ] as const) {
      const article = await new Lectern(app.page).open(title);
      const margins = await article
        .locator(`.reading-text ${parts}`)
        .evaluateAll((all) => all.map((part) => getComputedStyle(part).marginBottom));
      expect(margins.length, title).toBeGreaterThan(1);
      expect(new Set(margins), title).toEqual(new Set(['0px']));
    }
  });
});

test.describe('a long text', () => {
  const long = `The endless report\n\n${paragraphs('reporting', 5_000, 6)}`;
  test.use({ library: { 'endless.txt': long } });

  test('opens at once, shows its progress, and leaves the window free', async ({ app }) => {
    const { page } = app;
    expect(long.length).toBeGreaterThan(2_000_000);
    const lectern = new Lectern(page);
    await lectern.option('The endless report').waitFor();
    // What a reader sees in each frame until the document is drawn: how far it is, and whether there is text to read.
    const frames = page.evaluate(async () => {
      const seen: { percent: number; readable: boolean }[] = [];
      for (let begun = false, done = false; !done; ) {
        await new Promise(requestAnimationFrame);
        const bar = document.querySelector('[role="progressbar"][aria-label="Opening the document"]');
        if (bar)
          seen.push({ percent: Number(bar.getAttribute('aria-valuenow')), readable: document.querySelector('.reading-text p') !== null });
        begun ||= bar !== null;
        done = begun && !bar;
      }
      return seen;
    });
    const article = await lectern.open('The endless report');
    const seen = await frames;
    // How many of the steps get a frame of their own is the machine's affair.
    expect(new Set(seen.map(({ percent }) => percent)).size).toBeGreaterThan(1);
    expect(seen.some(({ percent, readable }) => readable && percent < 100)).toBe(true);
    await expect(page.getByText('Paragraph 1 of 5,000')).toBeVisible();
    await expect.poll(() => lectern.text()).toBe(long);

    await article.press('End');
    await expect(article.getByText('About reporting, 5000:')).toBeInViewport();
    await expect(page.getByRole('contentinfo')).toContainText('100 %');
    await lectern.highlight('About reporting, 5000:', 'violet');
    await expect.poll(() => lectern.painted('violet')).toEqual(['About reporting, 5000:']);
    await lectern.allSaved();
    await lectern.open(FIRST_SEED);
    await lectern.open('The endless report');
    await expect(article.getByText('About reporting, 5000:')).toBeInViewport();
  });
});

/** Paragraphs of plain text, numbered from 1, that say something of `subject`. */
function paragraphs(subject: string, count: number, sentences = 3): string {
  const sentence = `There is more to say of ${subject} than fits into one line, so this sentence goes on.`;
  return Array.from({ length: count }, (_, index) => `About ${subject}, ${index + 1}: ${Array(sentences).fill(sentence).join(' ')}`).join(
    '\n\n',
  );
}

/** Index of the first paragraph that is not wholly above the view. */
const topParagraph = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const top = document.querySelector('.reading-scroller')?.getBoundingClientRect().top ?? 0;
    const blocks = [...document.querySelectorAll('.reading-text .doc-section > *')].filter((block) => block.clientHeight > 0);
    return blocks.findIndex((block) => block.getBoundingClientRect().bottom > top + 1);
  });
