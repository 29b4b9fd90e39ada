import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import type { DocumentPart, DocumentSection, DrawnNode } from '#model';
import { loadEngine, serveEnginePage } from '../bench/engine-page';
import { readPartsOf } from '../read-parts';
import { below, makePdf } from '../unit/formats/pdf/make-pdf';

/** The reading engine by itself in Chromium, under the application's content security policy. */
let served: Awaited<ReturnType<typeof serveEnginePage>> | undefined;
const address = (): string => served?.address ?? '';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.skip(test.info().project.name !== 'browser', 'It needs no host, so it runs once, in Chromium.');
  served = await serveEnginePage(process.cwd());
});
test.afterAll(() => served?.close());
test.beforeEach(async ({ page }) => {
  await loadEngine(page, address());
});

/** A document of one section, made by hand. */
const partsOf = (text: string, nodes: DrawnNode[], more: Partial<DocumentSection> = {}): DocumentPart[] => [
  { part: 'head', revision: 1, language: 'en', metadata: {}, notices: [] },
  { part: 'section', text, nodes, blocks: [[0, text.length, 'paragraph']], headings: [], targets: [], progress: 1, ...more },
  { part: 'end', textHash: '0', length: text.length, notices: [] },
];

interface Drawn {
  /** The text layer, and what the text nodes hold. */
  text: string;
  shown: string;
  html: string;
  notices: string[];
  headings: string[];
  paragraphs: string[];
  sections: number;
  bodyStart: number;
  hash: string;
}

/** Draws a document and keeps it as `rendering` on the page. */
async function draw(page: Page, parts: DocumentPart[] | Promise<DocumentPart[]>, options: { hyphenate?: boolean } = {}): Promise<Drawn> {
  return page.evaluate(
    async ([lines, options]) => {
      const parts: DocumentPart[] = JSON.parse(lines);
      const container = document.querySelector<HTMLElement>('#document');
      if (!container) throw new Error('The page has no document.');
      const notices: string[] = [];
      const rendering = globalThis.engine.renderDocument(container, globalThis.engine.inTurn(parts), {
        documentId: 'doc-1',
        onNotice: (sentence) => notices.push(sentence),
        ...options,
      });
      Object.assign(globalThis, { rendering });
      await rendering.done;
      const { layer } = rendering;
      return {
        text: layer.text,
        shown: container.textContent,
        html: container.innerHTML,
        notices,
        headings: layer.headings.map(({ level, title }) => `${level} ${title}`),
        paragraphs: layer.paragraphs.map(({ start, end }) => layer.text.slice(start, end)),
        sections: layer.sections.length,
        bodyStart: layer.bodyStart,
        hash: await layer.hash(),
      };
    },
    // As text: what Playwright hands over may not lie so deep.
    [JSON.stringify(await parts), options] as const,
  );
}

declare global {
  /** Children that were put into what finds its direction by them. */
  var late: number;
}

interface Kept {
  rendering: ReturnType<typeof globalThis.engine.renderDocument>;
}

test('a plain text is drawn to the letter', async ({ page }) => {
  const seed = readFileSync('seeds/000_1f77a48d763ee880.txt', 'utf8');
  const drawn = await draw(page, readPartsOf('text', seed));
  expect([drawn.text, drawn.shown]).toEqual([seed, seed]);
  expect(drawn.paragraphs).toHaveLength(8);
  expect(drawn.paragraphs[0]).toMatch(/^European countries/);
  expect(drawn.bodyStart).toBe(17);
  await expect(page.getByText('date 2021-12-03')).toBeHidden();
});

for (const [name, text] of [
  ['carriage returns and NUL', 'one\rtwo\r\r    code {\r    more;\r    }\r\0nul\r\n'],
  ['right to left', 'שלום עולם\n\nمرحبا بالعالم\n'],
  ['Chinese', '第一章 开始\n　　这是一个段落。\n　　这是第二个段落。\n'],
  ['a very long line', 'Lorem ipsum dolor sit amet. '.repeat(40_000)],
] as const) {
  test(`a plain text of ${name} is drawn to the letter`, async ({ page }) => {
    const drawn = await draw(page, readPartsOf('text', text));
    expect(drawn.text === text && drawn.shown === text).toBe(true);
  });
}

