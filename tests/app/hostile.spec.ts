import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type App, expect, test } from './fixtures';
import { settled } from './fixtures/settled.ts';
import { FIRST_SEED, Lectern } from './models/lectern';

/** Run by any script of a document that is not stopped. */
const CANARY = 'window.hostile=1';
const HANDLER = `"${CANARY}"`;

const SCRIPTS = `
<script>${CANARY}</script>
<script src="http://elsewhere.test/a.js"></script>
<img src=x onerror=${HANDLER} alt="broken">
<svg onload=${HANDLER}><script>${CANARY}</script><foreignObject><iframe srcdoc="<script>parent.hostile=1</script>"></iframe></foreignObject></svg>
<template><img src=x onerror=${HANDLER}></template>
<details open ontoggle=${HANDLER}><summary>More</summary>Inside</details>
<video autoplay onloadstart=${HANDLER} src="http://elsewhere.test/v.mp4"></video><audio src="http://elsewhere.test/a.mp3" autoplay></audio>
<iframe src="javascript:parent.hostile=1"></iframe><iframe src="http://elsewhere.test/frame"></iframe>
<object data="http://elsewhere.test/o"></object><embed src="http://elsewhere.test/e">
<form action="http://elsewhere.test/form"><input name="q" autofocus onfocus=${HANDLER}><button>Send</button></form>
<a href="javascript:${CANARY}">Run me</a> <a href=" java&#10;script:${CANARY}">Run me too</a>
<a href="data:text/html,<script>opener.hostile=1</script>" target="_blank">Data</a>
<marquee onstart=${HANDLER}>Moving</marquee>`;

/** Markup that means something else when it is parsed a second time; each swallows what comes after it in some parser. */
const MUTATIONS = `
<noscript><p title="</noscript><img src=x onerror=${CANARY}>"></noscript>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${CANARY}&gt;"></table></mtext></math>
<svg></p><style><a id="</style><img src=1 onerror=${CANARY}>"><form><math><mtext></form><form><mglyph><style></math><img src onerror=${CANARY}>`;

const LOADS = `
<meta http-equiv="refresh" content="0; url=http://elsewhere.test/refresh"><base href="http://elsewhere.test/">
<link rel="stylesheet" href="http://elsewhere.test/a.css"><link rel="preload" as="image" href="http://elsewhere.test/p.png"><link rel="dns-prefetch" href="//elsewhere.test">
<style>@import "http://elsewhere.test/b.css"; @font-face { font-family: F; src: url(http://elsewhere.test/f.woff2) } .app { display: none } * { background: url(http://elsewhere.test/bg.png) !important; color: red !important }</style>
<img src="http://elsewhere.test/pixel.png" alt="A pixel"><img src="//elsewhere.test/pixel.png" srcset="http://elsewhere.test/2x.png 2x" alt="Another">
<picture><source srcset="http://elsewhere.test/source.png"><img src="http://elsewhere.test/img.png" alt="A third"></picture>
<table background="http://elsewhere.test/table.png"><tr><td style="background: url(http://elsewhere.test/td.png)">Cell</td></tr></table>
<p style="position: fixed; inset: 0; z-index: 9999; background: red">Cover</p>
<div class="app notices drop-target reading-failure" style="position: absolute; top: 0; left: 0; width: 100vw; height: 100vh">Overlay</div>
<input type="image" src="http://elsewhere.test/input.png"><font face="F" color="red">Font</font>`;

const NAMES = `
<form id="document" name="body"><input name="getElementById"></form><img name="currentScript" id="head"><a id="lectern" name="fetch" href="#x">Names</a>
<p id="root">Root</p><p id="document-title">Not the title</p><p id="__proto__">Proto</p><p id="constructor">Constructor</p>
<a id="defaultView"></a><a id="defaultView" name="crypto"></a><nav aria-label="Library">Not the library</nav>`;

const page = (title: string, body: string) =>
  `<html><head><title>${title}</title></head><body onload=${HANDLER}><p>A passage to be marked.</p>${body}</body></html>`;

/** What the browser says in the console of a local image that is not there; of what a document would have run it has nothing to say. */
const MISSING = /404 \(Not Found\) .*\/asset\//;

