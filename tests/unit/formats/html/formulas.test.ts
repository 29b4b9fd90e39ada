import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DrawnElement, DrawnNode } from '#model';
import { expectSound, readAll } from '../document-parts';

const replacedIn = (nodes: readonly DrawnNode[]): DrawnElement[] =>
  nodes.flatMap((node) => (typeof node !== 'object' ? [] : 'replaced' in node ? [node.by] : 'e' in node ? replacedIn(node.c ?? []) : []));

async function read(html: string) {
  const document = await readAll(html, 'html');
  expectSound(document);
  const drawn = replacedIn(document.sections.flatMap(({ nodes }) => nodes));
  return [document.text, drawn.map(({ e, a }) => `${e}${a?.['display'] === 'block' ? ' block' : ''}`).join()];
}

test.each([
  ['<p>so <script type="math/tex">x^2</script> holds', 'so $x^2$ holds', 'math'],
  ['<p>so <span class="MathJax_Preview">…</span><script type="math/tex">x</script> holds', 'so $x$ holds', 'math'],
  [
    '<p>so <span class="MathJax_Preview"></span><span class="MathJax" data-mathml="<math><mi>x</mi></math>"><nobr>x drawn</nobr></span><script type="math/tex">x</script> holds',
    'so $x$ holds',
    'math',
  ],
  [
    'so<div class="MathJax_Display"><span class="MathJax">E=m</span></div><script type="math/tex; mode=display">E = m</script>it is',
    'so\n$$E = m$$\nit is',
    'math block',
  ],
  [
    '<p>so <span class="MathJax"><nobr>y</nobr><span class="MJX_Assistive_MathML"><math><mi>x</mi></math></span></span><script type="math/tex">x</script> holds',
    'so yx holds',
    '',
  ],
  ['<p>so <span class="MathJax" data-mathml="<math><mi>x</mi></math>"><nobr>drawn</nobr></span> holds', 'so x holds', ''],
  [
    '<p>so <mjx-container><mjx-math data-latex="x_1" aria-hidden=true><mjx-c></mjx-c></mjx-math></mjx-container> holds',
    'so $x_1$ holds',
    'math',
  ],
  ['<p>so <img class="latex" src="https://s0.wp.com/latex.php?latex=x" alt="{\\displaystyle x}"> holds', 'so $x$ holds', 'math'],
  [
    '<script src="/MathJax.js"></script><p>so \\(x\\), \\[y\\] and $$z$$, not $5 or $6',
    'so \\(x\\), \\[y\\] and $$z$$, not $5 or $6',
    'math,math block,math block',
  ],
  [
    "<script>renderMathInElement(document.body, {delimiters: [{left: '$', right: '$'}]})</script><p>so $x$, \\$5, <code>$y$</code> and $ z $",
    'so $x$, \\$5, $y$ and $ z $',
    'math',
  ],
  ['<p>so \\(x\\) and $$y$$', 'so \\(x\\) and $$y$$', ''],
  ['<p>so <script type="math/tex">\\nothing{</script> is', 'so $\\nothing{$ is', ''],
])('the formulas of %j', async (html, text, drawn) => {
  expect(await read(html)).toEqual([text, drawn]);
});

/** The elements of a formula, and how many letters are in each. */
const drawnAs = (node: DrawnNode): string =>
  typeof node === 'number' ? String(node) : 'e' in node ? `<${node.e}>${(node.c ?? []).map(drawnAs).join('')}</${node.e}>` : '';

test.each([
  [
    '<mfenced separators="" open="[" close="]"><mi>x</mi><mi>y</mi></mfenced>',
    '<mrow><mo>1</mo><mi>1</mi><mi>1</mi><mo>1</mo></mrow>',
    '[xy]',
  ],
  [
    '<mfenced> <mi>x</mi> <mi>y</mi> <mi>z</mi> </mfenced>',
    '<mrow><mo>1</mo><mi>1</mi><mo>1</mo><mi>1</mi><mo>1</mo><mi>1</mi><mo>1</mo></mrow>',
    '(x,y,z)',
  ],
  [
    '<msup><mfenced open="|" close="" separators="; |"><mi>x</mi><mi>y</mi><mi>z</mi><mi>w</mi></mfenced><mn>2</mn></msup>',
    '<msup><mrow><mo>1</mo><mi>1</mi><mo>1</mo><mi>1</mi><mo>1</mo><mi>1</mi><mo>1</mo><mi>1</mi></mrow><mn>1</mn></msup>',
    '|x;y|z|w2',
  ],
  ['<mfenced><mfenced open="{" close="}"/></mfenced>', '<mrow><mo>1</mo><mrow><mo>1</mo><mo>1</mo></mrow><mo>1</mo></mrow>', '({})'],
])('the fences of %j are drawn, and are text', async (formula, drawn, text) => {
  const document = await readAll(`<p><math>${formula}</math></p>`, 'html');
  expectSound(document);
  const nodes = document.sections.flatMap((section) => section.nodes);
  expect(nodes.map(drawnAs).join('')).toBe(`<p><math>${drawn}</math></p>`);
  expect(document.text).toBe(text);
});

test('no signs lose a letter', async () => {
  const piece = fc.constantFrom('\\(', '\\)', '\\[', '\\]', '$', '$$', '\\', 'a', 'x^2', '{', ' ', '5', '_');
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 16 }), async (pieces) => {
      const [text] = await read(`<script>MathJax = {tex: {inlineMath: [['$', '$']]}}</script><pre id=a></pre><p>a${pieces.join('')}b`);
      expect(text?.replace(/\s/g, '')).toBe(`a${pieces.join('')}b`.replace(/\s/g, ''));
    }),
    { numRuns: 60 },
  );
});
