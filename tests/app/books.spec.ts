import { readFileSync } from 'node:fs';
import { makeBook } from '../unit/formats/epub/make-book';
import { expect, test } from './fixtures';
import { silence } from './fixtures/silence';
import { Lectern } from './models/lectern';

const book = makeBook({
  metadata: '<dc:title>The Two Chapters</dc:title><dc:creator>Ann Author</dc:creator><dc:language>en</dc:language>',
  items: '<item id="dot" href="dot.svg" media-type="image/svg+xml"/>',
  files: { 'OPS/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4" cx="4" cy="4"/></svg>' },
  chapters: {
    one: `<h1>The first chapter</h1><p><img src="dot.svg" alt="A dot"/></p><p>Here it begins. <a href="two.xhtml#end">See the end</a>.</p>${'<p>It goes on for a while.</p>'.repeat(80)}<p><span epub:type="pagebreak" id="p143" title="143"/>The first chapter closes here.</p>`,
    two: `<h1>The second chapter</h1><p id="end"><span epub:type="pagebreak" id="p144" title="144"/>A passage to be marked in the second chapter.<a epub:type="noteref" href="#n1">1</a></p>
      <aside epub:type="footnote" id="n1"><p>A remark at its foot.</p><p>It has two paragraphs.</p></aside>${'<p>And on it goes.</p>'.repeat(60)}`,
  },
});

const styled = makeBook({
  metadata: '<dc:title>The Styled Book</dc:title><dc:language>en</dc:language>',
  items: '<item id="sound" href="silence.wav" media-type="audio/wav"/><item id="large" href="large.svg" media-type="image/svg+xml"/>',
  files: {
    'OPS/book.css':
      '@font-face {font-family: Own; src: url(own.woff2)} p {text-indent: 1.5em; text-align: justify; color: red} .thought {font-style: italic} .verse {text-indent: 0; text-align: center} .sign {font-family: Own, serif}',
    'OPS/own.woff2': readFileSync('node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'),
    'OPS/silence.wav': silence,
    'OPS/large.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="90" height="60"/></svg>',
  },
  chapters: {
    one: `<link rel="stylesheet" href="book.css"/><h1>One</h1><p>He wondered. <span class="thought">Was it she?</span></p><p class="verse">A verse alone</p>
      <p><math><mfenced open="[" close="]"><mtable><mtr><mtd><mn>1</mn></mtd></mtr><mtr><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable></mfenced></math></p>
      <p class="sign">A sign</p><audio src="silence.wav" title="The bell">No sound.</audio><audio src="silence.wav" title="The clock">No sound.</audio><table><tr><td>A drum</td><td><audio src="silence.wav" title="The drum">No sound.</audio></td></tr></table>${'<p>It goes on for a while.</p>'.repeat(9)}`,
    figures: `<p>See <a href="#map">the map</a>, <a href="#door">the door</a> and <a href="#sums">the sums</a>.</p>${'<p>In between.</p>'.repeat(30)}
      <div id="map"><img src="large.svg" alt="A map"/><p>The map, of all of it.</p></div>${'<p>In between.</p>'.repeat(30)}
      <p id="door"><img src="large.svg" alt="A door"/></p><p>The door, from behind.</p>${'<p>In between.</p>'.repeat(30)}
      <table id="sums"><caption>The sums</caption><tr><td>1</td><td>2</td></tr></table>`,
  },
});

test.use({ library: { 'book.epub': book, 'styled.epub': styled } });

test('a book is read as one text, and chapter and page stand beside what is marked in it, also after a restart and in an export', async ({
  app,
}) => {
  const lectern = new Lectern(app.page);
  const article = await lectern.open('The Two Chapters');
  await expect(article.getByRole('heading', { name: 'The first chapter' })).toBeVisible();
  await expect(article.getByRole('img', { name: 'A dot' })).toBeVisible();
  await expect(app.page.getByText(/^Chapter 1 of 2 · \d+ min left in it$/)).toBeVisible();
  await article.getByRole('link', { name: 'See the end' }).click();
  await expect(article.getByText('A passage to be marked')).toBeInViewport();
  await expect(app.page.getByText('Page 144', { exact: true })).toBeVisible();
  await article.getByRole('link', { name: '1', exact: true }).hover();
  await expect(app.page.getByRole('tooltip')).toHaveText('A remark at its foot. It has two paragraphs.', { useInnerText: true });
  const over = 'closes here.\nThe second chapter\nA passage';
  await lectern.write(await lectern.highlight(over).then(() => lectern.noteWith('closes here.')), 'Over the end of a chapter');
  // From the sign on: it is a link, where browsers begin no selection.
  const fromSign = '1\nA remark at its foot.';
  await lectern.write(await lectern.highlight(fromSign).then(() => lectern.noteWith('A remark at its foot.')), 'In a footnote');
  await lectern.allSaved();

  const again = new Lectern(await app.restart());
  await expect(again.noteWith('Over the end of a chapter')).toContainText('The first chapterpp. 143–144');
  await expect(again.noteWith('In a footnote')).toContainText('The second chapterp. 144');
  await again.page.keyboard.press('ControlOrMeta+k');
  await again.page.getByRole('combobox', { name: 'Search' }).fill('remark foot');
  await expect(again.page.getByRole('option', { name: /A remark at its foot/ }).first()).toBeVisible();
  await again.page.keyboard.press('Escape');
  await again.page.keyboard.press('ControlOrMeta+Shift+e');
  const dialog = again.page.getByRole('dialog', { name: 'Export' });
  const files = await app.saved(() => dialog.getByRole('button', { name: 'Export', exact: true }).click());
  const markdown = Object.values(files)[0] ?? '';
  expect(markdown).toContain('The first chapter, pp. 143–144 · yellow');
  expect(markdown).toContain('The second chapter, p. 144 · yellow');
});

