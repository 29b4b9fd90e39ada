import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, parsePlainText } from '../../../../electron/formats/plain/blocks';

const NO_HEADER = { start: 0, end: 0 };
const parse = (text: string): Block[] => parsePlainText(text, NO_HEADER);
/** Kind and text of every block that a reader sees. */
const seen = (text: string): [string, string][] =>
  parse(text)
    .filter(({ kind }) => kind !== 'separator')
    .map(({ kind, level, start, end }) => [kind === 'heading' ? `heading ${level}` : kind, text.slice(start, end)]);

function expectCovered(text: string, blocks: readonly Block[]): void {
  let at = 0;
  for (const block of blocks) {
    expect(block.start).toBe(at);
    expect(block.end).toBeGreaterThan(block.start);
    at = block.end;
  }
  expect(at).toBe(text.length);
}

const line = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 90 }),
  fc.constantFrom(
    '',
    '',
    '   ',
    '    code();',
    '1. item',
    '- item',
    '=====',
    '-----',
    'CHAPTER ONE',
    '第一章',
    '　　段落',
    '| a | b |',
    'A plain line of prose that goes on.',
    '\0\ud800',
    '\f',
  ),
);
const document = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\n', '\r\n', '\r')), { maxLength: 40 })
  .map((lines) => lines.flat().join(''));

