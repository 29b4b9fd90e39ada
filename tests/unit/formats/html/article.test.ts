import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFacts } from '../../../../electron/formats/facts';
import { documentBytes } from '../../../../electron/formats/format';
import { readerOf } from '../../../../electron/formats/registry';
import { expectSound, type ReadDocument, readAll } from '../document-parts';
import { markupPieces } from './markup';

const SENTENCE = 'The river rises in spring, when the snow of the hills melts, and it carries the sand of a whole year to the sea. ';
const paragraphs = (count: number): string => `<p>${SENTENCE}</p>`.repeat(count);

const PAGE = `<!doctype html><html lang=en><title>Where rivers rise | The Daily</title><meta property=og:site_name content="The Daily">
<body><header><nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav></header>
<main><article><h1>Where rivers rise</h1><p class=lead>${SENTENCE}</p><div class=byline>By Ann Miller, <time datetime=2021-05-03>3 May 2021</time></div>
<div class="article-body">${paragraphs(3)}<div class="share-buttons">Share this on every network</div>${paragraphs(3)}<h2>Related stories</h2><ul><li><a href=/a>Seas</a><li><a href=/b>Lakes</a></ul></div></article>
<section class="comments"><h2>Comments</h2>${'<p>I once saw a river, and I did not like it at all, to be honest with you.</p>'.repeat(12)}</section></main>
<footer>© The Daily, all rights reserved</footer></body></html>`;

const read = async (html: string): Promise<ReadDocument> => {
  const document = await readAll(html, 'html');
  expectSound(document);
  return document;
};

/** What is shown of a page at first, a block a line. */
function articleOf({ sections, text }: ReadDocument): string {
  let from = 0;
  let shown = '';
  for (const [start, end] of sections.flatMap(({ outside = [] }) => outside)) {
    shown += text.slice(from, start);
    from = end;
  }
  return (shown + text.slice(from)).replace(/\n+/g, '\n').trim();
}

