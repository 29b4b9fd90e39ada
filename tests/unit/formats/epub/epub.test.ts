import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { pathWithin } from '#model';
import { epub } from '../../../../electron/formats/epub/epub';
import { openBook } from '../../../../electron/formats/epub/package';
import { documentBytes } from '../../../../electron/formats/format';
import { UnreadableDocument } from '../../../../electron/formats/unreadable';
import { expectSound, type ReadDocument, readAll, walkNodes } from '../document-parts';
import { filesOfBook, makeBook, type TestBook, withMoreLike } from './make-book';

const two = { chapters: { one: '<h1>First</h1><p>It began.</p>', two: '<h1 id="top">Second</h1><p>It ended.</p>' } };

function attributesOf({ sections }: ReadDocument, name: string): string[] {
  return sections.flatMap(({ nodes }) =>
    [...walkNodes(nodes)].flatMap(({ node }) => (typeof node === 'object' && 'e' in node ? (node.a?.[name] ?? []) : [])),
  );
}

describe('a book', () => {
  test('is one text over its spine, with the headings of its chapters', async () => {
    const read = await readAll(makeBook(two), 'epub');
    expectSound(read);
    expect(read.text).toBe('First\nIt began.\nSecond\nIt ended.');
    const headings = read.sections.flatMap((section) => section.headings);
    expect(headings.map(({ title, start }) => [title, start])).toEqual([
      ['First', 0],
      ['Second', 16],
    ]);
    expect(read.end.notices).toEqual([]);
  });

  const plain = { one: '<p id="a">I</p><p>It began.</p><p id="b">II</p><p>It went on.</p>', two: '<p>It ended.</p>' };
  const outlineOf = ({ sections, text }: ReadDocument) =>
    sections.flatMap(({ headings }) => headings.map(({ title, level, start, end }) => [title, level, text.slice(start, end)]));
  const wanted = [
    ['Part one', 1, 'I'],
    ['Its second chapter', 2, 'II'],
    ['The end', 1, 'It ended.'],
  ];

  test('has the outline of its navigation document, whatever its chapters look like', async () => {
    const nav = `<html xmlns:epub="x"><body><nav epub:type="landmarks"><ol><li><a href="two.xhtml">No</a></li></ol></nav><nav epub:type="toc"><ol>
      <li><a href="one.xhtml#a">Part <b>one</b></a><ol><li><a href="one.xhtml#b">Its second chapter</a></li></ol></li><li><a href="two.xhtml">The end</a></li>
      <li><a href="gone.xhtml">Gone</a></li></ol></nav></body></html>`;
    const items = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>';
    const read = await readAll(makeBook({ chapters: plain, items, files: { 'OPS/nav.xhtml': nav } }), 'epub');
    expectSound(read, { hasContents: true });
    expect(outlineOf(read)).toEqual(wanted);
  });

  test('has the outline of its NCX where it is an older one', async () => {
    const point = (src: string, label: string, inner = '') =>
      `<navPoint><navLabel><text>${label}</text></navLabel><content src="${src}"/>${inner}</navPoint>`;
    const ncx = `<?xml version="1.0"?><ncx><docTitle><text>Book</text></docTitle><navMap>${point('one.xhtml#a', 'Part one', point('one.xhtml#b', 'Its second chapter'))}${point('two.xhtml', 'The end')}</navMap></ncx>`;
    const items = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>';
    const read = await readAll(makeBook({ chapters: plain, items, files: { 'OPS/toc.ncx': ncx } }), 'epub');
    expectSound(read, { hasContents: true });
    expect(outlineOf(read)).toEqual(wanted);
  });

  const pagesOf = ({ sections, text }: ReadDocument) =>
    sections.flatMap(({ pages = [] }) => pages.map(([label, offset]) => [label, text.slice(offset, offset + 9)]));

  test('tells where its printed pages begin, by its list of pages or where they stand in it', async () => {
    const chapters = {
      one: '<p id="a">It began.</p><p>It <span epub:type="pagebreak" id="p2" title="2">2</span>went on <span role="doc-pagebreak" aria-label="Page 3"/>and on.</p>',
      two: '<p>It ended.</p>',
    };
    const nav = `<html xmlns:epub="x"><body><nav epub:type="page-list"><ol><li><a href="one.xhtml#a">xii</a></li>
      <li><a href="one.xhtml#p2">2a</a></li><li><a href="two.xhtml">4</a></li></ol></nav></body></html>`;
    const items = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>';
    const read = await readAll(makeBook({ chapters, items, files: { 'OPS/nav.xhtml': nav } }), 'epub');
    expectSound(read);
    expect(read.text).toBe('It began.\nIt went on and on.\nIt ended.');
    expect(pagesOf(read)).toEqual([
      ['xii', 'It began.'],
      ['2a', 'went on a'],
      ['3', 'and on.\nI'],
      ['4', 'It ended.'],
    ]);
  });

  test('tells them by its NCX where it is an older one', async () => {
    const target = (value: string, src: string) =>
      `<pageTarget type="normal" value="${value}"><navLabel><text>p. ${value}</text></navLabel><content src="${src}"/></pageTarget>`;
    const ncx = `<?xml version="1.0"?><ncx><navMap/><pageList>${target('7', 'one.xhtml#b')}${target('8', 'two.xhtml')}</pageList></ncx>`;
    const items = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>';
    const read = await readAll(makeBook({ chapters: plain, items, files: { 'OPS/toc.ncx': ncx } }), 'epub');
    expectSound(read);
    expect(pagesOf(read)).toEqual([
      ['7', 'II\nIt wen'],
      ['8', 'It ended.'],
    ]);
  });

  test.each([
    ['its type', '<aside epub:type="footnote" id="n" hidden=""><p>One.</p><p>Two.</p></aside>'],
    ['its role', '<div role="doc-endnote" id="n"><p>One.</p><p>Two.</p></div>'],
    ['its class', '<div class="a footnote"><p id="n">One.</p><p>Two.</p></div>'],
    ['a link back', '<div id="n"><p>One.</p><p>Two. <a href="one.xhtml#r">↩</a></p></div>'],
    ['a number that leads back', '<div id="n"><p><a href="#r">1.</a> One.</p><p>Two.</p></div>'],
  ])('has notes as boxes of their own, known by %s', async (_, note) => {
    const read = await readAll(makeBook({ chapters: { one: `<p>Said<a epub:type="noteref" id="r" href="#n">1</a></p>${note}` } }), 'epub');
    expectSound(read);
    const drawn = read.sections.flatMap(({ nodes }) =>
      [...walkNodes(nodes)].flatMap(({ node }) => (typeof node === 'object' && 'e' in node ? [node] : [])),
    );
    expect(drawn.filter(({ l }) => l?.includes('footnote')).map(({ e }) => e)).toEqual(['div']);
    expect(read.text).toMatch(/^Said1\n.*One\.\nTwo\./);
    const [sign] = drawn.filter(({ e }) => e === 'sup');
    expect(sign?.c).toMatchObject([{ e: 'a', a: { href: expect.stringContaining('n') } }]);
  });

  test('has no boxes around what only begins with a number, or holds more than a note', async () => {
    const chapters = {
      one: '<div id="a"><p>1. One</p></div><div id="b"><h2>Two</h2><p><a href="#r">1</a></p></div><div id="d">A verse <a epub:type="noteref" href="#n">*</a></div><div id="c" class="footnotes"><div><a href="#r">↩</a></div></div>',
    };
    const { sections } = await readAll(makeBook({ chapters }), 'epub');
    expect(JSON.stringify(sections)).not.toContain('"footnote"');
  });

  test('reads a package and links that are made to take long', async () => {
    const many = (each: (index: number) => string): string => Array.from({ length: 10_000 }, (_, index) => each(index)).join('');
    const metadata = many((index) => `<meta property="belongs-to-collection" id="c${index}">x</meta>`);
    const items = many((index) => `<item id="i${index}" href="i${index}" media-type="x/y" fallback="i${(index + 1) % 10_000}"/>`);
    const spine = many((index) => `<itemref idref="i${index}"/>`);
    const chapters = { one: `<div id="n"><p>Words</p><a href="#r">${' '.repeat(100_000)}x!</a></div>` };
    const read = await readAll(makeBook({ chapters, metadata, items: items + spine }), 'epub');
    expect(read.text).toContain('Words');
    expect(read.head.metadata.series).toBeUndefined();
    expect(read.end.notices).toHaveLength(21);
    expect(read.end.notices.at(-1)).toBe('So it is with 9980 more parts of this book.');
  });

  test('tells title, authors, date and language', async () => {
    const metadata = `<dc:title>A <!-- -->Book</dc:title><dc:creator>Ann</dc:creator><dc:creator>Ben</dc:creator>
      <dc:date>2019-05-04T00:00:00Z</dc:date><dc:language>de-at</dc:language><meta property="dcterms:modified">2020-01-01</meta>`;
    const { head } = await readAll(makeBook({ ...two, metadata }), 'epub');
    expect(head.metadata).toMatchObject({ title: 'A Book', author: 'Ann; Ben', date: '2019-05-04', language: 'de-AT' });
    expect(head.language).toBe('de-AT');
  });

  test('tells publisher, series and subjects, as EPUB 3 and as Calibre write them', async () => {
    const common = '<dc:publisher>A House</dc:publisher><dc:subject>Whales</dc:subject><dc:subject>Sea</dc:subject>';
    const collection = `<meta property="belongs-to-collection" id="c">Voyages</meta><meta refines="#c" property="collection-type">series</meta>
      <meta refines="#c" property="group-position">2</meta>`;
    const calibre = '<meta name="calibre:series" content="Voyages"/><meta name="calibre:series_index" content="2.0"/>';
    for (const series of [collection, calibre]) {
      const { head } = await readAll(makeBook({ ...two, metadata: common + series }), 'epub');
      expect(head.metadata).toMatchObject({ publisher: 'A House', subjects: ['Whales', 'Sea'], series: 'Voyages', volume: '2' });
    }
    const { head } = await readAll(makeBook({ ...two, metadata: common }), 'epub');
    expect(head.metadata.hasCover).toBeUndefined();
  });

  const png = Uint8Array.of(1, 2, 3);
  const coverOf = (book: TestBook) => {
    const bytes = makeBook(book);
    const source = { size: bytes.length, fileName: 'file', read: async (start: number, end: number) => bytes.subarray(start, end) };
    return epub.cover?.(source, { signal: new AbortController().signal });
  };
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><image xlink:href="cover.png"/></svg>';
  test.each([
    ['a picture', '<item id="c" href="cover.png" properties="cover-image" media-type="image/png"/>', '', 'image/png'],
    ['a picture of EPUB 2', '<item id="c" href="cover.png" media-type="image/png"/>', '<meta name="cover" content="c"/>', 'image/png'],
    [
      'a drawing that frames a picture',
      '<item id="c" href="cover.png" media-type="image/png"/><item id="s" href="cover.svg" properties="cover-image" media-type="image/svg+xml"/>',
      '',
      'image/png',
    ],
    ['a drawing', '<item id="s" href="only.svg" properties="cover-image" media-type="image/svg+xml"/>', '', 'image/svg+xml'],
  ])('has %s as its cover, on top and by itself', async (_, items, metadata, mediaType) => {
    const only = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>';
    const book = { ...two, items, metadata, files: { 'OPS/cover.png': png, 'OPS/cover.svg': svg, 'OPS/only.svg': only } };
    const read = await readAll(makeBook(book), 'epub');
    expectSound(read);
    expect(read.head.metadata.hasCover).toBe(true);
    expect(attributesOf(read, 'alt')).toEqual(['Cover']);
    expect(attributesOf(read, 'src')).toEqual([expect.stringContaining(`data:${mediaType};base64,`)]);
    expect(await coverOf(book)).toMatchObject({ mediaType });
  });

  test('shows no cover above itself or a page that is a picture, nor one that is no picture', async () => {
    const other = '<item id="o" href="other.png" media-type="image/png"/>';
    const items = '<item id="c" href="cover.png" properties="cover-image" media-type="image/png"/>';
    const files = { 'OPS/cover.png': png, 'OPS/other.png': png };
    const altsOf = async (one: string) =>
      attributesOf(await readAll(makeBook({ chapters: { one, two: '<p>Text</p>' }, items: items + other, files }), 'epub'), 'alt');
    expect(await altsOf('<p>Words <img src="cover.png" alt="Own"/></p>')).toEqual(['Own']);
    expect(await altsOf('<p><img src="other.png" alt="A page"/></p>')).toEqual(['A page']);
    expect(await altsOf('<h1>Title</h1><p><img src="other.png" alt="Logo"/></p>')).toEqual(['Cover', 'Logo']);
    const gone = await readAll(makeBook({ ...two, items }), 'epub');
    expect([gone.head.metadata.hasCover, attributesOf(gone, 'alt')]).toEqual([undefined, []]);
    const text = items.replace('image/png', 'text/plain');
    expect(attributesOf(await readAll(makeBook({ ...two, items: text, files }), 'epub'), 'alt')).toEqual([]);
    expect(await coverOf({ ...two, items: text, files })).toBeUndefined();
  });

  test('shows a part as often as its spine names it, but does not grow without end', async () => {
    const files = filesOfBook(two);
    const opf = new TextDecoder().decode(files['OPS/book.opf']);
    const make = (count: number) => {
      files['OPS/book.opf'] = strToU8(opf.replace('</spine>', `${'<itemref idref="two"/>'.repeat(count)}</spine>`));
      return zipSync(files);
    };
    const twice = await readAll(make(1), 'epub');
    expectSound(twice);
    expect(twice.text).toBe('First\nIt began.\nSecond\nIt ended.\nSecond\nIt ended.');
    const countOf = async (book: Uint8Array) => {
      const { spine, close } = await openBook(documentBytes(book, 'a.epub'), new AbortController().signal);
      await close();
      return spine.length;
    };
    expect(await countOf(make(8_000))).toBeLessThan(5_000);
    const unread = `<!--${Array.from({ length: 20_000 }, (_, index) => index).join()}-->`;
    files['OPS/two.xhtml'] = strToU8(`${new TextDecoder().decode(files['OPS/two.xhtml'])}${unread}`);
    expect(await countOf(make(8_000))).toBeLessThan(50);
  });

  test('tells titles in the direction that is said of them', async () => {
    const titleIn = async (title: string) => (await readAll(makeBook({ ...two, metadata: title }), 'epub')).head.metadata.title;
    expect(await titleIn('<dc:title dir="rtl">CSS: הרפתקה</dc:title>')).toBe('\u200fCSS: הרפתקה');
    expect(await titleIn('<dc:title dir="auto">CSS: הרפתקה</dc:title>')).toBe('CSS: הרפתקה');
    expect(await titleIn('<dc:title dir="rtl">A title</dc:title>')).toBe('A title');
  });

  test('shows what the manifest names in the place of a picture that cannot be shown, and says where a part is none', async () => {
    const items = `<item id="p" href="p.psd" media-type="image/psd" fallback="q"/><item id="q" href="q.png" media-type="image/png"/>`;
    const files = { 'OPS/p.psd': png, 'OPS/q.png': png };
    const read = await readAll(makeBook({ chapters: { one: '<p><img src="p.psd" alt=""/></p>' }, items, files }), 'epub');
    expect(attributesOf(read, 'src')).toEqual([expect.stringContaining('data:image/png')]);
    const all = filesOfBook({ ...two, items: '<item id="p" href="p.psd" media-type="image/psd"/>', files });
    const opf = new TextDecoder().decode(all['OPS/book.opf']);
    all['OPS/book.opf'] = new TextEncoder().encode(opf.replace('</spine>', '<itemref idref="p"/></spine>'));
    expect((await readAll(zipSync(all), 'epub')).end.notices).toEqual(['“p.psd” (part 3 of 3) is of a kind that Lectern cannot show.']);
  });

  test('says that its XML has errors, and reads it all the same', async () => {
    const read = await readAll(makeBook({ chapters: { one: '<p>One', two: '<p>Two</p>' } }), 'epub');
    expect(read.text).toBe('One\nTwo');
    expect(read.end.notices).toEqual([expect.stringMatching(/^One part of this book has errors in the XML/)]);
  });

  test('takes the declarations of a document type for no text', async () => {
    const files = filesOfBook({ chapters: { one: '' } });
    const xml = '<?xml version="1.0"?>\n<!DOCTYPE html [\n<!ENTITY x SYSTEM "x">\n]>\n<html><body><p>One</p></body></html>';
    files['OPS/one.xhtml'] = new TextEncoder().encode(xml);
    const read = await readAll(zipSync(files), 'epub');
    expect([read.text, read.end.notices]).toEqual(['One', []]);
  });

  test('gives a drawing the styles of its chapter, and a chapter its own direction', async () => {
    const files = filesOfBook({ chapters: { one: '' } });
    files['OPS/one.xhtml'] = new TextEncoder().encode(
      '<html dir="rtl" lang="he"><head><style>.a { fill: red }</style></head><body><p>אחת</p><svg><path class="a"/></svg></body></html>',
    );
    const read = await readAll(zipSync(files), 'epub');
    expectSound(read);
    expect(decodeURIComponent(attributesOf(read, 'src')[0] ?? '')).toContain('<style>.a { fill: red }</style>');
    expect([attributesOf(read, 'dir')[0], attributesOf(read, 'lang')[0]]).toEqual(['rtl', 'he']);
  });

  test('has links that lead over chapters, to the same names in each', async () => {
    const chapters = {
      one: '<p id="n">One <a href="two.xhtml#n">over</a> <a href="./two.xhtml">on</a></p>',
      two: '<p><a id="m"/>Two</p><p id="n"><a href="#n">here</a></p>',
    };
    const read = await readAll(makeBook({ chapters }), 'epub');
    expectSound(read);
    const targets = new Map(read.sections.flatMap((section) => section.targets));
    const places = attributesOf(read, 'href').map((href) => targets.get(decodeURIComponent(href.slice(1))));
    const second = read.text.indexOf('Two');
    expect(places).toEqual([read.text.indexOf('here'), second, read.text.indexOf('here')]);
  });

  test('brings its pictures, those too that a cover frames in SVG', async () => {
    const chapters = {
      one: '<svg viewBox="0 0 1 1"><image width="1" height="1" xlink:href="art/Cover.png"/></svg><p>Text <img src="art/none.png" alt="gone"/></p>',
    };
    const items = '<item id="c" href="art/cover.png" media-type="image/png"/>';
    const read = await readAll(makeBook({ chapters, items, files: { 'OPS/art/cover.png': Uint8Array.of(1, 2, 3) } }), 'epub');
    expectSound(read);
    expect(attributesOf(read, 'src')).toEqual(['data:image/png;base64,AQID', 'art/none.png']);
  });

  test('tells where its larger pictures lie, and gives them when they are asked for: it may hold any number', async () => {
    const picture = new Uint8Array(12_000_000).fill(7);
    for (let index = 0; index < picture.length; index += 400) picture[index] = index % 251;
    const items = '<item id="a" href="art/an a.png" media-type="image/png"/>';
    const chapters = { one: '<p>One <img src="art/an%20a.png" alt="A picture"/></p>' };
    const book = makeBook({ chapters, items, files: { 'OPS/art/an a.png': picture } });
    const large = withMoreLike(book, 'OPS/art/an a.png', 30);
    const read = await readAll(large, 'epub');
    expectSound(read);
    const [src = ''] = attributesOf(read, 'src');
    expect([src, pathWithin(src)]).toEqual(['within:OPS%2Fart%2Fan%20a.png', 'OPS/art/an a.png']);
    const { signal } = new AbortController();
    const found = await epub.embedded?.(documentBytes(large, 'a.epub'), 'OPS/art/an a.png', { signal });
    expect(found?.mediaType).toBe('image/png');
    expect(Buffer.from(found?.bytes ?? []).equals(picture)).toBe(true);
    await expect(readAll(withMoreLike(book, 'OPS/art/an a.png', 300), 'epub')).rejects.toThrow('larger than 2048 MB');
  });

  test('brings no more of its small pictures along with its text than there is room for', async () => {
    const names = Array.from({ length: 400 }, (_, index) => `${index}.png`);
    const noise = Uint8Array.from({ length: 16_400 }, (_, index) => (index * index) >> 5);
    const read = await readAll(
      makeBook({
        chapters: { one: names.map((name) => `<p><img src="${name}" alt=""/></p>`).join('') },
        items: names.map((name, index) => `<item id="p${index}" href="${name}" media-type="image/png"/>`).join(''),
        files: Object.fromEntries(names.map((name, index) => [`OPS/${name}`, noise.subarray(index, index + 16_000)])),
      }),
      'epub',
    );
    const sources = attributesOf(read, 'src');
    const within = sources.findIndex((src) => pathWithin(src) !== undefined);
    expect(sources).toHaveLength(400);
    expect(within).toBeGreaterThan(200);
    expect(sources.slice(within).every((src) => pathWithin(src) !== undefined)).toBe(true);
  });

  test('is read as far as it goes, and says which part could not be', async () => {
    const files = filesOfBook({ chapters: { one: '<p>One</p>', two: '<p>Two</p>', three: '<p>Three</p>' } });
    delete files['OPS/two.xhtml'];
    delete files['mimetype'];
    const read = await readAll(zipSync(files), 'epub');
    expectSound(read);
    expect(read.text).toBe('One\nThree');
    expect(read.end.notices).toEqual(['“two.xhtml” (part 2 of 3) is missing in this book.']);
  });

  test('may be found without its container file, and with paths in another case', async () => {
    const files = filesOfBook(two);
    delete files['META-INF/container.xml'];
    const one = files['OPS/one.xhtml'];
    delete files['OPS/one.xhtml'];
    if (one) files['OPS/ONE.XHTML'] = one;
    expect((await readAll(zipSync(files), 'epub')).text).toBe('First\nIt began.\nSecond\nIt ended.');
  });

  test('says that its pages have a fixed layout', async () => {
    const { head } = await readAll(makeBook({ ...two, metadata: '<meta property="rendition:layout">pre-paginated</meta>' }), 'epub');
    expect(head.notices).toEqual([expect.stringContaining('fixed layout')]);
  });
});