test('a tree is drawn as it is, text that is not shown within what is hidden, and nothing beside the list', async ({ page }) => {
  const text = 'Headx²Shown.';
  const nodes: DrawnNode[] = [
    { e: 'div', a: { hidden: '' }, l: ['header'], c: [{ unseen: 4 }] },
    { e: 'math', c: [{ e: 'script', c: [{ replaced: 2, by: { e: 'msup', c: [{ ornament: 'x2' }] } }] }] },
    {
      e: 'p',
      a: { onclick: 'alert(1)', id: 'root' },
      s: { position: 'fixed', '--level': '2' },
      l: ['list-item'],
      c: [{ ornament: '•' }, 6],
    },
  ];
  const drawn = await draw(
    page,
    partsOf(text, nodes, {
      blocks: [
        [0, 4, 'header'],
        [6, 12, 'item'],
      ],
    }),
  );
  // What stands for a formula is text to the browser, and none of the document's.
  expect([drawn.text, drawn.shown, drawn.bodyStart, drawn.paragraphs]).toEqual([text, 'Headx2x²Shown.', 4, ['Shown.']]);
  expect(drawn.html).toContain(
    '<div hidden="" class="doc-header"><span hidden="">Head</span></div><math><span class="doc-replaced"><msup>x2</msup><span hidden="">x²</span></span></math><p id="doc-root" class="doc-list-item" style="--level: 2;"><span class="doc-ornament" data-text="•"></span>Shown.</p>',
  );
  expect(drawn.notices).toEqual([
    'This window does not know how to show some of this document (script, p onclick, p position), so only its words are shown.',
  ]);
  expect(await page.evaluate(() => document.querySelector('#document math')?.namespaceURI)).toBe('http://www.w3.org/1998/Math/MathML');
});

test('a tree as deep as can be is drawn', async ({ page }) => {
  let node: DrawnNode = 4;
  for (let depth = 0; depth < 400; depth += 1) node = { e: 'div', c: [node] };
  const drawn = await draw(page, partsOf('Deep', [node]));
  expect([drawn.shown, drawn.html.match(/<div>/g)?.length]).toEqual(['Deep', 400]);
});

const HOSTILE = `<html lang="ar" dir="rtl"><body onload="alert(1)" background="http://elsewhere.test/b.png">
<script>document.title = 'run'; alert(1)</script><style>body { display: none }</style><link rel="stylesheet" href="http://elsewhere.test/y.css">
<p id="root" class="app" style="position:fixed" onclick="alert(1)">One <b>bold</b> <img src="x" onerror="alert(1)" alt="Local"> <img src="http://elsewhere.test/a.png" alt="Far"> <img src="../up.png"></p>
<iframe src="http://elsewhere.test/f"></iframe><object data="http://elsewhere.test/o"></object><form action="http://elsewhere.test"><input name="q" autofocus onfocus="alert(1)"><p>In a form</p></form>
<svg onload="alert(1)"><script>alert(2)</script><image href="http://elsewhere.test/i.png"/></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;"></table></mtext></math>
<a href="java&#10;script:alert(1)">script</a> <a href="https://ok.test/x">outside</a> <a href="#part">part</a> <a name="getElementById">named</a>
<video src="http://elsewhere.test/v" autoplay></video><meta http-equiv="refresh" content="0;url=http://elsewhere.test/r"><base href="http://elsewhere.test/">
<h2 id="part">A part</h2>loose <i>text</i></body></html>`;

test('content is put into an element before it is told to find its direction, which it does again with each child', async ({ page }) => {
  await page.evaluate(() => {
    const { appendChild } = Node.prototype;
    Object.assign(globalThis, { late: 0 });
    Node.prototype.appendChild = function <T extends Node>(child: T): T {
      if (this instanceof Element && this.closest('[dir="auto"]')) globalThis.late += 1;
      return appendChild.call(this, child) as T;
    };
  });
  const paragraph: DrawnNode = { e: 'p', a: { dir: 'auto' }, c: [1, { e: 'b', a: { dir: 'auto' }, c: [1] }] };
  const drawn = await draw(page, partsOf('abcd', [{ e: 'div', a: { dir: 'auto' }, c: [paragraph, 2] }]));
  expect(drawn.html).toContain('<div dir="auto"><p dir="auto">a<b dir="auto">b</b></p>cd</div>');
  expect(await page.evaluate(() => globalThis.late)).toBe(0);
});