describe('a saved page', () => {
  it('is shown as its article: without ways about the site, invitations, comments and what leads elsewhere', async () => {
    const document = await read(PAGE);
    expect(document.head.hasArticle).toBe(true);
    expect(articleOf(document)).toBe(['Where rivers rise', ...Array.from({ length: 7 }, () => SENTENCE.trim())].join('\n'));
  });

  it('has one text, which is that of the whole page', async () => {
    const { text } = await read(PAGE);
    for (const outside of ['Home', 'By Ann Miller', 'Share this', 'Lakes', 'to be honest', '© The Daily']) expect(text).toContain(outside);
  });

  it('says its title without its site, who wrote it and when', async () => {
    const { head } = await read(PAGE);
    expect(head.metadata).toMatchObject({ title: 'Where rivers rise', author: 'Ann Miller', date: '2021-05-03', site: 'The Daily' });
  });

  it.each([
    ['<h1><span>Hills and seas</span> Where rivers rise</h1>', 'Where rivers rise'],
    ['<h1><a href="#top"><span>Hills and seas</span><span>: </span><span>Where rivers rise</span></a></h1>', 'Where rivers rise'],
    ['<h1>Where <em>rivers</em> rise</h1>', 'Where rivers rise'],
    ['<h1>Where the <ruby>river<rt>ri-ver</rt></ruby> rises</h1>', 'Where the river rises'],
    ['<h1>The spring and the sea</h1>', 'The spring and the sea'],
    [`${paragraphs(3)}${`<p>${SENTENCE}${SENTENCE}</p>`.repeat(4)}<h1>While you are here</h1>`, 'Where rivers rise'],
  ])('is called by the heading in %j', async (heading, title) => {
    const { head } = await read(PAGE.replace('<h1>Where rivers rise</h1>', heading));
    expect(head.metadata.title).toBe(title);
  });

  it.each([
    ['<p>3 May 2021 | 13:10 | Ann Miller</p>', 'Ann Miller'],
    ['<p>3 May 2021 - Text: Ann Miller (Press)</p>', 'Ann Miller'],
    ['<p>Blog-Beitrag von Ann Miller</p>', 'Ann Miller'],
    ['<p class="byline">By <a href="/ann">Ann Miller</a> Daily Staff in the capital</p>', 'Ann Miller'],
    ['<p>Weather | 3 May 2021 | Ann Miller</p>', undefined],
    ['<p>Posted on 3 May 2021 by Ann Miller</p>', 'Ann Miller'],
    ['<p>Auteur : Ann Miller <b>Edition : B. Smith</b></p>', 'Ann Miller'],
    ['<p class="date-author">Ann Miller, 3.5.2021</p>', 'Ann Miller'],
    ['<p class="meta-prep-author">On 3 May 2021</p>', undefined],
    ['<h4 class="author">Our guest <span class="fn">Ann Miller</span></h4>', 'Ann Miller'],
    ['<p><a href="https://daily.example/about/newsteam/ann-miller">Ann Miller</a></p>', 'Ann Miller'],
    ['<p><a href="/user/annie7.html">annie7</a></p>', 'annie7'],
    ['<p><a href="/team/">The Whole Team</a> <a href="/seas/great-seas">Great Seas</a></p>', undefined],
  ])('is by whom the line %j says, as far as that is certain', async (line, author) => {
    const { head } = await read(PAGE.replace(/<div class=byline>.*?<\/div>/, line));
    expect(head.metadata.author).toBe(author);
  });

  it('is by all who are named in its byline, also one of nobility, and not by its site', async () => {
    const by = async (line: string, stated = '') =>
      (await read(PAGE.replace('<meta', `${stated}<meta`).replace(/<div class=byline>.*?<\/div>/, line))).head.metadata.author;
    const linked = (author: string) => `<script type="application/ld+json">{"@type":"NewsArticle","author":${author}}</script>`;
    expect(await by('<p>By Ann Miller, Bob Smith and Carla de Vries</p>')).toBe('Ann Miller, Bob Smith, Carla de Vries');
    expect(await by('<p>3.5.2021 13:30 von Olga</p>')).toBe('Olga');
    expect(await by('', linked('{"name":"Ludwig von Bergen"}'))).toBe('Ludwig von Bergen');
    expect(await by('<p>Written by: Ann Miller</p>', linked('{"name":"The Daily"}'))).toBe('Ann Miller');
    expect(await by('', '<meta name=author content="The Daily - Ann Miller">')).toBe('Ann Miller');
    expect(await by('', `${linked('{"name":"Ann Miller"}')}<meta name=author content="Ann Miller, Bob Smith">`)).toBe(
      'Ann Miller, Bob Smith',
    );
  });

  it.each([
    ['that it states', '', '<meta property=article:published_time content=2021-05-03T10:00:00Z>', '2021-05-03'],
    [
      'that it shows, where it tells another zone’s',
      '<time>4 May 2021</time>',
      '<meta property=article:published_time content=2021-05-03T23:00:00Z>',
      '2021-05-04',
    ],
    [
      'of a change that it shows and states',
      '<time>9 June 2021</time>',
      '<meta property=article:published_time content=2021-05-03><meta property=article:modified_time content=2021-06-09>',
      '2021-06-09',
    ],
    [
      'that it shows as a time right below its title, where it states another one',
      '<time datetime=2020-06-09>9 June 2020</time>',
      '<meta property=article:published_time content=2021-05-03>',
      '2020-06-09',
    ],
    [
      'that it states, where it shows that of a change',
      '<time itemprop=dateModified>9 June 2020</time>',
      '<meta property=article:published_time content=2021-05-03>',
      '2021-05-03',
    ],
    [
      'that it states, where a line has another one',
      '<p>9 June 2020</p>',
      '<meta property=article:published_time content=2021-05-03>',
      '2021-05-03',
    ],
    ['that a line says', '<p>Last updated: 9 June 2020, 10:00</p>', '', '2020-06-09'],
    ['with which a line begins', '<p>9.6.2020 - Desk: Ann Miller</p>', '', '2020-06-09'],
    ['never of who joined', '<p>Joined: 9 June 2020</p>', '', undefined],
    ['never of another page', '<p><a href=/x>Report of 9 June 2020</a></p>', '', undefined],
    [
      'right at its title, before one further below',
      `<p>Date: 9 June 2020</p>${'<p>.</p>'.repeat(20)}<time>4 May 2021</time>`,
      '',
      '2020-06-09',
    ],
    ['that a reader sees, before that which only its markup has', '<time datetime=2021-05-06>9 June 2020</time>', '', '2020-06-09'],
    [
      'in linked data that is no JSON',
      '',
      '<script type=application/ld+json>{"@type":"Article","headline":"A "good" one","datePublished":"2020-06-09"}</script>',
      '2020-06-09',
    ],
    ['never the one with which clocks begin', '', '<meta property=article:published_time content=1970-01-01T00:00:00Z>', undefined],
    ['never a time that a program wrote', '<p>2020-06-09T10:10:52+01:00</p>', '', undefined],
  ])('has the date %s', async (_, line, stated, date) => {
    const html = PAGE.replace('<meta', `${stated}<meta`).replace(/<div class=byline>.*?<\/div>/, line);
    expect((await read(html)).head.metadata.date).toBe(date);
  });

  it('has the date with which its first paragraph begins', async () => {
    const html = PAGE.replace('<p class=lead>', '<p class=lead>9 June 2020 – ').replace(/<div class=byline>.*?<\/div>/, '');
    expect((await read(html)).head.metadata.date).toBe('2020-06-09');
  });

  it('has no date of the day on which it was saved, which stands above its menu', async () => {
    const menu = `<p>Monday, 7 June 2021</p><ul>${'<li><a href=/x>Topic</a>'.repeat(20)}</ul>`;
    const date = async (stated: string) =>
      (
        await read(
          PAGE.replace('<header>', `<header>${menu}`)
            .replace('<meta', `${stated}<meta`)
            .replace(/<time.*?<\/time>/, ''),
        )
      ).head.metadata.date;
    expect([await date(''), await date('<meta property=article:published_time content=2021-06-06>')]).toEqual([undefined, '2021-06-06']);
  });

  it('has the date right above its title before all that stands further away, and none of the day on which it was saved', async () => {
    const filler = '<p>.</p>'.repeat(20);
    const date = async (above: string, below: string) =>
      (await read(PAGE.replace('<h1>', `${above}<h1>`).replace(/<div class=byline>.*?<\/div>/, below))).head.metadata.date;
    expect([
      await date('<p>9 June 2020</p>', `${filler}<p>4 May 2021</p>`),
      await date(`<p>Monday, 7 June 2021</p>${filler}`, ''),
      await date(`<p class=date>9 June 2020</p>${filler}`, `${filler}<p>4 May 2021</p>`),
    ]).toEqual(['2020-06-09', undefined, '2020-06-09']);
  });

  it('has the heading for its title that says what it is called, and not one that leads to the site', async () => {
    const title = async (from: string, to: string) => (await read(PAGE.replace(from, to))).head.metadata.title;
    const site = '<header><h1><a href="/">The Daily</a></h1>';
    expect(await title('<header>', '<header><h1>All that is new</h1>')).toBe('Where rivers rise');
    const unnamed = PAGE.replace('Where rivers rise | The Daily', 'The Daily')
      .replace(/<meta[^>]*>/, '')
      .replace('<header>', site);
    expect((await read(unnamed)).head.metadata.title).toBe('Where rivers rise');
  });

  it('leaves out what announces other pages, and headings of which nothing is left, but no list of things to be had elsewhere', async () => {
    const teaser = `<div class=x><h3><a href=/seas>Where seas end</a></h3><p>All that we know of seas, and of what is beyond them.</p></div>`;
    const ending = (html: string) => PAGE.replace('<h2>Related stories</h2>', html);
    const shown = articleOf(await read(ending(`<h2>On other waters</h2>${teaser}${teaser}`)));
    expect([shown.includes('seas'), shown.includes('On other waters'), shown.includes(SENTENCE.trim())]).toEqual([false, false, true]);
    expect(articleOf(await read(ending(teaser.repeat(12))))).toContain('All that we know of seas');
  });

  it('keeps a formula by itself, whatever is around it is called', async () => {
    const formula = '<math><mi>x</mi><mo>=</mo><mn>1</mn></math>';
    const html = PAGE.replace('<h2>Related', `<div class=equation-box><p>${formula}</p></div><h2>Related`);
    expect(
      articleOf(await read(html))
        .split('\n')
        .at(-1),
    ).toBe('x=1');
  });

  it('leaves out of headings what edits or links to them', async () => {
    const html = PAGE.replace(
      '<h2>Related',
      '<h2>Of sand<span class=mw-editsection>[<a href=/e>edit</a>]</span></h2><p>Sand.</p><h2>Of snow<a class=headerlink href=#s>¶</a></h2><p>Snow.</p><h2>Related',
    );
    expect(
      articleOf(await read(html))
        .split('\n')
        .slice(-4),
    ).toEqual(['Of sand', 'Sand.', 'Of snow', 'Snow.']);
  });

  it.each([
    ['what readers wrote', `<h3>3 Comments</h3><p>${SENTENCE}</p>`, ''],
    ['what is to be read elsewhere', '<p>Related articles</p><p>Seas, and what they bring.</p>', ''],
    [
      'nothing where the article goes on',
      `<p>Related articles</p><p>Seas, and what they bring.</p>${paragraphs(3)}`,
      'Seas, and what they bring.',
    ],
  ])('leaves out of its end %s', async (_, end, kept) => {
    const html = PAGE.replace('</div></article>', `${end}</div></article>`).replace(/<h2>Related stories.*?<\/ul>/, '');
    expect(
      articleOf(await read(html))
        .split('\n')
        .slice(8),
    ).toEqual(kept === '' ? [] : [kept, ...Array(3).fill(SENTENCE.trim())]);
  });

  it('keeps a line below its title that is long and needs no mark, and no long line that leads elsewhere', async () => {
    const line = 'How the snow of a whole winter comes down to the plains in a few weeks of spring, and where it goes';
    const under = (html: string) => read(PAGE.replace(/<p class=lead>.*?<\/p>/, html));
    expect(articleOf(await under(`<div><p>${line}</p></div>`))).toContain(line);
    expect(articleOf(await under(`<div><p>Read more: ${line.slice(0, 75)}</p></div>`))).not.toContain('Read more');
  });

  it('keeps what a recipe takes, which stands beside how it is made', async () => {
    const box =
      '<div><section class="recipe-ingredients"><h3>For the dough</h3><ul><li>Flour<li><a href=/butter>Butter</a></ul></section></div>';
    const article = articleOf(await read(PAGE.replace('<div class="article-body">', `${box}<div class="article-body">`)));
    for (const line of ['For the dough', 'Flour', 'Butter']) expect(article.split('\n')).toContain(line);
  });

  it.each([
    ['My father logged in his book where each of them rises, and how.', true],
    [`${SENTENCE}I have sailed on it every summer for many years, as my father did before me. We still never miss a ship.`, true],
    ['The river shop is full of affiliates of the mill, who buy their flour there.', true],
    ['Never miss a story: follow us on every network.', false],
    ['This text has affiliate links.', false],
    ['Dieser Beitrag enthält Werbung für ein Boot, das wir im Sommer getestet haben.', false],
    ['Do you want to know what we do for the rivers? Sign up here', false],
    ['Follow The Daily on Twitter and Instagram. Send us a message about your river.', false],
    ['Mira: El río que nace en la sierra y llega al mar', false],
    ['Explore further', false],
    ['Schon gelesen? Wo die Flüsse entspringen', false],
  ])('of %j keeps what is not mostly about its site', async (paragraph, isKept) => {
    const article = articleOf(await read(PAGE.replace('<div class="share-buttons">', `<p>${paragraph}</p><div class="share-buttons">`)));
    expect(article.includes(paragraph.slice(0, 40))).toBe(isKept);
  });

  it('is found beside a long list of addresses that is said to programs', async () => {
    const addresses = `<div>${'<div>https://daily.example/pictures/1.jpg https://daily.example/pictures/2.jpg, Ann.</div>'.repeat(40)}</div>`;
    const article = articleOf(await read(PAGE.replace('<footer>', `${addresses}<footer>`)));
    expect(article).toContain('The river rises');
    expect(article).not.toContain('pictures');
  });

  it('is found in what is named for its components, or for what shares it', async () => {
    for (const name of ['cmp-text', 'entry share', 'sharing-container', 'sidebar__main']) {
      const article = articleOf(
        await read(PAGE.replace('class="article-body"', `class="${name}"`).replace('<article>', '').replace('</article>', '')),
      );
      expect(article.split('\n').filter((line) => line === SENTENCE.trim())).toHaveLength(7);
    }
  });

  it.each([
    ['it is named an article', 'Spring', 'div class="entry-content"', 1, true],
    ['its title is known', 'Where the rivers rise', 'div', 2, true],
    ['neither is so', 'Spring', 'div', 2, undefined],
    ['it is a form', 'Where the rivers rise', 'form', 2, undefined],
  ])('of some sentences is shown by itself, or not, where %s', async (_, title, element, count, hasArticle) => {
    const { head, sections } = await read(
      `<!doctype html><title>${title}</title><body><div>Home</div><h1>${title}</h1><${element}>${paragraphs(count)}</${element.split(' ')[0]}><div>All of this is ours (c)</div>`,
    );
    expect([head.hasArticle, sections.some(({ outside }) => outside)]).toEqual([hasArticle, hasArticle === true]);
  });

  it('has nothing of who wrote it, of other pages beside it, or of what is sold with it', async () => {
    for (const box of ['div itemprop=author', 'div class=nextpost', 'div class="page-abowerbung"', 'div class=disclosure']) {
      const html = PAGE.replace(
        '<h2>Related stories',
        `<${box}><p>Of another matter than this, a few words, and then some more of them.</p></div><h2>Related stories`,
      );
      expect(articleOf(await read(html))).not.toContain('another matter');
    }
  });

  it('keeps a sentence right under its title that is one link, and no name of a topic', async () => {
    const under = (line: string) =>
      read(PAGE.replace('<h1>Where rivers rise</h1>', `<h1>Where rivers rise</h1><p><a href=/x>${line}</a></p>`));
    expect(articleOf(await under('The whole report on the rivers of this land'))).toContain('The whole report');
    expect(articleOf(await under('Weather'))).not.toContain('Weather');
    expect(articleOf(await under('Read more on the rivers of this land'))).not.toContain('Read more');
  });

  it('counts the words of the article, and takes its heading for the title where none is stated', async () => {
    const html = PAGE.replace(/<title>.*?<\/title>/, '').replace('<header>', '<header><h1>The Daily</h1>');
    const source = documentBytes(new TextEncoder().encode(html), 'page.html');
    const parts = (await readerOf('html')).read(source, { signal: new AbortController().signal });
    const { titles, words } = await readFacts(parts, { format: 'html', fileName: 'page.html' });
    expect([titles[0], words]).toEqual(['Where rivers rise', 3 + 7 * SENTENCE.trim().split(' ').length]);
  });

  it.each([
    ['one that is short', '<nav><a href=/>Home</a></nav><p>Closed today.</p>'],
    ['a list of links', `<h1>All pages</h1><ul>${'<li><a href=/x>A page of some name</a>'.repeat(200)}</ul>`],
    ['one that is nothing but text', paragraphs(20)],
  ])('shows all of %s', async (_, html) => {
    const { head, sections } = await read(`<!doctype html><title>T</title><body>${html}`);
    expect([head.hasArticle, sections.some(({ outside }) => outside)]).toEqual([undefined, false]);
  });

  it('loses no answer of a thread', async () => {
    const posts = Array.from(
      { length: 8 },
      (_, index) => `<article class=post><h3>Poster ${index}</h3><p>Answer ${index}. ${SENTENCE}</p></article>`,
    );
    const document = await read(
      `<!doctype html><title>A thread</title><body><nav><a href=/>Home</a></nav><main><h1>A thread</h1>${posts.join('')}</main>`,
    );
    for (let index = 0; index < posts.length; index += 1) expect(articleOf(document)).toContain(`Answer ${index}.`);
  });

  it('shows all of a page of which nearly everything is called a comment', async () => {
    const comments = `<div class=comment><p>${SENTENCE}</p></div>`.repeat(60);
    const { head } = await read(
      `<!doctype html><title>A question</title><body><main><h1>A question</h1>${paragraphs(3)}<div class=comments>${comments}</div></main>`,
    );
    expect(head.hasArticle).toBeUndefined();
  });

  it('shows all of any markup, or an article and what is outside of it', async () => {
    const part = fc.oneof(
      markupPieces,
      fc.constantFrom(paragraphs(3), '<article>', '</article>', '<main>', '</main>', '<aside>', '</aside>', '<nav>', '</nav>', SENTENCE),
      fc.constantFrom(
        '<div class=share>',
        '<div class="entry-content">',
        '<div id=comments>',
        '</div>',
        '<h2>Related</h2>',
        '<footer>',
        '</footer>',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 60 }), async (pieces) => {
        await read(`<!doctype html>${pieces.join('')}`);
      }),
      { numRuns: 150 },
    );
  });

  it('is told by any bytes: a model, or a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        try {
          expectSound(await readAll(bytes, 'html'));
        } catch (error) {
          expect(String(error)).toMatch(/^UnreadableDocument: “file” .*\.$/);
        }
      }),
      { numRuns: 100 },
    );
  });
});
