import { describe, expect, it } from 'vitest';
import { expectSound, readAll } from '../document-parts';

/** The text of a page and what is drawn of it. */
async function read(body: string) {
  const read = await readAll(body, 'html');
  expectSound(read);
  return { ...read, nodes: read.sections.flatMap(({ nodes }) => nodes), blocks: read.sections.flatMap(({ blocks }) => blocks) };
}

describe('the text of HTML', () => {
  it.each([
    ['<p>Alpha</p><p>Beta</p>', 'Alpha\nBeta'],
    ['<h1>Alpha</h1>\n\n<p>  First\n paragraph   ends here. </p> <p>Second</p>', 'Alpha\nFirst paragraph ends here.\nSecond'],
    ['<p>a <b> b </b> c</p>', 'a b c'],
    ['<p>a<b> b</b></p>', 'a b'],
    ['<p>a<br>b<br> c </p><p>d', 'a\nb\nc\nd'],
    ['<ul><li>one<li>two</ul>three', 'one\ntwo\nthree'],
    ['<table><tr><td>a<td>b<tr><td>c<td>d</table>e', 'a\tb\nc\td\ne'],
    ['<table><caption>T</caption><thead><tr><th>a</th> <th>b</th></tr></thead> <tr><td>c</td></tr></table>', 'T\na\tb\nc'],
    ['<pre>\n  a\n\n b </pre>c', '  a\n\n b \nc'],
    ['<pre>a<br>b</pre>', 'a\nb'],
    ['one <i>two</i><div>three</div> four', 'one two\nthree\nfour'],
    [
      '<p>a</p><p hidden>b</p><p style="color: red; display: none">c</p><template>d</template><script>e</script><style>f</style><p>g</p>',
      'a\ng',
    ],
    ['<details><summary>More</summary>Inside</details>', 'More\nInside'],
    ['<main><nav>a</nav><header>b</header><section>c</section></main>', 'a\nb\nc'],
    ['<p>x <svg><title>No text</title><text>none</text></svg> y</p>', 'x y'],
    [
      '<p>so <math><semantics><mrow><mi>x</mi> <mo>=</mo> <mn>1</mn></mrow><annotation>x=1</annotation></semantics></math> holds</p>',
      'so x=1 holds',
    ],
    [
      '<p>so <span><span class="mwe-math-mathml-inline mwe-math-mathml-a11y" style="display: none;"><math><mi>x</mi></math></span><img src=x.svg class="mwe-math-fallback-image-inline" aria-hidden="true" alt="{\\displaystyle x}"></span> holds</p>',
      'so x holds',
    ],
    [
      '<p>so <span class=katex><span class=katex-mathml><math><mi>x</mi></math></span><span class=katex-html aria-hidden=true><span>x</span></span></span> holds</p>',
      'so x holds',
    ],
    [
      '<p>so <span class=MathJax><nobr aria-hidden=true>x</nobr><span class=MJX_Assistive_MathML><math><mi>x</mi></math></span></span> holds</p>',
      'so x holds',
    ],
    [
      '<p>so <mjx-container><mjx-math aria-hidden=true><svg><text>x</text></svg></mjx-math> <mjx-assistive-mml><math><mi>x</mi></math></mjx-assistive-mml></mjx-container> holds</p>',
      'so x holds',
    ],
    ['<p>so <b aria-hidden=true>x</b> holds</p>', 'so x holds'],
    ['<form><input name=nodeName><p>a</p></form>', 'a'],
    ['<frameset><frame src=x></frameset>', ''],
    ['a<plaintext><b>c</b>', 'a'],
    ['<p>a\u00a0 b</p>', 'a\u00a0 b'],
    [
      '<p>河流从山上\n  流入 大海，\r\nand <b>流\n</b>入<i>\n大海</i> \n <b>。</b>Ende\n河</p>',
      '河流从山上流入 大海， and 流入大海。Ende 河',
    ],
    ['<p>แม่น้ำ\nไหล</p><p>강이\n흐른다</p>', 'แม่น้ำไหล\n강이 흐른다'],
    ['<p>河\n<img src=x.png alt="">\n流</p><pre>河\n流</pre>', '河 流\n河\n流'],
  ])('of %s is %j', async (html, text) => {
    expect((await read(html)).text).toBe(text);
  });

  it('has its blocks and their kinds', async () => {
    const { text, blocks } = await read(
      '<h2>Head</h2><p>Para<br>graph</p><ul><li>item <p>inner</p></ul><table><tr><td>cell<div>in it</div></table><pre>pre</pre>line <b>of</b> text',
    );
    expect(blocks.map(([start, end, kind]) => [text.slice(start, end), kind])).toEqual([
      ['Head', 'heading'],
      ['Para\ngraph', 'paragraph'],
      ['item', 'item'],
      ['inner', 'paragraph'],
      ['cell', 'cell'],
      ['in it', 'cell'],
      ['pre', 'preformatted'],
      ['line of text', 'paragraph'],
    ]);
  });

  it('has its headings and named places', async () => {
    const { text, sections } = await read(
      '<h1 id=top>A <i>title</i></h1><p>x <a name="here">there</a></p><div id=empty></div><h3>Third<br>level</h3><p id=top>again<span id=end></span>',
    );
    expect(sections[0]?.headings).toEqual([
      { level: 1, start: 0, end: 7, title: 'A title' },
      { level: 3, start: text.indexOf('Third'), end: text.indexOf('\nagain'), title: 'Third level' },
    ]);
    expect(sections[0]?.targets).toEqual([
      ['top', 0],
      ['here', text.indexOf('there')],
      ['empty', text.indexOf('Third')],
      ['end', text.length],
    ]);
  });
});

