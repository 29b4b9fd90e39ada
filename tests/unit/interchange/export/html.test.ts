import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { escapeHtml, type Note } from '#model';
import { renderBody } from '../../../../electron/interchange/export/html-body';
import { allNotes, anchor, arbitraryNotebooks, note, notebook, renderOne, sortById, sourceOf, text } from './fixtures';

interface Element {
  name: string;
  attributes: Record<string, string>;
}

function parseHtml(html: string): { elements: Element[]; script: string; quotes: string[] } {
  const elements: Element[] = [];
  const quotes: string[] = [];
  let script = '';
  let inside = '';
  const parser = new Parser({
    onopentag(name, attributes) {
      elements.push({ name, attributes });
      inside = name;
      if (name === 'blockquote') quotes.push('');
    },
    ontext(data) {
      if (inside === 'script') script += data;
      if (inside === 'blockquote') quotes.push((quotes.pop() ?? '') + data);
    },
    onclosetag() {
      inside = '';
    },
  });
  parser.end(html);
  return { elements, script, quotes };
}

const page = [
  'html',
  'head',
  'meta',
  'title',
  'style',
  'script',
  'body',
  'main',
  'section',
  'header',
  'article',
  'footer',
  'div',
  'time',
  'span',
];
const prose = [
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'p',
  'br',
  'hr',
  'em',
  'strong',
  'del',
  'code',
  'pre',
  'blockquote',
  'ul',
  'ol',
  'li',
  'a',
  'input',
];
const tables = ['table', 'thead', 'tbody', 'tr', 'th', 'td'];
const allowed = new Set([...page, ...prose, ...tables]);

/** Every attribute that the page's own markup and a note's Markdown may bring, by element. */
const attributes: Record<string, string[]> = {
  html: ['lang'],
  meta: ['charset', 'http-equiv', 'content', 'name'],
  script: ['type'],
  a: ['href', 'rel'],
  input: ['checked', 'disabled', 'type'],
  ol: ['start'],
  th: ['align'],
  td: ['align'],
  time: ['datetime'],
};

function expectHarmless({ elements }: { elements: Element[] }): void {
  for (const element of elements) {
    expect(allowed).toContain(element.name);
    const known = ['class', 'dir', ...(attributes[element.name] ?? [])];
    expect(Object.keys(element.attributes).filter((key) => !known.includes(key))).toEqual([]);
    if (element.name === 'a') expect(element.attributes['href']).toMatch(/^(https?:\/\/|mailto:|lectern:\/\/document\/)/i);
  }
}

/** Tags, whole and cut off, after which Markdown parsers take what follows for more than text, and what strangers put there. */
const openers = fc.constantFrom(
  '<pre>',
  '<code>',
  '<kbd>',
  '<script>',
  '<a href="x">',
  '<pre ',
  '<a ',
  '<kbd\n',
  '</pre>',
  '</kbd>',
  '</a>',
  '<code x="',
);
const payloads = fc.constantFrom(
  '<meta http-equiv=refresh content="0;url=http&#58;//elsewhere.test/" ',
  '<svg onload=alert(1)//',
  '<img src=x onerror=alert(1) ',
  '<base href="//elsewhere.test/" ',
  '<form action="//elsewhere.test/"><button',
  '<iframe srcdoc="&lt;script&gt;" ',
  '<script>alert(1)',
  '<style>*{',
  '&lt;b&gt;',
  '<!-- ',
  '`<b>`',
);
const gaps = fc.constantFrom(' ', '\n', '\n\n', 'a', ' | ', '\n- ', '\n> ', '**', '[', '](', '![');
const incomplete = fc
  .tuple(
    fc.constantFrom('', 'See ', '- See ', '> See ', '# See ', '| a |\n|---|\n| '),
    fc.array(fc.oneof(openers, payloads, gaps), { maxLength: 8 }),
  )
  .map(([before, parts]) => before + parts.join(''));

