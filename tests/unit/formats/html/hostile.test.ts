import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectSound, type ReadDocument, readAll, walkNodes } from '../document-parts';
import { markupPieces } from './markup';

const X = 'window.hostile=1';

async function readHarmless(html: string) {
  const read = await readAll(html, 'html');
  expectSound(read);
  expect([...dangersIn(read)].slice(0, 5)).toEqual([]);
  return read;
}

function* dangersIn({ sections }: ReadDocument): Generator<string> {
  for (const { node } of walkNodes(sections.flatMap(({ nodes }) => nodes))) {
    if (typeof node !== 'object' || !('e' in node) || !node.a) continue;
    const { href = '', src = '', 'title-link': title } = node.a;
    if (/^\s*(?:java|data|vb|file)/i.test(href)) yield href;
    if (title !== undefined) yield title;
    if (src.startsWith('data:') && /<(?:script|img|iframe|foreignObject)|<[^>"]*\son\w+=/i.test(decodeURIComponent(src))) yield src;
  }
}

describe('hostile HTML comes out harmless', () => {
  it.each([
    `<script>${X}</script><script src="http://elsewhere.test/a.js"></script>`,
    `<img src=x onerror="${X}" alt="broken">`,
    `<svg onload="${X}"><script>${X}</script><foreignObject><iframe srcdoc="<script>${X}</script>"></iframe></foreignObject><path/></svg>`,
    `<a href="javascript:${X}">a</a><a href=" java&#10;script:${X}">b</a><a href="&#1;javascript:x">c</a><a xlink:href="javascript:x">d</a>`,
    `<form><input name=nodeName></form><form id=a><input name=childNodes><input name=attributes><input name=parentNode></form>`,
    `<form id="document" name="body"><input name="getElementById"></form><img name="currentScript" id="head"><a id="__proto__">x</a><a id=constructor>y</a>`,
    `<noscript><p title="</noscript><img src=x onerror=${X}>"></noscript>`,
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${X}&gt;"></table></mtext></math>`,
    `<svg></p><style><a id="</style><img src=1 onerror=${X}>"><form><math><mtext></form><form><mglyph><style></math><img src onerror=${X}>`,
    `<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=${X} src>">`,
    `<math><annotation-xml encoding="text/html"><style><img src=x onerror=${X}></style></annotation-xml></math>`,
    `<math href="javascript:${X}"><mi xlink:href="javascript:${X}">x</mi><maction actiontype="statusline#http://x">y</maction></math>`,
    `<svg><desc><table><b>x</b></table></desc><a xlink:href="javascript:${X}"><text>t</text></a><animate attributeName=href values="javascript:x"/></svg>`,
    `<svg><![CDATA[<img src=x onerror=${X}>]]><x:y z:w="1" a"b=1></x:y><path/></svg>`,
    `<template><img src=x onerror=${X}><template><p>x</p></template></template>`,
    `<table><tr><td><form><tr><td><input><table></form></table></table>x`,
    `<select><template><option><b>x</b></select><keygen><isindex prompt=x>`,
    `<p style="position:fixed" class="app" onclick="${X}" data-title="x" aria-label="x" role="button" tabindex=1 contenteditable title-link=x tag-link=x>y</p>`,
    `<a id=x1 title-link="x">y</a><iframe src=javascript:${X}><p>z</p></iframe><object data=x><p>z</p></object><embed src=x>`,
    `<base href="http://elsewhere.test/"><meta http-equiv=refresh content="0"><link rel=stylesheet href=x><style>@import "x"</style>`,
    `<frameset onload=${X}><frame src="javascript:${X}"></frameset>`,
    `x<plaintext></plaintext><script>${X}</script>`,
    `<xmp><p>x</xmp><listing>y</listing><noembed><p></noembed><noframes><p></noframes>`,
    `<!--><img src=x onerror=${X}>--><!-- --!><img src=x><![if x]><? ?></ x>`,
    `<ruby><rt><rp>(</ruby><bdo dir=rtl>x</bdo><dir><menu><li>y</menu></dir>`,
    `<p id="&#0;">\0x<isindex><image src=y>`,
  ])('%s', async (html) => {
    await readHarmless(html);
    await readHarmless(`<p>before</p><ul><li>${html}`);
    await readHarmless(`<table><tr><td>${html}</td></tr></table><svg><desc>${html}`);
    await readHarmless(`<math><mtext>${html}`);
  });

  it.each([
    ['10,000 deep', '<div>'.repeat(10_000)],
    ['40,000 deep, with paragraphs', '<div><p>x'.repeat(40_000)],
    ['10,000 lists deep', '<ul><li>'.repeat(10_000)],
    ['10,000 tables deep', '<table><tr><td>'.repeat(10_000)],
    ['10,000 quotations deep, long', `${'<blockquote><p>x'.repeat(10_000)}`],
    ['10,000 emphases deep', '<b><i>'.repeat(10_000)],
    ['10,000 formulas deep', `<math>${'<mrow><mi>x</mi>'.repeat(10_000)}`],
    ['10,000 deep in a picture', `<svg>${'<g>'.repeat(10_000)}`],
    ['of 200,000 elements', '<i>x</i>'.repeat(200_000)],
    ['of 50,000 breaks', '<br>'.repeat(50_000)],
    ['of 100,000 attributes', `<p ${Array.from({ length: 100_000 }, (_, index) => `a${index}=1`).join(' ')}>x`],
    ['of 20,000 words before a table', `<table>${'x<b>y</b>'.repeat(20_000)}`],
    ['of 20,000 ends of nothing', `<div>${'</p></b></table>'.repeat(20_000)}`],
  ])('%s', async (_, html) => {
    const { text } = await readHarmless(`<p>before</p>${html}`);
    expect(text.startsWith('before')).toBe(true);
  });

  it('is shown as it is written when its elements grow without end', async () => {
    const markup = `<p>${Array.from({ length: 3000 }, (_, index) => `<b id=b${index}>`).join('')}${'<p>x'.repeat(3000)}`;
    const { head, text } = await readHarmless(markup);
    expect(head.notices).toEqual(['The markup of this page grows without end, so you see it as it is written.']);
    expect(text).toBe(markup);
  });
});

describe('any markup', () => {
  it('comes out sound: leaves that are the text, allowed names, white space folded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(markupPieces, { maxLength: 60 }), async (pieces) => {
        const { text, sections } = await readHarmless(`<!doctype html>x${pieces.join('')}`);
        const hasPre = pieces.some((markup) => markup.startsWith('<pre'));
        if (!hasPre) expect(text).not.toMatch(/[ \t]{2}| \n|\n /);
        for (const { blocks } of sections)
          for (const [start, end] of blocks) if (!hasPre) expect(text.slice(start, end)).toMatch(/^[^ \t\n][^\t]*$/);
      }),
      { numRuns: 150, examples: [[['<p>', '\u00a0', '<path>', ' ', '&amp;']]] },
    );
  });

  it('of 200 times as much comes out sound as well, in sections', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(markupPieces, { minLength: 5, maxLength: 30 }), async (pieces) => {
        await readHarmless(pieces.join('').repeat(200));
      }),
      { numRuns: 15 },
    );
  });
});