test('a hostile page runs nothing, loads nothing and styles nothing', async ({ page }) => {
  const strange: string[] = [];
  page.on('request', (request) => new URL(request.url()).origin === new URL(address()).origin || strange.push(request.url()));
  page.on('dialog', (dialog) => {
    strange.push(dialog.message());
    void dialog.dismiss();
  });
  const drawn = await draw(page, readPartsOf('html', HOSTILE));
  await page.locator('#document p').first().click();
  await page.waitForLoadState('networkidle');
  expect(strange).toEqual([]);
  await expect(page).toHaveTitle("Lectern's engine");
  expect(drawn.html).not.toMatch(
    /<(?:script|style|link|iframe|object|form|input|svg|video|meta|base)\b|\son\w+=|position|class="app"|\shref=|id="(?!doc-)/i,
  );
  expect(drawn.html).toContain('src="/asset/doc-1/x"');
  expect(drawn.html).toContain('aria-label="Far" title="Not loaded: http://elsewhere.test/a.png"');
  expect(drawn.text).toBe(drawn.shown);
  expect(drawn.headings).toEqual(['2 A part']);
  expect(drawn.paragraphs).toContain('In a form');
  await expect(page.locator('#document')).toHaveAttribute('dir', 'rtl');
});

test('words are parted at the ends of lines without a change of the text', async ({ page }) => {
  const seed = readFileSync('seeds/000_1f77a48d763ee880.txt', 'utf8');
  const whole = await draw(page, readPartsOf('text', seed));
  const parted = await draw(page, readPartsOf('text', seed), { hyphenate: true });
  expect([parted.text, parted.shown, parted.hash]).toEqual([seed, seed, whole.hash]);
  expect([parted.paragraphs, parted.headings, parted.notices]).toEqual([whole.paragraphs, whole.headings, []]);
  expect(parted.html).toMatch(/ten<span class="doc-break" aria-hidden="true"><\/span>sion/);
  // In a column that a long word does not fit into, it is parted; what is selected is the word.
  const html = '<html lang="en-GB"><p lang="x">International organisations.</p><pre>international</pre><h2>International</h2>';
  const narrow = await draw(page, readPartsOf('html', html), { hyphenate: true });
  expect(narrow.html).toMatch(/<pre[^>]*>international<\/pre>\s*<h2[^>]*>International<\/h2>/);
  const lines = await page.evaluate(() => {
    const container = document.querySelector<HTMLElement>('#document');
    const { rendering } = globalThis as unknown as Kept;
    if (container) container.style.width = '5em';
    const word = rendering.layer.rangeOf(0, 'International'.length);
    return { word: String(word), lines: new Set([...(word?.getClientRects() ?? [])].map(({ top }) => top)).size };
  });
  expect(lines).toEqual({ word: 'International', lines: 2 });
  const unknown = await draw(page, readPartsOf('text', 'Lorem ipsumque dolores.\n'), { hyphenate: true });
  expect(unknown.notices).toEqual(['Lectern cannot tell how the words of this text are hyphenated, so they stay whole.']);
  const chinese = await draw(page, readPartsOf('text', '美国国务卿与俄罗斯外长会晤。\n'), { hyphenate: true });
  expect(chinese.notices).toEqual([]);
});

test('links of a page are told, not followed', async ({ page }) => {
  await draw(page, readPartsOf('html', HOSTILE));
  const links = page.evaluate(
    () =>
      new Promise<unknown[]>((resolve) => {
        const told: unknown[] = [];
        globalThis.engine.watchLinks((globalThis as unknown as Kept).rendering, (link) => told.push(link) === 2 && resolve(told));
      }),
  );
  await page.getByRole('link', { name: 'outside' }).click();
  await page.getByRole('link', { name: 'part' }).focus();
  await page.keyboard.press('Enter');
  expect(await links).toEqual([
    { kind: 'external', url: 'https://ok.test/x' },
    { kind: 'place', name: 'part', offset: expect.any(Number) },
  ]);
  expect(page.url()).toBe(address());
});