describe('parsePlainText', () => {
  test('covers any text without gap or overlap', () => {
    fc.assert(
      fc.property(document, (text) => expectCovered(text, parse(text))),
      { numRuns: 150 },
    );
  });

  test('covers any text behind a header', () => {
    fc.assert(
      fc.property(document, fc.nat(30), (text, length) => {
        const header = { start: 0, end: Math.min(length, text.length) };
        const blocks = parsePlainText(text, header);
        expectCovered(text, blocks);
        expect(blocks.filter(({ kind }) => kind === 'header')).toEqual(
          header.end > 0 ? [{ kind: 'header', start: 0, end: header.end }] : [],
        );
      }),
    );
  });

  test('finds eight paragraphs in the first seed', () => {
    const text = readFileSync('seeds/000_1f77a48d763ee880.txt', 'utf8');
    const paragraphs = parsePlainText(text, { start: 0, end: ' date 2021-12-03 '.length }).filter(({ kind }) => kind === 'paragraph');
    expect(paragraphs).toHaveLength(8);
    expect(text.slice(paragraphs[0]?.start, paragraphs[0]?.end)).toMatch(/^European countries/);
  });

  test.each([
    ['hard wraps flow', 'A line that was wrapped\nby its author at some width\nflows.', ['paragraph']],
    ['CRLF ends lines', 'First paragraph here.\r\n\r\nSecond one.', ['paragraph', 'paragraph']],
    ['CR ends lines', 'First paragraph here.\r\rSecond one.', ['paragraph', 'paragraph']],
    ['lines of blanks part paragraphs', 'First paragraph.\n \t \nSecond one.', ['paragraph', 'paragraph']],
    [
      'unwrapped lines are paragraphs',
      `${'long words here '.repeat(20)}\nshort end\n${'more long words '.repeat(20)}`,
      ['paragraph', 'paragraph', 'paragraph'],
    ],
    [
      'indented first lines begin paragraphs',
      'This is the first and it ends.\n   Here the second begins and\ngoes on in a third line.',
      ['paragraph', 'paragraph'],
    ],
    ['underlined by =', 'A title\n=======\n\nText.', ['heading 1', 'rule', 'paragraph']],
    ['underlined by -, text at once', 'A title\n-------\nText follows here.', ['heading 2', 'rule', 'paragraph']],
    ['numbered heading', 'Before it.\n\n1.2 The Title\n\nAfter it.', ['paragraph', 'heading 2', 'paragraph']],
    ['numbered list with blank lines', '1. First thing\n\n2. Second thing\n\n', ['list-item', 'list-item']],
    ['a heading before its first part', '1. Introduction\n\n1.1 Background\n\nText here.', ['heading 1', 'heading 2', 'paragraph']],
    ['a title line', 'The orchard\n\nApples keep.', ['heading 1', 'paragraph']],
    ['an Arabic title line', 'اجتماع ستوكهولم\n\nفقرة ثانية.', ['heading 1', 'paragraph']],
    ['a first sentence', 'Apples keep.\n\nPears do not.', ['paragraph', 'paragraph']],
    ['a title line without a text', 'The orchard\n', ['paragraph']],
    ['capitals', 'Before it.\n\nTHE SECOND PART\n\nAfter it.', ['paragraph', 'heading 2', 'paragraph']],
    ['an abbreviation is no heading', 'NATO\n\nU.S.A.\n\nC3', ['heading 2', 'paragraph', 'paragraph']],
    ['chapters', 'Chapter 12\n\nText.\n\nCHAPTER IV. The Whale\n\nText.', ['heading 1', 'paragraph', 'heading 1', 'paragraph']],
    ['a sentence that begins like one', 'Part of the city was dark, and nobody went there at night.', ['paragraph']],
    ['Chinese chapters', '第一章 开始\n\n　　天亮了。', ['heading 1', 'paragraph']],
    ['Chinese paragraphs by their indentation', '　　天亮了，我们走吧。\n　　他没有回答。', ['paragraph', 'paragraph']],
    ['indented code', 'Run this:\n\n    let x = 1;\n    run(x);\n\nDone with it.', ['paragraph', 'preformatted', 'paragraph']],
    ['a table', 'Name      Count   Share\nNorth     12      40 %\nSouth     18      60 %', ['preformatted']],
    ['a frame', '+------+-----+\n| a    | b   |\n+------+-----+', ['preformatted']],
    [
      'verse',
      'The woods are lovely, dark and deep,\nBut I have promises to keep,\nAnd miles to go before I sleep,\nAnd miles to go before I sleep.',
      ['verse'],
    ],
    ['a list after its introduction', 'We need:\n- bread\n- salt that\n  is fine', ['paragraph', 'list-item', 'list-item']],
    ['a rule', 'Before.\n\n* * *\n\nAfter.', ['paragraph', 'rule', 'paragraph']],
  ])('%s', (_name, text, kinds) => {
    expect(seen(text).map(([kind]) => kind)).toEqual(kinds);
    expectCovered(text, parse(text));
  });

  test('leaves the white space around a paragraph to the separators', () => {
    expect(seen('\n\n  Some words here. \n\n')).toEqual([['paragraph', 'Some words here.']]);
  });

  test('cuts a very long line at the ends of sentences', () => {
    const text = 'Lorem ipsum dolor sit amet. '.repeat(4_000).trimEnd();
    const blocks = parse(text);
    expectCovered(text, blocks);
    expect(blocks.every(({ start, end }) => end - start <= 20_000)).toBe(true);
    expect(blocks.map(({ continued }) => continued ?? false)).toEqual([false, ...blocks.slice(1).map(() => true)]);
    for (const { start } of blocks) expect(text.slice(start, start + 5)).toBe('Lorem');
  });

  test('cuts a line without spaces between characters', () => {
    const text = '🙂'.repeat(30_000);
    const blocks = parse(text);
    expectCovered(text, blocks);
    for (const { start, end } of blocks) expect(text.slice(start, end).isWellFormed()).toBe(true);
  });

  test('reads an indented line of letters without end, and knows words among code', () => {
    const text = `    ${'x'.repeat(1_000_000)}\n    y = 1;`;
    const blocks = parse(text);
    expectCovered(text, blocks);
    expect(blocks[0]?.kind).toBe('preformatted');
    expect(seen(`    ${'some words and more '.repeat(3)}\n    of them`)).toMatchObject([['verse', expect.anything()]]);
  });
});

