import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DrawnElement, DrawnNode } from '#model';
import { readNote } from '../../../../electron/formats/markdown/note';
import { expectSound, readAll, walkNodes } from '../document-parts';

const read = (markdown: string) => readAll(markdown, 'markdown');
const elementsIn = (nodes: readonly DrawnNode[]): DrawnElement[] =>
  nodes.flatMap((node) => (typeof node === 'object' && 'e' in node ? [node, ...elementsIn(node.c ?? [])] : []));
const drawn = async (markdown: string) => elementsIn((await read(markdown)).sections.flatMap(({ nodes }) => nodes));
const replacedIn = (nodes: readonly DrawnNode[]): DrawnElement[] =>
  nodes.flatMap((node) => (typeof node !== 'object' ? [] : 'replaced' in node ? [node.by] : 'e' in node ? replacedIn(node.c ?? []) : []));
const formulas = async (markdown: string) => replacedIn((await read(markdown)).sections.flatMap(({ nodes }) => nodes));

describe('formulas', () => {
  it.each([
    ['so $E=mc^2$.', 'so $E=mc^2$.', 1],
    ['$a_1 + b_1$ and $\\frac{a}{b}$', '$a_1 + b_1$ and $\\frac{a}{b}$', 2],
    ['\\(x\\) or \\[y^2\\]', '\\(x\\) or \\[y^2\\]', 2],
    ['So it is.\\[1\\] \\[x\\] \\[sic\\] \\(1\\) \\(see there\\)', 'So it is.[1] [x] [sic] (1) (see there)', 0],
    ['\\[…\\]\n\nMore', '[…]\nMore', 0],
    ['$$\nx \\\\ y\n$$\n\nMore', '$$\nx \\\\ y\n$$\nMore', 1],
    ['Words\n$$x^2$$\ngo on', 'Words $$x^2$$ go on', 1],
    ['`$code$` and \\$5', '$code$ and $5', 0],
    ['It costs $5 a head, or 20 US$.', 'It costs $5 a head, or 20 US$.', 0],
    ['from $5 to $10 and $20', 'from $5 to $10 and $20', 0],
    ['a $ b $ c', 'a $ b $ c', 0],
    ['Signs: \\[\\\\\\] and $\\$', 'Signs: [\\] and $$', 0],
    ['| a | b |\n|---|---|\n| $x$ | y |', 'a\tb\n$x$\ty', 1],
  ])('%j is the text %j', async (markdown, text, count) => {
    const document = await read(markdown);
    expectSound(document);
    expect(document.text).toBe(text);
    expect(await formulas(markdown)).toHaveLength(count);
  });

  it('are drawn as MathML, whose signs are no text', async () => {
    const [fraction] = await formulas('$\\frac{a}{b}$');
    expect(fraction?.e).toBe('math');
    expect(elementsIn(fraction ? [fraction] : []).map(({ e }) => e)).toEqual(expect.arrayContaining(['mfrac', 'mi']));
    expect(JSON.stringify(fraction)).toContain('{"ornament":"a"}');
    expect(elementsIn(await formulas('$$x$$'))[0]?.a).toMatchObject({ display: 'block' });
  });

  it('that cannot be read are shown as they are written', async () => {
    for (const tex of ['\\frac{', '\\nosuchcommand{x}', '\\def\\a{\\a\\a}\\a']) {
      const document = await read(`One $${tex}$ two`);
      expectSound(document);
      expect(document.text).toBe(`One $${tex}$ two`);
    }
  });
});

