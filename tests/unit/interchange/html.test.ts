import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import type { Note } from '../../../electron/api';
import { escapeHtml, renderBody } from '../../../electron/interchange/html-body';
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

function expectHarmless({ elements }: { elements: Element[] }): void {
  for (const { name, attributes } of elements) {
    expect(allowed).toContain(name);
    expect(Object.keys(attributes).filter((key) => key.startsWith('on') || key === 'style' || key === 'src')).toEqual([]);
    if (name === 'a') expect(attributes['href']).toMatch(/^(https?:\/\/|mailto:)/i);
  }
}

describe('HTML', () => {
  it('stands alone: loads nothing, runs nothing, in light and dark and on paper', async () => {
    const html = await renderOne(sourceOf([notebook('document-1', [note({ body: '![x](http://example.test/x.png)' })])]), 'html');
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
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

  it('makes nothing of any body but prose', () => {
    fc.assert(fc.property(text, (body) => expectHarmless(parseHtml(renderBody(body)))));
  });

  it('carries every note whole, shows every quote, and stays harmless', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryNotebooks, async (notebooks) => {
        const parsed = parseHtml(await renderOne(sourceOf(notebooks), 'html'));
        expectHarmless(parsed);
        const collection: { first: { items: { 'lectern:note': Note }[] } } = JSON.parse(parsed.script);
        expect(sortById(collection.first.items.map((item) => item['lectern:note']))).toEqual(allNotes(notebooks));
      }),
    );
    const quote = ' Keeps\n  its <lines> & "spaces"\n';
    expect(parseHtml(await renderOne(sourceOf([notebook('document-1', [note({ anchor: anchor(0, quote) })])]), 'html')).quotes).toEqual([
      quote,
    ]);
  });
});