/** How the window looks outside of the article and its notes: where everything is, in which colours. */
const looksOf = (window: Page): Promise<string[]> =>
  window.evaluate(() =>
    [...document.querySelectorAll('body, .app, [data-pane="top"] *, .library-places *, .library-foot *, .status-bar')].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const { color, backgroundColor, backgroundImage, display, fontFamily } = getComputedStyle(element);
      return [element.tagName, x, y, width, height, color, backgroundColor, backgroundImage, display, fontFamily].join(' ');
    }),
  );

/** Neither a script has run, nor is anything of the document over the rest of the window, nor has the page's head changed. */
async function expectHarmless({ page: window }: App): Promise<void> {
  await window.waitForLoadState('networkidle');
  const found = await window.evaluate(() => {
    const covered = [...document.querySelectorAll('[data-pane="top"], .library, .status-bar')].filter((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [0.02, 0.5, 0.98].some((part) => !element.contains(document.elementFromPoint(x + width * part, y + height / 2)));
    });
    const forbidden =
      '.reading-text :is(script, style, link, meta, base, iframe, object, embed, form, input, button, svg, video, audio, [style]:not(.doc-section), [class*="app"], [href])';
    return {
      canary: 'hostile' in globalThis,
      covered: covered.length,
      forbidden: [...document.querySelectorAll(forbidden)].map(({ outerHTML }) => outerHTML),
      bases: document.querySelectorAll('base, meta[http-equiv="refresh"]').length,
      whole:
        document.body instanceof HTMLBodyElement &&
        typeof document.getElementById === 'function' &&
        typeof fetch === 'function' &&
        typeof crypto.randomUUID === 'function',
    };
  });
  expect(found).toEqual({ canary: false, covered: 0, forbidden: [], bases: 0, whole: true });
}

/** Opens a document that is made to do harm, and uses the application on it. */
async function expectUsable(app: App, lectern: Lectern, title: string): Promise<void> {
  // Two, so that "Back" is there before as well.
  await lectern.open(FIRST_SEED);
  await lectern.open('Calm');
  await lectern.allSaved();
  const before = await settled(app.page, () => looksOf(app.page));
  const address = app.page.url();
  await lectern.open(title);
  await expectHarmless(app);
  await expect.poll(() => looksOf(app.page)).toEqual(before);
  expect(app.page.url()).toBe(address);
  await lectern.write(await lectern.highlight('to be marked'), 'Marked');
  await lectern.allSaved();
}

test.describe('hostile HTML', () => {
  test.use({
    library: {
      'calm.html': page('Calm', '<p>Nothing happens here.</p>'),
      'scripts.html': page('Scripts', SCRIPTS),
      'loads.html': page('Loads', LOADS),
      'names.html': page('Names', NAMES),
      'mutations.html': page('Mutations', MUTATIONS),
    },
  });

  test('does nothing: Scripts, and has no links that run', async ({ app }) => {
    app.expectTrouble(MISSING);
    const lectern = new Lectern(app.page);
    await expectUsable(app, lectern, 'Scripts');
    const article = lectern.article('Scripts');
    // Chips that lead to where a film and a sound are.
    for (const name of ['Video (elsewhere.test)', 'Sound (elsewhere.test)'])
      await expect(article.getByRole('link', { name, exact: true })).toHaveCount(1);
    await expect(article.getByRole('link')).toHaveCount(2);
    await article.getByText('Run me Run me too Data').click();
    await expect(app.page.getByRole('dialog')).toHaveCount(0);
    expect(app.page.context().pages()).toHaveLength(1);
    await expectHarmless(app);
  });

  test('does nothing: Loads, and says what it would have loaded', async ({ app }) => {
    const lectern = new Lectern(app.page);
    await expectUsable(app, lectern, 'Loads');
    const picture = lectern.article('Loads').getByRole('img', { name: 'A pixel' });
    await expect(picture).toHaveAttribute('title', 'Not loaded: http://elsewhere.test/pixel.png');
  });

  test('does nothing: Names', async ({ app }) => {
    await expectUsable(app, new Lectern(app.page), 'Names');
  });

  test('does nothing: Mutations', async ({ app }) => {
    app.expectTrouble(MISSING);
    await expectUsable(app, new Lectern(app.page), 'Mutations');
  });
});