describe('prose and verse in every script', () => {
  test.each([
    ['Arabic', 'يولد جميع الناس أحراراً ومتساوين في الكرامة والحقوق.\nوهم قد وهبوا العقل والوجدان، وعليهم أن يعاملوا بعضهم بعضاً.'],
    ['Hindi', 'सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता\nऔर समानता प्राप्त है। उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है।'],
    ['Thai', 'มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ\nต่างมีเหตุผลและมโนธรรม'],
    ['Hebrew', 'כל בני אדם נולדו בני חורין ושווים בערכם ובזכויותיהם.\nכולם חוננו בתבונה ובמצפון.'],
    ['Georgian', 'ყველა ადამიანი იბადება თავისუფალი და თანასწორი\nთავისი ღირსებითა და უფლებებით.'],
    ['Amharic', 'የሰው፡ልጅ፡ሁሉ፡ሲወለድ፡ነጻና፡በክብርና፡በመብትም፡እኩልነት፡ያለው፡ነው።'],
    ['Korean', '모든 인간은 태어날 때부터 자유로우며\n그 존엄과 권리에 있어 동등하다.'],
    ['Chinese', '人人生而自由，在尊严和权利上一律平等。\n他们赋有理性和良心。'],
    ['Russian', 'Все люди рождаются свободными и равными\nв своем достоинстве и правах.'],
  ])('an indented paragraph in %s is no code', (_, text) => {
    const indented = `Title\n\n${text.replace(/^/gm, '    ')}\n\nend.`;
    expect(seen(indented).map(([kind]) => kind)).not.toContain('preformatted');
  });

  test('indented code stays code, whatever its comments are written in', () => {
    const code = '    x = f(1);  // всё\n    y = g(x);  // имя';
    expect(seen(`Text\n\n${code}\n\nend.`)).toContainEqual(['preformatted', code]);
  });

  test.each([
    ['as Git writes it', ' \n'],
    ['whose empty lines a mail lost', '\n'],
  ])('keeps the lines of a patch %s, and flows what stands around it', (_, empty) => {
    const hunk = `@@ -1,4 +1,4 @@ void start(void)\n with a line\n${empty}-was here before\n+is here now\n the end`;
    const patch = `diff --git a/one.txt b/one.txt\nindex 8a3f8ee..197ab01 100644\n--- a/one.txt\n+++ b/one.txt\n${hunk}`;
    expect(seen(`It mends the start.\n${patch}\n-- \n1.6.5\n\nThanks for all of it.`)).toEqual([
      ['paragraph', 'It mends the start.'],
      ['preformatted', patch],
      ['verse', '-- \n1.6.5'],
      ['paragraph', 'Thanks for all of it.'],
    ]);
  });

  test('Chinese verse keeps its lines, and wrapped Chinese prose flows', () => {
    const verse = '床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。';
    expect(seen(verse)).toEqual([['verse', verse]]);
    const prose = '他早上醒来的时候天已经亮了，屋子里\n很安静。没有人问那是什么，但是大家\n都知道冬天再过一个星期就要来了。';
    expect(seen(prose)).toEqual([['paragraph', prose]]);
  });

  test('what is centred by itself is a title and no code', () => {
    const lines = ['Some Words -- 1/1', '_of the_', 'return words;', 'x = Words'].map((words) => ' '.repeat(20) + words);
    expect(seen(`Text.\n\n${lines.join('\n\n')}\n\nend.`).slice(1, -1)).toEqual([
      ['verse', lines[0]],
      ['verse', lines[1]],
      ['preformatted', lines[2]],
      ['preformatted', lines[3]],
    ]);
  });

  test('two columns keep their places, though the left one is shorter', () => {
    const front = `A Group${' '.repeat(40)}A. Author\nA Number: 12${' '.repeat(35)}Somewhere\n${' '.repeat(47)}B. Author\n${' '.repeat(47)}Elsewhere`;
    expect(seen(`${front}\n\nText.`)[0]).toEqual(['preformatted', front]);
  });

  test('figures of other scripts number lists', () => {
    expect(seen('१. पहला\n२. दूसरा').map(([kind]) => kind)).toEqual(['list-item', 'list-item']);
  });
});