test('a document is drawn as it comes: a link waits for its place, and what is there stays when the rest does not come', async ({
  page,
}) => {
  const link = (target: string): DrawnNode => ({ e: 'a', a: { href: target }, c: [4] });
  const [head, first] = partsOf('LinkTop.', [link('#later'), link('#nowhere')]);
  const [, second, end] = partsOf('Later.', [{ e: 'p', c: [6] }], { targets: [['later', 8]], blocks: [[8, 14, 'paragraph']] });
  const seen = await page.evaluate(
    async ([before, after]) => {
      const container = document.querySelector<HTMLElement>('#document');
      if (!container) throw new Error('The page has no document.');
      const rest = Promise.withResolvers<void>();
      const parts = async function* () {
        yield* before;
        await rest.promise;
        yield* after;
        throw new Error('broken off');
      };
      const rendering = globalThis.engine.renderDocument(container, parts(), { documentId: 'doc-1' });
      await rendering.started;
      const told: unknown[] = [rendering.layer.text];
      const followed = Promise.withResolvers<void>();
      globalThis.engine.watchLinks(rendering, (link) => {
        told.push(link);
        followed.resolve();
      });
      for (const element of container.querySelectorAll('a')) element.click();
      rest.resolve();
      const outcome = await rendering.done.catch(String);
      await followed.promise;
      return { told, outcome, shown: container.textContent };
    },
    [[head, first].flatMap((part) => part ?? []), [second].flatMap((part) => part ?? [])] as const,
  );
  expect(seen).toEqual({
    told: ['LinkTop.', { kind: 'place', name: 'later', offset: 8 }],
    outcome: 'Error: broken off',
    shown: 'LinkTop.Later.',
  });
  await draw(
    page,
    [head, first, second, end].flatMap((part) => part ?? []),
  );
  const followed = page.evaluate(
    () => new Promise((resolve) => globalThis.engine.watchLinks((globalThis as unknown as Kept).rendering, resolve)),
  );
  await page.getByRole('link', { name: 'Top.' }).click();
  expect(await followed).toEqual({ kind: 'place', name: 'nowhere' });
});

test('a large page is cut into sections', async ({ page }) => {
  const text = `<main dir="ltr"><div id="all">${'<h2>Part</h2><p>Some <b>words</b> here.</p>\n'.repeat(600)}</div></main>`;
  const drawn = await draw(page, readPartsOf('html', text));
  expect(drawn.sections).toBeGreaterThan(10);
  expect(drawn.paragraphs).toHaveLength(600);
  // The wrapper is not drawn, and its name leads to what it holds.
  expect(await page.evaluate(() => (globalThis as unknown as Kept).rendering.layer.placeOf('all'))).toBe(0);
  expect(drawn.text).toBe(Array<string>(600).fill('Part\nSome words here.').join('\n'));
});

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const LONG_TABLE = `<table id="t"><caption>All ships</caption>
<colgroup><col> <col><col></colgroup><thead><tr><th>No</th><th>Name</th><th>Port</th></tr></thead>
<tbody>${numbers(2_000)
  .map((number) =>
    number % 40 === 0
      ? `<tr><td rowspan="2">${number}</td><td>Twin ${number}</td><td>Hull</td></tr>`
      : `<tr>${number % 40 === 1 && number > 1 ? '' : `<td>${number}</td>`}<td>Ship ${number}</td><td>A port with a long name</td></tr>`,
  )
  .join('\n')}</tbody>\n<tfoot><tr><td colspan="3">The end</td></tr></tfoot></table>`;
const LONG_LIST = `<ol start="5">${numbers(2_000)
  .map((number) => `<li${number === 1_000 ? ' value="2000"' : ''}>Item <b>${number}</b></li>`)
  .join('\n')}</ol>`;
const NESTED_LIST = `<ol><li id="first">Outer\n<ul>${numbers(2_000)
  .map((number) => `<li>Inner ${number}</li>`)
  .join(' ')}</ul> end</li><li>Second</li></ol>`;
const LAYOUT_TABLE = `<table><tbody><tr><td>Menu</td><td>${numbers(2_000)
  .map((number) => `<p>Paragraph ${number}</p>`)
  .join('\n')}</td></tr></tbody></table>`;

for (const [name, block] of Object.entries({ LONG_TABLE, LONG_LIST, NESTED_LIST, LAYOUT_TABLE })) {
  test(`a block that is a whole page (${name}) is cut into sections, and its text stays as it is`, async ({ page }) => {
    const body = `<p>Before</p>\n${block}\n<p>After</p>`;
    const drawn = await draw(page, readPartsOf('html', body));
    expect(drawn.text.replace(/\s+/g, '')).toBe(body.replace(/<[^>]*>|\s+/g, ''));
    expect(drawn.shown).toBe(drawn.text);
    expect(drawn.sections).toBeGreaterThan(8);
    const largest = await page.evaluate(() =>
      Math.max(...[...document.querySelectorAll('.doc-section')].map((section) => section.getElementsByTagName('*').length)),
    );
    expect(largest).toBeLessThan(1_000);
    expect(drawn.html.match(/id="doc-(?:t|first)"/g)?.length ?? 0).toBeLessThanOrEqual(1);
  });
}