describe('HTML', () => {
  it('stands alone: loads nothing, runs nothing, in light and dark and on paper', async () => {
    const html = await renderOne(sourceOf([notebook('document-1', [note({ body: '![x](http://example.test/x.png)' })])]), 'html');
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`);
    expect(html).toContain('@media (prefers-color-scheme: dark)');
    expect(html).toContain('@media print');
    const { elements } = parseHtml(html);
    expect(elements.filter(({ name }) => ['img', 'link', 'iframe'].includes(name))).toEqual([]);
    expect(elements.filter(({ name }) => name === 'script').map(({ attributes }) => attributes)).toEqual([{ type: 'application/ld+json' }]);
  });

  it.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['a <b onclick="x()">b</b>', '<p>a &lt;b onclick=&quot;x()&quot;&gt;b&lt;/b&gt;</p>'],
    ['[x](javascript:alert(1))', '<p>x</p>'],
    ['[x](JaVaScRiPt:alert(1))', '<p>x</p>'],
    ['[x](&#106;avascript:alert(1))', '<p>x</p>'],
    ['[x](data:text/html,y)', '<p>x</p>'],
    ['[x](https://a.test/?b="c"&d)', '<p><a href="https://a.test/?b=&quot;c&quot;&amp;d" rel="noreferrer noopener">x</a></p>'],
    ['<https://a.test/?b&amp;c>', '<p><a href="https://a.test/?b&amp;c" rel="noreferrer noopener">https://a.test/?b&amp;c</a></p>'],
    ['![<alt>](x.png)', '<p>&lt;alt&gt;</p>'],
    ['# One', '<h2 dir="auto">One</h2>'],
    ['```html\n<b>\n```', '<pre><code>&lt;b&gt;</code></pre>'],
    ['1 < 2 & "3"', '<p>1 &lt; 2 &amp; &quot;3&quot;</p>'],
  ])('renders %j as %j', (body, expected) => expect(renderBody(body)).toBe(expected));

  it('shows a body that is too deep to parse as it was written', () => {
    for (const body of ['>'.repeat(5000), Array.from({ length: 1500 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n')]) {
      expect(renderBody(body)).toBe(`<pre>${escapeHtml(body)}</pre>`);
    }
  });

  it.each([
    [
      'See <kbd><meta http-equiv=refresh content="0;url=http&#58;//elsewhere.test/" ',
      '<p>See &lt;kbd&gt;&lt;meta http-equiv=refresh content=&quot;0;url=http://elsewhere.test/&quot; </p>',
    ],
    ['Compare <pre><svg onload=alert(1)//', '<p>Compare &lt;pre&gt;&lt;svg onload=alert(1)//</p>'],
    ['x <code>&lt;b&gt;</code> <b', '<p>x &lt;code&gt;&lt;b&gt;&lt;/code&gt; &lt;b</p>'],
  ])('escapes what follows an open tag: %j', (body, expected) => expect(renderBody(body)).toBe(expected));

  it('makes nothing of any body but prose', () => {
    fc.assert(fc.property(text, (body) => expectHarmless(parseHtml(renderBody(body)))));
  });

  it('shows a body that takes too long to parse as it was written', () => {
    const body = `${'a **b'.repeat(50_000)}*`;
    expect(renderBody(body)).toBe(`<pre>${escapeHtml(body)}</pre>`);
  });

  it('reads any number of exclamation marks', () => {
    expect(renderBody('!'.repeat(60_000))).toBe(`<p>${'!'.repeat(60_000)}</p>`);
    expect(renderBody('!!![x](http://a.test)')).toBe('<p>!!<a href="http://a.test" rel="noreferrer noopener">x</a></p>');
  });

  it('makes nothing of incomplete tags but text', () => {
    fc.assert(
      fc.property(incomplete, (body) => expectHarmless(parseHtml(`<body>${renderBody(body)}</body>`))),
      { numRuns: 200 },
    );
  });

  it('carries every note whole, shows every quote, and stays harmless', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryNotebooks, async (notebooks) => {
        const parsed = parseHtml(await renderOne(sourceOf(notebooks), 'html'));
        expectHarmless(parsed);
        const collection: { first: { items: { 'lectern:note': Note; 'lectern:parts'?: Note[] }[] } } = JSON.parse(parsed.script);
        const records = collection.first.items.flatMap((item) => [item['lectern:note'], ...(item['lectern:parts'] ?? [])]);
        expect(sortById(records)).toEqual(allNotes(notebooks));
      }),
    );
    const quote = ' Keeps\n  its <lines> & "spaces"\n';
    expect(parseHtml(await renderOne(sourceOf([notebook('document-1', [note({ anchor: anchor(0, quote) })])]), 'html')).quotes).toEqual([
      quote,
    ]);
  });
});