describe('footnotes', () => {
  it('may have their words with them', async () => {
    const { text } = await read('One^[An *inline* note with [brackets] and [^b].], two[^b], x^[ ] and \\^[no].\n\n[^b]: Other.');
    expect(text).toBe('One[1], two[2], x^[ ] and ^[no].\nAn inline note with [brackets] and [2]. ↩\nOther. ↩');
    const links = (await drawn('A^[First.] b^[Second.].')).filter(({ e }) => e === 'a');
    expect(links.map(({ a }) => a?.['href'])).toEqual(['#fn-in-line-1', '#fn-in-line-2', '#fnref-in-line-1', '#fnref-in-line-2']);
  });

  it('stand at the end in the order of their references, also of one word, and lead there and back', async () => {
    const document = await read('One[^b] and two[^a].\n\n[^a]: Second\n[^b]: First *note*.\n\n    Its second paragraph.\n\nThe end.');
    expectSound(document);
    expect(document.text).toBe('One[1] and two[2].\nThe end.\nFirst note.\nIts second paragraph. ↩\nSecond ↩');
    const links = (await drawn('One[^b].\n\n[^b]: First')).filter(({ e }) => e === 'a');
    expect(links.map(({ a }) => [a?.['href'], a?.['id']])).toEqual([
      ['#fn-b', 'fnref-b'],
      ['#fnref-b', undefined],
    ]);
  });

  it('lose no word: what nothing refers to stands there as well, and what leads nowhere stays as it is', async () => {
    expect((await read('Text[^none].\n\n[^lonely]: Words')).text).toBe('Text[^none].\nWords');
    expect((await read('He said this[^1]: that.\n[^1]: Note')).text).toBe('He said this[1]: that.\nNote ↩');
    expect((await read('Only[^1].\n\n```\n[^1]: in code\n```')).text).toBe('Only[^1].\n[^1]: in code\n');
    expect((await read('[^1]: One\n[^1]: Another\n\nA[^1]')).text).toBe('Another\nA[1]\nOne ↩');
  });
});

it('a box to be ticked is the marker of its item', async () => {
  const items = (await drawn('- [ ] a\n- [x] b\n\n  c\n- d')).filter(({ e }) => e === 'li');
  expect(items.map(({ l }) => l?.includes('task') === true)).toEqual([true, true, false]);
});

it('so is one whose state only a theme knows, which stands as it is written', async () => {
  const markdown = '- [/] a\n- [-] b\n- [>] c\n- [<] d\n- [?] e\n- [1] f\n- [/path] g';
  const items = (await drawn(markdown)).filter(({ e }) => e === 'li');
  expect(items.map(({ l }) => l?.includes('task') === true)).toEqual([true, true, true, true, true, false, false]);
  expect((await read(markdown)).text).toBe('[/] a\n[-] b\n[>] c\n[<] d\n[?] e\n[1] f\n[/path] g');
});

describe('remarks', () => {
  it.each([
    ['> [!NOTE]\n> Useful.', 'Note\nUseful.', ['callout', 'callout-note']],
    ['> [!warning] Mind *this*\n> - a', 'Mind this\na', ['callout', 'callout-warning']],
    ['> [!bug]- Folded\n> Inside', 'Folded\nInside', ['callout', 'callout-caution']],
    ['> [!my-own]\n> x', 'My own\nx', ['callout', 'callout-note']],
    ['> [!tip] T\n> One\ntwo\n> three\nfour', 'T\nOne two three four', ['callout', 'callout-tip']],
    ['> [!tip]\nOne', 'Tip\nOne', ['callout', 'callout-tip']],
    ['> [!tip] T\n> - a\nb', 'T\na b', ['callout', 'callout-tip']],
  ])('%j', async (markdown, text, looks) => {
    expect((await read(markdown)).text).toBe(text);
    expect((await drawn(markdown)).find(({ l }) => l?.includes('callout'))?.l).toEqual(expect.arrayContaining(looks));
  });

  it.each([
    '> [!tip] T\n> One\n\nAfter',
    '> [!tip] T\n> One\n# After',
    '> [!tip] T\n> One\n- After',
    '> [!tip] T\n> One\n---\nAfter',
    '> [!tip] T\n> # One\nAfter',
    '> [!tip] T\n> ```\n> One\nAfter',
    '> [!tip] T\n>     One\nAfter',
    '> [!tip] T\n> | One |\n> | --- |\n> | 1 |\nAfter',
    '> [!tip] T\n>\nAfter',
  ])('end where another block begins, or nothing is open that goes on: %j', async (markdown) => {
    const remark = (await drawn(markdown)).find(({ l }) => l?.includes('callout'));
    const { text } = await read(markdown);
    const lengths = [...walkNodes(remark ? [remark] : [])].map(({ node }) => (typeof node === 'number' ? node : 0));
    expect(text.slice(lengths.reduce((sum, each) => sum + each, 0)).trim()).toBe('After');
  });

  it('are folded where they are written so', async () => {
    const detailsOf = async (fold: string) => (await drawn(`> [!tip]${fold} T\n> x`)).find(({ e }) => e === 'details')?.a ?? {};
    expect(await detailsOf('-')).not.toHaveProperty('open');
    expect(await detailsOf('+')).toMatchObject({ open: '' });
  });
});