test('the parts of a table stand in the same columns, and no cell that reaches into other rows is cut', async ({ page }) => {
  await draw(page, readPartsOf('html', LONG_TABLE));
  const seen = await page.evaluate(() => {
    const tables = [...document.querySelectorAll('#document table')];
    for (const section of document.querySelectorAll<HTMLElement>('.doc-section')) section.style.contentVisibility = 'visible';
    return {
      lefts: tables.map((table) =>
        [...(table.querySelector('tr:has(:nth-child(3))')?.children ?? [])].map((cell) => cell.getBoundingClientRect().left),
      ),
      firstCells: tables.map((table) => table.querySelectorAll('tbody > tr:first-child > td').length),
      heads: tables.map((table) => table.querySelectorAll('thead, caption').length),
    };
  });
  expect(seen.lefts.length).toBeGreaterThan(15);
  for (const lefts of seen.lefts) expect(lefts).toEqual(seen.lefts[0]);
  expect(seen.firstCells.slice(0, -1)).toEqual(seen.firstCells.slice(0, -1).map(() => 3));
  expect(seen.heads).toEqual(seen.heads.map((_, index) => (index === 0 ? 2 : 0)));
});

test('the parts of a list count on, and an item that goes on has one mark', async ({ page }) => {
  await draw(page, readPartsOf('html', LONG_LIST));
  const starts = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('#document > * > ol')].map((list) => [
        (list as HTMLOListElement).start,
        list.textContent.match(/\d+/)?.[0],
      ]),
    );
  const parts = await starts();
  expect(parts.length).toBeGreaterThan(5);
  for (const [start, item] of parts) expect(start).toBe(Number(item) < 1_000 ? Number(item) + 4 : Number(item) + 1_000);

  await draw(page, readPartsOf('html', NESTED_LIST));
  // The last part begins with the second item.
  const nested = (await starts()).map(([start]) => start);
  expect(nested).toEqual([...nested.slice(1).map(() => 1), 2]);
  const marks = await page.evaluate(() =>
    [...document.querySelectorAll('#document > * > ol > li')].map((item) => getComputedStyle(item).listStyleType),
  );
  expect(marks.filter((mark) => mark !== 'none')).toHaveLength(2);
});

/** For each item of the drawn lists: its number, the width of that number, and the room for it up to where its section clips. CSS pixels. */
const roomForNumbers = (page: Page): Promise<{ marker: string; width: number; room: number }[]> =>
  page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('span'));
    probe.style.whiteSpace = 'pre';
    const measured = [...document.querySelectorAll<HTMLElement>('.doc-section')].flatMap((section) => {
      section.style.contentVisibility = 'visible';
      const clip = section.getBoundingClientRect();
      return [...section.querySelectorAll<HTMLElement>('ol > li')].map((item) => {
        const style = getComputedStyle(item);
        probe.style.font = style.font;
        const list = item.closest('ol');
        const marker = `${(list?.start ?? 1) + [...(list?.children ?? [])].filter(({ nodeName }) => nodeName === 'LI').indexOf(item)}. `;
        probe.textContent = marker;
        const box = item.getBoundingClientRect();
        return {
          marker,
          width: probe.getBoundingClientRect().width,
          room: style.direction === 'rtl' ? clip.right - box.right : box.left - clip.left,
        };
      });
    });
    probe.remove();
    return measured;
  });

for (const [name, html] of Object.entries({
  'up to 1,000': `<ol>${numbers(1_000)
    .map((number) => `<li>Item ${number}</li>`)
    .join('')}</ol>`,
  'that begin at 98 and 998': '<ol start="98"><li>A</li><li>B</li><li>C</li></ol><ol start="998"><li>A</li><li>B</li><li>C</li></ol>',
  'within lists': `<ol>${'<li>One<ol start="9"><li>Nine</li><li>Ten<ol start="99"><li>A</li><li>B</li></ol></li></ol></li>'.repeat(11)}</ol>`,
  'from right to left': `<ol start="96">${'<li>مرحبا بالعالم</li>'.repeat(8)}</ol>`,
  'of right-to-left pages': `<div dir="rtl"><ol>${'<li>Latin first</li>'.repeat(12)}</ol></div>`,
  'whose items differ in direction': `<ol>${'<li>English</li><li>مرحبا بالعالم</li><li><p>فقرة</p></li>'.repeat(5)}</ol>`,
})) {
  test(`numbers of lists ${name} have room beside their items`, async ({ page }) => {
    await draw(page, readPartsOf('html', html));
    const items = await roomForNumbers(page);
    expect(items.length).toBeGreaterThan(5);
    expect(items.filter(({ width, room }) => width > room)).toEqual([]);
  });
}