describe('what is drawn of HTML', () => {
  it('keeps spaces beside images, which are no text', async () => {
    const { text, nodes } = await read('<p>value <img src="x.png" alt="X"> and <img src="y.png"></p>');
    expect(text).toBe('value and');
    expect(nodes).toEqual([
      {
        e: 'p',
        a: { dir: 'auto' },
        c: [
          6,
          { e: 'img', a: { src: 'x.png', alt: 'X' }, c: [] },
          { ornament: ' ' },
          3,
          { ornament: ' ' },
          { e: 'img', a: { src: 'y.png' }, c: [] },
        ],
      },
    ]);
  });

  it('gathers text between blocks in lines', async () => {
    const { nodes } = await read('a <b>b</b><p>c</p>d');
    expect(nodes).toEqual([
      { e: 'div', l: ['inline'], a: { dir: 'auto' }, c: [2, { e: 'b', c: [1] }] },
      1,
      { e: 'p', a: { dir: 'auto' }, c: [1] },
      1,
      { e: 'div', l: ['inline'], a: { dir: 'auto' }, c: [1] },
    ]);
  });

  it('frames tables, keeps addresses from making them wide, and has separators where they stand', async () => {
    const { nodes } = await read(`<table><tr><td>a<td>${'x'.repeat(40)}</table>`);
    expect(nodes).toEqual([
      {
        e: 'div',
        l: ['table'],
        a: { dir: 'ltr' },
        c: [
          {
            e: 'table',
            a: { dir: 'ltr' },
            l: ['directed'],
            c: [{ e: 'tbody', c: [{ e: 'tr', c: [{ e: 'td', c: [1] }, 1, { e: 'td', c: [40], l: ['long-words'] }] }] }],
          },
        ],
      },
    ]);
  });

  it('makes room for the numbers of lists', async () => {
    const { nodes } = await read('<ol start=9><li>a<li>b</ol><ol type=i><li>a<li>b<li>c</ol><ol type=a start=27><li>a</ol>');
    expect(nodes.filter((node) => typeof node === 'object')).toMatchObject([
      { s: { '--digits': '2' } },
      { a: { type: 'i' }, s: { '--digits': '3' } },
      { s: { '--digits': '2' } },
    ]);
  });

  it('takes links that lead somewhere, and draws others as their text', async () => {
    const { nodes } = await read(
      '<p><a href="#x">a</a><a href=" java&#10;script:alert(1)">b</a><a href="../c.html#d">c</a><a href="data:text/html,x">d</a></p>',
    );
    expect(nodes).toEqual([
      { e: 'p', a: { dir: 'auto' }, c: [{ e: 'a', a: { href: '#x' }, c: [1] }, 1, { e: 'a', a: { href: '../c.html#d' }, c: [1] }, 1] },
    ]);
  });

  it('lets no formula draw over what stands around it', async () => {
    const { nodes } = await read(
      '<math><mspace width="99999px" height="2em"/><mpadded voffset="-400em" lspace="-.5ex"><mi>x</mi></mpadded></math>',
    );
    expect(JSON.stringify(nodes)).not.toMatch(/99999|400/);
    expect(JSON.stringify(nodes)).toContain('{"height":"2em"}');
    expect(JSON.stringify(nodes)).toContain('{"lspace":"-.5ex"}');
  });

  it('draws pictures as images', async () => {
    const { nodes } = await read(
      '<svg width=10 height="20px" viewBox="0 0 1 1" onload="x()"><title>A &amp; B</title><script>x()</script><path d="M0 0"/><use xlink:href="#y"/></svg>',
    );
    const source =
      '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20px" viewBox="0 0 1 1"><title>A &amp; B</title><path d="M0 0"></path><use href="#y"></use></svg>';
    expect(nodes).toEqual([
      {
        e: 'div',
        l: ['inline'],
        a: { dir: 'auto' },
        c: [{ e: 'img', a: { src: `data:image/svg+xml,${encodeURIComponent(source)}`, alt: 'A & B', width: '10', height: '20' }, c: [] }],
      },
    ]);
  });

  it('tells directions by first letters where the page says nothing of them', async () => {
    const { nodes, head } = await read('<ul><li>שלום</ul><p>abc</p><p dir=rtl>abc</p>');
    expect(nodes.filter((node) => typeof node === 'object')).toMatchObject([
      { e: 'ul', a: { dir: 'rtl' }, l: ['directed'] },
      { e: 'p', a: { dir: 'auto' } },
      { e: 'p', a: { dir: 'rtl' } },
    ]);
    expect(head.direction).toBeUndefined();
    const stated = await read('<html dir=rtl lang=he><p>abc</p>');
    expect(stated.head).toMatchObject({ direction: 'rtl', language: 'he' });
    expect(stated.nodes).toEqual([{ e: 'p', c: [3] }]);
  });

  it('shows what is hidden until a script runs where there is hardly anything else to read', async () => {
    const words = 'Nobody remembers the winter in which the ferry did not come. '.repeat(20);
    const text = words.trim();
    expect((await read(`<body><p>Loading</p><div id=app style="color: red; display: none"><p>${words}</div>`)).text).toBe(
      `Loading\n${text}`,
    );
    expect((await read(`<body hidden><div hidden><section hidden><p>${words}</section></div>`)).text).toBe(text);
    expect((await read(`<div></div><noscript><article><p>${words}</article></noscript>`)).text).toBe(text);
    expect((await read('<div id=root></div><noscript>You need to run scripts.</noscript>')).text).toBe('You need to run scripts.');
    const { text: shown } = await read(`<p>${words}<div hidden><p>Accept all ${words}</div><noscript>${words}</noscript>`);
    expect(shown).toBe(text);
    const { text: pictures } = await read(`<img src=a.png><script>${words}</script><noscript><style>${words}</style></noscript>`);
    expect(pictures).toBe('');
    const german = 'Niemand erinnert sich an den Winter, in dem die Fähre nicht kam. '.repeat(20);
    expect((await read(`<noscript><p>${german}</noscript>`)).head.language).toBe('de');
  });

  it('says what the page says of itself', async () => {
    const { head } = await read('<html lang=de><title>T</title><meta name=author content=A><p>x');
    expect(head).toMatchObject({ language: 'de', metadata: { title: 'T', author: 'A', language: 'de' } });
  });
});
