import { expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { settled } from './fixtures/settled.ts';
import { silence } from './fixtures/silence';
import { Lectern } from './models/lectern';

const filler = (subject: string): string => Array.from({ length: 60 }, (_, index) => `Words on ${subject}, ${index + 1}.`).join('\n\n');

test.describe('links to places', () => {
  test.use({
    library: {
      '_config.yml': '',
      'guide/contents.md': `---\nabout: "[[Rivers|All rivers]]"\n---\n# Contents\n\n[Far down](#far-down), [next door](tides.html#neap), [missing](#nowhere), [missing next door](tides.html#lost)\n\nIt falls twice a day.[^moon] See [[Tides|the tides]], #coast.\n\n![[Rivers#Mouth]]\n\n![[Rivers#^sea|The sea]]\n\n![[#Far down]] ![[film.mp4]] ![[bell.wav]] [the bell](bell.wav) [the drum](drum.wav) [from the top](/guide/Rivers/)\n\n[^moon]: With the *moon*.\n\n${filler('rivers')}\n\n## Far down\n\nThe end.\n`,
      'guide/bell.wav': silence,
      'guide/Rivers.md':
        '# Rivers\n\n## Source\n\nHigh up.\n\n## Mouth\n\nWide and [[Tides|tidal]].\n\n- $x$ to it ^bank\n- last ^sea\n\n## After\n\nThe sea.\n',
      'guide/tides.html': `<title>Tides</title><h1>Tides</h1>${filler('tides')}<p><a name="neap"></a>Neap tides are low.</p><p>${filler('moons').replaceAll('\n\n', '<p>')}`,
    },
  });

  test('lead to them, in the document and in others, or say that there is no such place, and show a footnote beside its sign', async ({
    app,
  }) => {
    const { page } = app;
    const lectern = new Lectern(page);
    const contents = await lectern.open('Contents');
    // What is not there.
    app.expectTrouble(/404/);
    const sign = contents.getByRole('link', { name: '[1]' });
    const footnote = page.getByRole('tooltip');
    await sign.hover();
    await expect(footnote).toHaveText('With the moon.');
    await footnote.hover();
    await expect(footnote).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(footnote).toBeHidden();
    await contents.getByRole('link', { name: 'missing next door' }).focus();
    await page.keyboard.press('Tab');
    await expect(sign).toBeFocused();
    await expect(sign).toHaveAccessibleDescription('With the moon.');
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    // What it embeds stands below, and what it names beside its link, too.
    const mouth = contents.getByRole('group', { name: 'Embedded: Rivers > Mouth' });
    await expect(mouth).toHaveText('MouthWide and tidal.x$x$ to it last');
    await expect(mouth.getByRole('link')).toHaveCount(0);
    await expect(contents.getByRole('group', { name: 'Embedded: The sea' })).toHaveText('last');
    await expect(contents.getByRole('group', { name: 'Embedded: Far down' })).toHaveText('Far downThe end.');
    // A film that is not there is told by its name.
    await expect(contents.getByRole('img', { name: 'film.mp4' })).toBeVisible();
    await contents.getByRole('link', { name: 'the tides' }).hover();
    await expect(footnote).toContainText('Words on tides, 1.');
    await page.keyboard.press('Escape');
    await contents.getByRole('link', { name: 'next door', exact: true }).hover();
    await expect(footnote).toContainText('Neap tides are low.');
    await page.keyboard.press('Escape');
    await contents.getByRole('link', { name: 'the tides' }).click();
    await expect(lectern.article('Tides')).toBeVisible();
    await page.keyboard.press('Alt+ArrowLeft');
    // From the top of its site, and out of its properties.
    await contents.getByRole('link', { name: 'from the top' }).click();
    await expect(lectern.article('Rivers')).toBeVisible();
    await page.keyboard.press('Alt+ArrowLeft');
    await contents.locator('summary').click();
    await contents.getByRole('link', { name: 'All rivers' }).click();
    await expect(lectern.article('Rivers')).toBeVisible();
    await page.keyboard.press('Alt+ArrowLeft');
    await contents.getByRole('link', { name: 'Far down' }).first().click();
    await expect(contents.getByRole('heading', { name: 'Far down' })).toBeInViewport();
    await page.keyboard.press('Alt+ArrowLeft');
    await contents.getByRole('link', { name: 'missing', exact: true }).click();
    await expect(page.getByText('The document has no place named “nowhere”, to which this link leads.')).toBeVisible();
    await contents.getByRole('link', { name: 'next door', exact: true }).click();
    const tides = lectern.article('Tides');
    await expect(tides.getByText('Neap tides are low.')).toBeInViewport();
    await page.keyboard.press('Alt+ArrowLeft');
    await contents.getByRole('link', { name: 'missing next door' }).click();
    await expect(page.getByText('The document has no place named “lost”, to which the link leads.')).toBeVisible();
    await page.keyboard.press('Alt+ArrowLeft');
    // What is played here is played by a link to it, too.
    await contents.getByRole('link', { name: 'the drum' }).click();
    await expect(page.getByText('“drum.wav” is a sound, not a document: it is played where a document shows it')).toBeVisible();
    await contents.getByRole('link', { name: 'the bell' }).press('Enter');
    const bell = contents.getByLabel('bell.wav');
    await expect(bell).toBeFocused();
    await expect.poll(() => bell.evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(0);
    // A tag can be drawn over, too.
    const tag = contents.getByRole('link', { name: '#coast' });
    await tag.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await settled(page, () => tag.boundingBox())) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(x + 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width - 2, y + height / 2, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.evaluate(() => String(document.getSelection()))).toContain('coas');
    await tag.press('Enter');
    await expect(page.getByRole('heading', { name: '"#coast" OR tag:coast' })).toBeVisible();
    await expect(page.getByText('1 passage in 1 document.')).toBeVisible();
  });
});

const MAP = encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="teal"/></svg>',
);

test.describe('pictures', () => {
  test.use({ library: { 'map.md': `# The coast\n\nSee it.\n\n![A map of the coast](data:image/svg+xml,${MAP})\n` } });

  test('open large by click and by key, come nearer, and give the keyboard back', async ({ app }) => {
    const { page } = app;
    const lectern = new Lectern(page);
    const article = await lectern.open('The coast');
    const dialog = page.getByRole('dialog', { name: 'Picture: A map of the coast' });
    await article.getByRole('img', { name: 'A map of the coast' }).click();
    await expect(dialog).toBeVisible();
    await page.keyboard.press('+');
    await expect(dialog.getByText('140 %')).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await article.focus();
    await page.keyboard.press('i');
    await expect(dialog.getByText('100 %')).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(article).toBeFocused();
  });
});

test.describe('a text that does not come whole', () => {
  test.use({ library: { 'broken.txt': 'A broken text\n\nWords.\n' } });

  test('is told in its place, and opened again by the reader', async ({ app, hostName }) => {
    test.skip(hostName === 'electron', 'What Electron’s protocol gives is not given by way of a network.');
    const { page } = app;
    const lectern = new Lectern(page);
    await lectern.option('A broken text').waitFor();
    const head = '{"part":"head","revision":1,"metadata":{},"notices":[]}\n{"part":"section","text":"Wo';
    await page.route('**/document/*', (route) => route.fulfill({ contentType: 'application/x-ndjson', body: head }), { times: 1 });
    const article = await lectern.open('A broken text');
    await expect(article.getByRole('alert')).toContainText('broke off while this document was being read');
    await lectern.option('A broken text').click();
    await expect(article.getByText('Words.')).toBeVisible();
  });
});
