import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { revisions } from '#formats/list';
import { UnreadableDocument } from '../../../../electron/formats/unreadable';
import { expectSound, readAll, walkNodes } from '../document-parts';

describe('plain text', () => {
  it('is the file, all of it, with its header unseen', async () => {
    const file = readFileSync('seeds/000_1f77a48d763ee880.txt', 'utf8');
    const read = await readAll(file, 'text');
    expectSound(read);
    expect(read.text).toBe(file);
    expect(read.head.metadata).toEqual({ date: '2021-12-03' });
    expect(read.head.language).toBe('en');
    expect(read.sections[0]?.nodes[0]).toEqual({ e: 'div', a: { hidden: '' }, l: ['header'], c: [{ unseen: 17 }] });
    expect(read.sections[0]?.blocks[0]).toEqual([0, 17, 'header']);
    expect(read.end.textHash).toBe(createHash('sha256').update(file).digest('hex'));
  });

  it('draws what it recognises', async () => {
    const { sections } = await readAll('A Title\n\nCHAPTER ONE\n\nSome words that\nare wrapped.\n\n- item\n\n    code();\n', 'text');
    expect(sections).toHaveLength(1);
    expect(sections[0]?.nodes).toEqual([
      { e: 'h2', a: { dir: 'auto' }, l: ['heading'], c: [7] },
      2,
      { e: 'h2', a: { dir: 'auto' }, l: ['heading'], c: [11] },
      2,
      { e: 'p', a: { dir: 'auto' }, l: ['paragraph'], c: [28] },
      2,
      { e: 'p', a: { dir: 'auto' }, l: ['list-item'], c: [6] },
      2,
      { e: 'pre', a: { dir: 'auto' }, l: ['preformatted'], c: [11] },
      1,
    ]);
    expect(sections[0]?.headings.map(({ level, title }) => [level, title])).toEqual([
      [2, 'A Title'],
      [2, 'CHAPTER ONE'],
    ]);
  });

  it('shows words between underscores as they are meant, and names in code as they are', async () => {
    const read = await readAll('Oh, _come\nhere_, said snake_case to _init_all_.\n', 'text');
    expectSound(read);
    expect(read.sections[0]?.nodes[0]).toMatchObject({ e: 'p', c: [4, { e: 'em', c: [{ unseen: 1 }, 9, { unseen: 1 }] }, 32] });
  });

  it('folds what a mail answers where that is long', async () => {
    const read = await readAll(`Dear Bob,\n\n${'> These are words\n'.repeat(8)}\n> Short\n> words\n`, 'text');
    expectSound(read);
    expect(read.sections[0]?.nodes.filter((node) => typeof node === 'object')).toMatchObject([
      { e: 'p' },
      {
        e: 'details',
        c: [
          { e: 'summary', a: { title: 'What is quoted here' }, c: [{ ornament: 'Quoted text' }] },
          { e: 'p', l: ['verse'] },
        ],
      },
      { e: 'p', l: ['verse'] },
    ]);
  });

  it('passes over the foot and the head of printed pages', async () => {
    const page =
      'Ann                       Standards Track                    [Page 1]\n\f\nRFC 1                      A Protocol                    June 1999';
    const read = await readAll(`   Some words of a page\n   and more of them.\n\n\n${page}\n\n\n   Words of the next page.\n`, 'text');
    expectSound(read);
    expect(read.text).toContain(page);
    const { nodes = [] } = read.sections[0] ?? {};
    expect(nodes.filter((node) => typeof node === 'object')).toMatchObject([{ e: 'p' }, { unseen: 69 }, { unseen: 66 }, { e: 'p' }]);
  });

  it('fits eighty columns of a drawing into the column', async () => {
    const drawing = (width: number) => `    +${'-'.repeat(width - 6)}+\n    |${' '.repeat(width - 6)}|`;
    const { sections } = await readAll(`Words.\n\n${drawing(72)}\n\nWords.\n\n${drawing(90)}\n\n${drawing(40)}`, 'text');
    const drawn = sections[0]?.nodes.filter((node) => typeof node === 'object' && 'e' in node && node.e === 'pre');
    expect(drawn).toMatchObject([{ s: { '--line-length': '72' } }, {}, {}]);
    expect(drawn?.map((node) => typeof node === 'object' && 's' in node)).toEqual([true, false, false]);
  });

  it('is read out of any bytes, or a sentence says why not', async () => {
    const line = fc.constantFrom(
      ...[
        'From: a\n',
        'Subject: =?utf-8?Q?=ff?=\n',
        'Date: 2020-13-01\n',
        '> quoted\n',
        '_a_ ',
        '\f',
        '   [Page 3]\n',
        '\r',
        '*** START OF THIS PROJECT GUTENBERG',
        '--- a\n',
        '@@ -1 +1 @@\n',
        '+a\n',
      ],
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc
        .array(
          fc.oneof(
            line.map((text) => Buffer.from(text)),
            fc.uint8Array({ min: 9, maxLength: 12 }),
          ),
          { maxLength: 40 },
        )
        .map((parts) => Uint8Array.from(Buffer.concat(parts))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (file) => {
        const read = await readAll(file, 'text').catch((error: unknown) => error);
        if (read instanceof UnreadableDocument) expect(read.message).toMatch(/\.$/);
        else if (read instanceof Error) throw read;
        else expectSound(read as Awaited<ReturnType<typeof readAll>>);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['underscores', '_a '],
    ['fields', 'Title: a\n'],
    ['quotes', '> a\n'],
    ['feet of pages', 'a  [Page 1]\n\n'],
    ['letters with marks', 'ก\u0e31'],
    ['Cyrillic in another encoding', '\xc0'],
  ])('takes no longer for each of %s without end', async (_, piece) => {
    const file = Buffer.from(piece.repeat(Math.ceil(400_000 / piece.length)), piece === '\xc0' ? 'latin1' : 'utf8');
    expectSound(await readAll(Uint8Array.from(file), 'text'));
  });

  it('stays as it is, without its byte order mark, whatever it holds', async () => {
    const piece = fc.constantFrom(
      'word ',
      '\n',
      '\r\n',
      '\r',
      '\n\n',
      '    x = 1;',
      '- a',
      '\ud800',
      '\ud83d\ude00',
      'é',
      'x'.repeat(30_000),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const text = `A${pieces.join('')}`.toWellFormed();
        const read = await readAll(`\ufeff${text}`, 'text');
        expectSound(read);
        expect(read.text).toBe(text);
        expect(read.end.textHash).toBe(createHash('sha256').update(text).digest('hex'));
      }),
      { numRuns: 100 },
    );
  });

  it('draws no space where a line ends within words that have none between them', async () => {
    const drawn = async (text: string): Promise<string> => {
      const read = await readAll(text, 'text');
      expectSound(read);
      let at = 0;
      return [...walkNodes(read.sections.flatMap(({ nodes }) => nodes))]
        .map(({ node }) => {
          const length = typeof node === 'number' ? node : 'unseen' in node ? node.unseen : 0;
          at += length;
          return typeof node === 'number' ? read.text.slice(at - length, at) : '';
        })
        .join('');
    };
    const wrapped = [
      '他早上醒来的时候天已经亮了，屋子里很安静。没有人问那是什么，但',
      '是大家都知道冬天再过一个星期就要来了。他早上醒来的时候天已经亮',
      '了，他和 Ann',
      '和 Bob 说话。',
    ];
    expect(await drawn(wrapped.join('\n'))).toBe(`${wrapped[0]}${wrapped[1]}${wrapped[2]}\n${wrapped[3]}`);
    expect(await drawn('봄이 되면 강물이 불어나고\n바다로 흘러갑니다 그리고 나서 조용해집니다.')).toContain('\n');
  });

  it('parts a term from what it means, in lines below it that are indented', async () => {
    const read = await readAll(
      'proxy\n   An intermediary program which acts as both a server and a client for\n   the purpose of making requests.\n',
      'text',
    );
    const blocks = read.sections.flatMap((section) => section.blocks).map(([start, end]) => read.text.slice(start, end).trim());
    expect(blocks).toEqual(['proxy', expect.stringMatching(/^An intermediary[\s\S]*requests\.$/)]);
    const hanging = await readAll(
      'Miller, Ann. Where rivers rise, and how they carry the sand of a year\n   to the sea. The Daily, 2021, and what else there is to be said of it.\n',
      'text',
    );
    expect(hanging.sections.flatMap((section) => section.blocks)).toHaveLength(1);
  });

  it('goes on in a block that begins where the one before ends, where it was cut for its length', async () => {
    const { sections } = await readAll('word '.repeat(10_000), 'text');
    const blocks = sections.flatMap((section) => section.blocks);
    expect(blocks.length).toBeGreaterThan(1);
    for (const [index, [start]] of blocks.entries()) if (index > 0) expect(start).toBe(blocks[index - 1]?.[1]);
    expect(sections[0]?.nodes[1]).toMatchObject({ l: ['paragraph', 'continued'] });
  });

  it.each([
    ['nothing', new Uint8Array(), 'document-empty'],
    ['only white space', new TextEncoder().encode(' \n'), 'document-empty'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'document-binary'],
    ['more than is read', new Uint8Array(33 * 1024 * 1024), 'document-too-large'],
  ])('is not read out of %s', async (_, bytes, code) => {
    const failed = await readAll(bytes, 'text').catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(UnreadableDocument);
    expect(failed).toMatchObject({ code });
  });
});

it('is read as mails where it is a mailbox of some, as the archives of mailing lists are', async () => {
  const mail = (subject: string, words: string): string =>
    `From ann at quay.example  Wed May  1 10:00:00 2019\nFrom: ann at quay.example (Ann)\nDate: Wed, 1 May 2019 10:00:00 +0000\nSubject: ${subject}\n\n${words}\n\n`;
  const { sections, head } = await readAll(`${mail('Tides', 'They rise.')}${mail('Re: Tides', '> They rise.\n\nAnd fall.')}`, 'text');
  expect(head.revision).toBe(revisions.text);
  expect(sections.flatMap(({ headings }) => headings.map(({ title }) => title))).toEqual(['Tides', 'Re: Tides']);
  expect(sections[0]?.text).toContain('From: ann at quay.example\nDate:');
  const alone = mail('Tides', 'They rise.');
  expect((await readAll(alone, 'text')).text).toBe(alone);
  const prose = 'From here on: nothing.\n\nFrom there on: all.\n';
  expect((await readAll(prose, 'text')).text).toBe(prose);
});