describe('Obsidian’s links and marks', () => {
  it.each([
    ['[[Note]]', 'Note', 'Note'],
    ['[[Folder/Note#Part|some words]]', 'some words', 'Folder/Note#Part|some words'],
    ['[[Note#Part]]', 'Note > Part', 'Note#Part'],
    ['![[Note]]', 'Note', 'Note'],
    ['| a |\n|---|\n| [[Note\\|b]] |', 'a\nb', 'Note|b'],
  ])('%j reads %j', async (markdown, text, title) => {
    expect((await read(markdown)).text).toBe(text);
    expect((await drawn(markdown)).find(({ a }) => a?.['title-link'])?.a).toMatchObject({ 'title-link': title });
  });

  it('lead to headings of the same document, and show pictures', async () => {
    expect((await drawn('A ![[Note]]')).find(({ e }) => e === 'a')?.l).toEqual(['embed']);
    expect((await drawn('A [[Note]]')).find(({ e }) => e === 'a')?.l).toBeUndefined();
    expect((await drawn('[[#Some Part]]')).find(({ e }) => e === 'a')).toMatchObject({ a: { href: '#some-part' } });
    expect((await drawn('![[#^a1]]')).find(({ e }) => e === 'a')).toMatchObject({ a: { href: '#%5Ea1' }, l: ['embed'] });
    expect((await drawn('![[my picture.png|120]]')).find(({ e }) => e === 'img')?.a).toMatchObject({
      src: 'my%20picture.png',
      width: '120',
    });
  });

  it('plays sounds and films that lie beside it, however they are written', async () => {
    const markdown = `![[sea/a wave.MP3]] ![[film.mp4|The *film*]] ![A &amp; b](/c.ogg "T") ![](d.webm)\n\n<audio src="/e.wav"></audio>`;
    const document = await read(markdown);
    expectSound(document);
    expect((await drawn(markdown)).filter(({ e }) => e === 'audio' || e === 'video').map(({ e, a }) => [e, a])).toEqual([
      ['audio', { src: 'sea/a%20wave.MP3', title: 'sea/a wave.MP3' }],
      ['video', { src: 'film.mp4', title: 'The *film*' }],
      ['audio', { src: 'c.ogg', title: 'T' }],
      ['video', { src: 'd.webm', title: 'd' }],
      ['audio', { src: 'e.wav', title: 'Sound' }],
    ]);
  });

  it('has a film of another site as a chip that leads there', async () => {
    const [film] = (await drawn('![A talk](https://www.youtube.com/watch?v=0RK&t=1)')).filter(({ l }) => l?.includes('media'));
    expect(film).toMatchObject({
      e: 'a',
      a: { href: 'https://www.youtube.com/watch?v=0RK&t=1' },
      c: [{ ornament: 'Video: A talk (youtube.com)' }],
    });
  });

  it('has its tags apart, which are its text as well', async () => {
    const source = 'It is #sea/spring, (#no) a#b `#c` #1 [#d](x.md) \\#e\n\n- #日本語 **#f**\n\n# #g';
    const elements = await drawn(source);
    expect(elements.filter(({ l }) => l?.includes('tag')).map(({ a }) => a)).toEqual(
      ['sea/spring', '日本語', 'f', 'g'].map((tag) => ({ 'tag-link': tag })),
    );
    expect((await read(source)).text).toBe('It is #sea/spring, (#no) a#b #c #1 #d #e\n#日本語 #f\n#g');
  });

  it('marks words, leaves comments out, and knows codes of emoji', async () => {
    expect((await read('a ==b *c*== d %%no%% e\n\n%%\nnot\n\nthis\n%%\n\nf :tada: :nosuchname: 10:30:00')).text).toBe(
      'a b c d e\nf 🎉 :nosuchname: 10:30:00',
    );
    expect((await drawn('a ==b== c')).map(({ e }) => e)).toContain('mark');
    for (const text of ['if a == b and c == d', 'if x==1 or y==2 then', '50%% of 20%% more']) expect((await read(text)).text).toBe(text);
  });
});