describe('what is no book', () => {
  const encrypted = (algorithm: string) =>
    makeBook({
      ...two,
      files: {
        'META-INF/encryption.xml': `<encryption><enc:EncryptedData><enc:EncryptionMethod Algorithm="${algorithm}"/></enc:EncryptedData></encryption>`,
      },
    });

  test('says what it is', async () => {
    await expect(readAll(new Uint8Array(), 'epub')).rejects.toThrow('is empty');
    await expect(readAll('no zip', 'epub')).rejects.toThrow('container is damaged');
    await expect(readAll(zipSync({ 'a.txt': Uint8Array.of(65) }), 'epub')).rejects.toThrow('lists its chapters is missing');
    await expect(readAll(makeBook({ chapters: {} }), 'epub')).rejects.toThrow('lists no chapters');
    await expect(readAll(encrypted('http://www.w3.org/2001/04/xmlenc#aes256-cbc'), 'epub')).rejects.toThrow('copy protection');
    const bomb = makeBook({ ...two, files: { 'OPS/zeros.xhtml': new Uint8Array(20_000_000) } });
    await expect(readAll(bomb, 'epub')).rejects.toThrow('times as large');
  });

  test('is not a book whose fonts alone are garbled', async () => {
    expect((await readAll(encrypted('http://www.idpf.org/2008/embedding'), 'epub')).text).toContain('It began.');
  });

  test('says that its list of chapters is damaged', async () => {
    const files = filesOfBook(two);
    files['OPS/book.opf'] = new Uint8Array();
    await expect(readAll(zipSync(files), 'epub')).rejects.toThrow('lists its chapters is missing or damaged');
  });

  test('any damage gives a sound text or a sentence', async () => {
    const bytes = makeBook(two);
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(bytes.length), async (changes, cut) => {
        const damaged = bytes.slice(0, cut % 3 === 0 ? cut : bytes.length);
        for (const [at, value] of changes) damaged[at] = value;
        try {
          expectSound(await readAll(damaged, 'epub'));
        } catch (error) {
          if (!(error instanceof UnreadableDocument)) throw error;
        }
      }),
    );
  });

  test('any package document and chapter give a sound text or a sentence', async () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<item id="one" href="../../x"/>',
      '<itemref idref="one"/>',
      '<a id="i" href="#i"/>',
      '<![CDATA[',
      ']]>',
      'text ',
      '&amp;',
      '<svg><image href="i"/>',
      '<table><td>',
      '</body>',
      '<h1/>',
      '<aside epub:type="footnote" id="n" hidden="">',
      '</aside>',
      '<a epub:type="noteref" href="#n">1</a>',
      '<span epub:type="pagebreak" title="7"/>',
      '<span role="doc-pagebreak" id="i">8</span>',
      '<div id="n"><a href="#n">1</a>',
      '<style>a { color: red }</style>',
      '<svg><path/></svg>',
      '<!DOCTYPE x [<!ENTITY y "z">]>',
    );
    const markup = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(markup, markup, markup, async (one, second, items) => {
        try {
          expectSound(await readAll(makeBook({ chapters: { one, two: second }, items }), 'epub'));
        } catch (error) {
          if (!(error instanceof UnreadableDocument)) throw error;
        }
      }),
    );
  });
});
