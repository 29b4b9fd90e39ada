import { describe, expect, it } from 'vitest';
import { shorten, titlesOf } from '../../../electron/formats/titles';

const title = (opening: string) => titlesOf({ opening, metadata: {}, fileName: 'file name.txt' })[0];

describe('titlesOf', () => {
  it('takes metadata before a heading before the text', () => {
    const all = { heading: ' The\n heading ', opening: 'First sentence. Second.', fileName: 'a.md' };
    expect(titlesOf({ ...all, metadata: { title: 'Stated' } })).toEqual(['Stated']);
    expect(titlesOf({ ...all, metadata: {} })).toEqual(['The heading']);
    expect(titlesOf({ ...all, heading: '  ', metadata: {} })).toEqual(['First sentence.', 'a']);
  });

  it.each([
    ['lines', 'one\n# two\t3.md', 'one # two 3'],
    ['nothing but white space', '\r\n.md', '.md'],
    ['nothing that can be seen', '\u200b.md', '\u200b.md'],
    ['an emoji', '👩‍👩‍👧.md', '👩‍👩‍👧'],
  ])('makes one line that can be seen of a name with %s', (_, fileName, called) => {
    expect(titlesOf({ opening: 'Words.', metadata: {}, fileName, isNamedByFile: true })).toEqual([called]);
  });

  it.each([
    ['a title', { metadata: { title: '{{ .Title }} | {{ .Site.Title }}' }, opening: 'Words.' }, ['Words.', 'single']],
    [
      'a title, above a heading',
      { metadata: { title: '{% block title %}{% endblock %}' }, heading: 'Gates', opening: 'Words.' },
      ['Gates'],
    ],
    ['a heading', { metadata: {}, heading: '{{ .Title }}', opening: '{{ .Title }}\n\n{{ .Content }}' }, ['single']],
    ['its beginning', { metadata: {}, opening: '{{ define "main" }} Page not found. {{ end }}' }, ['single']],
    ['a part of its title', { metadata: {}, heading: 'What {{ .Title }} is', opening: 'Words.' }, ['What {{ .Title }} is']],
  ])('takes no title from where a template has others put the words: %s', (_, document, titles) => {
    expect(titlesOf({ ...document, fileName: 'single.html' })).toEqual(titles);
  });

  it('names how the next paragraphs begin for a text that states no title, and last the name of its file', () => {
    const opening = 'This old browser is unsupported.\n\n* * *\n\nFunction one\n\nIt does this. And that.\n\nFour.\n\nFive.';
    expect(titlesOf({ opening, metadata: {}, fileName: 'one.txt' })).toEqual([
      'This old browser is unsupported.',
      'Function one',
      'It does this.',
      'Four.',
      'one',
    ]);
  });

  it.each([
    ['a title line', 'The Title\n\nThe text begins here. And goes on.', 'The Title'],
    ['a NUL in a sentence', 'It has\0one sign\nwithout a shape. More.\nAnd more.', 'It has one sign without a shape.'],
    ['an underlined title', 'The Title\n=========\nThe text begins.', 'The Title'],
    ['a title between rules', '*********\nThe Title\n*********\n\nText.', 'The Title'],
    ['a heading mark in a plain text', '# The Title\n\nText.', 'The Title'],
    ['the first sentence', 'It begins here. And goes on.\n\nMore.', 'It begins here.'],
    ['a sentence across hard-wrapped lines', 'It begins\r\n  here and\nends there. And goes on.', 'It begins here and ends there.'],
    ['the first sentence, where its line ends in a point', 'Not a title.\n\nText.', 'Not a title.'],
    ['a salutation as a sentence', 'Dear Sir,\n\nI write to you.', 'Dear Sir,'],
    [
      'a sentence with abbreviations',
      'Mr. Smith met Dr. J. R. Brown in St. Paul. They talked.',
      'Mr. Smith met Dr. J. R. Brown in St. Paul.',
    ],
    ['a sentence after a number', '1. The first point is this. The second that.', '1. The first point is this.'],
    ['a Chinese sentence', '欧洲国家继续关注局势。俄罗斯集结军队。', '欧洲国家继续关注局势。'],
    ['an Arabic sentence', 'لا تزال الدول قلقة للغاية. وقال الوزير إن الوضع خطير.', 'لا تزال الدول قلقة للغاية.'],
    ['a single line', 'shopping list', 'shopping list'],
    ['nothing but ornament', '* * *\n\n---\n', 'file name'],
    ['nothing', '', 'file name'],
  ])('finds %s', (_, body, expected) => {
    expect(title(body)).toBe(expected);
  });

  it.each([
    ['one long line', 'word '.repeat(1_000_000)],
    ['lines without end', 'word\n'.repeat(1_000_000)],
  ])('is not held up by %s', (_, opening) => {
    expect(title(opening).length).toBeLessThanOrEqual(120);
  });
});

describe('shorten', () => {
  const words = (count: number) => Array.from({ length: count }, () => 'words').join(' ');

  it('leaves what fits', () => {
    expect(shorten('x'.repeat(120))).toBe('x'.repeat(120));
  });

  it('cuts at the last clause mark that leaves 60 characters', () => {
    expect(shorten(`${words(12)}, ${words(4)}; ${words(30)}.`)).toBe(`${words(12)}, ${words(4)}`);
    expect(shorten(`${words(12)} – ${words(30)}.`)).toBe(words(12));
    expect(shorten(`${'字'.repeat(70)}，${'字'.repeat(80)}`)).toBe('字'.repeat(70));
  });

  it('cuts at a word where clauses end too soon or a mark is within a number', () => {
    expect(shorten(`Well, ${words(40)}`)).toBe(`Well, ${words(19)}…`);
    expect(shorten(`${words(12)} 1,000 ${words(30)}`)).toBe(`${words(12)} 1,000 ${words(7)}…`);
  });

  it('cuts no character in two', () => {
    const shortened = shorten('👩‍👩‍👧‍👦'.repeat(40));
    expect(shortened).toMatch(/^(?:👩‍👩‍👧‍👦)+…$/u);
    expect(shortened.length).toBeLessThanOrEqual(120);
  });
});
