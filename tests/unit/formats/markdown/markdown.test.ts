import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNote } from '../../../../electron/formats/markdown/note';
import { expectSound, lengthOf, readAll, walkNodes } from '../document-parts';

async function read(markdown: string) {
  const read = await readAll(markdown, 'markdown');
  expectSound(read);
  return read;
}

describe('Markdown', () => {
  it('has its front matter unseen before its text', async () => {
    const { text, head, sections } = await read('---\ntitle: A\nlang: de\n---\n\n# Head\n\nText *of* it.\n');
    expect(head).toMatchObject({ language: 'de', metadata: { title: 'A', language: 'de' } });
    expect(text).toBe('---\ntitle: A\nlang: de\n---\nHead\nText of it.');
    expect(sections[0]?.nodes.slice(0, 3)).toEqual([
      { e: 'div', a: { hidden: '' }, l: ['header'], c: [{ unseen: 25 }] },
      1,
      { e: 'h1', a: { id: 'head', dir: 'auto' }, c: [4] },
    ]);
    expect(sections[0]?.blocks).toEqual([
      [0, 25, 'header'],
      [26, 30, 'heading'],
      [31, 42, 'paragraph'],
    ]);
    expect(sections[0]?.targets).toEqual([['head', 26]]);
  });

  it('is sound whatever stands in front of it', async () => {
    const piece = fc.constantFrom(
      ...[
        'a: b\n',
        'k: "[[a|b]]"\n',
        '- [[x]]\n',
        'l:\n',
        '- c\n',
        '? x\n: y\n',
        '&a ',
        '*a',
        ': ',
        '|\n  t\n',
        '>-\n\n',
        '{a: [[b]]}',
        '[c, [[d]]]',
      ],
      ...[
        '# c\n',
        '"',
        "'",
        '\\"',
        '\n',
        '  ',
        '\t',
        'é',
        '\r\n',
        '!!str ',
        '<<: ',
        'https://a.test ',
        '[[|',
        '|]]',
        'x = "y"\n',
        'z = [1, "w"]\n',
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), fc.constantFrom('---', '+++'), async (pieces, fence) => {
        await read(`${fence}\n${pieces.join('')}\n${fence}\nText`);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    [
      '---\ntitle: A\ncategories:\n  - "[[Trips|Far away]]"\n  - [[Sea]]\nurl: https://a.test/b\nempty:\n"": no name\nnote: >\n  Two\n  lines\n---\n',
      ['title: A', 'categories: <Trips|Far away>Far away / <Sea>Sea', 'url: <https://a.test/b>https://a.test/b', 'note: Two\n  lines'],
    ],
    [
      '+++\r\ntitle = "A"\r\nweight = 10\r\ntags = ["b", \'c d\']\r\n[extra]\r\non = true\r\n+++\r\n',
      ['title: A', 'weight: 10', 'tags: b / c d', 'on: true'],
    ],
  ])('shows as a list what %j says', async (header, list) => {
    for (const body of ['', 'Text.']) {
      const { text, sections } = await read(header + body);
      const [details] = sections[0]?.nodes ?? [];
      expect(details).toMatchObject({ e: 'details', l: ['properties'], ...(body === '' && { a: { open: '' } }) });
      const lines: string[] = [];
      let at = 0;
      let link = '';
      for (const { node } of walkNodes([details ?? 0])) {
        if (typeof node === 'object' && 'e' in node) {
          if (node.e === 'dt') lines.push('');
          if (node.e === 'dd') lines[lines.length - 1] += lines.at(-1)?.includes(': ') ? ' / ' : ': ';
          if (node.e === 'a') link = `<${node.a?.['title-link'] ?? node.a?.['href']}>`;
        } else if (typeof node === 'number') {
          lines[lines.length - 1] += link + text.slice(at, at + node).replaceAll('\r', '');
          link = '';
        }
        at += lengthOf(node);
      }
      expect(lines).toEqual(list);
      expect(sections[0]?.blocks[0]).toEqual([0, header.trimEnd().length, 'header']);
    }
  });

  it.each([
    ['one\ntwo  \nthree', 'one two\nthree'],
    ['- a\n- b\n\n  c', 'a\nb\nc'],
    ['- [x] done', '☑ done'],
    ['| a | b |\n|---|---|\n| c | d |', 'a\tb\nc\td'],
    ['```\n  x\n\ny\n```\nz', '  x\n\ny\n\nz'],
    ['a <script>alert(1)</script> b [[Title]]', 'a b Title'],
    ['<title>x</title>\n\nText', 'Text'],
    ['**a**`b`~~c~~ ![d](e.png)', 'abc'],
  ])('%j reads %j', async (markdown, text) => {
    expect((await read(markdown)).text).toBe(text);
  });

  it.each([100, 5_000, 40_000])('is shown as it is written where it has %i quotes in one another', async (depth) => {
    const { head, text } = await read(`${'>'.repeat(depth)} inmost\n`);
    expect(head.notices).toEqual([
      expect.stringMatching(/^This Markdown (?:is nested too deep|takes too long) to lay out, so you see it as it is written\.$/),
    ]);
    expect(text).toContain('> inmost');
  });

  it('is laid out with as many quotes in one another as anyone writes', async () => {
    const { head, text } = await read(`${'>'.repeat(40)} inmost\n`);
    expect([head.notices, text]).toEqual([[], 'inmost']);
  });

  it('of any kind comes out sound', async () => {
    const piece = fc.constantFrom(
      ...[
        '# ',
        '## a',
        '- ',
        '1. ',
        '> ',
        '    ',
        '\n',
        '\n\n',
        'word ',
        '*',
        '**',
        '`',
        '```\n',
        '[a](b)',
        '![',
        '](',
        '<b>',
        '</b>',
        '<p>',
        '| a ',
      ],
      ...['|---|\n', '[[T]]', '---\n', 'a: b\n', '<!--', '&lt;', '\t', '\\', '<table>', '<pre>', '☃', 'שלום'],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        await read(`x${pieces.join('')}`);
        const { text, nodes } = readNote(pieces.join(''));
        expect([...walkNodes(nodes)].reduce((sum, { node }) => sum + lengthOf(node), 0)).toBe(text.length);
      }),
      { numRuns: 100 },
    );
  });

  it('of this project reads as a whole', async () => {
    const { text, sections } = await read(readFileSync('README.md', 'utf8'));
    expect(text).not.toMatch(/ {2}\S/);
    expect(sections.flatMap(({ headings }) => headings).length).toBeGreaterThan(3);
  });
});