test('lists are lettered and counted as their authors say', async ({ page }) => {
  const items = '<li>One</li><li value="8">Two</li><li type="1">Three</li>';
  const lists = ['a', 'A', 'i', 'I'].map((type) => `<ol type="${type}" reversed start="9">${items}</ol>`);
  await draw(page, readPartsOf('html', lists.join('')));
  const drawn = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLOListElement>('#document ol')].map((list) => ({
      styles: [...list.querySelectorAll('li')].map((item) => getComputedStyle(item).listStyleType),
      start: list.start,
      isReversed: list.reversed,
      second: list.querySelectorAll('li')[1]?.value,
    })),
  );
  const styles = ['lower-alpha', 'upper-alpha', 'lower-roman', 'upper-roman'];
  expect(drawn).toEqual(styles.map((style) => ({ styles: [style, style, 'decimal'], start: 9, isReversed: true, second: 8 })));
});

test('the parts of a list that was cut begin at the same edge', async ({ page }) => {
  await draw(
    page,
    readPartsOf(
      'html',
      `<ol>${numbers(1_200)
        .map((number) => `<li>Item <b>${number}</b></li>`)
        .join('')}</ol>`,
    ),
  );
  const edges = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('#document > * > ol')].map((list) => getComputedStyle(list).paddingInlineStart),
  );
  expect(edges.length).toBeGreaterThan(3);
  expect(new Set(edges).size).toBe(1);
});

/** Whether words of the drawn tables are broken over lines, whether the page is wider than its column, and which tables are scrolled. */
const lookAtTables = (page: Page) =>
  page.evaluate(async () => {
    const { layer } = (globalThis as unknown as Kept).rendering;
    const broken: string[] = [];
    for (const block of layer.blocks.filter(({ element }) => element.closest('table'))) {
      for (const { 0: word, index } of layer.text.slice(block.start, block.end).matchAll(/[\p{L}\p{N}]+/gu)) {
        const rects = layer.rangeOf(block.start + index, block.start + index + word.length)?.getClientRects() ?? [];
        if (new Set([...rects].map(({ top }) => top)).size > 1) broken.push(word);
      }
    }
    const column = document.querySelector('#document')?.getBoundingClientRect().width ?? 0;
    const frames = [...document.querySelectorAll<HTMLElement>('.doc-table')];
    return {
      broken,
      tooWide: frames.filter((frame) => frame.getBoundingClientRect().width > column + 0.5).length,
      scrolled: frames.map((frame) => frame.scrollWidth > frame.clientWidth),
    };
  });

const WIDE_TABLE = `<table><tr>${'Operator Description Precedence Associativity Overloadable Introduced Deprecated Replacement'
  .split(' ')
  .map((word) => `<th>${word}</th>`)
  .join('')}</tr>${`<tr>${'<td>Internationalisation of things that go on for a while</td>'.repeat(8)}</tr>`.repeat(12)}</table>`;

test('tables keep their words whole, and what is too wide is scrolled sideways by the keyboard too', async ({ page }) => {
  await page.setViewportSize({ width: 700, height: 600 });
  const narrow = '<table><tr><th>Operator</th><th>What it does</th></tr><tr><td>&amp;&amp;</td><td>Both</td></tr></table>';
  await draw(page, readPartsOf('html', `${narrow}${WIDE_TABLE}`));
  expect(await lookAtTables(page)).toEqual({ broken: [], tooWide: 0, scrolled: [false, true] });
  const wide = page.getByRole('group', { name: 'Table' });
  await expect(wide).toHaveCount(1);
  await page.keyboard.press('Tab');
  await expect(wide).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => wide.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);

  // A table that was cut for its length, whose first rows say nothing of its longest words.
  const rows = numbers(1_500).map(
    (number) => `<tr><td>${number}</td><td>${number === 900 ? 'Bundesverfassungsgericht' : 'short'}</td><td>x</td></tr>`,
  );
  await draw(page, readPartsOf('html', `<table><tr><th>Number</th><th>Operator</th><th>Precedence</th></tr>${rows.join('')}</table>`));
  await page.evaluate(() => {
    for (const section of document.querySelectorAll<HTMLElement>('.doc-section')) section.style.contentVisibility = 'visible';
  });
  expect((await lookAtTables(page)).broken).toEqual([]);
});