test('what a book says of single passages is drawn where the reader lets it, its font where that is chosen, and its sounds are played', async ({
  app,
}) => {
  const lectern = new Lectern(app.page);
  const article = await lectern.open('The Styled Book');
  const [thought, verse, sign] = [article.getByText('Was it she?'), article.getByText('A verse alone'), article.getByText('A sign')];
  const plain = article.getByText('He wondered.');
  await expect(thought).toHaveCSS('font-style', 'italic');
  await expect(verse).toHaveCSS('text-align', 'center');
  await expect(plain).toHaveCSS('text-align', 'start');
  await expect(plain).toHaveCSS('text-indent', '0px');
  await expect(sign).toHaveCSS('font-family', /Literata/);
  // The brackets of a matrix are as high as it is.
  const heightOf = async (name: string): Promise<number> => (await article.locator(name).first().boundingBox())?.height ?? 0;
  await expect.poll(async () => (await heightOf('mo')) / (await heightOf('mtable'))).toBeGreaterThan(0.9);

  const sound = article.getByLabel('The bell');
  await sound.focus();
  await app.page.keyboard.press('Space');
  await expect.poll(() => sound.evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(0);
  // Another one pauses it, which would go on for ever.
  await sound.evaluate((audio: HTMLAudioElement) => {
    audio.loop = true;
    return audio.play();
  });
  const clock = article.getByLabel('The clock');
  await clock.focus();
  await app.page.keyboard.press('Space');
  await expect.poll(() => sound.evaluate((audio: HTMLAudioElement) => audio.paused)).toBe(true);
  await clock.evaluate((audio: HTMLAudioElement) => {
    audio.loop = true;
  });
  await app.page.keyboard.press('Tab');
  await app.page.keyboard.press('Space');
  await expect.poll(() => clock.evaluate((audio: HTMLAudioElement) => audio.paused)).toBe(true);
  await expect(clock).toBeFocused();
  // Keys go on to work after a press of the pointer, which Chromium keeps within the player.
  const onButton = { position: { x: 27, y: 27 } };
  await clock.click(onButton);
  await expect(clock).not.toBeFocused();
  const drum = article.getByLabel('The drum');
  await drum.click(onButton);
  await expect.poll(() => drum.evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(0);
  await expect(drum).not.toBeFocused();
  await app.page.keyboard.press('ControlOrMeta+k');
  await expect(app.page.getByRole('combobox', { name: 'Search' })).toBeFocused();
  await app.page.keyboard.press('Escape');
  expect((await drum.boundingBox())?.width).toBeGreaterThan(200);

  await app.page.getByRole('button', { name: 'Typography' }).click();
  await app.page.getByRole('switch', { name: 'Books’ own styles' }).click();
  await app.page.getByRole('combobox', { name: 'Font' }).selectOption('The book’s font');
  await app.page.keyboard.press('Escape');
  await expect(thought).toHaveCSS('font-style', 'normal');
  await expect(sign).toHaveCSS('font-family', /^book-font-1/);
  await expect
    .poll(() => app.page.evaluate(() => [...document.fonts].find(({ family }) => family === 'book-font-1')?.status))
    .toBe('loaded');
  await expect(plain).toHaveCSS('font-family', /^"Literata/);

  // Whoever rests on a link to a figure sees its picture, however the book makes figures.
  const shown = app.page.getByRole('tooltip');
  for (const [link, name, caption] of [
    ['the map', 'A map', 'The map, of all of it.'],
    ['the door', 'A door', 'The door, from behind.'],
  ] as const) {
    await article.getByRole('link', { name: link }).hover();
    await expect(shown).toHaveText(caption);
    await expect(shown.getByRole('img', { name })).toBeVisible();
    await app.page.keyboard.press('Escape');
  }
  await article.getByRole('link', { name: 'the sums' }).hover();
  await expect(shown.getByRole('table', { name: 'The sums' }).getByRole('cell')).toHaveText(['1', '2']);
});