describe('readNote', () => {
  it('makes links of titles, outside of code and links', () => {
    expect(readNote('See [[ A title ]] and `[[code]]` and [x [[y]]](https://z.test).')).toEqual({
      text: 'See A title and [[code]] and x [[y]].',
      nodes: [
        {
          e: 'p',
          a: { dir: 'auto' },
          c: [
            4,
            { e: 'a', a: { 'title-link': 'A title' }, c: [7] },
            5,
            { e: 'code', c: [8] },
            5,
            { e: 'a', a: { href: 'https://z.test' }, c: [7] },
            1,
          ],
        },
      ],
    });
  });

  it('lets no note bring such a link of its own', () => {
    expect(readNote('<a title-link="x" href="javascript:y">z</a>').nodes).toEqual([{ e: 'p', a: { dir: 'auto' }, c: [1] }]);
  });

  it('reads what shows nothing as nothing', () => {
    expect(readNote('<!-- hidden -->')).toEqual({ text: '', nodes: [] });
  });

  it('knows no module of Node', async () => {
    const { listImports } = await import('../../boundaries');
    const seen = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const specifier of listImports(readFileSync(file, 'utf8'))) {
        expect(specifier).not.toMatch(/^node:/);
        if (specifier.startsWith('.')) visit(new URL(`${specifier}.ts`, `file://${file}`).pathname);
      }
    };
    visit(new URL('../../../../electron/formats/markdown/note.ts', import.meta.url).pathname);
    expect(seen.size).toBeGreaterThan(8);
  });
});