test('an address in a cell is broken rather than a table made as wide as it', async ({ page }) => {
  await page.setViewportSize({ width: 700, height: 600 });
  const address = `https://example.test/${'a-very-long-path/without_any_space/'.repeat(6)}`;
  await draw(
    page,
    readPartsOf('html', `<table><tr><th>Source</th><th>Operator</th></tr><tr><td>${address}</td><td>Somebody</td></tr></table>`),
  );
  const seen = await lookAtTables(page);
  expect(seen).toMatchObject({ tooWide: 0, scrolled: [false] });
  expect(seen.broken).not.toContain('Operator');
});

test('Markdown is laid out behind its hidden front matter', async ({ page }) => {
  const drawn = await draw(
    page,
    readPartsOf('markdown', '---\ntitle: T\n---\n# Hello *world*\n\n- [x] done\n\n<script>alert(1)</script>\n\n| a |\n|---|\n| 1 |\n'),
  );
  expect(drawn.text).toMatch(/^---\ntitle: T\n---\n+Hello world\n/);
  expect(drawn.text).toBe(drawn.shown);
  expect(drawn.headings).toEqual(['1 Hello world']);
  expect(drawn.html).toContain('id="doc-hello-world"');
  expect(drawn.notices).toEqual([]);
});

test('selections are read in offsets, trimmed, and never hold the header', async ({ page }) => {
  const seed = readFileSync('seeds/000_1f77a48d763ee880.txt', 'utf8');
  await draw(page, readPartsOf('text', seed));
  await page.keyboard.press('ControlOrMeta+A');
  const read = () => page.evaluate(() => globalThis.engine.readSelection((globalThis as unknown as Kept).rendering));
  expect(await read()).toMatchObject({ start: 17, end: seed.trimEnd().length });
  await page.evaluate(() => document.getSelection()?.removeAllRanges());
  expect(await read()).toBeUndefined();
  const step = (unit: 'word' | 'sentence' | 'paragraph') =>
    page.evaluate((unit) => {
      const { rendering } = globalThis as unknown as Kept;
      const passage = globalThis.engine.extendSelection(rendering, 'forward', unit, 0);
      return passage && rendering.layer.text.slice(passage.start, passage.end);
    }, unit);
  expect(await step('word')).toBe('European');
  expect(await step('paragraph')).toMatch(/^European countries[\s\S]*situation in Ukraine\.$/);
});

test('highlights overlap and are found at a point, the smallest first', async ({ page }) => {
  await draw(page, readPartsOf('text', 'Some words that are marked twice, and some that are not.'));
  const hits = await page.evaluate(async () => {
    const { layer } = (globalThis as unknown as Kept).rendering;
    const places = globalThis.engine.createFlowPlaces(layer, document.documentElement);
    const highlights = globalThis.engine.createHighlightLayer({ layer, places });
    const large = { id: 'large', noteId: 'one', start: 0, end: 30, colour: 'yellow' } as const;
    highlights.set([large, { id: 'small', noteId: 'other', start: 5, end: 10, colour: 'pink' }]);
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const at = (offset: number): string[] => {
      const rect = layer.rangeOf(offset, offset + 1)?.getBoundingClientRect();
      return rect ? highlights.hitTest(rect.x + rect.width / 2, rect.y + rect.height / 2) : ['no place'];
    };
    const before = [at(7), at(20), at(40)];
    highlights.set([large, { ...large, id: 'further', start: 34, end: 38 }]);
    highlights.focus('one');
    return { at: [...before, at(7), at(36)], inFocus: CSS.highlights.get('lectern-focus')?.size };
  });
  expect(hits.at).toEqual([['small', 'large'], ['large'], [], ['large'], ['further']]);
  // All passages of a note.
  expect(hits.inFocus).toBe(2);
});