test.describe('hostile Markdown', () => {
  test.use({
    library: {
      'calm.md': '# Calm\n\nNothing happens here.',
      'markdown.md': `---
title: '<img src=x onerror=${CANARY}> "><script>${CANARY}</script>'
author: '<b onclick=${CANARY}>Nobody</b>'
---
A passage to be marked.

${SCRIPTS}

${LOADS}

[Run me](javascript:${CANARY}) ![Remote](http://elsewhere.test/md.png "onerror=${CANARY}") [<img src=x onerror=${CANARY}>](javascript:${CANARY})

<http://elsewhere.test/auto> ![x](x"onerror="${CANARY})

| a | b |
|---|---|
| <script>${CANARY}</script> | \`<script>\` |

${MUTATIONS}
`,
    },
  });
  const title = `<img src=x onerror=${CANARY}> "><script>${CANARY}</script>`;

  test('does nothing, and its title stands as it is written', async ({ app }) => {
    app.expectTrouble(MISSING);
    const lectern = new Lectern(app.page);
    await expectUsable(app, lectern, title);
    await expect(lectern.article(title).getByRole('heading', { level: 1, name: title })).toBeVisible();
  });

  test('in notes and tags does nothing either, wherever they are shown', async ({ app }) => {
    const lectern = new Lectern(app.page);
    await lectern.open('Calm');
    const note = await lectern.highlight('Nothing happens');
    await lectern.write(
      note,
      `${SCRIPTS}\n${LOADS}\n\n[Run me](javascript:${CANARY}) ![Remote](http://elsewhere.test/note.png)\n\n[[<img src=x onerror=${CANARY}>]]\n\nThe end of the note.`,
    );
    await lectern.tag(note, `<img src=x onerror=${CANARY}>`, '"><script>');
    await expect(note.getByText('The end of the note.')).toBeVisible();
    await expect(note.getByText('#"><script>')).toBeVisible();
    await expectHarmless(app);
    await lectern.library.getByRole('button', { name: 'All notes' }).click();
    await expect(app.page.getByRole('main').getByText('The end of the note.')).toBeVisible();
    await lectern.library.getByRole('button', { name: `<img src=x onerror=${CANARY}>`, exact: true }).click();
    await expect(app.page.getByRole('main').getByText('The end of the note.')).toBeVisible();
    await app.page.keyboard.press('ControlOrMeta+k');
    await app.page.keyboard.type('end of the note');
    await expect(lectern.palette.getByRole('option').filter({ hasText: 'end of the note' }).first()).toBeVisible();
    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('ControlOrMeta+Shift+E');
    await expect(app.page.getByRole('dialog', { name: 'Export' })).toBeVisible();
    await app.page.keyboard.press('Escape');
    const forms = await app.page.evaluate(
      () => document.querySelectorAll('.note-card :is(form, iframe, script, style, svg, [style*="fixed"])').length,
    );
    expect(forms).toBe(0);
    await expectHarmless(app);
    await lectern.allSaved();
  });
});