it('a heading’s name has no sign of a footnote in it, and a note’s footnotes are no links', async () => {
  expect((await read('# Title[^1]\n\n[^1]: Note')).sections[0]?.targets[0]?.[0]).toBe('title');
  const note = readNote('a[^\ud800]\n\n[^\ud800]: x ![[what?.png]]');
  expect(note.text).toBe('a[1]\nx');
  expect(elementsIn(note.nodes).filter(({ e }) => e === 'a')).toEqual([]);
  expect(elementsIn(note.nodes).find(({ e }) => e === 'img')?.a).toMatchObject({ src: 'what%3F.png' });
});

it('code has its parts in colours, and its text as it is written', async () => {
  const code = 'const a = "b"; // c < d';
  const document = await read(`\`\`\`js\n${code}\n\`\`\`\n`);
  expectSound(document);
  expect(document.text).toBe(`${code}\n`);
  const looks = (await drawn(`\`\`\`js\n${code}\n\`\`\``)).flatMap(({ l = [] }) => l);
  expect(looks).toEqual(expect.arrayContaining(['code-keyword', 'code-string', 'code-comment']));
  expect((await drawn('```nosuchlanguage\nconst a\n```')).flatMap(({ l = [] }) => l)).not.toContain('code-keyword');
});

describe('the code of a site', () => {
  it.each([
    [
      '{{< figure src="/images/tide.png" alt="A tide" caption="High *water*" width="300px" >}}',
      'High *water*',
      { src: 'images/tide.png', alt: 'A tide', width: '300' },
    ],
    ['{{< figure\n  src="tide.png"\n  caption="High"\n>}}\n\nx', 'High\nx', { src: 'tide.png' }],
    ['{% include figure.html image_path="/a/b.png" alt="B" caption="C" %}', 'C', { src: 'a/b.png', alt: 'B' }],
    ['a {% include image.html src="b.png" %} c', 'a c', { src: 'b.png' }],
    ['![B]({{ site.baseurl }}/a/b.png)', '', { src: 'a/b.png', alt: 'B' }],
    ['![B]({{ "/a/b.png" | relative_url }} "T")', '', { src: 'a/b.png', title: 'T' }],
  ])('%j is a picture', async (markdown, text, picture) => {
    const document = await read(markdown);
    expectSound(document);
    expect(document.text).toBe(text);
    expect((await drawn(markdown)).find(({ e }) => e === 'img')?.a).toMatchObject(picture);
  });

  it.each([
    ['See [*it*]({{< ref "about.md#top" >}}).', 'See it.', 'about.md#top'],
    ['[b]({% link _posts/b.md %})', 'b', '/_posts/b.md'],
    ['[b]({{site.url}}{% post_url 2020-01-02-tides %})', 'b', '/_posts/2020-01-02-tides'],
  ])('%j is a link', async (markdown, text, href) => {
    expect((await read(markdown)).text).toBe(text);
    expect((await drawn(markdown)).find(({ e }) => e === 'a')?.a).toMatchObject({ href });
  });

  it('is a film, a chip that says what it is, or nothing', async () => {
    const chips = async (markdown: string, look: string) => (await drawn(markdown)).filter(({ l }) => l?.some((each) => each === look));
    expect(await chips('{{< youtube 0RKpf3rK57I >}}', 'media')).toMatchObject([
      { a: { title: 'https://www.youtube.com/watch?v=0RKpf3rK57I' }, c: [{ ornament: 'Video (youtube.com)' }] },
    ]);
    expect(await chips('x\n\n{% include youtube.html id="0RK" title="Tides" %}', 'media')).toMatchObject([
      { c: [{ ornament: 'Video: Tides (youtube.com)' }] },
    ]);
    expect((await read('New {{< new-in 0.153.0 />}} and {{% param "minVersion" %}}.')).text).toBe(
      'New new-in 0.153.0 and param "minVersion".',
    );
    expect(await chips('New {{< new-in 0.153.0 />}}', 'shortcode')).toHaveLength(1);
    expect((await read('{{< details summary="S" >}}\n*Words*\n{{< /details >}}\n\n{% raw %}\n\nx\n{% endraw %}\n')).text).toBe(
      'details summary="S"\nWords\nx',
    );
    expect(
      (await read('# Title {#id}\n{: .no_toc }\n\n* TOC\n{:toc}\n\nA [link](x.md){:target="_blank"}{% comment %}\nno\n{% endcomment %} b'))
        .text,
    ).not.toMatch(/no_toc|toc}|_blank|comment/);
    expect((await read('A {{< highlight go "hl_inline=true" >}}fmt.Println("a"){{< /highlight >}} b')).text).toBe('A fmt.Println("a") b');
    for (const text of ['It is {{ value }} and {{ x }} of {:ok, value}', '5 {% of 7', '{{< no end', 'a {b} {c: d}'])
      expect((await read(text)).text).toBe(text);
    expect((await read('`{{< youtube x >}}`')).text).toBe('{{< youtube x >}}');
  });

  it('is read in time however it is made', async () => {
    for (const piece of ['{{< a ', '{% a ', '{: .', '[a](', '{{% ', '![[a]({{ ', '{% comment %}'])
      expect((await read(`x ${piece.repeat(20_000)}`)).head.notices).toEqual([]);
  });
});