test('a place is found again, exactly, in a long text', async ({ page }) => {
  const text = Array.from({ length: 4_000 }, (_, index) => `Paragraph ${index} ${'has some words in it '.repeat(1 + (index % 17))}`).join(
    '\n\n',
  );
  await draw(page, readPartsOf('text', text));
  const offset = text.indexOf('Paragraph 2718 ');
  const place = await page.evaluate(async (offset) => {
    const scroller = document.querySelector<HTMLElement>('#scroller');
    if (!scroller) throw new Error('The page does not scroll.');
    const { layer } = (globalThis as unknown as Kept).rendering;
    const places = globalThis.engine.createFlowPlaces(layer, scroller);
    const view = { layer, scroller, places };
    await globalThis.engine.scrollToOffset(view, offset);
    const [top = Number.NaN] = places.topsOf([{ start: offset }]);
    return { ...places.position(), fromTop: top - scroller.scrollTop };
  }, offset);
  expect(place.offset).toBe(offset);
  expect(place.progress).toBeCloseTo(offset / text.length, 1);
  expect(Math.abs(place.fromTop)).toBeLessThan(40);
});

test('what is folded away is opened around a place that is gone to', async ({ page }) => {
  const folded =
    '<p>Before.</p><details><summary>More</summary><details><summary>Still more</summary><p>The inmost words.</p></details></details>';
  const { text } = await draw(page, readPartsOf('html', `${folded}<details><summary>Other</summary>Unseen.</details>`));
  const isOpen = await page.evaluate(async (offset) => {
    const scroller = document.querySelector<HTMLElement>('#scroller');
    if (!scroller) throw new Error('The page does not scroll.');
    const { layer } = (globalThis as unknown as Kept).rendering;
    const places = globalThis.engine.createFlowPlaces(layer, scroller);
    await globalThis.engine.scrollToOffset({ layer, scroller, places }, offset);
    return [...document.querySelectorAll('details')].map(({ open }) => open);
  }, text.indexOf('inmost'));
  expect(isOpen).toEqual([true, true, false]);
});

test('the text over pages is the text that flows: each passage holds the same words in both', async ({ page }) => {
  const words = (from: number): string =>
    Array.from({ length: 6 }, (_, index) => `word${from + index}${'-,. '.charAt((from + index) % 4)}`)
      .join(' ')
      .trim();
  const pages = Array.from({ length: 4 }, (_, sheet) => [
    { text: 'A running head', x: 150, y: 570, size: 8 },
    ...below(
      40,
      520,
      Array.from({ length: 12 }, (_, index) => `${words(100 * sheet + 7 * index)}${index % 3 === 0 ? ' cut-' : ''}`),
    ),
    ...below(
      240,
      520,
      Array.from({ length: 9 }, (_, index) => words(100 * sheet + 7 * index + 50)),
    ),
    { text: '1 A note at the foot of it.', x: 40, y: 90, size: 7 },
  ]);
  const parts = await readPartsOf('pdf', makePdf(pages));
  const passages = Array.from({ length: 200 }, (_, index) => [index * 5, index * 5 + 1 + ((index * 37) % 90)] as const);
  const wordsIn = (parts: DocumentPart[], isPaged: boolean) =>
    page.evaluate(
      async ([parts, passages, isPaged]) => {
        const container = document.querySelector<HTMLElement>('#document');
        if (!container) throw new Error('The page has no document.');
        const { engine } = globalThis;
        const drawing = {
          begin: () => {},
          resize: () => {},
          draw: (part: DocumentSection, start: number) => engine.drawPrinted(part, start, () => {}),
          append: (section: HTMLElement) => container.append(section),
        };
        const rendering = engine.renderDocument(container, engine.inTurn(parts), { documentId: 'doc-1', ...(isPaged && { drawing }) });
        await rendering.done;
        const { layer } = rendering;
        const read = passages.map(([start, end]) => {
          const range = layer.rangeOf(start, end);
          return [
            String(range),
            range && layer.offsetOf(range.startContainer, range.startOffset),
            range && layer.offsetOf(range.endContainer, range.endOffset),
          ];
        });
        return { text: layer.text, drawn: container.textContent, read };
      },
      [parts, passages, isPaged] as const,
    );
  const [flowing, paged] = [await wordsIn(parts, false), await wordsIn(parts, true)];
  expect(paged).toEqual(flowing);
  expect([paged.drawn, paged.text.length]).toEqual([paged.text, expect.any(Number)]);
  expect(paged.read).toEqual(passages.map(([start, end]) => [paged.text.slice(start, end), start, end]));
});
