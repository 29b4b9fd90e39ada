import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complete, foldName, nameColours, parseQuery, printQuery, rangeOf, readDays, renameTags } from '#model';

/** A query in short: alternatives by `|`, `!` negated, `field:`, phrases in quotes; then the filters. */
function short(input: string): string[] {
  const { clauses, filters } = parseQuery(input);
  const terms = clauses.map(({ alternatives, negated }) => {
    const written = alternatives.map(
      ({ field, text, kind }) => (field === 'any' ? '' : `${field}:`) + (kind === 'phrase' ? `"${text}"` : text),
    );
    return (negated ? '!' : '') + written.join('|');
  });
  const narrowed = filters.map(({ alternatives, negated }) => {
    const written = alternatives.map((filter) =>
      printQuery({ clauses: [], filters: [{ alternatives: [filter], negated: false }], remarks: [], isCut: false }),
    );
    return (negated ? '!' : '') + written.join('|');
  });
  return [...terms, ...narrowed];
}

describe('parseQuery', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['   ', []],
    ['Ukraine border', ['ukraine', 'border']],
    ['"on the  border" troops', ['"on the border"', 'troops']],
    ['“typographic quotes”', ['"typographic quotes"']],
    ['„so auch“', ['"so auch"']],
    ['"never closed', ['"never closed"']],
    ['"', []],
    ['""', []],
    ['a "" b', ['a', 'b']],
    ['-draft', ['!draft']],
    ['-"first draft"', ['!"first draft"']],
    ['- draft', ['draft']],
    ['-', []],
    ['e-mail', ['e-mail']],
    ['constructor:word', ['constructor:word']],
    ['-__proto__:word toString:word hasOwnProperty:"a word"', ['!__proto__:word', 'tostring:word', '"hasownproperty:a word"']],
    ['--flag', ['--flag']],
    ['cat OR dog bird', ['cat|dog', 'bird']],
    ['cat OR dog OR "a bird"', ['cat|dog|"a bird"']],
    ['cat or dog', ['cat', 'or', 'dog']],
    ['OR cat OR', ['cat']],
    ['cat OR -dog', ['cat', '!dog']],
    ['tag:figures', ['tag:figures']],
    ['Tag:"armed forces"', ['tag:"armed forces"']],
    ['title:Ukraine note:why', ['title:ukraine', 'note:why']],
    ['-tag:x', ['!tag:x']],
    ['tag:a OR tag:b', ['tag:a|tag:b']],
    ['tag:', []],
    ['https://example.org', ['https://example.org']],
    ['ratio:3', ['ratio:3']],
    ['in:Reports', ['in:reports']],
    ['after:2021 before:2021-12-03 x', ['x', 'after:2021', 'before:2021-12-03']],
    ['before:20', []],
    ['-in:old x', ['x', '!in:old']],
    ['soldiers, (border)…', ['soldiers', 'border']],
    ['C++ #tag', ['c++', '#tag']],
    ['?', ['?']],
    ['俄罗斯 与', ['俄罗斯', '与']],
    ['Élan', ['elan']],
    ['\u00AD', []],
    ['colour:green', ['colour:green']],
    ['color:GR -colour:blue', ['colour:green', '!colour:blue']],
    ['colour:yellow OR colour:pink x', ['x', 'colour:yellow|colour:pink']],
    ['is:unread is:read', ['is:unread', 'is:reading']],
    ['-is:missing', ['!is:missing']],
    ['kind:Markdown', ['kind:markdown']],
    ['author:"Jean Dupont"', ['author:"jean dupont"']],
    ['in:"My Papers"', ['in:"my papers"']],
    ['has:note has:notes', ['has:note']],
    ['created:"last month" modified:last-week', ['created:last-month', 'modified:last-week']],
    ['created:2021-03..2021-05 modified:..2020', ['created:2021-03..2021-05', 'modified:..2020']],
    ['after:yesterday', ['after:yesterday']],
    ['cat OR in:x dog', ['cat', 'dog', 'in:x']],
  ])('%j -> %j', (input, expected) => expect(short(input)).toEqual(expected));

  it.each<[string, string[]]>([
    ['cat “a bird” tag:x https://example.org', []],
    ['is:read', []],
    [
      'is:un',
      ['“is:un” is not understood and left out: unread, reading, finished, favourite, later, missing or unplaced can stand there.'],
    ],
    ['kind:mobi x', ['“kind:mobi” is not understood and left out: text, markdown, html, epub, pdf or mail can stand there.']],
    ['colour:red', ['“colour:red” is not understood and left out: yellow, green, blue, pink or violet can stand there.']],
    ['has:pictures', ['“has:pictures” is not understood and left out: “has:note” finds documents with notes.']],
    [
      'before:20',
      [
        '“before:20” is not understood and left out: write a date as 2021, 2021-11 or 2021-11-03, or one such as today, yesterday, this-week or last-month.',
      ],
    ],
    [
      'created:2021-02-30',
      [
        '“created:2021-02-30” is not understood and left out: write a date as 2021, 2021-11 or 2021-11-03, or one such as today, yesterday, this-week or last-month, or 2021-03..2021-05.',
      ],
    ],
    ['ratio:3 x', ['“ratio:” is no filter, so it is looked for as it is written.']],
    [
      'cat OR is:unread',
      ['“OR” joins words with words and a filter with another of the same name, with no “-” before them: here both are looked for.'],
    ],
    ['tag:', []],
    ['colour:', []],
    ['-harbour -tag:stone', ['“-” leaves out of what is found: write what you look for, too.']],
    ['-harbour quay', []],
  ])('%j: says what it does not understand, %j', (input, remarks) => expect(parseQuery(input).remarks).toEqual(remarks));

  const parts = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('"', '-', 'OR', ':', ' ', ' ', 'word', '“', "'", '.', '-"', '¨', '＂') },
    { weight: 2, arbitrary: fc.constantFrom('tag:', 'in:', 'is:', 'colour:', 'author:', 'created:', 'before:', 'kind:', 'has:', 'foo:') },
    { weight: 1, arbitrary: fc.constantFrom('unread', 'green', 'today', '2021-03', '..', 'note', 'html', 'Last Month') },
    { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 4 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
  );
  const inputs = fc.array(parts).map((all) => all.join(''));

  it('reads anything, and gives no empty term', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        for (const clause of parseQuery(input).clauses) {
          expect(clause.alternatives.length).toBeGreaterThan(0);
          for (const { text } of clause.alternatives) expect(text.trim()).not.toBe('');
        }
      }),
    );
  });

  it('reads of each name what it is compared by, whatever quotation marks stand in it', () => {
    const names = fc.array(fc.constantFrom('"', '“', '„', '«', ' ', ':', 'a', 'Éa', '-', 'OR', '\\')).map((all) => all.join(''));
    const named = fc.constantFrom('in' as const, 'collection' as const, 'author' as const);
    fc.assert(
      fc.property(named, names, (operator, name) => {
        const { text } = complete('', { start: 0, end: 0, typed: '' }, { operator, value: name });
        const compared = foldName(name.replaceAll('\\', '/')).trim();
        expect(parseQuery(text).filters).toEqual(
          compared === '' ? [] : [{ alternatives: [{ type: operator, text: compared }], negated: false }],
        );
      }),
    );
    expect(complete('', { start: 0, end: 0, typed: '' }, { operator: 'collection', value: '"Quoted" : name' }).text).toBe(
      'collection:"Quoted : name" ',
    );
  });

  it('reads the first 10,000 characters, and says so of what is longer', () => {
    const query = parseQuery(`${'('.repeat(9_991)} harbour lamp`);
    expect(query.clauses.at(-1)?.alternatives.map(({ text }) => text)).toEqual(['harbour']);
    expect(query.remarks).toEqual(['Only the first 10,000 characters are searched.']);
    expect(parseQuery('('.repeat(10_000)).remarks).toEqual([]);
  });

  it('takes what is said twice for once', () => {
    expect(parseQuery('the quay the is:unread is:unread').clauses).toHaveLength(2);
    expect(parseQuery('the quay the is:unread is:unread').filters).toHaveLength(1);
    expect(parseQuery('quay -quay').clauses).toHaveLength(2);
  });

  it('reads what it prints', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { clauses, filters } = parseQuery(input);
        const printed = printQuery({ clauses, filters, remarks: [], isCut: false });
        expect(parseQuery(printed), printed).toMatchObject({ clauses, filters });
        expect(printQuery(parseQuery(printed))).toBe(printed);
      }),
      { numRuns: 200, examples: [['author:＼']] },
    );
  });
});