it('any mixture of it is a sound document', () => {
  const pieces = fc.constantFrom(
    '$',
    '$$',
    '\\(',
    '\\)',
    '[^1]',
    '[^1]: ',
    '> [!note]',
    '==',
    '%%',
    '[[',
    ']]',
    '|',
    ':tada:',
    '#tag ',
    '{{< a >}}',
    '{% b c="d" %}',
    '{: .e}',
    'word ',
    '\n',
    '\n\n',
    '  ',
    '`',
    '*',
  );
  return fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 40 }), async (all) => expectSound(await read(`Words\n\n${all.join('')}`))),
    { numRuns: 100 },
  );
});

it('the mark of a block is a place to which links lead, and nothing that is read', async () => {
  const markdown =
    'The moon. ^abc\n\n- one ^1a2b3c\n- x ^2\n\n| a |\n|---|\n| b |\n\n^table\n\nSee [[#^abc|there]], ^here and a ^word in it\n\n![[Note]]^embed';
  const document = await read(markdown);
  expectSound(document);
  expect(document.text).toMatch(/^The moon\.\none\nx \^2\na\nb\n+See there, \^here and a \^word in it\nNote$/);
  const elements = await drawn(markdown);
  const places = document.sections.flatMap(({ targets }) => targets.map(([name, at]) => `${name} ${document.text.slice(at, at + 3)}`));
  expect(places).toEqual(['^abc The', '^1a2b3c one', '^table a\nb', '^embed Not']);
  expect(elements.find(({ e }) => e === 'a')?.a?.['href']).toBe('#%5Eabc');
});

it.each([
  ['{% highlight ruby linenos %}\ndef a # b\n\n  c\nend\n{% endhighlight %}\n\nWords', 'def a # b\n\n  c\nend\n\nWords', 'keyword'],
  ['{{< highlight go "linenos=table" >}}\nfunc a() {}\n{{< /highlight >}}', 'func a() {}\n', 'keyword'],
  ['{{< code-toggle file=hugo >}}\n[a]\nb = 1\n{{</ code-toggle >}}', '[a]\nb = 1\n', ''],
  ['{% highlight ruby %}\n# Heading', 'highlight ruby\nHeading', ''],
])('code between the tags of site generators: %j', async (markdown, text, look) => {
  const document = await read(markdown);
  expectSound(document);
  expect(document.text.trimEnd()).toBe(text.trimEnd());
  const elements = await drawn(markdown);
  expect(elements.some(({ e }) => e === 'pre')).toBe(!text.includes('Heading'));
  expect(elements.flatMap(({ l }) => l ?? []).includes(`code-${look}` as never)).toBe(look !== '');
});

it.each([
  ['![250](a%20b.png "T")', { src: 'a%20b.png', alt: 'a%20b', width: '250', title: 'T' }],
  ['![A *map*|100x50](<my map.png>)', { src: 'my%20map.png', alt: 'A map', width: '100' }],
  ['![A map](/images/map.png)', { src: 'images/map.png', alt: 'A map' }],
  ['![A map](//example.org/map.png)', { src: '//example.org/map.png', alt: 'A map' }],
  ['![Q &amp; "A" & <b](a.png)', { src: 'a.png', alt: 'Q & "A" & <b' }],
  ['![2024 trip](a.png)', { src: 'a.png', alt: '2024 trip' }],
  ['![[a.png|2024 trip]]', { src: 'a.png', alt: '2024 trip' }],
  ['![[a.png|A map|100]]', { src: 'a.png', alt: 'A map', width: '100' }],
])('a picture may have its width behind its words: %s', async (markdown, attributes) => {
  expect((await drawn(markdown)).find(({ e }) => e === 'img')?.a).toEqual(attributes);
});
