import fc from 'fast-check';
import { Marked, type Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Note } from '#model';
import { allNotes, anchor, arbitraryNotebooks, note, notebook, renderOne, sortById, sourceOf, summary, text } from './fixtures';

const lex = (markdown: string): Token[] => new Marked().lexer(markdown);

/** The export without its properties. */
const contentOf = (markdown: string): string => markdown.replace(/^---\n[\s\S]*?\n---\n/, '');

/** The notes out of the last record of a Markdown export, as an importer would read them. */
function readRecord(markdown: string): Note[] {
  const record = markdown.slice(markdown.lastIndexOf('\n<!-- lectern '));
  const lines = /^\n<!-- lectern [0-9a-f]{8}\n([\s\S]*)\n-->\n$/.exec(record)?.[1]?.split('\n') ?? [];
  return lines.map((line) => JSON.parse(line)).filter((value) => !('lectern' in value));
}

const one = (values: Partial<Note>) => renderOne(sourceOf([notebook('document-1', [note(values)])]), 'markdown');

describe('Markdown', () => {
  it('reads well', async () => {
    const source = sourceOf([
      notebook(
        'document-1',
        [
          note({
            anchor: { ...anchor(900, 'about 114 thousand soldiers'), locator: { chapter: 'Of *armies* · I', page: '143' } },
            colour: 'green',
            tags: ['figures'],
            body: 'Compare **2014**:\n\n- a\n- b',
          }),
        ],
        {
          tags: ['Defence & security'],
        },
      ),
    ]);
    const markdown = await renderOne(source, 'markdown');
    expect(
      markdown
        .slice(0, markdown.indexOf('\n\n<!-- lectern'))
        .replace(/[0-9a-f]{8}\.\d{12}(?= -->$)/, '…')
        .replace(/note=[\da-f-]+/, 'note=…'),
    ).toBe(`---
title: Title of document-1
date: 2021-12-03
author: R. Writer
source: reports/document-1.txt
tags:
  - Defence-security
  - figures
created: 2026-01-05T10:00:00
modified: 2026-01-05T10:00:00
---

# Title of document-1

> about 114 thousand soldiers

Compare **2014**:

- a
- b

#figures · Of \\*armies\\* · I, p. 143 · green · [2026-01-05](lectern://document/document-1?note=…) <!-- … -->`);
  });

  it.each([
    'yes',
    '2021-12-03',
    '1:20',
    '"quoted": # and',
    '- list',
    '@at',
    'null',
    '🙂 שלום 你好',
    '{a}',
    "it's",
    'x'.repeat(200),
    '%',
    '0x1f',
  ])('writes the title %j as a property that reads back', async (title) => {
    const markdown = await renderOne(sourceOf([notebook('document-1', [note()])], [summary('document-1', { title })]), 'markdown');
    const properties = /^---\n([\s\S]*?)\n---\n/.exec(markdown)?.[1] ?? '';
    for (const version of ['1.1', '1.2'] as const) expect(parse(properties, { version }).title).toBe(title);
    expect(properties).toContain('\ndate: 2021-12-03\n');
  });

  it('keeps a quote’s lines and none of its Markdown', async () => {
    const quote = '# no heading\n- no item\n12. no number\n\n> no quote\n===\n*a* _b_ `c` <b> [d](e) [[f]] #g ==h== %%i%% $j$ &amp; \\';
    const [, blockquote] = lex(contentOf(await one({ anchor: anchor(5, quote) }))).filter(({ type }) => type !== 'space');
    if (blockquote?.type !== 'blockquote') throw new Error('no blockquote');
    const blocks = (blockquote.tokens ?? []).filter(({ type }) => type !== 'space');
    expect(blocks.map(({ type }) => type)).toEqual(['paragraph', 'paragraph']);
    const words: string[] = [];
    new Marked().walkTokens(blocks, (token) => {
      if (token.type === 'text' || token.type === 'escape') words.push(token.text);
      else if (token.type === 'br') words.push('\n');
      else expect(token.type).toBe('paragraph');
    });
    expect(words.join('').replaceAll('&amp;amp;', '&amp;')).toBe(quote.replace('\n\n', ''));
  });

  it.each([
    ['an open fence', '```js\nlet x', '```js\nlet x\n```\n'],
    ['a longer open fence', '~~~~\n~~~\nx', '~~~~\n~~~\nx\n~~~~\n'],
    ['an open comment', 'a\n\n<!-- b', 'a\n\n<!-- b\n-->\n'],
    ['an open script', '<script>\nlet x', '<script>\nlet x\n</script>\n'],
    ['an open Obsidian comment', 'a %% b', 'a %% b\n%%\n'],
    ['an Obsidian comment in code', '`%%`', '`%%`\n\n'],
    ['nothing open', '---\n\n# Heading\n\n```\na\n```', '---\n\n# Heading\n\n```\na\n```\n\n'],
    ['quotes too deep to read', '>'.repeat(5000), `\`\`\`markdown\n${'>'.repeat(5000)}\n\`\`\`\n`],
  ])('closes a body with %s, and leaves the body as it is', async (_name, body, expected) => {
    expect(contentOf(await one({ body }))).toContain(`# Title of document-1\n\n${expected}`);
  });

  it('puts a body into a fence that takes too long to read', async () => {
    const body = `<b> ${'a **b'.repeat(50_000)}*`;
    expect(contentOf(await one({ body }))).toContain(`# Title of document-1\n\n\`\`\`markdown\n${body}\n\`\`\`\n`);
    const many = `<b> ${'!'.repeat(60_000)}`;
    expect(contentOf(await one({ body: many }))).toContain(`# Title of document-1\n\n${many}\n`);
  });

  it.each([
    ['code', 'if (a) {\n  run(`*b*`);\n}', ['if (a) {', '  run(`*b*`);', '}']],
    ['a table', 'Year\tRiver\n1906\tThe Elbe\n7\tOder', ['Year  River', '1906  The Elbe', '7     Oder']],
    ['columns', 'low   12\n\nhigh  9', ['low   12', '', 'high  9']],
    ['a fence', '```\na   b\n```\nc   d', ['```', 'a   b', '```', 'c   d']],
  ])('keeps the columns of a quote of %s', async (_, quote, lines) => {
    const markdown = await one({ anchor: anchor(5, quote) });
    const blockquote = lex(contentOf(markdown)).find(({ type }) => type === 'blockquote');
    expect(blockquote?.type === 'blockquote' && blockquote.tokens).toMatchObject([{ type: 'code', text: lines.join('\n') }]);
    expect(readRecord(markdown)[0]?.anchor?.exact).toBe(quote);
  });

  it.each([
    ['prose', 'The river rises in spring.\n  It carries sand,\nand more.'],
    ['verse', 'The river\n    rises\nin spring'],
    ['two spaces after sentences', 'It rises.  It falls.\nIt is still.  It is deep.'],
  ])('makes no code of %s', async (_, quote) => {
    expect(contentOf(await one({ anchor: anchor(5, quote) }))).not.toContain('> ```');
  });

  it('puts a table alone into code that stands among prose, and keeps how far lines are moved in', async () => {
    const quote = 'The rivers, from the north:\nYear\tRiver\n1906\tThe Elbe\nAnd a\ttab.\n\nSo it is.\n  A verse,\n      and  a half.';
    const written = contentOf(await one({ anchor: anchor(5, quote) }));
    expect(written).toContain(
      [
        '> The rivers, from the north:',
        '>',
        '> ```',
        '> Year   River',
        '> 1906   The Elbe',
        '> And a  tab.',
        '> ```',
        '>',
        '> So it is.  ',
        '> \u00a0\u00a0A verse,  ',
        '> \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0and  a half.',
      ].join('\n'),
    );
  });

  it('keeps a quote of hundreds of thousands of spaces', async () => {
    const quote = `a${' '.repeat(400_000)}b`;
    expect(contentOf(await one({ anchor: anchor(5, quote) }))).toContain(`\n> ${quote}\n`);
  });

  it('keeps a quote of hundreds of thousands of lines', async () => {
    const quote = 'a\n'.repeat(200_000).trimEnd();
    expect(contentOf(await one({ anchor: anchor(5, quote) })).match(/^> a/gm)).toHaveLength(200_000);
  });

  it('lets no body change what comes after it', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (body) => {
        const source = sourceOf([
          notebook('document-1', [note({ anchor: anchor(1, 'first'), body }), note({ anchor: anchor(2, 'second quote') })]),
        ]);
        const markdown = contentOf(await renderOne(source, 'markdown'));
        if (body.trim() !== '') expect(markdown).toContain(`\n\n${body.toWellFormed()}\n`);
        const tokens = lex(markdown).filter(({ type }) => type !== 'space');
        expect(tokens.slice(-4).map(({ type }) => type)).toEqual(['hr', 'blockquote', 'paragraph', 'html']);
        expect(tokens.at(-3)?.raw.trim()).toBe('> second quote');
      }),
      { numRuns: 100 },
    );
  });

  it('carries every note whole', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryNotebooks, async (notebooks) => {
        expect(sortById(readRecord(await renderOne(sourceOf(notebooks), 'markdown')))).toEqual(allNotes(notebooks));
      }),
    );
  });

  it('is not misled by a body that looks like its record', async () => {
    const body = await one({ body: 'inner' });
    expect(readRecord(await one({ body }))).toMatchObject([{ body }]);
  });
});