describe('days', () => {
  it.each([
    ['2021', '2021-01-01', '2021-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2021-11-03', '2021-11-03', '2021-11-03'],
    ['2021-03..2021-05', '2021-03-01', '2021-05-31'],
    ['2021..', '2021-01-01', undefined],
    ['today', '2026-03-02', '2026-03-02'],
    ['Yesterday', '2026-03-01', '2026-03-01'],
    ['this week', '2026-03-02', '2026-03-08'],
    ['last_week', '2026-02-23', '2026-03-01'],
    ['this-month', '2026-03-01', '2026-03-31'],
    ['last month', '2026-02-01', '2026-02-28'],
    ['this year', '2026-01-01', '2026-12-31'],
    ['last year', '2025-01-01', '2025-12-31'],
  ])('%s, on Monday 2 March 2026: %s to %s', (written, first, last) => {
    const days = readDays(written);
    expect(days && rangeOf(days, '2026-03-02')).toEqual({ ...(first && { first }), ...(last && { last }) });
  });

  it.each(['2021-13', '2021-02-30', '20', '..', 'soon', '2021..x', '2021..2022..2023', ''])('“%s” is none', (written) =>
    expect(readDays(written)).toBeUndefined(),
  );
});

describe('renameTags', () => {
  it('leaves what is written as it is where no tag in it is renamed', () => {
    const written = fc
      .array(fc.constantFrom('tag:', '-', '"', '“', ' ', 'a', 'coast', 'OR', ',', 'title:', '\n'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(written, (input) => {
        expect(renameTags(input, (name) => name, ['coast'])).toBe(input);
      }),
    );
  });

  it('renames the tags that are named whole, with the accents that they have or without, and keeps what else is written', () => {
    const rename = (name: string) => name.replace(/^café(?=$|\/)/i, 'the bar');
    const cases = [
      ['tag:café', 'tag:"the bar"'],
      ['TAG:cafe  tea', 'TAG:"the bar"  tea'],
      ['-tag:“Café/noir” OR tag:cafeteria', '-tag:"the bar/noir" OR tag:cafeteria'],
      ['café title:café "tag:café"', 'café title:café "tag:café"'],
    ];
    for (const [before = '', after = ''] of cases) expect(renameTags(before, rename, ['Café', 'tea'])).toBe(after);
  });
});

describe('nameColours', () => {
  it('takes what the reader means by a colour for it, whole or as far as it tells one, and a colour for itself', () => {
    const names = { green: 'Évidence', pink: 'to ask', violet: 'To check', blue: 'yellow' };
    const cases = [
      ['colour:evidence x', 'colour:green x'],
      ['-color:"to a" colour:to', '-color:pink colour:to'],
      ['colour:yellow OR colour:yel', 'colour:blue OR colour:yel'],
      ['evidence tag:evidence colour:', 'evidence tag:evidence colour:'],
    ];
    for (const [before = '', after = ''] of cases) expect(nameColours(before, names)).toBe(after);
    expect(nameColours('colour:evidence', {})).toBe('colour:evidence');
  });
});