test.describe('links that lead outside', () => {
  test.use({
    library: {
      'links.md':
        '# Links\n\n[A page](https://elsewhere.test/path?q=1#part) and [mail](mailto:someone@elsewhere.test) and [a neighbour](neighbour.md) and [a place](#the-place) and [the system](file:///etc/passwd) and [upwards](../../secret.md).\n\n## The place\n\nHere.',
      'neighbour.md': '# Neighbour\n\nNext door.',
    },
  });

  test('are followed only after a question that shows the address', async ({ app, hostName }) => {
    test.skip(hostName === 'electron', 'tests/unit/shell/shell-methods.test.ts tries what Electron opens.');
    const lectern = new Lectern(app.page);
    const article = await lectern.open('Links');
    const question = app.page.getByRole('dialog', { name: 'Open this address in your browser?' });
    await article.getByRole('link', { name: 'A page' }).click();
    await expect(question.getByText('https://elsewhere.test/path?q=1#part')).toBeVisible();
    await question.getByRole('button', { name: 'Stay here' }).click();
    await expect(question).toHaveCount(0);
    expect(app.page.context().pages()).toHaveLength(1);

    await article.getByRole('link', { name: 'A page' }).click({ button: 'middle' });
    await expect(question).toBeVisible();
    await app.page.keyboard.press('Escape');
    expect(app.page.context().pages()).toHaveLength(1);

    // Nothing must really be loaded from there.
    await app.page.context().route('https://elsewhere.test/**', (route) => route.fulfill({ body: 'Outside' }));
    await article.getByRole('link', { name: 'A page' }).focus();
    await app.page.keyboard.press('Enter');
    const opened = app.page.context().waitForEvent('page');
    await question.getByRole('button', { name: 'Open in browser' }).click();
    const outside = await opened;
    await outside.waitForURL('https://elsewhere.test/path?q=1#part');
    expect(await outside.evaluate(() => [window.opener === null, document.referrer])).toEqual([true, '']);
    await outside.close();

    await expect(article.getByText('the system')).not.toHaveRole('link');
    await article.getByRole('link', { name: 'upwards' }).click();
    await expect(app.page.getByRole('status', { name: 'Last messages' })).toContainText('“../../secret.md”');
    await expect(article).toBeVisible();
    await article.getByRole('link', { name: 'a neighbour' }).click();
    await expect(lectern.article('Neighbour').getByText('Next door.')).toBeVisible();
  });
});

test.describe('images beside a document', () => {
  const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  test.use({
    library: {
      'texts/images.md':
        '# Images\n\n![near](pictures/near.png) ![up](../up.png) ![gone](pictures/gone.png) ![out](../../out.png) ![coded](%2e%2e%2f%2e%2e%2fout.png) ![absolute](/etc/passwd) ![file](file:///etc/passwd)\n',
      'texts/pictures/near.png': pixel,
      'up.png': pixel,
    },
  });

  test('load through the host, and none from outside the library folder', async ({ app, hostName }) => {
    app.expectTrouble(/404/);
    await writeFile(path.join(app.libraryFolder, '../out.png'), pixel);
    const lectern = new Lectern(app.page);
    const article = await lectern.open('Images');
    const near = article.getByRole('img', { name: 'near' });
    await expect.poll(() => near.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(1);
    const source = (await near.getAttribute('src')) ?? '';
    expect(source).toMatch(/^\/asset\/[0-9a-z-]+\/pictures%2Fnear\.png$/);
    for (const name of ['gone', 'out', 'coded', 'absolute'])
      await expect(article.getByRole('img', { name })).toHaveAttribute('title', 'It is missing or cannot be shown.');
    await expect(article.getByRole('img', { name: 'file' })).toHaveAttribute('title', /^Not loaded: /);
    await expect(article.locator('img')).toHaveCount(2);

    test.skip(hostName === 'electron', 'tests/unit/shell/protocol.test.ts tries the addresses of Electron’s own scheme.');
    const folder = source.slice(0, source.lastIndexOf('/'));
    await mkdir(path.join(app.libraryFolder, 'texts/pictures/inner'));
    await writeFile(
      path.join(app.libraryFolder, 'texts/pictures/inner/script.svg'),
      `<svg xmlns="http://www.w3.org/2000/svg"><script>${CANARY}</script></svg>`,
    );
    const request = app.page.context().request;
    const origin = new URL(app.page.url()).origin;
    const statusOf = async (place: string) => (await request.get(origin + place)).status();
    expect(await statusOf(source)).toBe(200);
    for (const place of [
      '/../out.png',
      '/%2e%2e/%2e%2e/out.png',
      '/..%2f..%2fout.png',
      '/pictures/..%5c..%5c..%5cout.png',
      '/images.md',
      '/%2fetc%2fpasswd',
      '/pictures/near.png%00.txt',
      '/pictures',
    ]) {
      expect(await statusOf(folder + place), place).toBe(404);
    }
    const strangers = await fetch(origin + source);
    expect(strangers.status).toBe(401);
    await strangers.body?.cancel();
  });
});
